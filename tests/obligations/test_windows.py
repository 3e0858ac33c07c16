"""Windows: counted from the anchor, clamped at the ends of months, never drifting (T8); a review settles one of them."""

from __future__ import annotations

import calendar
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from partnerkit.kinds.duration import Duration
from partnerkit.obligations.windows import at_part, repeated

COMMON = settings(deadline=None)
DAYS = st.dates(date(1990, 1, 1), date(2060, 12, 31))
SPANS = st.sampled_from(["P1D", "P2D", "P1W", "P2W", "P1M", "P2M", "P3M", "P6M", "P1Y", "P1M1D", "P45D"]).map(
    Duration.parse
)


def dues(anchor: str, every: str, first: str, last: str) -> list[str]:
    found = repeated(
        date.fromisoformat(anchor), Duration.parse(every), date.fromisoformat(first), date.fromisoformat(last)
    )
    return [window.due.isoformat() for window in found]


@pytest.mark.parametrize(
    ("anchor", "every", "wanted"),
    [
        ("2026-01-31", "P1M", ["2026-02-28", "2026-03-31", "2026-04-30", "2026-05-31"]),
        ("2023-12-29", "P1M", ["2024-01-29", "2024-02-29", "2024-03-29", "2024-04-29"]),
        ("2024-01-30", "P1M", ["2024-02-29", "2024-03-30", "2024-04-30", "2024-05-30"]),
        ("2024-02-29", "P1Y", ["2025-02-28", "2026-02-28", "2027-02-28", "2028-02-29"]),
        ("2026-08-31", "P3M", ["2026-11-30", "2027-02-28", "2027-05-31", "2027-08-31"]),
        ("2026-03-02", "P2W", ["2026-03-16", "2026-03-30", "2026-04-13", "2026-04-27"]),
    ],
)
def test_ends_of_months_clamp_and_never_drift(anchor: str, every: str, wanted: list[str]) -> None:
    assert dues(anchor, every, anchor, wanted[-1]) == wanted


@COMMON
@given(DAYS, SPANS, st.integers(0, 4000), st.integers(0, 800))
def test_windows_are_the_same_wherever_one_begins_to_look(
    anchor: date, every: Duration, skip: int, length: int
) -> None:
    first = anchor + timedelta(days=skip)
    last = first + timedelta(days=length)
    whole = list(repeated(anchor, every, anchor, last))
    assert list(repeated(anchor, every, first, last)) == [one for one in whole if one.due >= first]


@COMMON
@given(DAYS, SPANS, st.integers(0, 400))
def test_windows_meet_without_gap_or_overlap(anchor: date, every: Duration, length: int) -> None:
    found = list(repeated(anchor, every, anchor, anchor + timedelta(days=length)))
    assert not found or found[0].start == anchor
    assert all(one.due == other.start and one.start == other.before for one, other in pairwise(found))
    for day in (anchor + timedelta(days=count) for count in range(length + 1)):
        assert sum(window.holds(day) for window in found) == (bool(found) and day <= found[-1].due)


@COMMON
@given(DAYS, st.integers(1, 24))
def test_months_keep_the_day_of_the_anchor_wherever_the_month_has_it(anchor: date, count: int) -> None:
    found = list(repeated(anchor, Duration.parse("P1M"), anchor, date(anchor.year + 3, 1, 1)))
    due = found[count - 1].due if count <= len(found) else None
    assert due is None or due.day == min(anchor.day, calendar.monthrange(due.year, due.month)[1])


@COMMON
@given(DAYS, SPANS, st.integers(0, 30))
def test_the_time_proposed_settles_its_window_and_no_other(anchor: date, every: Duration, count: int) -> None:
    found = list(repeated(anchor, every, anchor, anchor + timedelta(days=1200)))[: count + 3]
    for window in found:
        assert [other for other in found if other.settled_by(*window.proposed)] == [window]


@COMMON
@given(DAYS, st.integers(0, 20))
def test_each_calendar_month_settles_one_monthly_window(anchor: date, count: int) -> None:
    """Wherever the anchor lies: nobody reviews from the 17th to the 17th."""
    found = list(repeated(anchor, Duration.parse("P1M"), anchor, anchor + timedelta(days=900)))
    months = [(anchor.year * 12 + anchor.month - 1 + number) for number in range(count)]
    for month, window in zip(months, found, strict=False):
        begins = date(month // 12, month % 12 + 1, 1)
        ends = begins.replace(day=calendar.monthrange(begins.year, begins.month)[1])
        assert [other for other in found if other.settled_by(begins, ends)] == [window]


@COMMON
@given(DAYS, SPANS, st.integers(1, 5), st.integers(0, 5))
def test_what_covers_several_windows_settles_all_of_them(anchor: date, every: Duration, many: int, first: int) -> None:
    found = list(repeated(anchor, every, anchor, anchor + timedelta(days=4500)))[: first + many + 2]
    covered = found[first : first + many]
    begins, ends = covered[0].proposed[0], covered[-1].proposed[1]
    assert [one for one in found if one.settled_by(begins, ends)] == covered


def test_a_day_too_many_settles_no_second_window() -> None:
    april, may = list(repeated(date(2026, 4, 1), Duration.parse("P1M"), date(2026, 4, 1), date(2026, 6, 1)))
    assert april.settled_by(date(2026, 4, 1), date(2026, 5, 1))
    assert not may.settled_by(date(2026, 4, 1), date(2026, 5, 1))
    assert may.settled_by(date(2026, 5, 10), date(2026, 5, 20))


def test_what_never_repeats_or_leaves_the_calendar_ends() -> None:
    assert dues("2026-01-01", "P0D", "2026-01-01", "2030-01-01") == []
    assert dues("9999-11-15", "P1M", "9999-11-15", "9999-12-31") == ["9999-12-15"]
    assert dues("0001-01-01", "P1D", "2026-01-01", "2026-01-02") == ["2026-01-01", "2026-01-02"]


@pytest.mark.parametrize(
    ("begins", "ends", "part", "due"),
    [
        ("2026-01-15", "2026-07-15", "1/2", "2026-04-15"),  # six months: after three
        ("2026-02-01", "2026-05-01", "1/2", "2026-03-17"),  # three months: after six and a half weeks
        ("2026-01-31", "2026-01-31", "1/2", "2026-01-31"),
        ("2026-01-01", "2026-12-31", "1/1", "2026-12-31"),
    ],
)
def test_a_part_of_the_time(begins: str, ends: str, part: str, due: str) -> None:
    window = at_part(date.fromisoformat(begins), date.fromisoformat(ends), Fraction(part))
    assert (window.before, window.start, window.due) == (None, date.fromisoformat(begins), date.fromisoformat(due))
