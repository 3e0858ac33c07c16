"""Records in memory that meet everything a gate asks for; or everything but one thing."""

from __future__ import annotations

import copy
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from partnerkit.kinds.canonical import canonical
from partnerkit.kinds.roster import Roster
from partnerkit.kinds.settings import Settings
from partnerkit.policies.lifecycle import Transition
from partnerkit.policies.policy import Policy
from partnerkit.policies.requirement import Requirement
from partnerkit.register import PolicyFile, RecordFile, Register
from partnerkit.rules.conditions import holds
from partnerkit.rules.gate import Asked, Situation, gate
from tests.policies.meeting import MEET, ORDER, make_hold, put
from tests.policies.samples import parsed, sampled_once, shape

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
        self.record = self.made(self.kind, "subject", self.from_)
        needs = [(name, self.policy.requirements[name]) for name in self.transition.needs]
        for _name, requirement in needs:
            if requirement.when is not None:
                make_hold(self.record, requirement.when, self.sample(self.kind))
        for name, requirement in sorted(needs, key=lambda need: ORDER.get(need[1].type, 1)):
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

    def sample(self, kind: str) -> dict[str, Any]:
        return copy.deepcopy(sampled_once(shape(self.policy, kind)))

    def made(self, kind: str, record_id: str, stage: str) -> dict[str, Any]:
        """A record with what its model demands, and nothing else."""
        entry = {"seq": 1, "id": "0" * 16, "type": "create", "to": stage, "at": "2026-03-01T12:00:00Z", "by": "p-ann"}
        full = self.sample(kind)
        model = shape(self.policy, kind)
        required = {info.alias or name for name, info in model.model_fields.items() if info.is_required()}
        head = {"format": 1, "kind": kind, "id": record_id, "policy": self.policy.policy, "stage": stage}
        return head | {key: full[key] for key in full if key in required} | {"history": [{**entry, "seal": ZERO}]}

    def _meet(self, name: str, requirement: Requirement) -> None:
        if requirement.when is not None and not holds(requirement.when, self.record):
            return
        MEET[requirement.type](self, name, requirement, name not in self.unmet)

    def say(self, group: str, letter: str, name: str, **more: Any) -> None:
        self._count += 1
        said = {"id": f"{letter}-{self._count:012x}", "requirement": name, "at": AT, "by": "p-bob"}
        self.record.setdefault(group, []).append({**said, **{key: one for key, one in more.items() if one is not None}})

    def put(self, path: str, value: Any) -> None:
        put(self.record, path.split("."), value)
