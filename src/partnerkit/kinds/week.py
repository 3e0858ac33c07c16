"""Times of a week at which somebody is free, written down in their own time zone."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import Annotated

from partnerkit.kinds.modelled import AfterValidator, Field
from partnerkit.pattern import pattern

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
#: A week is looked at in quarters of an hour.
QUARTERS = 4 * 24 * 7
_WINDOW = pattern(r"(mon|tue|wed|thu|fri|sat|sun) ([01]\d|2[0-3]):(00|15|30|45)-([01]\d|2[0-4]):(00|15|30|45)\Z")


_DAY = 4 * 24


def _window(value: str) -> str:
    match = _WINDOW.match(value)
    if match is None:
        raise ValueError(f"{value!r} is no time of a week: write such as mon 18:00-20:30, in quarters of an hour")
    starts, ends = _span(match)
    if not starts < ends <= 4 * 24:
        raise ValueError(f"{value!r} ends before it starts: what goes on after midnight is written as two")
    return value


def _span(match: re.Match[str]) -> tuple[int, int]:
    """The first quarter of the day and the one after the last."""
    return int(match[2]) * 4 + int(match[3]) // 15, int(match[4]) * 4 + int(match[5]) // 15


def known_zone(value: str) -> str:
    """An IANA time zone, as it was given.

    Raises:
        ValueError: there is none of that name.
    """
    try:
        zone_of(value)
    except (KeyError, ValueError, OSError) as error:  # it does not know the key
        raise ValueError(f"{value!r} is no IANA time zone: write one such as Europe/Berlin or UTC") from error
    return value


def zone_of(name: str) -> tzinfo:
    """The time zone of a name; UTC, as which registers are made, without what is known of all others."""
    if name == "UTC":
        return UTC
    from zoneinfo import ZoneInfo  # noqa: PLC0415 - it reads how Python itself was built, to find out where zones lie

    return ZoneInfo(name)


#: A time of every week, such as `mon 18:00-20:30`.
Window = Annotated[
    str,
    Field(max_length=20, description="A time of every week.", examples=["mon 18:00-20:30"]),
    AfterValidator(_window),
]
#: The name of a time zone.
Zone = Annotated[str, Field(max_length=60, examples=["Europe/Berlin"]), AfterValidator(known_zone)]


def free(windows: Iterable[str], zone: str, on: date) -> int:
    """The quarters of an hour of a week in UTC at which somebody is free, as bits of a number.

    Args:
        windows: the times of the week, in the person's own time zone.
        zone: that time zone.
        on: the day whose offset from UTC counts: clocks are put forward and back.
    """
    found = 0
    offset = datetime(on.year, on.month, on.day, 12, tzinfo=UTC).astimezone(zone_of(zone)).utcoffset()
    shift = (offset or timedelta()) // timedelta(minutes=15)
    for one in windows:
        match = _WINDOW.match(one)
        if match is None:
            continue
        starts, ends = _span(match)
        first = (DAYS.index(match[1]) * 96 + starts - shift) % QUARTERS
        bits = ((1 << (ends - starts)) - 1) << first
        found |= (bits & _WEEK) | (bits >> QUARTERS)
    return found


_WEEK = (1 << QUARTERS) - 1


#: Every quarter of a week, as bits: whoever says no times says nothing against any of them.
ANY_TIME = _WEEK


def has_an_hour(quarters: int) -> bool:
    """Whether four quarters of an hour follow each other, be it over the end of the week."""
    return bool(hour_starts(quarters))


def hour_starts(quarters: int) -> int:
    """The quarters with which an hour begins that is free as a whole, be it over the end of the week, as bits.

    Several people have an hour in common if, and only if, one such quarter is in the bits of all of them.
    """
    around = quarters | (quarters << QUARTERS)
    return around & (around >> 1) & (around >> 2) & (around >> 3) & _WEEK


def hour_told(quarter: int) -> str:
    """When an hour begins, such as `mon 18:00`, by its first quarter of the week."""
    day, rest = divmod(quarter, _DAY)
    return f"{DAYS[day]} {rest // 4:02}:{rest % 4 * 15:02}"


def hours_told(starts: int) -> list[str]:
    """The times of a week that hours beginning with these quarters fill, each within a day, in UTC."""
    around = starts | starts << 1 | starts << 2 | starts << 3
    quarters = (around | around >> QUARTERS) & _WEEK
    found: list[str] = []
    for day, name in enumerate(DAYS):
        first: int | None = None
        for one in range(_DAY + 1):
            busy = one == _DAY or not quarters >> (day * _DAY + one) & 1
            if first is None and not busy:
                first = one
            elif first is not None and busy:
                found.append(f"{name} {first // 4:02}:{first % 4 * 15:02}-{one // 4:02}:{one % 4 * 15:02}")
                first = None
    return found


def hours(quarters: int) -> float:
    """How many hours of a week that are."""
    return quarters.bit_count() / 4
