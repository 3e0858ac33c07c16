"""What another version of a policy means for records in flight: which gates get harder or easier, what becomes void."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from partnerkit.dataclass import dataclass, replace
from partnerkit.kinds.statements import Approval
from partnerkit.policies.changes import Change
from partnerkit.policies.lifecycle import Transition
from partnerkit.register import PolicyFile, RecordFile, Register
from partnerkit.rules.commands import line
from partnerkit.rules.demands.decided import void
from partnerkit.rules.gate import Situation, ask, gate


@dataclass(frozen=True, slots=True)
class Effect:
    """What the change means for one record.

    Attributes:
        record: the record.
        to: the stage to which the gate leads; None where the record's own stage is gone.
        harder: requirements of that gate that are met or not asked today, and would be missing.
        easier: requirements that are missing today, and would be met or no longer asked.
        void: approvals, by id, that would no longer bind.
        problem: a stage or a way that would be gone, in words.
        news: a way that would be new, in words.
    """

    record: RecordFile
    to: str | None
    harder: tuple[str, ...]
    easier: tuple[str, ...]
    void: tuple[str, ...]
    problem: str | None = None
    news: str | None = None

    @property
    def refused(self) -> bool:
        """Whether the record could not move on as it can today."""
        return bool(self.harder or self.problem)


@dataclass(frozen=True, slots=True)
class Difference:
    """Two versions of a policy: what differs, and what it means for the records that stand under it."""

    policy: str
    before: str
    after: str
    changes: list[Change]
    effects: list[Effect]
    looked_at: int


def effects(register: Register, moment: datetime, old: PolicyFile, new: PolicyFile) -> list[Effect]:
    """What the new version means, gate by gate, for each record under the policy for which it means anything."""
    under = [one for one in register.of_kind(None) if one.model.policy == old.policy.policy and one.stage != "void"]
    return [effect for one in under for effect in _effects(moment, register, one, old, new)]


def _effects(
    moment: datetime, register: Register, record: RecordFile, old: PolicyFile, new: PolicyFile
) -> Iterator[Effect]:
    lifecycle = new.policy.lifecycles.get(record.kind)
    if lifecycle is None or record.stage not in lifecycle.stages:
        problem = f"the stage {record.stage} is gone: {line('policy', 'migrate', new.policy.policy)} maps it"
        yield Effect(record, None, (), (), (), problem)
        return
    before, after = _ways(old, record), _ways(new, record)
    gone = tuple(_voided(moment, register, record, old, new))
    for to in dict.fromkeys([*before, *after]):
        was, now = before.get(to), after.get(to)
        if was is None or now is None:
            problem = f"the way to {to} is gone" if now is None else f"there is a new way to {to}"
            yield Effect(record, to, (), (), (), problem if now is None else None, problem)
            continue
        missed = _unmet(moment, register, record, old, was)
        missing = _unmet(moment, register, record, new, now)
        harder, easier = tuple(sorted(missing - missed)), tuple(sorted(missed - missing))
        void_here = tuple(one for one, requirement in gone if requirement in now.needs)
        if harder or easier or void_here:
            yield Effect(record, to, harder, easier, void_here)


def _ways(source: PolicyFile, record: RecordFile) -> dict[str, Transition]:
    lifecycle = source.policy.lifecycles.get(record.kind)
    return {way.to: way for way in lifecycle.leaving(record.stage)} if lifecycle else {}


def _situation(moment: datetime, register: Register, record: RecordFile, source: PolicyFile) -> Situation:
    ruled = replace(register, policies={**register.policies, source.policy.policy: source})
    return Situation(record, record, ruled, ruled, source, moment, record.came.at)


def _unmet(moment: datetime, register: Register, record: RecordFile, source: PolicyFile, way: Transition) -> set[str]:
    asked = gate(_situation(moment, register, record, source), way)
    return {one.question.name for one in asked if not one.answer.met}


def _voided(
    moment: datetime, register: Register, record: RecordFile, old: PolicyFile, new: PolicyFile
) -> Iterator[tuple[str, str]]:
    """The approvals (and their requirement) that bind today, have not been used, and would no longer bind."""
    used = {use for entry in record.model.history for use in entry.uses}
    for said in record.model.approvals:
        if said.withdrawn or said.id in used:
            continue
        binds = [_binds(moment, register, record, source, said) for source in (old, new)]
        if binds == [True, False]:
            yield said.id, said.requirement


def _binds(moment: datetime, register: Register, record: RecordFile, source: PolicyFile, said: Approval) -> bool:
    if said.requirement not in source.policy.requirements:
        return False
    situation = _situation(moment, register, record, source)
    return void(ask(situation, record.stage, said.requirement), said) is None
