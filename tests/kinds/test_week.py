"""Times of a week: written in somebody's own time zone, compared in UTC."""

from __future__ import annotations

from datetime import date

import pytest
from pydantic import ValidationError

from partnerkit.kinds.twins import adapter
from partnerkit.kinds.week import (
    ANY_TIME,
    QUARTERS,
    Window,
    Zone,
    free,
    has_an_hour,
    hour_starts,
    hour_told,
    hours,
    hours_told,
)

WINTER, SUMMER = date(2026, 1, 15), date(2026, 7, 15)


def at(day: int, hour: int, minute: int = 0) -> int:
    """The quarter of an hour of a week, from Monday midnight in UTC."""
    return day * 96 + hour * 4 + minute // 15


def quarters(found: int) -> list[int]:
    return [one for one in range(QUARTERS) if found >> one & 1]


@pytest.mark.parametrize(
    ("window", "zone", "on", "first", "count"),
    [
        ("mon 18:00-20:30", "UTC", WINTER, at(0, 18), 10),
        ("mon 18:00-20:00", "Europe/Berlin", WINTER, at(0, 17), 8),
        ("mon 18:00-20:00", "Europe/Berlin", SUMMER, at(0, 16), 8),
        ("mon 18:00-20:00", "Asia/Kolkata", WINTER, at(0, 12, 30), 8),
        ("sun 20:00-24:00", "America/New_York", WINTER, at(0, 1), 16),
        ("mon 00:00-02:00", "Europe/Berlin", WINTER, at(6, 23), 8),
    ],
)
def test_a_window_is_told_in_utc(window: str, zone: str, on: date, first: int, count: int):
    assert set(quarters(free([window], zone, on))) == {(first + one) % QUARTERS for one in range(count)}


def test_several_windows_add_up():
    found = free(["mon 18:00-19:00", "mon 18:30-20:00"], "UTC", WINTER)
    assert hours(found) == 2


@pytest.mark.parametrize("found", [0b1111, 0b1111 << 100, 0b11 << (QUARTERS - 2) | 0b11])
def test_an_hour_is_four_quarters_that_follow_each_other(found: int):
    assert has_an_hour(found)


@pytest.mark.parametrize("found", [0, 0b111, 0b11011, 0b11 << (QUARTERS - 2) | 0b1])
def test_less_than_that_is_none(found: int):
    assert not has_an_hour(found)


@pytest.mark.parametrize(
    ("windows", "told"),
    [
        (["mon 18:00-20:30", "wed 09:15-10:00", "fri 07:00-08:00"], ["mon 18:00-20:30", "fri 07:00-08:00"]),
        (["sun 23:30-24:00", "mon 00:00-00:30"], ["mon 00:00-00:30", "sun 23:30-24:00"]),
        (["tue 23:00-24:00", "wed 00:00-01:00"], ["tue 23:00-24:00", "wed 00:00-01:00"]),
        (["mon 18:00-18:45"], []),
    ],
)
def test_whole_hours_are_told_as_times_of_a_week(windows: list[str], told: list[str]):
    assert hours_told(hour_starts(free(windows, "UTC", WINTER))) == told


def test_whoever_is_free_at_any_time_can_begin_with_every_quarter():
    assert hour_starts(ANY_TIME) == ANY_TIME
    assert hour_told(0) == "mon 00:00"
    assert hour_told(QUARTERS - 1) == "sun 23:45"


def test_people_have_an_hour_in_common_where_they_can_begin_together():
    one, other = free(["mon 18:00-19:30"], "UTC", WINTER), free(["mon 18:30-20:00"], "UTC", WINTER)
    assert hour_starts(one) & hour_starts(other) == hour_starts(one & other) == 1 << at(0, 18, 30)


@pytest.mark.parametrize(
    "wrong",
    ["monday 18:00-20:00", "mon 18-20", "mon 18:10-20:00", "mon 20:00-18:00", "mon 23:00-24:15", "mon 18:00-18:00"],
)
def test_what_is_no_time_of_a_week(wrong: str):
    with pytest.raises(ValidationError, match=r"time of a week|ends before"):
        adapter(Window).validate_python(wrong)


def test_what_is_no_time_zone():
    assert adapter(Zone).validate_python("Europe/Berlin") == "Europe/Berlin"
    with pytest.raises(ValidationError, match="no IANA time zone"):
        adapter(Zone).validate_python("Berlin/Europe")
