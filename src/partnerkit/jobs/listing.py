"""Which records there are: those that fit conditions and say what is looked for, in an order, as a table or a board."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import Any

from partnerkit.dataclass import dataclass, field
from partnerkit.jobs.boards import Board, boards, key_of
from partnerkit.jobs.comparing import condition
from partnerkit.jobs.desk import Desk
from partnerkit.jobs.finding_records import demand_field, fitting
from partnerkit.jobs.known_values import values_of
from partnerkit.jobs.searching import Hit, Sought, asked_for, search, sought
from partnerkit.jobs.worked_out import TOLD, Asked, Asking, asking
from partnerkit.kinds.summary import Summary
from partnerkit.register import RecordFile, Register
from partnerkit.store.record_paths import are_few
from partnerkit.tuples import NamedTuple

_COLUMNS = ["id", "kind", "stage", "since", "name"]


class Row(NamedTuple):
    """A record that was found.

    Attributes:
        record: the record.
        cells: what its columns say.
        hits: where what was looked for stands in it, the best places first.
        best: how many of them say most of it.
    """

    record: Summary
    cells: list[str]
    hits: tuple[Hit, ...] = ()
    best: int = 0


@dataclass(frozen=True, slots=True)
class Listing:
    """Records with the columns asked for.

    Attributes:
        columns: the names of the columns.
        rows: the records.
        boards: the same as boards, where those were asked for.
        sought: what became of each word that was looked for, where nothing was found.
    """

    columns: list[str]
    rows: list[Row]
    boards: list[Board] | None = None
    sought: list[Sought] = field(default_factory=list)


def list_records(
    desk: Desk,
    kind: str | None,
    where: list[str],
    *,
    words: list[str] | None = None,
    by: str | None = None,
    sort: list[str] | None = None,
    columns: list[str] | None = None,
) -> Listing:
    """The records of a kind for which the conditions hold; those taken back only with a condition on the stage.

    Args:
        desk: where and when.
        kind: their kind; None for all.
        where: the conditions.
        words: what they must say, as it was typed.
        by: the field that makes them a board.
        sort: the fields by which they are put in order, `-field` from the other end; else what they say, or their ids.
        columns: the fields that are shown.

    Raises:
        WrongCallError: an unknown kind or field, a condition that cannot be read, or nothing to look for.
    """
    loaded = desk.working_tree(known=desk.git.remembers)
    register = loaded.demand()
    order = [one.removeprefix("-") for one in sort or []]
    for name in [*([by] if by else []), *order, *(columns or [])]:
        demand_field(register, name, kind)
    names = columns or [name for name in _COLUMNS if name != "kind" or kind is None]
    asked_of = {*order, *names, *(condition(one).field for one in where)}
    if words is None and by is None and asked_of <= set(TOLD) and not are_few(loaded.records.paths):
        from partnerkit.jobs.listed_before import listed_before  # noqa: PLC0415 - of few records nothing is kept

        with listed_before(desk, loaded, kind) as known:
            if known is not None:
                found = [Row(one, []) for one in fitting(known, where, kind)]
                return Listing(names, _rows(known, found, names, sort or []))
    asked = asking(desk, register)
    return _read(asked, fitting(asked, where, kind), words, by, sort or [], names)


def _read(
    asked: Asking, every: list[RecordFile], words: list[str] | None, by: str | None, sort: list[str], names: list[str]
) -> Listing:
    """The same of records that were read."""
    found, alone = [Row(one, []) for one in every], list[Sought]()
    if words is not None:
        wanted = asked_for(words)
        found = [Row(one.record, [], one.hits, one.best) for one in search(wanted, every)]
        alone = sought(wanted, every, partial(_asked_with, asked.register)) if not found else []
    rows = _rows(asked, found, names, sort)
    made = (
        boards(asked, [asked.register.records[row.record.id] for row in rows], by, oldest_first=not sort)
        if by
        else None
    )
    return Listing(names, rows, made, alone)


def _rows(asked: Asked[Any], found: list[Row], names: list[str], sort: list[str]) -> list[Row]:
    """The records in their order, with their cells."""
    _put_in_order(asked, found, sort)
    return [row._replace(cells=[_cell(asked.value(row.record, name)) for name in names]) for row in found]


def _asked_with(register: Register, word: str) -> str | None:
    """The condition that asks for a word which is no text of records: a policy, a kind or a stage."""
    for field_ in ("policy", "kind", "stage"):
        known = {one.casefold(): one for one in values_of(register, field_, None) or ()}
        if word.casefold() in known:
            return f"{field_}={known[word.casefold()]}"
    return None


def _put_in_order(asked: Asked[Any], found: list[Row], sort: Iterable[str]) -> None:
    """By the last field first, so that the first one decides; what says nothing always comes last."""
    for name in reversed(list(sort)):
        _put_by(asked, found, name.removeprefix("-"), from_the_end=name.startswith("-"))


def _put_by(asked: Asked[Any], found: list[Row], name: str, *, from_the_end: bool) -> None:
    keys = {row.record.id: key_of(asked.value(row.record, name)) for row in found}
    found.sort(key=lambda row: keys[row.record.id], reverse=from_the_end)
    found.sort(key=lambda row: not keys[row.record.id])


def _cell(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(str(item.get("id", "…")) if isinstance(item, dict) else _cell(item) for item in value)
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else str(value)
