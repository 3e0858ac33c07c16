"""One record of a register, looked at: what the rules for a standing register share."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from partnerkit.dataclass import dataclass
from partnerkit.policies.policy import Policy
from partnerkit.register import PolicyFile, RecordFile, Register
from partnerkit.rules.commands import line, log_of

if TYPE_CHECKING:
    from partnerkit.rules.gate import Situation


@dataclass(frozen=True, slots=True)
class Look:
    """One record of a register, looked at on one moment.

    Attributes:
        record: the record.
        register: where it stands.
        source: the policy that governs it.
        now: the moment.
        latest: the latest moment at which anything can have been recorded.
    """

    record: RecordFile
    register: Register
    source: PolicyFile
    now: datetime
    latest: datetime

    @property
    def policy(self) -> Policy:
        """The policy that governs the record."""
        return self.source.policy

    @property
    def today(self) -> date:
        """The calendar day of the moment."""
        return self.register.day(self.now)


def clause_of(look: Look, requirement: str) -> str | None:
    """The clause of a requirement, as findings name it."""
    known = look.policy.requirements.get(requirement)
    return ", ".join(look.policy.full(clause) for clause in known.clauses) if known else None


def restore(look: Look) -> str:
    """How to see what a record was."""
    return f"{log_of(look.record.path)} shows what it was; {line('audit', look.record.id)} says what can be done"


def situation_of(look: Look) -> Situation:
    """The record as it stands, for a gate."""
    from partnerkit.rules.gate import Situation  # noqa: PLC0415 - only where a gate is asked

    last = look.record.came
    return Situation(look.record, look.record, look.register, look.register, look.source, look.now, last.at)
