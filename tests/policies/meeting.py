"""How a record in memory meets each sort of demand, or just does not; what its fields say stands in stating.py."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from partnerkit.kinds.catalogue import KINDS
from partnerkit.kinds.statements import statement_digest
from partnerkit.policies.definition import definition_digest
from partnerkit.policies.requirement import Requirement
from partnerkit.steps import content_digest, value_at
from tests.policies import listing, stating
from tests.policies.holding import fill, make_hold
from tests.policies.samples import shape

if TYPE_CHECKING:
    from tests.policies.fulfil import World

FILE = "sha256:" + "1" * 64


def _evidence(world: World, name: str, requirement: Requirement, met: bool) -> None:
    demand = requirement.evidence
    assert demand is not None
    outcome = demand.outcomes[0] if demand.outcomes else None
    digest = FILE if demand.with_digest else None
    instead = 2 if demand.single else 0  # only one may stand
    for _piece in range((world.policy.value(demand.at_least) or 1) if met else instead):
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
    criteria = world.policy.scorecards[demand.card].criteria
    marks = {key: {"score": 3} | ({} if one.points_only else {"why": "so"}) for key, one in criteria.items()}
    if not met:
        del marks[next(iter(marks))]
    world.say("scores", "c", name, marks=marks)


def _approval(world: World, name: str, requirement: Requirement, met: bool) -> None:
    demand = requirement.approval
    assert demand is not None
    role = world.policy.value(demand.role)
    for path in demand.scope.values():
        fill(world.record, path, world.model)
    if demand.in_record:
        world.put(f"roles.{role}", "p-bob")
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
    more = {"record": "subject", "role": role, "decision": decision, "binds": {**binds, "evidence": rested}}
    several = demand.fraction or demand.more_than or (world.policy.value(demand.at_least) or 1) > 1
    for person in ("p-bob", "p-ann") if several else ("p-bob",):
        world.say("approvals", "a", name, by=person, **more)


def _acknowledged(world: World, name: str, requirement: Requirement, met: bool) -> None:
    demand = requirement.acknowledged
    assert demand is not None
    if demand.by_each is not None:
        fill(world.record, demand.by_each, world.model)
    parties = demand.by or [str(one["id"]) for one in value_at(world.record, demand.by_each or "")]
    good = next(({"answer": key} for key, one in demand.answers.items() if one.means == "met"), {})
    for party in parties if met else parties[:-1]:
        world.say("acknowledgements", "k", name, party=party, **good)


def _linked(world: World, name: str, requirement: Requirement, met: bool) -> None:
    demand = requirement.linked
    assert demand is not None
    stages = list(world.policy.lifecycles[demand.kind].stages)
    if (met and demand.at_least == 0) or (not met and not demand.all_ and demand.at_least == 1):
        return
    stage = demand.in_[0] if met else next(one for one in stages if one not in demand.in_)
    other = world.made(demand.kind, f"{name}-1", stage)
    other[KINDS[demand.kind].subject or ""] = "subject"
    if demand.where is not None:
        make_hold(other, demand.where, shape(world.policy, demand.kind))
    if demand.until is not None:
        other[demand.until] = "2026-12-31"
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


def _subject_meets(world: World, _name: str, requirement: Requirement, met: bool) -> None:
    """Met by what is brought for the record above; unmet, nothing is."""
    own, kind = world.record, world.kind
    assert world.owner is not None
    world.record, world.kind = world.owner, world.owner["kind"]
    for other in requirement.subject_meets or [] if met else []:
        MEET[world.policy.requirements[other].type](world, other, world.policy.requirements[other], True)
    world.record, world.kind = own, kind


#: Fields first, for decisions are bound to them; decisions last.
ORDER = {**dict.fromkeys(("matches", "filled", "compare", "notice"), 0), "approval": 3, "empty": 2, "unmentioned": 2}

MEET: dict[str, Callable[[World, str, Requirement, bool], None]] = {
    "evidence": _evidence,
    "period": _period,
    "scores": _scores,
    "approval": _approval,
    "acknowledged": _acknowledged,
    "linked": _linked,
    "reason": _reason,
    "subject-meets": _subject_meets,
    "any-of": _any_of,
    "signed": _signed,
    "filled": stating.filled,
    "empty": stating.empty,
    "unmentioned": stating.unmentioned,
    "matches": stating.matches,
    "each": stating.each,
    "listed": listing.listed,
    "named": listing.named,
    "named-by": listing.named_by,
    "apart": listing.apart,
    "compare": stating.compare,
    "dwell": stating.dwell,
    "notice": stating.notice,
}
