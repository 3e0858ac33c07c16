"""Demands on what the record states: fields, days and numbers, time in a stage, notice, records that belong to it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from tests.second_judge.asking import Asked, Met
from tests.second_judge.past import stood
from tests.second_judge.reading import Data, day_text, later
from tests.second_judge.words import at_path, filled, meets, number, setting


def filled_in(asked: Asked, paths: list[str]) -> Met | None:
    """Every field holds something; who is named for a role of the policy holds it."""
    for path in paths:
        value = at_path(asked.record, path)
        if not filled(value):
            return None
        block, _, role = path.rpartition(".")
        named = block == "roles" and role in (asked.policy.get("roles") or {}) and isinstance(value, str)
        if named and not asked.rules.holds(value, role, asked.today):
            return None
    return Met()


def empty(asked: Asked, paths: list[str]) -> Met | None:
    """None of the fields holds anything."""
    return None if any(filled(at_path(asked.record, path)) for path in paths) else Met()


def matches(asked: Asked, condition: Data) -> Met | None:
    """The fields are as they must be."""
    return Met() if meets(condition, asked.record) else None


def compare(asked: Asked, demand: Data) -> Met | None:
    """A day lies long enough before another, and not too long; or a number, or each of a list, within its bounds."""
    if demand.get("before"):
        first, second = _day(asked, demand["field"]), _day(asked, demand["before"])
        if first is None or second is None:
            return None
        least, most = asked.span(demand.get("at-least")), asked.span(demand.get("at-most"))
        soonest = first if least is None else later(first, least)
        return Met() if soonest <= second and (most is None or second <= later(first, most)) else None
    value = at_path(asked.record, demand["field"])
    least, most = setting(asked.policy, demand.get("minimum")), setting(asked.policy, demand.get("maximum"))
    return Met() if all(_within(one, least, most) for one in _flat(value)) else None


def _flat(value: Any) -> list[Any]:
    return [inner for one in value for inner in _flat(one)] if isinstance(value, list) else [value]


def _within(value: Any, least: int | None, most: int | None) -> bool:
    if isinstance(value, bool) or not isinstance(value, int | str):
        return False
    try:
        found = Decimal(str(value))
    except InvalidOperation:
        return False
    return found.is_finite() and (least is None or found >= least) and (most is None or found <= most)


def _day(asked: Asked, path: str) -> date | None:
    if path == "today":
        return asked.today
    return asked.rules.day(asked.since) if path == "reached" else day_text(at_path(asked.record, path))


def dwell(asked: Asked, demand: Data) -> Met | None:
    """The record has stood in its stage long enough."""
    span = asked.span(demand["at-least"])
    return Met() if span is None or later(asked.rules.day(asked.since), span) <= asked.today else None


def notice(asked: Asked, demand: Data) -> Met | None:
    """Notice was given, as long before the end as the policy wants, or longer where an agreement says so."""
    given, end = day_text(at_path(asked.record, demand["given"])), day_text(at_path(asked.record, demand["effective"]))
    if given is None or end is None or given > asked.today:
        return None
    spans = [asked.span(demand["at-least"])]
    agreed = demand.get("agreed-in") or {"kind": "none", "in": [], "field": "none"}
    for other in asked.links.below(asked.record["id"], agreed["kind"]):
        length = at_path(other, agreed["field"])
        if isinstance(length, str) and stage_then(asked, other) in agreed["in"]:
            spans.append(length)
    return Met() if all(later(given, span) <= end for span in spans if span is not None) else None


def stage_then(asked: Asked, other: Data) -> str | None:
    """Where another record stood at the moment."""
    return asked.going.get(other["id"]) or stood(other, asked.moment, asked.relied.get(other["id"]))


def linked(asked: Asked, demand: Data) -> Met | None:
    """Enough records that belong to this one stand where they must."""
    every, good = [], []
    for other in asked.links.below(asked.record["id"], demand["kind"]):
        stage = stage_then(asked, other)
        if stage is None or stage == "void" or not meets(demand.get("where"), other):
            continue
        every.append(other["id"])
        came = max(entry["at"] for entry in other["history"] if entry["at"] <= asked.moment)
        first = day_text(at_path(other, demand["from"])) if demand.get("from") else None
        last = day_text(at_path(other, demand["until"])) if demand.get("until") else None
        if (
            stage in demand["in"]
            and not (demand.get("anew") and came < asked.since)
            and (first is None or first <= asked.today)
            and (last is None or asked.today <= last)
        ):
            good.append(other["id"])
    enough = len(good) >= number(asked.policy, demand.get("at-least"))
    return Met(relies=tuple(good)) if enough and not (demand.get("all") and good != every) else None
