"""Look at a record: what the next stage needs."""

from __future__ import annotations

from partnerkit.dataclass import dataclass
from partnerkit.jobs.desk import Desk
from partnerkit.jobs.named_record import record, source
from partnerkit.jobs.ways import transition
from partnerkit.policies.lifecycle import Transition
from partnerkit.policies.policy import Policy
from partnerkit.register import RecordFile, Register
from partnerkit.rules.conditions import open_to
from partnerkit.rules.fallen import decisions_taken_back
from partnerkit.rules.gate import Asked, gate
from partnerkit.rules.look import Look, situation_of
from partnerkit.rules.proposing import is_amendment
from partnerkit.store.git.trees import WorkingTree


@dataclass(frozen=True, slots=True)
class Gates:
    """What a change of stage needs.

    Attributes:
        record: the record.
        policy: the policy that governs it.
        to: the stage the gate leads to; None where no way leads on.
        asked: every requirement with its answer.
        alternatives: other stages that can be reached, each with the number of things missing.
        notes: what no longer stands of what earlier gates rest on, with the line that takes the record back; of a
            case that amends its policy, how its text can be read and what it weakens.
    """

    record: RecordFile
    policy: Policy
    to: str | None
    asked: list[Asked]
    alternatives: dict[str, int]
    notes: list[str]

    @property
    def open(self) -> bool:
        """Whether nothing is missing."""
        return self.to is not None and all(one.answer.met for one in self.asked)


def gates(desk: Desk, record_id: str, stage: str | None) -> Gates:
    """What the next stage of a record (or the stage named) needs, in the working tree.

    Raises:
        WrongCallError: an unknown record or stage.
        Refused: the policy has no way to that stage from here, or the record cannot be read.
    """
    register = desk.working_tree().demand()
    found = record(register, record_id)
    policy = source(register, found).policy
    every = policy.lifecycles[found.kind].leaving(found.stage) if found.kind in policy.lifecycles else []
    leaving = [way for way in every if open_to(way, found.data)]
    way = _way(register, found, leaving, stage)
    look = Look(found, register, source(register, found), desk.now, desk.latest)
    others = {one.to: _missing(look, one) for one in leaving if way is None or one.to != way.to}
    asked = gate(situation_of(look), way) if way else []
    notes = [f"{one.message}: {one.mend}" for one in decisions_taken_back(look)]
    if is_amendment(policy, found):
        from partnerkit.jobs.proposed import amends  # noqa: PLC0415 - dear to import, and hardly a record is one

        notes += amends(register, WorkingTree(desk.git), found)
    return Gates(found, policy, way.to if way else None, asked, others, notes)


def _way(register: Register, found: RecordFile, leaving: list[Transition], stage: str | None) -> Transition | None:
    if stage is not None:
        return transition(source(register, found), found, stage)
    return next((way for way in leaving if way.main), None)


def _missing(look: Look, way: Transition) -> int:
    return sum(not one.answer.met for one in gate(situation_of(look), way))
