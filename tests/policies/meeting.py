"""How a record in memory meets each sort of demand, or just does not."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from partnerkit.kinds.catalogue import KINDS
from partnerkit.kinds.statements import statement_digest
from partnerkit.policies.definition import definition_digest
from partnerkit.policies.requirement import Requirement
from partnerkit.policies.values import Match
from partnerkit.steps import content_digest, value_at
from tests.policies.samples import DAY, shape

if TYPE_CHECKING:
    from tests.policies.fulfil import World

FILE = "sha256:" + "1" * 64


def put(data: dict[str, Any], keys: list[str], value: Any) -> None:
    head, *rest = keys
    if rest:
        put(data.setdefault(head, {}), rest, value)
    else:
        data[head] = value


def make_hold(record: dict[str, Any], when: dict[str, Any], full: dict[str, Any]) -> None:
    """The fields of a condition set so that it holds, with whatever their models demand beside them."""
    for path, wanted in when.items():
        head = path.split(".")[0]
        record.setdefault(head, copy.deepcopy(full[head]))
        values = wanted.is_ if isinstance(wanted, Match) else wanted
        if values is not None:
            put(record, path.split("."), values[0] if isinstance(values, list) else values)


def _evidence(world: World, name: str, requirement: Requirement, met: bool) -> None:
    demand = requirement.evidence
    assert demand is not None
    outcome = demand.outcomes[0] if demand.outcomes else None
    if met:
        digest = FILE if demand.with_digest else None
        world.say(
            "evidence",
            "e",
            name,
            kind=demand.kinds[0],
            ref="a thing",
            outcome=outcome,
            digest=digest,
            claimed=digest and True,
        )


def _period(world: World, name: str, _requirement: Requirement, met: bool) -> None:
    world.say("evidence", "e", name, kind="opened", ref="https://forum.example")
    if met:
        world.say("evidence", "e", name, kind="closed", summary="all in favour")


def _scores(world: World, name: str, requirement: Requirement, met: bool) -> None:
    demand = requirement.scores
    assert demand is not None
    criteria = list(world.policy.scorecards[demand.card].criteria)
    world.say(
        "scores", "c", name, marks={key: {"score": 3, "why": "so"} for key in (criteria if met else criteria[1:])}
    )


def _approval(world: World, name: str, requirement: Requirement, met: bool) -> None:
    demand = requirement.approval
    assert demand is not None
    binds = {
        "definition": definition_digest(world.data, name),
        "content": content_digest(world.record, requirement.covers),
    }
    rested = {
        said["id"]: statement_digest(said)
        for group in ("evidence", "scores")
        for said in world.record.get(group, [])
        if said["requirement"] in requirement.rests_on
    }
    decision = "approve" if met else "request-changes"
    role = world.policy.value(demand.role)
    more = {"record": "subject", "role": role, "decision": decision, "binds": {**binds, "evidence": rested}}
    world.say("approvals", "a", name, **more)


def _filled(world: World, _name: str, requirement: Requirement, met: bool) -> None:
    """Unmet: the first of the fields is empty; the part of a field that its model demands goes with the whole."""
    full = world.sample(world.kind)
    for path in requirement.filled or []:
        head = path.split(".")[0]
        if "." not in path or head not in world.record:
            world.record[head] = (
                copy.deepcopy(full[head]) if head == "termination" else world.record.get(head, full[head])
            )
        if value_at(world.record, path) is None:
            world.put(path, value_at(full, path))
    if not met:
        _empty(world, (requirement.filled or [""])[0])


def _empty(world: World, path: str) -> None:
    head, _, part = path.partition(".")
    trial = copy.deepcopy(world.record)
    if part:
        trial[head].pop(part)
        try:
            shape(world.policy, world.kind).model_validate(trial)
        except ValueError:
            trial.pop(head)
    else:
        trial.pop(head)
    world.record = trial


def _linked(world: World, name: str, requirement: Requirement, met: bool) -> None:
    demand = requirement.linked
    assert demand is not None
    stages = list(world.policy.lifecycles[demand.kind].stages)
    if met and demand.at_least == 0:
        return
    stage = demand.in_[0] if met else next(one for one in stages if one not in demand.in_)
    other = world.made(demand.kind, f"{name}-1", stage)
    other[KINDS[demand.kind].subject or ""] = "subject"
    world.linked.append(other)


def _reason(world: World, _name: str, _requirement: Requirement, met: bool) -> None:
    world.reason = "because it is so" if met else None


def _any_of(world: World, name: str, requirement: Requirement, met: bool) -> None:
    names = requirement.any_of or []
    chosen = world.only if world.only in names else names[0]
    for other in names:
        MEET[world.policy.requirements[other].type](
            world, other, world.policy.requirements[other], met and other == chosen
        )


def _notice(world: World, _name: str, requirement: Requirement, met: bool) -> None:
    demand = requirement.notice
    assert demand is not None
    full = world.sample(world.kind)
    head = demand.given.split(".")[0]
    world.record.setdefault(head, copy.deepcopy(full[head]))
    world.put(demand.given, DAY)
    world.put(demand.effective, "2026-12-31")
    if not met:
        _empty(world, demand.given)


def _signed(world: World, name: str, requirement: Requirement, met: bool) -> None:
    demand = requirement.signed
    assert demand is not None
    parties = value_at(world.record, demand.by_each)
    if parties is None:
        parties = [{"id": one, "name": one} for one in ("us", "partner")]
        world.put(demand.by_each, parties)
    if all(said["requirement"] != demand.document for said in world.record.get("evidence", [])):
        _evidence(world, demand.document, world.policy.requirements[demand.document], met=True)
    for party in parties if met else parties[:-1]:
        world.say("signatures", "s", name, party=party["id"], document=FILE)


#: Fields first, for decisions are bound to them; decisions last.
ORDER = {"filled": 0, "approval": 2}

MEET: dict[str, Callable[[World, str, Requirement, bool], None]] = {
    "evidence": _evidence,
    "period": _period,
    "scores": _scores,
    "approval": _approval,
    "filled": _filled,
    "linked": _linked,
    "reason": _reason,
    "any-of": _any_of,
    "notice": _notice,
    "signed": _signed,
}
