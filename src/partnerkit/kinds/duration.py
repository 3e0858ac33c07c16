"""Durations (ISO 8601: `P6M`, `P2W`, `P60D`, `P1Y`) and the arithmetic of calendar days."""

from __future__ import annotations

from datetime import date, timedelta

from partnerkit.dataclass import dataclass
from partnerkit.pattern import pattern

_FORM = pattern(r"P(?:(\d{1,4})Y)?(?:(\d{1,4})M)?(?:(\d{1,4})W)?(?:(\d{1,5})D)?\Z")


#: The longest duration: nothing that people agree on lasts longer, and the calendar of a register has room for it.
_MOST_YEARS = 100
#: Every month has so many days.
_SHORTEST_MONTH = 28


@dataclass(frozen=True, slots=True)
class Duration:
    """A span of calendar time.

    Attributes:
        text: the ISO 8601 form as written.
        months: years and months together, in months.
        days: weeks and days together, in days.
    """

    text: str
    months: int
    days: int

    @classmethod
    def parse(cls, text: str) -> Duration:
        """Read an ISO 8601 duration of years, months, weeks and days.

        Raises:
            ValueError: the text is none, says nothing (`P`), or means more than 100 years.
        """
        match = _FORM.match(text)
        if match is None or text == "P":
            raise ValueError("write an ISO 8601 duration such as P60D, P2W, P6M or P1Y")
        years, months, weeks, days = (int(part or 0) for part in match.groups())
        found = cls(text, 12 * years + months, 7 * weeks + days)
        if found.months / 12 + found.days / 365.25 > _MOST_YEARS:
            raise ValueError(f"{text} is more than {_MOST_YEARS} years: write a duration such as P60D, P6M or P1Y")
        return found

    def after(self, day: date) -> date:
        """The day this much later; the end of a shorter month clamps (31 Aug + P6M is 28 Feb).

        Raises:
            OverflowError: the day is past the year 9999; from a day of a register's calendar none is.
        """
        return months_after(day, self.months) + timedelta(days=self.days)

    def before(self, day: date) -> date:
        """The latest day such that this much later is no later than `day` (months first, then days)."""
        return months_after(day - timedelta(days=self.days), -self.months)

    def __str__(self) -> str:
        return self.text


def months_after(day: date, months: int) -> date:
    """The day so many months later (or earlier, below zero); the end of a shorter month clamps.

    Raises:
        OverflowError: it is outside the calendar.
    """
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    if not date.min.year <= year <= date.max.year:
        raise OverflowError(f"{day} and {months} months: the year {year} is outside the calendar")
    if day.day <= _SHORTEST_MONTH:
        return date(year, month + 1, day.day)
    from calendar import monthrange  # noqa: PLC0415 - it imports much, and many commands add no months

    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
