"""A day that hears what it is asked: until when every answer stays the same."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

_ONE = timedelta(days=1)


class HeardDay(date):
    """The present day; what is compared with it, or made of it, says until when it may be taken for a later one.

    Days only go forward. What lies before it does so for ever; what lies ahead of it does so until that day has come.
    Whatever else is made of it than a comparison holds for this day only.
    """

    _plain: date
    _tell: Callable[[date], None]

    @classmethod
    def of(cls, day: date, tell: Callable[[date], None]) -> HeardDay:
        """A day, and who is told of the first day on which an answer is another."""
        found = super().__new__(cls, day.year, day.month, day.day)
        found._plain, found._tell = day, tell
        return found

    def _compared(self, other: object) -> None:
        if isinstance(other, date) and not date.__lt__(other, self._plain):
            self._tell(
                self._plain + _ONE if date.__eq__(other, self._plain) else date(other.year, other.month, other.day)
            )

    def _used(self) -> date:
        self._tell(self._plain + _ONE)
        return self._plain

    def __lt__(self, other: date) -> bool:
        self._compared(other)
        return self._plain < other

    def __le__(self, other: date) -> bool:
        self._compared(other)
        return self._plain <= other

    def __gt__(self, other: date) -> bool:
        self._compared(other)
        return self._plain > other

    def __ge__(self, other: date) -> bool:
        self._compared(other)
        return self._plain >= other

    def __eq__(self, other: object) -> bool:
        self._compared(other)
        return self._plain == other

    def __ne__(self, other: object) -> bool:
        self._compared(other)
        return self._plain != other

    def __hash__(self) -> int:
        return hash(self._used())


def _said(name: str) -> Callable[..., Any]:
    """A method of a day, of this day only."""

    def said(self: HeardDay, *words: Any, **named: Any) -> Any:
        return getattr(self._used(), name)(*words, **named)

    return said


def _part(name: str) -> property:
    return property(lambda self: getattr(self._used(), name))


for _name in (
    *("__add__", "__radd__", "__sub__", "__rsub__", "__format__", "__str__", "__repr__", "__reduce__", "__reduce_ex__"),
    *("isoformat", "strftime", "ctime", "replace", "timetuple", "toordinal", "weekday", "isoweekday", "isocalendar"),
):
    setattr(HeardDay, _name, _said(_name))
for _name in ("year", "month", "day"):
    setattr(HeardDay, _name, _part(_name))
