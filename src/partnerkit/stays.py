"""How long a record stood in certain stages: from its history, without what was undone."""

from __future__ import annotations

from collections.abc import Container, Sequence
from datetime import date

from partnerkit.dataclass import dataclass
from partnerkit.kinds.entries import PASSES_NO_GATE, Entry
from partnerkit.kinds.history import followed
from partnerkit.policies.policy import Policy
from partnerkit.register import RecordFile, Register


@dataclass(frozen=True, slots=True)
class Stay:
    """A time for which a record stood in certain stages.

    Attributes:
        start: the day on which it reached the first of them.
        owed: the first day on which anything can have fallen due: an adopted record owes the register nothing for
            the time before it was taken in.
        end: the day on which it left the last of them; None while it stands there.
    """

    start: date
    owed: date
    end: date | None


def stays(register: Register, policy: Policy, record: RecordFile, stages: Container[str]) -> list[Stay]:
    """The times for which a record stood in any of the stages, in order. Passing between them ends none."""
    found: list[Stay] = []
    for entry in _standing(record):
        day = register.day(entry.at)
        inside = policy.named_now(record.kind, entry.to) in stages
        staying = bool(found) and found[-1].end is None
        if inside and not staying:
            found.append(Stay(entry.since or day, day, None))
        elif staying and not inside:
            found[-1] = Stay(found[-1].start, found[-1].owed, day)
    return found


def _standing(record: RecordFile) -> Sequence[Entry]:
    """The entries that stand: neither undone nor undoing."""
    if "standing" not in record.found:
        counted = (record.model.history[place] for place in followed(record.data["history"]).counting)
        record.found["standing"] = tuple(entry for entry in counted if entry.type not in PASSES_NO_GATE)
    found: Sequence[Entry] = record.found["standing"]
    return found
