"""A Case: one entry and everything it is judged by."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from partnerkit.dataclass import dataclass
from partnerkit.findings import Finding
from partnerkit.kinds.entries import Entry
from partnerkit.kinds.history import followed, only_id
from partnerkit.policies.definition import gate_covers, gate_digest
from partnerkit.policies.lifecycle import Lifecycle, Transition
from partnerkit.register import PolicyFile, RecordFile, Register
from partnerkit.rules.commands import line
from partnerkit.rules.places import at
from partnerkit.steps import IDENTITY, binding_gates

#: How far a clock may run ahead before a moment counts as still to come.
SKEW = timedelta(minutes=10)

#: How far ahead of the clock a moment may lie that was set by hand: a day set is written as its noon.
DAY_SET = timedelta(days=1)


def to_come(moment: datetime, clock: str | None, now: datetime) -> bool:
    """Whether a moment of an entry or a statement is still to come."""
    return moment > now + (SKEW if clock is None else DAY_SET)


#: What is done about an entry that is not to stand there, where nothing else mends it.
TAKE_OUT = "take the entry out"


@dataclass(frozen=True, slots=True)
class Case:
    """One entry and everything it is judged by."""

    entry: Entry
    raw: dict[str, Any]
    index: int
    record: RecordFile
    earlier: list[dict[str, Any]]
    before: Register | None
    after: Register
    source: PolicyFile
    landed_at: datetime | None

    @property
    def rules(self) -> Register:
        """The register whose rules judge."""
        return self.before or self.after

    @property
    def lifecycle(self) -> Lifecycle | None:
        """The lifecycle of the record's kind under its policy."""
        return self.source.policy.lifecycles.get(self.record.kind)

    @property
    def transition(self) -> Transition | None:
        """The transition that a move makes, where the policy has it."""
        if self.lifecycle is None or self.entry.from_ is None:
            return None
        return self.lifecycle.find(self.entry.from_, self.entry.to)

    @property
    def policy_changes(self) -> bool:
        """Whether the step changes the policy of the record."""
        path = self.source.path
        return self.before is not None and self.before.rules.get(path) != self.after.rules.get(path)

    @property
    def stands(self) -> bool:
        """Whether the gate is still passed at the end of the step; opened again on the way, its fields may change."""
        binding = binding_gates(self.record, self.source.policy)
        return self.entry.type != "move" or any(gate.index == self.index for gate in binding)

    @property
    def counts(self) -> bool:
        """Whether the entry still counts at the end of the step."""
        return self.index in followed(self.record.data["history"]).counting

    @property
    def only_id(self) -> str | None:
        """The entry's id, where no other entry of the record has it."""
        return only_id(self.record.data["history"], self.index)

    def finding(self, code: str, message: str, *, clause: str | None = None, mend: str | None = None) -> Finding:
        """A finding at the entry; unless a mend is known, the ways that are open instead."""
        ways = f"{TAKE_OUT}; {line('gates', self.record.id)} shows the ways on"
        return at(self.record, ("history", self.index), code, message, clause=clause, mend=mend or ways)


def gate_of(source: PolicyFile, from_: str | None, to: str, transition: Transition | None) -> str:
    """The digest of everything that one change of stage demands, worked out once for all records."""
    key = ("gate", from_, to, id(transition))
    known: tuple[Transition | None, str] | None = source.found.get(key)
    if known is None or known[0] is not transition:
        known = source.found[key] = (transition, gate_digest(source.data, from_, to, transition))
    return known[1]


def covered_paths(source: PolicyFile, transition: Transition | None) -> list[str]:
    """The fields that an entry vouches for: what the record is, and what its gate covers."""
    return [*IDENTITY, *(gate_covers(source.policy, transition) if transition else [])]
