"""What one record owes: found among the records that it has to do with, so that no other need be read."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from partnerkit.dataclass import replace
from partnerkit.kinds.catalogue import BELONGING, KINDS, REFERRING
from partnerkit.kinds.duration import Duration
from partnerkit.obligations.gathered import obligations, outlook
from partnerkit.obligations.obligation import Obligation
from partnerkit.register import RecordFile, Register
from partnerkit.steps import people_at

#: How far ahead is looked: as far as `today` does where nobody says otherwise.
_AHEAD = Duration.parse("P30D")


def owed_by(register: Register, record: RecordFile, day: date) -> list[Obligation]:
    """What is late, due, coming or waiting of a record, as the whole register would tell it."""
    near = {one.id: one for one in _near(register, record)}
    small = replace(register, records=near, ids_of=None, mentioning=None, broken=frozenset())
    return [one for one in obligations(outlook(small, day, _AHEAD)) if one.record == record.id]


def _near(register: Register, record: RecordFile) -> Iterator[RecordFile]:
    """The record, those that it names, and those that name it or what it belongs to."""
    yield record
    named = [found for found in _named(record) if found in register.records]
    yield from (register.records[one] for one in named)
    for root in {record.id, record.subject or record.id}:
        for kind in KINDS:
            if kind in BELONGING or kind in REFERRING:
                yield from register.may_name(root, kind)


def _named(record: RecordFile) -> list[str]:
    """The ids of the records that it names."""
    fields = [*KINDS[record.kind].refers, *([KINDS[record.kind].subject] if KINDS[record.kind].subject else [])]
    return [one for field in fields if field for one in people_at(record.data, field)]
