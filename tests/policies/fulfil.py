"""Records in memory that meet everything a gate asks for; or everything but one thing."""

from __future__ import annotations

import copy
import functools
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from partnerkit.kinds.canonical import canonical
from partnerkit.kinds.catalogue import KINDS
from partnerkit.kinds.record import Record
from partnerkit.kinds.roster import Roster
from partnerkit.kinds.settings import Settings
from partnerkit.kinds.statements import statement_digest
from partnerkit.policies.definition import definition_digest
from partnerkit.policies.lifecycle import Transition
from partnerkit.policies.policy import Policy
from partnerkit.policies.requirement import Requirement
from partnerkit.policies.shapes import model_for
from partnerkit.policies.values import Match
from partnerkit.register import PolicyFile, RecordFile, Register
from partnerkit.rules.conditions import holds
from partnerkit.rules.gate import Asked, Situation, gate
from partnerkit.steps import content_digest, value_at
from tests.policies.samples import DAY, sampled

MOMENT = datetime(2026, 6, 1, 12, tzinfo=UTC)
AT = "2026-05-01T12:00:00Z"
FILE = "sha256:" + "1" * 64
ZERO = dict.fromkeys(("gate", "covers", "statements", "previous"), "c1:" + "0" * 64)


def with_deciders(data: dict[str, Any]) -> dict[str, Any]:
    """A policy as parsed YAML in which every open role is somebody's; every number stays open."""
    data = copy.deepcopy(data)
    role = next(iter(data["roles"]))
    for spec in data["variables"].values():
        if spec["unit"] == "role":
            spec["value"] = role
    return data


@functools.cache
def parsed(data: str) -> Policy:
    """A policy from the canonical text of its data; parsed once."""
    return Policy.model_validate(json.loads(data))


_SHAPES: dict[tuple[int, str], type[Record]] = {}


def shape(policy: Policy, kind: str) -> type[Record]:
    """The model of a kind under a policy that lives as long as the tests; made once."""
    key = (id(policy), kind)
    if key not in _SHAPES:
        _SHAPES[key] = model_for(policy, kind)
    return _SHAPES[key]


@functools.cache
def _sampled(model: type[Record]) -> dict[str, Any]:
    return sampled(model)


def _without(policy: Policy, taken: str) -> dict[str, Requirement]:
    """The requirements, none of which offers one as an alternative."""
    found = dict(policy.requirements)
    for name, requirement in found.items():
        if taken in (requirement.any_of or []):
            left = [other for other in requirement.any_of or [] if other != taken]
            found[name] = requirement.model_copy(update={"any_of": left})
    return found


