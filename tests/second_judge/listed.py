"""Demands on lists: items that must be spoken to, items of a sort, records that are named and those that name."""

from __future__ import annotations

from typing import Any

from tests.second_judge.asking import Asked, Met
from tests.second_judge.reading import Data, above, day_text, later
from tests.second_judge.stated import stage_then
from tests.second_judge.words import at_path, meets, number, people_in, setting


def each(asked: Asked, demand: Data) -> Met | None:
    """Every item of a list is named where this record speaks to them."""
    whose = _whose(asked, demand)
    wanted = {str(item["id"]) for one in whose for item in _blocks(at_path(one, demand["items"])) if "id" in item}
    field, _, key = demand["by"].partition(".")
    spoken = at_path(asked.record, field)
    if demand.get("where") and isinstance(spoken, list):
        spoken = [item for item in _blocks(spoken) if meets(demand["where"], item)]
    named = _texts(at_path(spoken, key) if key else spoken)
    if wanted - named or len(wanted) < number(asked.policy, demand.get("at-least")):
        return None
    others = [one for one in whose if one["id"] != asked.record["id"] and one["kind"] == demand.get("of", "self")]
    return Met(relies=tuple(one["id"] for one in others))


def _whose(asked: Asked, demand: Data) -> list[Data]:
    of, subject = demand.get("of", "self"), asked.links.records.get(above(asked.record) or "")
    if of == "self":
        return [asked.record]
    if of == "subject":
        return [subject] if subject else []
    if subject is not None and subject["kind"] == of:
        found = [subject]
    else:
        found = asked.links.below(asked.record["id"], of)
        found += asked.links.below(subject["id"], of) if subject else []
    stages = {one["id"]: stage_then(asked, one) for one in found}
    return [
        one
        for one in found
        if stages[one["id"]] not in (None, "void") and (not demand.get("in") or stages[one["id"]] in demand["in"])
    ]


def _blocks(value: Any) -> list[Data]:
    found: list[Data] = []
    for item in value if isinstance(value, list) else []:
        found += [item] if isinstance(item, dict) else _blocks(item)
    return found


def _texts(value: Any) -> set[str]:
    if isinstance(value, list):
        return {text for one in value for text in _texts(one)}
    return {value} if isinstance(value, str) else set()


def listed(asked: Asked, demand: Data) -> Met | None:
    """Enough items of a sort that are neither old nor still to come, and not too many of the sort."""
    sort = [item for item in _blocks(at_path(asked.record, demand["field"])) if meets(demand.get("where"), item)]
    fresh = asked.span(demand.get("fresh-for"))
    good = 0
    for item in sort:
        day = day_text(item.get("on"))
        good += day is None or (day <= asked.today and (fresh is None or later(day, fresh) >= asked.today))
    most = setting(asked.policy, demand.get("at-most"))
    enough = good >= number(asked.policy, demand.get("at-least"))
    return Met() if enough and (most is None or len(sort) <= most) else None


def named(asked: Asked, demand: Data) -> Met | None:
    """The records that are named stand where they must, and agree with what names them."""
    block, _, key = demand["field"].rpartition(".")
    there = at_path(asked.record, block) if block else asked.record
    relies: list[str] = []
    for item in [there] if isinstance(there, dict) else _blocks(there):
        name = item.get(key)
        if name is None and demand.get("optional"):
            continue
        other = asked.links.records.get(str(name)) if name is not None else None
        if other is None or other["id"] == asked.record["id"] or other["kind"] != demand["kind"]:
            return None
        if stage_then(asked, other) not in demand["in"]:
            return None
        if not all(_agree(asked, block, item, other, *pair) for pair in (demand.get("same") or {}).items()):
            return None
        relies.append(other["id"])
    return Met(relies=tuple(relies)) if relies or demand.get("optional") else None


def _agree(asked: Asked, block: str, item: Data, other: Data, own: str, theirs: str) -> bool:
    inside = block and own.startswith(f"{block}.")
    mine = at_path(item, own[len(block) + 1 :]) if inside else at_path(asked.record, own)
    held = at_path(other, theirs)
    return mine is not None and mine in (held if isinstance(held, list) else [held])


def apart(asked: Asked, demand: Data) -> Met | None:
    """Nobody is, or is tied to, somebody from whom they are to be apart."""
    ours = sorted(people_in(asked.record, demand["field"]))
    for place, one in enumerate(ours):
        near = asked.tied_to({one})
        theirs = people_in(asked.record, demand["from"]) if demand.get("from") else {*ours[:place], *ours[place + 1 :]}
        if near & theirs:
            return None
    return Met()


def named_by(asked: Asked, demand: Data) -> Met | None:
    """Not too many records that stand where they count name this one, or not too many items of their lists."""
    given = demand["at-most"]
    by_field = isinstance(given, str) and not given.startswith("$")
    most = at_path(asked.record, given) if by_field else setting(asked.policy, given)
    found = 0
    for other in asked.links.records.values():
        if other["kind"] != demand["kind"] or asked.record["id"] not in _texts(at_path(other, demand["by"])):
            continue
        if stage_then(asked, other) in demand["in"]:
            items = _blocks(at_path(other, demand["count"])) if demand.get("count") else [other]
            found += sum(meets(demand.get("where"), item) for item in items)
    return Met() if most is None or found <= most else None
