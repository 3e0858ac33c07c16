"""Records in memory that meet everything a gate asks for; or everything but one thing."""

from __future__ import annotations

import copy
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from partnerkit.conditions import holds
from partnerkit.findings import Finding
from partnerkit.kinds.canonical import canonical
from partnerkit.kinds.catalogue import KINDS
from partnerkit.kinds.record import Record
from partnerkit.kinds.roster import Roster
from partnerkit.kinds.settings import Settings
from partnerkit.kinds.statements import STATEMENT_LISTS
from partnerkit.policies.lifecycle import Transition
from partnerkit.policies.policy import Policy
from partnerkit.policies.reach import kinds_needing
from partnerkit.policies.requirement import Requirement
from partnerkit.register import PolicyFile, RecordFile, Register
from partnerkit.rules.gate import Asked, Situation, gate
from partnerkit.rules.look import Look
from partnerkit.rules.standing import standing_requirements_hold
from tests.policies.holding import make_hold, put
from tests.policies.meeting import MEET, ORDER
from tests.policies.samples import parsed, sampled_once, shape

MOMENT = datetime(2026, 6, 1, 12, tzinfo=UTC)
AT = "2026-05-01T12:00:00Z"
FILE = "sha256:" + "1" * 64
ZERO = dict.fromkeys(("gate", "covers", "statements", "previous"), "c1:" + "0" * 64)


