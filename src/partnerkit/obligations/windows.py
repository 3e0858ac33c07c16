"""When something that repeats falls due: windows of time, each counted from one anchor, so that nothing drifts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING

from partnerkit.dataclass import dataclass, field
from partnerkit.kinds.duration import Duration, months_after

if TYPE_CHECKING:
    from fractions import Fraction

_DAY = timedelta(days=1)
_LONGEST_MONTH = 31


@dataclass(frozen=True, slots=True)
class Window:
    """The time of one occurrence: from the day on which the one before fell due, up to the day on which this one does.

    Attributes:
        before: where the window before begins; None for the first.
        start: the day on which it begins.
        due: the last day on which it is in time.
        reach: where it comes but once, the day up to which something must speak, or beyond, to be about it.
        turn: where it comes again and again, which one it is, whatever its days; None where it comes but once.
    """

    before: date | None
    start: date
    due: date
    reach: date | None = None
    turn: str | None = field(default=None, compare=False)

    @property
    def opens(self) -> date:
        """The first day on which something can be done for this window, and for none before."""
        return self.start if self.before is None else self.start + _DAY

    def holds(self, day: date) -> bool:
        """Whether something done on that day was done in this window; its last day is the day on which it falls due."""
        return self.opens <= day <= self.due

    def settled_by(self, begins: date, ends: date) -> bool:
        """Whether something that speaks about the time between two days speaks for this window.

        It speaks for every window whose days it covers, up to the eve of the day on which it falls due; if it covers
        none, for the one in which it ends. So each calendar month settles one monthly window, wherever its anchor lies.
        """
        if self.reach is not None:
            return ends >= self.reach
        if begins <= self.start and ends >= self.due - _DAY:
            return True
        covers_the_one_before = self.before is not None and begins <= self.before
        return self.start <= ends < self.due and not covers_the_one_before

    @property
    def proposed(self) -> tuple[date, date]:
        """The first and last day to speak about, which settle this window and no other."""
        return self.start, self.due - _DAY


def repeated(anchor: date, every: Duration, first: date, last: date, stay: int = 1) -> Iterator[Window]:
    """The windows that fall due between two days, both included.

    The k-th falls due k periods after the anchor: the end of a shorter month clamps that one and no later one.

    Args:
        anchor: from when on periods are counted.
        every: how long one lasts.
        first: the first day.
        last: the last day.
        stay: the number of the stay for which it is owed, which tells them from those of another.
    """
    longest = _LONGEST_MONTH * every.months + every.days
    if longest == 0:
        return
    count = max((first - anchor).days // longest, 1)
    before = _times(anchor, every, count - 2) if count > 1 else None
    start = _times(anchor, every, count - 1) or anchor
    while (due := _times(anchor, every, count)) is not None and due <= last:
        if due >= first:
            yield Window(before, start, due, turn=f"{stay}.{count}")
        before, start, count = start, due, count + 1


def _times(anchor: date, every: Duration, count: int) -> date | None:
    """The day so many periods after the anchor; None past the end of the calendar."""
    try:
        return months_after(anchor, every.months * count) + timedelta(days=every.days * count)
    except OverflowError:
        return None


def at_part(begins: date, ends: date, part: Fraction) -> Window:
    """The window that falls due when a part of the time between two days is over; never after the second.

    Whatever speaks about any of that time is about a part of it. What falls due on the second day itself falls due
    again when that moves on: what speaks about it reaches up to its eve.
    """
    due = begins + timedelta(days=int((ends - begins).days * part))
    return Window(None, begins, due, begins if due < ends else ends - _DAY)
