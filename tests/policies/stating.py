"""How a record in memory says what a demand on its fields asks, or just does not."""

from __future__ import annotations

import copy
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from partnerkit.kinds.catalogue import KINDS
from partnerkit.policies.demands import MOMENTS, REACHED, CompareDemand
from partnerkit.policies.requirement import Requirement
from partnerkit.rules.spelling import faced
from partnerkit.steps import value_at
from tests.policies.holding import fill, make_fail, make_hold, put
from tests.policies.samples import DAY, shape

if TYPE_CHECKING:
    from tests.policies.fulfil import World

LONG_AGO, AFTER = "2020-01-01", "2026-12-31"


def filled(world: World, _name: str, requirement: Requirement, met: bool) -> None:
    """Unmet: the first of the fields is empty; the part of a field that its model demands goes with the whole."""
    for path in requirement.filled or []:
        fill(world.record, path, world.model)
    if not met:
        clear(world, (requirement.filled or [""])[0])


def clear(world: World, path: str) -> None:
    head, _, part = path.partition(".")
    trial = copy.deepcopy(world.record)
    if part:
        put(trial[head], [part], None)
        try:
            shape(world.policy, world.kind).model_validate(trial)
        except ValueError:
            trial.pop(head)
    else:
        trial.pop(head, None)
    world.record = trial


def empty(world: World, _name: str, requirement: Requirement, met: bool) -> None:
    """Unmet: the first of the fields holds something."""
    for path in requirement.empty or []:
        clear(world, path)
    if not met:
        fill(world.record, (requirement.empty or [""])[0], world.model)


def unmentioned(world: World, _name: str, requirement: Requirement, met: bool) -> None:
    """Unmet: the first of the fields that partners read mentions the name."""
    rule = world.policy.names[(requirement.unmentioned or [""])[0]]
    path = faced(world.policy, world.kind, rule)[0]
    if not met:
        fill(world.record, path, world.model)
        world.put(path, f"With {rule.name}")


def matches(world: World, _name: str, requirement: Requirement, met: bool) -> None:
    condition = requirement.matches
    assert condition is not None
    make_hold(world.record, condition, world.model)
    if not met:
        make_fail(world.record, condition, world.model)


def compare(world: World, _name: str, requirement: Requirement, met: bool) -> None:
    """A day well before the other one, or after it; a number at a bound, or beyond it."""
    demand = requirement.compare
    assert demand is not None
    if demand.before is not None:
        _days(world, demand, met)
        return
    fill(world.record, demand.field, world.model)
    least, most = world.policy.value(demand.minimum), world.policy.value(demand.maximum)
    if met:
        world.put(demand.field, least if least is not None else most if most is not None else 1)
    elif most is not None:
        world.put(demand.field, most + 1)
    else:
        _below(world, demand.field, least or 0)


def _below(world: World, field: str, least: Any) -> None:
    """Less than a number: one less, or half of it where the field takes no such number; else nothing at all."""
    for value in (least - 1, str(Decimal(least) / 2)):
        world.put(field, value)
        try:
            world.model.model_validate(world.record)
        except ValueError:
            continue
        return
    clear(world, field)


def _days(world: World, demand: CompareDemand, met: bool) -> None:
    """Unmet: the earlier day is the later one too, where some time must lie between them; else it comes after it.

    Where no more than so much time may lie between them, far more does. A first day that is there already stays.
    """
    if demand.field == REACHED:
        world.put(demand.before or "", AFTER if met else None)
        return
    for path in (demand.field, demand.before or ""):
        if "." in path:
            fill(world.record, path, world.model)
    if demand.field in MOMENTS:
        world.put(demand.before or "", AFTER if met else LONG_AGO)
        return
    if demand.before in MOMENTS:
        world.put(demand.field, LONG_AGO if met else AFTER)
        return
    least, most = world.policy.value(demand.at_least), world.policy.value(demand.at_most)
    first = value_at(world.record, demand.field)
    if first is None:
        first = LONG_AGO
        world.put(demand.field, first)
    day = date.fromisoformat(first)
    if met:
        last = most.after(day) if most is not None else max(day, date.fromisoformat(AFTER))
    else:
        last = date(2199, 1, 1) if most is not None else day - timedelta(days=1) if least is None else day
    world.put(demand.before or "", str(last))


def dwell(world: World, _name: str, _requirement: Requirement, met: bool) -> None:
    """Unmet: the record has only just come to its stage."""
    world.record["history"][-1]["at"] = "2020-01-01T12:00:00Z" if met else "2026-06-01T11:00:00Z"


def notice(world: World, _name: str, requirement: Requirement, met: bool) -> None:
    demand = requirement.notice
    assert demand is not None
    fill(world.record, demand.given, world.model)
    world.put(demand.given, DAY)
    world.put(demand.effective, AFTER)
    if not met:
        clear(world, demand.given)


def each(world: World, name: str, requirement: Requirement, met: bool) -> None:
    """Unmet: the last of the items is not spoken to."""
    demand = requirement.each
    assert demand is not None
    source, kind = _whose(world, name, demand.of, demand.in_)
    if not value_at(source, demand.items):
        two = [
            _item(world, kind, demand.items, f"{demand.items}-{number}")
            for number in range(1, max(2, world.policy.value(demand.at_least)) + 1)
        ]
        put(source, demand.items.split("."), two)
    known = [str(item["id"]) for item in value_at(source, demand.items)]
    field, _, key = demand.by.partition(".")
    spoken = known if met else known[:-1]
    if key:
        pattern = world.sample(world.kind)[field][0]
        if demand.where is not None:
            make_hold({field: [pattern]}, {f"{field}.{one}": value for one, value in demand.where.items()}, world.model)
        world.record.setdefault(field, []).extend({**copy.deepcopy(pattern), key: item} for item in spoken)
    else:
        world.record[field] = spoken


def _whose(world: World, name: str, of: str, stages: list[str]) -> tuple[dict[str, Any], str]:
    """The record whose items are to be spoken to, made where it is not there yet, and its kind."""
    if of == "self":
        return world.record, world.kind
    if of == "subject" or (world.owner is not None and world.owner["kind"] == of):
        assert world.owner is not None
        if of != "subject" and stages:
            world.owner["stage"] = world.owner["history"][-1]["to"] = stages[0]
        return world.owner, str(world.owner["kind"])
    found = next((one for one in world.linked if one["kind"] == of and one["id"].endswith("-of-each")), None)
    if found is None:
        found = world.made(of, f"{name}-of-each", stages[0] if stages else world.policy.lifecycles[of].starts)
        found[KINDS[of].subject or ""] = "subject" if world.owner is None else "owner"
        world.linked.append(found)
    return found, of


def _item(world: World, kind: str, items: str, item_id: str) -> dict[str, Any]:
    return {**copy.deepcopy(value_at(world.sample(kind), items)[0]), "id": item_id}