def with_deciders(data: dict[str, Any]) -> dict[str, Any]:
    """A policy as parsed YAML in which every open role is somebody's; every number stays open.

    Only a number that is all that a comparison says is set: open, it would refuse nothing.
    """
    data = copy.deepcopy(data)
    role = next(iter(data["roles"]))
    for spec in data["variables"].values():
        if spec["unit"] == "role":
            spec["value"] = role
    for requirement in data["requirements"].values():
        bounds = [one for key, one in requirement.get("compare", {}).items() if key in {"minimum", "maximum"}]
        for name in bounds if all(isinstance(one, str) for one in bounds) else ():
            data["variables"][name[1:]]["value"] = 7
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
    """One record under a policy at a gate, and the records that belong to it, or it to.

    Attributes:
        data: the policy as parsed YAML.
        kind, from_, to: the gate; without `to`, what stands as long as the stage `from_` lasts.
        unmet: the requirements that are left unmet; each of them is asked.
        only: of an any-of, the alternative that is met.
        owner: the record to which this one belongs, where its kind belongs to another.
    """

    data: dict[str, Any]
    kind: str
    from_: str
    to: str
    unmet: frozenset[str] = frozenset()
    only: str | None = None
    record: dict[str, Any] = field(init=False)
    owner: dict[str, Any] | None = field(init=False, default=None)
    linked: list[dict[str, Any]] = field(init=False, default_factory=list)
    reason: str | None = field(init=False, default=None)
    _count: int = field(init=False, default=0)

    def __post_init__(self) -> None:
        self.policy = parsed(canonical(self.data))
        self.record = self.made(self.kind, "subject", self.from_)
        self._own()
        needs = [(name, self.policy.requirements[name]) for name in self.needs]
        self._make_asked(needs)
        for name, requirement in sorted(needs, key=lambda need: (len(need[1].after), ORDER.get(need[1].type, 1))):
            self._meet(name, requirement)

    def _own(self) -> None:
        """A record above this one, where its kind belongs to another."""
        above = next((one for one in KINDS[self.kind].subjects if one in self.policy.lifecycles), None)
        if above is not None:
            stages = list(self.policy.lifecycles[above].stages)
            self.owner = self.made(above, "owner", "active" if "active" in stages else stages[0])
            self.record[KINDS[self.kind].subject or ""] = "owner"

    def _make_asked(self, needs: list[tuple[str, Requirement]]) -> None:
        """Conditions made to hold: of those to be left unmet first, of others as far as they go together."""
        holding: list[dict[str, Any]] = []
        if self.to and self.transition.when is not None:
            make_hold(self.record, self.transition.when, self.model)
            holding.append(self.transition.when)
        failing = {path for name, one in needs if name in self.unmet for path in one.matches or {}}
        for name, requirement in sorted(needs, key=lambda need: need[0] not in self.unmet):
            against = name not in self.unmet and failing & set(requirement.matches or {})
            if requirement.when is None or against:
                continue
            trial = copy.deepcopy(self.record)
            make_hold(trial, requirement.when, self.model)
            further = copy.deepcopy(trial)
            if requirement.matches is not None:
                make_hold(further, requirement.matches, self.model)
            if name in self.unmet or all(holds(one, further) for one in holding):
                self.record = trial
                holding.append(requirement.when)

    @property
    def transition(self) -> Transition:
        found = self.policy.lifecycles[self.kind].find(self.from_, self.to)
        assert found is not None
        return found

    @property
    def needs(self) -> list[str]:
        """What is asked: by the gate, or for as long as the stage lasts."""
        return self.transition.needs if self.to else standing_of(self.policy, self.kind, self.from_)

    @property
    def model(self) -> type[Record]:
        return shape(self.policy, self.kind)

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

    def standing(self, without: str | None = None) -> list[Finding]:
        """What no longer holds, though it must; under the policy as it is, or with one requirement taken out."""
        policy = self.policy
        if without is not None:
            left = {name: one for name, one in policy.requirements.items() if name != without}
            policy = policy.model_copy(update={"requirements": left})
        source = PolicyFile("policy", self.data, policy)
        register = self._register(source)
        return list(standing_requirements_hold(Look(register.records["subject"], register, source, MOMENT, MOMENT)))

    def _register(self, source: PolicyFile) -> Register:
        name = source.policy.policy
        roles = [{"role": role, "from": "2020-01-01"} for role in source.policy.roles]
        people = {person: {"roles": roles} for person in ("p-ann", "p-bob", "p-rosa")}
        settings = {"format": 1, "name": "Test", "time-zone": "UTC", "policies": {"allowed": [name]}}
        records = {
            one["id"]: RecordFile(one["id"], one, shape(self.policy, one["kind"]).model_validate(one))
            for one in (self.record, *([self.owner] if self.owner else []), *self.linked)
        }
        roster = Roster.model_validate({"format": 1, "people": people})
        return Register(Settings.model_validate(settings), roster, {name: source}, records)

    def sample(self, kind: str) -> dict[str, Any]:
        return copy.deepcopy(sampled_once(shape(self.policy, kind)))

    def made(self, kind: str, record_id: str, stage: str) -> dict[str, Any]:
        """A record with what its model demands, and nothing else."""
        entry = {"seq": 1, "id": "0" * 16, "type": "create", "to": stage, "at": "2025-03-01T12:00:00Z", "by": "p-ann"}
        full = self.sample(kind)
        model = shape(self.policy, kind)
        required = {info.alias or name for name, info in model.model_fields.items() if info.is_required()}
        head = {"format": 1, "kind": kind, "id": record_id, "policy": self.policy.policy, "stage": stage}
        return head | {key: full[key] for key in full if key in required} | {"history": [{**entry, "seal": ZERO}]}

    def _meet(self, name: str, requirement: Requirement) -> None:
        if requirement.when is not None and not holds(requirement.when, self.record):
            return
        for first in requirement.after:
            if all(said["requirement"] != first for group in STATEMENT_LISTS for said in self.record.get(group, [])):
                self._meet(first, self.policy.requirements[first])
        MEET[requirement.type](self, name, requirement, name not in self.unmet)

    def say(self, group: str, letter: str, name: str, **more: Any) -> None:
        self._count += 1
        said = {"id": f"{letter}-{self._count:012x}", "requirement": name, "at": AT, "by": "p-bob"}
        self.record.setdefault(group, []).append({**said, **{key: one for key, one in more.items() if one is not None}})

    def put(self, path: str, value: Any) -> None:
        put(self.record, path.split("."), value)


def standing_of(policy: Policy, kind: str, stage: str) -> list[str]:
    """What must hold for as long as a record of the kind stands in the stage."""
    return [
        name
        for name, requirement in policy.requirements.items()
        if stage in requirement.standing and (requirement.of or kind) == kind and kind in kinds_needing(policy, name)
    ]