@dataclass
class World:
    """One record under a policy at a gate, and the records that belong to it.

    Attributes:
        data: the policy as parsed YAML.
        kind, from_, to: the gate.
        unmet: the requirements that are left unmet.
        only: of an any-of, the alternative that is met.
    """

    data: dict[str, Any]
    kind: str
    from_: str
    to: str
    unmet: frozenset[str] = frozenset()
    only: str | None = None
    record: dict[str, Any] = field(init=False)
    linked: list[dict[str, Any]] = field(init=False, default_factory=list)
    reason: str | None = field(init=False, default=None)
    _count: int = field(init=False, default=0)

    def __post_init__(self) -> None:
        self.policy = parsed(canonical(self.data))
        self.record = self._record(self.kind, "subject", self.from_)
        needs = [(name, self.policy.requirements[name]) for name in self.transition.needs]
        for _name, requirement in needs:
            if requirement.when is not None:
                _make_hold(self.record, requirement.when, self._sample(self.kind))
        for name, requirement in sorted(needs, key=lambda need: _ORDER.get(need[1].type, 1)):
            self._meet(name, requirement)

    @property
    def transition(self) -> Transition:
        found = self.policy.lifecycles[self.kind].find(self.from_, self.to)
        assert found is not None
        return found

    def asked(self, without: str | None = None) -> list[Asked]:
        """The gate's answers; under the policy as it is, or with one requirement taken out of the gate."""
        policy, transition = self.policy, self.transition
        if without is not None:
            left = [name for name in transition.needs if name != without]
            transition = transition.model_copy(update={"needs": left})
            policy = policy.model_copy(update={"requirements": _without(policy, without)})
        register = self._register(PolicyFile("policy", self.data, policy))
        record = register.records["subject"]
        source = register.policies[policy.policy]
        last = record.model.history[-1].at
        return gate(Situation(record, record, register, register, source, MOMENT, last, self.reason), transition)

    def _register(self, source: PolicyFile) -> Register:
        name = source.policy.policy
        roles = [{"role": role, "from": "2020-01-01"} for role in source.policy.roles]
        people = {person: {"roles": roles} for person in ("p-ann", "p-bob")}
        settings = {"format": 1, "name": "Test", "time-zone": "UTC", "policies": {"allowed": [name]}}
        records = {
            one["id"]: RecordFile(one["id"], one, shape(self.policy, one["kind"]).model_validate(one))
            for one in (self.record, *self.linked)
        }
        roster = Roster.model_validate({"format": 1, "people": people})
        return Register(Settings.model_validate(settings), roster, {name: source}, records)

    def _sample(self, kind: str) -> dict[str, Any]:
        return copy.deepcopy(_sampled(shape(self.policy, kind)))

    def _record(self, kind: str, record_id: str, stage: str) -> dict[str, Any]:
        """A record with what its model demands, and nothing else."""
        entry = {"seq": 1, "id": "0" * 16, "type": "create", "to": stage, "at": "2026-03-01T12:00:00Z", "by": "p-ann"}
        full = self._sample(kind)
        model = shape(self.policy, kind)
        required = {info.alias or name for name, info in model.model_fields.items() if info.is_required()}
        head = {"format": 1, "kind": kind, "id": record_id, "policy": self.policy.policy, "stage": stage}
        return head | {key: full[key] for key in full if key in required} | {"history": [{**entry, "seal": ZERO}]}

    def _meet(self, name: str, requirement: Requirement) -> None:
        if requirement.when is not None and not holds(requirement.when, self.record):
            return
        _MEET[requirement.type](self, name, requirement, name not in self.unmet)

    def say(self, group: str, letter: str, name: str, **more: Any) -> None:
        self._count += 1
        said = {"id": f"{letter}-{self._count:012x}", "requirement": name, "at": AT, "by": "p-bob"}
        self.record.setdefault(group, []).append({**said, **{key: one for key, one in more.items() if one is not None}})

    def put(self, path: str, value: Any) -> None:
        _put(self.record, path.split("."), value)


def _put(data: dict[str, Any], keys: list[str], value: Any) -> None:
    head, *rest = keys
    if rest:
        _put(data.setdefault(head, {}), rest, value)
    else:
        data[head] = value


def _make_hold(record: dict[str, Any], when: dict[str, Any], full: dict[str, Any]) -> None:
    """The fields of a condition set so that it holds, with whatever their models demand beside them."""
    for path, wanted in when.items():
        head = path.split(".")[0]
        record.setdefault(head, copy.deepcopy(full[head]))
        values = wanted.is_ if isinstance(wanted, Match) else wanted
        if values is not None:
            _put(record, path.split("."), values[0] if isinstance(values, list) else values)


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
    full = world._sample(world.kind)
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
    other = world._record(demand.kind, f"{name}-1", stage)
    other[KINDS[demand.kind].subject or ""] = "subject"
    world.linked.append(other)


def _reason(world: World, _name: str, _requirement: Requirement, met: bool) -> None:
    world.reason = "because it is so" if met else None


def _any_of(world: World, name: str, requirement: Requirement, met: bool) -> None:
    names = requirement.any_of or []
    chosen = world.only if world.only in names else names[0]
    for other in names:
        _MEET[world.policy.requirements[other].type](
            world, other, world.policy.requirements[other], met and other == chosen
        )


def _notice(world: World, _name: str, requirement: Requirement, met: bool) -> None:
    demand = requirement.notice
    assert demand is not None
    full = world._sample(world.kind)
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
_ORDER = {"filled": 0, "approval": 2}

_MEET: dict[str, Callable[[World, str, Requirement, bool], None]] = {
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
