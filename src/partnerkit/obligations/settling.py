"""What settles an occurrence of a cadence: a finished record that speaks for its time, or a line of a log in it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from partnerkit.dataclass import dataclass
from partnerkit.kinds.catalogue import KINDS
from partnerkit.obligations.outlook import Outlook, day_at
from partnerkit.obligations.owed import Owed
from partnerkit.obligations.windows import Window
from partnerkit.register import RecordFile
from partnerkit.steps import value_at


@dataclass(frozen=True, slots=True)
class Told:
    """A record that speaks about a time: by it an occurrence is settled, once it is finished."""

    record: RecordFile
    person: str | None
    begins: date
    ends: date
    finished: bool

    def speaks_for(self, window: Window, person: str | None) -> bool:
        """Whether it is about the window."""
        if person is not None and self.person != person:
            return False
        return window.settled_by(self.begins, self.ends)


@dataclass(frozen=True, slots=True)
class Done:
    """What was done so far of what a cadence asks for.

    Attributes:
        told: records that speak about a time, by id; those that were dropped never.
        lines: the days of lines of a log, each with the person it names.
        logged: whether lines of a log settle it, and not records.
    """

    told: list[Told]
    lines: list[tuple[date, str | None]]
    logged: bool

    def is_open(self, window: Window, person: str | None) -> bool:
        """Whether an occurrence has not been settled.

        What was not logged in its time cannot be done for that time any more: a later line ends the wait. A record
        can speak for any time, so a gap stays open until one does.
        """
        if self.logged:
            return not any(day >= window.opens and person in {None, who} for day, who in self.lines)
        return not any(one.finished and one.speaks_for(window, person) for one in self.told)

    def draft(self, window: Window, person: str | None) -> RecordFile | None:
        """The record that was begun for an occurrence, or None."""
        found = (one.record for one in self.told if not one.finished and one.speaks_for(window, person))
        return next(found, None)


def done(outlook: Outlook, owed: Owed) -> Done:
    """What was done so far of what a cadence asks of a record, or of the policy as a whole."""
    if owed.logged:
        return Done([], list(_lines(outlook, owed, owed.cadence.settled_by)), logged=True)
    return Done(list(_told(outlook, owed)), [], logged=False)


def _told(outlook: Outlook, owed: Owed) -> Iterator[Told]:
    field = KINDS[owed.settles].sort
    for record in outlook.register.linked(owed.owner, owed.settles):
        if owed.sort and (field is None or value_at(record.data, field) != owed.sort):
            continue
        finished = outlook.is_finished(owed.policy, record)
        if finished or not outlook.is_over(owed.policy, record):
            person = value_at(record.data, "person")
            begins, ends = _period(outlook, record)
            yield Told(record, person if isinstance(person, str) else None, begins, ends, finished)


def _period(outlook: Outlook, record: RecordFile) -> tuple[date, date]:
    """The time that a record speaks about; the day on which it was made, where it has none."""
    made = record.model.history[0].since or outlook.register.day(record.model.history[0].at)
    first, last = KINDS[record.kind].period or (None, None)
    begins, ends = day_at(record.data, first), day_at(record.data, last)
    return begins or ends or made, ends or begins or made


def last_line(outlook: Outlook, owed: Owed) -> date | None:
    """The day of the latest line of a log by which the time of a cadence starts anew, or None."""
    logs = [owed.cadence.settled_by, *owed.cadence.restarts]
    return max((day for log in logs for day, _person in _lines(outlook, owed, log)), default=None)


def _lines(outlook: Outlook, owed: Owed, settles: str) -> Iterator[tuple[date, str | None]]:
    """The lines of a log (and sort) that were written down by the day, for days up to it."""
    log, _, sort = settles.partition("/")
    found: Any = value_at(owed.record.data, log) if owed.record is not None else None
    for item in found if isinstance(found, list) else []:
        day = day_at(item, "on")
        if day is not None and day <= outlook.day and (not sort or value_at(item, "kind") == sort):
            yield day, item.get("person")
