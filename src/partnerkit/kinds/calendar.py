"""The days that a register can speak of: wide enough for any partnership, and no arithmetic falls off their ends."""

from __future__ import annotations

from datetime import date

FIRST_YEAR = 1900
LAST_YEAR = 2200


def demand_known(day: date) -> None:
    """Refuse a day or moment so far away that it can only be a slip, or a way round a period.

    Raises:
        ValueError: its year is not one of 1900 to 2200.
    """
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise ValueError(f"the year {day:%Y} is outside the calendar of a register: {FIRST_YEAR} to {LAST_YEAR}")


def read_day(text: str) -> date:
    """Read a day from its ISO form.

    Raises:
        ValueError: there is none of that date, or it is outside the calendar of a register.
    """
    try:
        day = date.fromisoformat(text)
    except ValueError as error:
        raise ValueError(f"{text} is no day of the calendar: write a real one as YYYY-MM-DD") from error
    demand_known(day)
    return day
