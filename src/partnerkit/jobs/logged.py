"""Look at a record: how it got where it is."""

from __future__ import annotations

from partnerkit.dataclass import dataclass
from partnerkit.jobs.desk import Desk
from partnerkit.jobs.named_record import record
from partnerkit.register import RecordFile, Register
from partnerkit.steps import Live, statements


@dataclass(frozen=True, slots=True)
class Logged:
    """A record's history with the statements between the entries."""

    record: RecordFile
    register: Register
    said: list[Live]


def log(desk: Desk, record_id: str) -> Logged:
    """How a record got where it is: entries and statements in the order of time.

    Raises:
        WrongCallError: an unknown record.
    """
    register = desk.working_tree().demand()
    found = record(register, record_id)
    return Logged(found, register, list(statements(found)))
