"""Show a record, with all that belongs to it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from partnerkit.dataclass import dataclass, field, replace
from partnerkit.jobs.desk import Desk
from partnerkit.jobs.named_record import record, source
from partnerkit.jobs.owed import owed_by
from partnerkit.kinds.catalogue import BELONGING
from partnerkit.obligations.obligation import Obligation
from partnerkit.policies.policy import Policy
from partnerkit.register import RecordFile, Register
from partnerkit.steps import Live, statements

if TYPE_CHECKING:
    from partnerkit.store.git.history import LandedCommit


@dataclass(frozen=True, slots=True)
class Shown:
    """A record with what belongs to it.

    Attributes:
        record: the record; where it was read from a commit, without what was expunged from it since.
        policy: the policy that governs it.
        register: the register it stands in.
        linked: records that belong to it.
        said: every statement, withdrawn ones too.
        day: the day on which it is looked at.
        commit: the commit it was read from, or None for the working tree.
        known_until: the last day of which anything is known, where it was asked for at a later one.
        expunged_since: how many texts were taken out of it after that.
        owed: what is late, due, coming or waiting of it on that day; nothing of a record of former days.
    """

    record: RecordFile
    policy: Policy
    register: Register
    linked: list[RecordFile]
    said: list[Live]
    day: date
    commit: LandedCommit | None = None
    known_until: date | None = None
    expunged_since: int = 0
    owed: list[Obligation] = field(default_factory=list)


def show(desk: Desk, record_id: str) -> Shown:
    """A record with its fields, statements and what belongs to it, as it is now.

    Raises:
        WrongCallError: an unknown record.
    """
    register = desk.working_tree().demand()
    found = shown(desk, register, record(register, record_id))
    return replace(found, owed=owed_by(register, found.record, found.day))


def shown(desk: Desk, register: Register, found: RecordFile) -> Shown:
    """A record of a register with what belongs to it there."""
    below = [kind for kind, above in BELONGING.items() if found.kind in above]
    linked = [one for kind in below for one in register.linked(found.id, kind)]
    policy = source(register, found).policy
    return Shown(found, policy, register, linked, list(statements(found)), desk.today(register))
