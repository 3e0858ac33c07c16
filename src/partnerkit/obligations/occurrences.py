"""Occurrences: every single time that something owed again and again falls due, and whether it was settled."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from partnerkit.dataclass import dataclass
from partnerkit.kinds.duration import Duration
from partnerkit.obligations.outlook import Outlook, day_at
from partnerkit.obligations.owed import Owed
from partnerkit.obligations.settling import Done, last_line
from partnerkit.obligations.windows import Window, at_part, repeated
from partnerkit.stays import Stay, stays


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One time that something falls due.

    Attributes:
        window: the time it is about; it falls due on the last day of it.
        person: who owes it, where each of several people does.
        open: whether nothing has settled it.
    """

    window: Window
    person: str | None
    open: bool


def occurrences(outlook: Outlook, owed: Owed, done: Done) -> list[Occurrence]:
    """Every time that it fell due up to the day, or will up to the end of the outlook; by person, then by day."""
    windows = list(_windows(outlook, owed))
    return [Occurrence(window, person, done.is_open(window, person)) for person in owed.people for window in windows]


def _windows(outlook: Outlook, owed: Owed) -> Iterator[Window]:
    data = owed.record.data if owed.record is not None else {}
    begins, ends = day_at(data, owed.cadence.from_), day_at(data, owed.cadence.until)
    times = _times(outlook, owed)
    if owed.cadence.once is not None:
        if begins is not None and ends is not None and begins <= ends and times:
            yield from _once(at_part(begins, ends, owed.cadence.once), times[0], outlook.until)
        return
    every = owed.every
    if every is None:
        return
    if owed.cadence.restarts:
        yield from _anew(outlook, owed, every, times[-1:])
        return
    for number, stay in enumerate(times, 1):
        first = max(stay.owed, stay.start, owed.asked_since)
        last = min(outlook.until, stay.end or date.max, ends or date.max)
        for window in repeated(begins or stay.start, every, first, last, number):
            if stay.end is None or window.due < stay.end:
                yield window


def not_asked(outlook: Outlook, owed: Owed, since: date, left: date) -> Iterator[Window]:
    """What fell due since a day, or would have up to the end of the outlook, had the record not left its stages.

    What would have is told of those that left since the other day.
    """
    if owed.record is not None and owed.record.stage not in owed.cadence.while_:
        yield from (window for window in _windows(outlook, owed) if window.due >= since)
    data = owed.record.data if owed.record is not None else {}
    begins, ends = day_at(data, owed.cadence.from_), day_at(data, owed.cadence.until)
    every = owed.every
    if every is None or owed.once or owed.cadence.restarts:
        return
    last = min(outlook.until, ends or date.max)
    for number, stay in enumerate(_times(outlook, owed), 1):
        if stay.end is not None and stay.end >= left:
            yield from repeated(begins or stay.start, every, max(stay.end, owed.asked_since), last, number)


def _anew(outlook: Outlook, owed: Owed, every: Duration, times: list[Stay]) -> Iterator[Window]:
    """The one window since the latest line of a log that starts it anew, or since the record came where it is."""
    for stay in times:
        latest = max(last_line(outlook, owed) or stay.start, stay.start)
        due = max(every.after(latest), stay.owed, owed.asked_since)
        if due <= outlook.until:
            yield Window(latest, latest, due)


def _once(window: Window, first: Stay, until: date) -> Iterator[Window]:
    """The one window; due no earlier than the record owed anything, and not where it was adopted after that day."""
    adopted = first.owed > first.start
    due = max(window.due, first.start)
    if due <= until and not (adopted and window.due < first.owed):
        yield Window(None, window.start, due, window.reach)


def _times(outlook: Outlook, owed: Owed) -> list[Stay]:
    """The times for which it was owed: while the record stood in the stages, or since anything stands under the policy.

    What the policy as a whole owes is counted from the day it came into force.
    """
    if owed.record is not None:
        return stays(outlook.register, owed.policy, owed.record, set(owed.cadence.while_))
    began = outlook.began(owed.policy)
    if began is None:
        return []
    return [Stay(owed.policy.effective or owed.policy.approved or began, began, None)]
