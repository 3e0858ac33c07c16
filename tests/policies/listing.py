"""How a record in memory holds so many items of a sort, and names other records, or just does not."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any

from partnerkit.conditions import holds
from partnerkit.policies.demands import ListedDemand
from partnerkit.policies.requirement import Requirement
from partnerkit.steps import people_at, value_at
from tests.policies.holding import fill, make_fail, make_hold, put
from tests.policies.samples import DAY, shape

if TYPE_CHECKING:
    from tests.policies.fulfil import World


def listed(world: World, name: str, requirement: Requirement, met: bool) -> None:
    """Unmet: one item too many where there is a bound above, else none of the sort."""
    demand = requirement.listed
    assert demand is not None
    least = value if isinstance(value := world.policy.value(demand.at_least), int) else 1
    most = world.policy.value(demand.at_most)
    there = world.record.get(demand.field, [])
    others = [one for one in there if demand.where is not None and not holds(demand.where, one)]
    wanted = least if met else most + 1 if isinstance(most, int) else least - 1
    found = others + [_of_the_sort(world, name, demand, number) for number in range(wanted)]
    if found and demand.where is None and "id" in found[0]:  # the id by which other fields know the first
        found[0]["id"] = world.sample(world.kind)[demand.field][0]["id"]
    if there:  # as many as the kind asks for at least, the rest of another sort
        fewest = len(world.sample(world.kind)[demand.field])
        found += [_of_another(world, name, demand, number) for number in range(len(found), fewest)]
    put(world.record, [demand.field], found or None)


def _item(world: World, field: str, item_id: str) -> dict[str, Any]:
    item: dict[str, Any] = copy.deepcopy(world.sample(world.kind)[field][0])
    return item | {key: value for key, value in {"id": item_id, "on": DAY}.items() if key in item}


def _of_another(world: World, name: str, demand: ListedDemand, number: int) -> dict[str, Any]:
    item = _item(world, demand.field, f"{name}-other-{number}")
    make_fail({demand.field: [item]}, _inside(demand), world.model)
    return item


def _inside(demand: ListedDemand) -> dict[str, Any]:
    return {f"{demand.field}.{key}": one for key, one in (demand.where or {}).items()}


def _of_the_sort(world: World, name: str, demand: ListedDemand, number: int) -> dict[str, Any]:
    item = _item(world, demand.field, f"{name}-{number}")
    make_hold({demand.field: [item]}, _inside(demand), world.model)
    return item


def named(world: World, name: str, requirement: Requirement, met: bool) -> None:
    """Unmet: the records named stand elsewhere."""
    demand = requirement.named
    assert demand is not None
    above, _, key = demand.field.rpartition(".")
    if above and above not in world.record:
        world.record[above] = copy.deepcopy(world.sample(world.kind)[above])
    stages = list(world.policy.lifecycles[demand.kind].stages)
    stage = demand.in_[0] if met else next((one for one in stages if one not in demand.in_), "void")
    for number, item in enumerate(world.record[above] if above else [world.record]):
        other = world.made(demand.kind, f"{name}-{number}", stage)
        for own, theirs in demand.same.items():
            inside = own.removeprefix(f"{above}.") if above and own.startswith(f"{above}.") else None
            value = value_at(item, inside) if inside else value_at(world.record, own)
            full = world.sample(demand.kind)
            put(other, theirs.split("."), [value] if isinstance(value_at(full, theirs), list) else value)
        shape(world.policy, demand.kind).model_validate(other)
        item[key] = other["id"]
        world.linked.append(other)


def named_by(world: World, name: str, requirement: Requirement, met: bool) -> None:
    """Unmet: one record names it whose list holds one item more than may be."""
    demand = requirement.named_by
    assert demand is not None
    assert demand.count is not None
    if demand.bound_in is not None:
        world.put(demand.bound_in, 1)
    most = 1 if demand.bound_in is not None else world.policy.value(demand.at_most)
    other = world.made(demand.kind, f"{name}-1", demand.in_[0])
    pattern = world.sample(demand.kind)[demand.count][0]
    other[demand.count] = [{**pattern, "id": f"p-{number}"} for number in range(most if met else most + 1)]
    inside = {f"{demand.count}.{key}": one for key, one in (demand.where or {}).items()}
    for item in other[demand.count]:
        make_hold({demand.count: [item]}, inside, shape(world.policy, demand.kind))
    if len(other[demand.count]) == 1:  # a pairing has two who take part
        other[demand.count].append({**pattern, "id": "p-another", "as": "mentor"})
    put(other, demand.by.split("."), "subject")
    world.linked.append(other)


def apart(world: World, name: str, requirement: Requirement, met: bool) -> None:
    """Unmet: an application declares a conflict of interest between two who are to be apart."""
    demand = requirement.apart
    assert demand is not None
    if met:
        if demand.from_ and people_at(world.record, demand.field):
            world.put(demand.field, "p-apart")
        return
    for path in filter(None, (demand.field, demand.from_)):
        fill(world.record, path, world.model)
    own, theirs = people_at(world.record, demand.field), people_at(world.record, demand.from_ or demand.field)
    other = world.made("application", f"{name}-1", world.policy.lifecycles["application"].starts)
    world.linked.append(other | {"applicant": own[0], "also": [], "conflicts": [theirs[-1]]})
