"""Rows of a database: a record with its fields, statements, history, links, and all that it says in words."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from partnerkit.jobs.database_cells import scalars
from partnerkit.jobs.database_rules import Rows, day_text
from partnerkit.jobs.searching import texts
from partnerkit.kinds.catalogue import KINDS
from partnerkit.kinds.classified import USUAL, marked_texts
from partnerkit.kinds.parts import OF_A_PERSON
from partnerkit.kinds.readable import as_number
from partnerkit.kinds.record import FIXED
from partnerkit.kinds.statements import STATEMENT_LISTS
from partnerkit.rules.sight import Seen, Sight
from partnerkit.rules.texts import settable

#: What of a statement says something in words, and what came out of it: the first that is there.
_SAYS, _CAME_OUT = ("summary", "reason", "text"), ("outcome", "decision", "answer")


def add_record(rows: Rows, seen: Sight, one: Seen, day: date) -> None:
    """A record as it may be seen, but for its words."""
    register = seen.register
    record, policy = register.records[one.id], register.policies.get(one.policy)
    since, lifecycle = register.since(record), policy.policy.lifecycles.get(one.kind) if policy is not None else None
    over = lifecycle is None or one.stage not in lifecycle.stages or lifecycle.is_over(one.stage)
    head = (one.id, one.kind, one.policy if policy is not None else None, one.stage, day_text(since))
    about = (one.name, _shown(seen, one.subject), one.data.get("classification") or USUAL)
    made = day_text(register.day(record.model.history[0].at))
    rows.add("records", *head, (day - since).days, over, *about, made, len(one.withheld), one.path)
    rows.add(KINDS[one.kind].folder, one.id, *_cells(seen, one))
    for _keys, who in marked_texts(KINDS[one.kind], one.data, OF_A_PERSON):
        rows.person(who)
    for path, value in _leaves({key: part for key, part in one.data.items() if key not in FIXED}):
        number = as_number(value) if not isinstance(value, bool) else None
        rows.add("fields", None, one.id, path, _text(value), float(number) if number is not None else None)
    for field, other in _links(one):
        if _shown(seen, other) is not None:
            rows.add("links", None, one.id, field, other)
    _statements(rows, seen, one)
    _entries(rows, seen, one)


def add_texts(rows: Rows, one: Seen) -> None:
    """All that is searched in a record."""
    for keys, text in texts(one.data):
        rows.add("texts", None, one.id, settable(one.data, keys), text)


def _cells(seen: Sight, one: Seen) -> Iterator[str | float | None]:
    for key, column in scalars(KINDS[one.kind]):
        value = one.data.get(key)
        if column.refers == "records":
            yield _shown(seen, value)
        elif value is None or column.type == "TEXT":
            yield _text(value) if value is not None else None
        else:
            number = as_number(value)
            yield None if number is None else float(number) if column.type == "REAL" else int(number)


def _shown(seen: Sight, other: Any) -> str | None:
    """The id of another record, if readers may know of it."""
    return other if isinstance(other, str) and seen.shows(other) else None


def _leaves(value: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """Every single value with the path to it: items of lists by their id, else counted from 0."""
    if isinstance(value, dict):
        parts = [(str(key), part) for key, part in value.items()]
    elif isinstance(value, list):
        parts = [(_named(item) or str(index), item) for index, item in enumerate(value)]
    else:
        if value is not None:
            yield path, value
        return
    for key, part in parts:
        yield from _leaves(part, f"{path}.{key}" if path else key)


def _named(item: Any) -> str | None:
    found = item.get("id") if isinstance(item, dict) else None
    return found if isinstance(found, str) else None


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _links(one: Seen) -> Iterator[tuple[str, str]]:
    model = KINDS[one.kind]
    for field in dict.fromkeys([*([model.subject] if model.subject else []), *model.refers]):
        yield from ((field, other) for other in _at(one.data, field.split(".")))


def _at(data: Any, keys: list[str]) -> Iterator[str]:
    """The words to which keys lead, through lists into each of their items."""
    if isinstance(data, list):
        for item in data:
            yield from _at(item, keys)
    elif not keys:
        yield from [data] if isinstance(data, str) else []
    elif isinstance(data, dict):
        yield from _at(data.get(keys[0]), keys[1:])


def _statements(rows: Rows, seen: Sight, one: Seen) -> None:
    for name in STATEMENT_LISTS:
        for said in one.data.get(name) or ():
            at = str(said.get("at"))
            gone = said.get("withdrawn") or {}
            when = (at, said.get("on") or _day(seen, at))
            who = (rows.person(said.get("by")), rows.person(said.get("recorded-by")))
            thing = (said.get("ref"), said.get("digest") or said.get("document"))
            rows.add(
                "statements",
                *(None, one.id, said.get("id"), name, said.get("requirement"), *when, *who, said.get("seen")),
                *(said.get("role"), said.get("party"), said.get("kind"), _first(said, _CAME_OUT), _first(said, _SAYS)),
                *(json.dumps(said["marks"], ensure_ascii=False) if "marks" in said else None, *thing),
                said.get("valid-until") or said.get("until"),
                *(_day(seen, str(gone["at"])) if "at" in gone else None, gone.get("reason")),
            )


def _entries(rows: Rows, seen: Sight, one: Seen) -> None:
    for entry in one.data.get("history") or ():
        at = str(entry.get("at"))
        rows.add(
            "entries",
            *(None, one.id, entry.get("seq"), entry.get("id"), entry.get("type"), entry.get("from"), entry.get("to")),
            *(at, _day(seen, at), rows.person(entry.get("by")), entry.get("reason"), entry.get("undoes")),
            "clock" in entry,
        )


def _first(said: dict[str, Any], keys: tuple[str, ...]) -> str | None:
    return next((str(said[key]) for key in keys if said.get(key) is not None), None)


def _day(seen: Sight, at: str) -> str | None:
    """The day of a moment, where the register is."""
    return day_text(seen.register.day(datetime.fromisoformat(at)))
