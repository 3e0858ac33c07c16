"""Five years, day by day: nothing owed is lost or doubled, and tomorrow follows from today and what happens tomorrow.

The second bookkeeper below moves from one day to the next and never looks back; it shares no code with the first.
"""

from __future__ import annotations

import calendar
import functools
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.chance import examples
from tests.obligations.world import World

from partnerkit.obligations.dated import dated
from partnerkit.obligations.gathered import obligations
from partnerkit.obligations.notices import notices
from partnerkit.obligations.obligation import STATES, Obligation
from partnerkit.obligations.occurrences import occurrences
from partnerkit.obligations.of_policies import reviews
from partnerkit.obligations.outlook import Outlook
from partnerkit.obligations.owed import owing
from partnerkit.obligations.settling import done

YEARS = 5 * 365 + 1
DAY = timedelta(days=1)
COMMON = settings(max_examples=examples(3), deadline=None, suppress_health_check=list(HealthCheck))

#: Starts on ends of months and around leap days more often than chance would have it.
STARTS = st.one_of(
    st.dates(date(2019, 1, 1), date(2024, 12, 31)),
    st.sampled_from([date(2019, 12, 31), date(2020, 2, 29), date(2023, 1, 31), date(2023, 8, 30), date(2022, 10, 29)]),
)
OFFSETS = st.integers(1, YEARS - 1)


@dataclass
class Book:
    """Keeps what is open of one monthly cadence, one day after the other."""

    anchor: date | None = None
    count: int = 0
    last: date | None = None
    open: dict[date, tuple[date, date]] = field(default_factory=dict)

    def enter(self, day: date) -> None:
        self.anchor, self.count, self.last = day, 1, day

    def leave(self) -> None:
        self.anchor = None

    def falls_due(self, day: date) -> tuple[date, date] | None:
        """The time that falls due on the day: its first day, and the day after its last."""
        if self.anchor is None or day != months_later(self.anchor, self.count):
            return None
        window = (self.last or day, day)
        self.count, self.last = self.count + 1, day
        return window


def months_later(day: date, months: int) -> date:
    year, month = day.year + (day.month - 1 + months) // 12, (day.month - 1 + months) % 12 + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


@functools.cache
def times(stay: date) -> list[tuple[date, date]]:
    return list(pairwise(months_later(stay, count) for count in range(YEARS // 28)))


@functools.cache
def spoken_for(stay: date, begins: date, ends: date) -> list[tuple[date, date]]:
    """The times of a stay that a review covers; if it covers none, the one in which it ends."""
    covered = [one for one in times(stay) if begins <= one[0] and ends >= one[1] - DAY]
    return covered or [one for one in times(stay) if one[0] <= ends < one[1]]


@st.composite
def stories(draw: st.DrawFn, most: int = 25) -> dict[str, Any]:
    start = draw(STARTS)
    moves = sorted(draw(st.sets(OFFSETS, max_size=5)))
    reviews = draw(st.lists(st.tuples(OFFSETS, OFFSETS, st.integers(0, 100)), max_size=most))
    lines = sorted(draw(st.sets(OFFSETS, max_size=40)))
    return {
        "start": start,
        "moves": [start + offset * DAY for offset in moves],
        "reviews": [(start + a * DAY, start + b * DAY, start + (b + length) * DAY) for a, b, length in reviews],
        "lines": [start + offset * DAY for offset in lines],
    }


def told(story: dict[str, Any]) -> World:
    """The story as a register: a partnership now active, now suspended; its reviews; words with the partner."""

    def monthly(data: dict[str, Any]) -> None:
        data["cadences"]["contact"] |= {"every": "P1M", "while": ["active"]}
        data["effective"] = "2000-01-01"

    world = World(monthly)
    stages = ["active", "suspended"] * 4
    moves = [(day.isoformat(), stage) for day, stage in zip([story["start"], *story["moves"]], stages, strict=False)]
    lines = [{"on": day.isoformat(), "kind": "word", "summary": "well"} for day in story["lines"]]
    world.acme(*moves, communications=lines)
    for number, (finished, begins, ends) in enumerate(story["reviews"]):
        steps = ((story["start"].isoformat(), "draft"), (finished.isoformat(), "done"))
        world.review(f"r{number}", begins.isoformat(), ends.isoformat(), *steps)
    return world


def kept(outlook: Outlook, name: str) -> set[date]:
    """The days of the occurrences that are open, as the first bookkeeper has them."""
    for owed in owing(outlook):
        if owed.name == name:
            found = occurrences(outlook, owed, done(outlook, owed))
            dues = [one.window.due for one in found if one.open and one.window.due <= outlook.day]
            assert len(set(dues)) == len(dues)
            return set(dues)
    return set()


@COMMON
@given(stories())
def test_every_day_follows_from_the_day_before(story: dict[str, Any]) -> None:
    """Reviews: what fell due stays open until somebody speaks for it, through every rest."""
    register = told(story).register
    book, stays = Book(), dict[date, date]()
    book.enter(story["start"])
    for day in (story["start"] + count * DAY for count in range(YEARS)):
        if day in story["moves"]:
            book.leave() if book.anchor is not None else book.enter(day)
        window = book.falls_due(day)
        if window is not None and book.anchor is not None:
            book.open[day], stays[day] = window, book.anchor
        finished = [(begins, ends) for end, begins, ends in story["reviews"] if end <= day]
        book.open = {
            due: one
            for due, one in book.open.items()
            if not any(one in spoken_for(stays[due], begins, ends) for begins, ends in finished)
        }
        wanted = set(book.open) if book.anchor is not None else set()
        assert kept(Outlook.of(register, day, day), "monthly-reviews") == wanted, day


@COMMON
@given(stories())
def test_a_word_ends_the_wait(story: dict[str, Any]) -> None:
    """Logs: what fell due stays open until the next line of the log."""
    register = told(story).register
    book = Book()
    book.enter(story["start"])
    for day in (story["start"] + count * DAY for count in range(YEARS)):
        if day in story["moves"]:
            book.leave() if book.anchor is not None else book.enter(day)
        first = book.count == 1
        window = book.falls_due(day)
        if window is not None:
            book.open[day] = (window[0] if first else window[0] + DAY, day)
        said = [one for one in story["lines"] if one <= day]
        book.open = {due: one for due, one in book.open.items() if not any(line >= one[0] for line in said)}
        wanted = set(book.open) if book.anchor is not None else set()
        assert kept(Outlook.of(register, day, day), "contact") == wanted, day


def counted(found: list[Obligation]) -> int:
    """How many times something is open, whether listed or counted in a later one."""
    return sum(1 + one.missed for one in found if one.source == "cadence" and one.state in {"late", "due"})


@settings(COMMON, max_examples=examples(2))
@given(stories(most=6))
@pytest.mark.long
def test_between_events_only_what_was_announced_is_added(story: dict[str, Any]) -> None:
    """The list itself: each id once, states only move on, and nothing that was open is gone without an event."""
    world = told(story)
    register = world.register
    events = {*story["moves"], *story["lines"], *(one[0] for one in story["reviews"])}
    before: dict[str, Obligation] | None = None
    for day in (story["start"] + count * DAY for count in range(YEARS)):
        found = obligations(Outlook.of(register, day, day + 40 * DAY))
        now = {one.id: one for one in found}
        assert len(now) == len(found)
        if before is not None and day not in events:
            for id_ in before.keys() & now.keys():
                assert STATES.index(now[id_].state) <= STATES.index(before[id_].state)
            announced = [one for one in before.values() if one.state == "upcoming" and one.due == day]
            assert counted(found) == counted(list(before.values())) + len(
                [one for one in announced if one.source == "cadence"]
            )
            gone = before.keys() - now.keys()
            counted_in = {("cadence", one.what) for one in found if one.state in {"late", "due"}}
            named = {one.draft for one in found if one.source == "cadence"}
            assert all(
                (before[id_].source, before[id_].what) in counted_in or before[id_].record in named for id_ in gone
            ), gone
        before = now


@COMMON
@given(st.lists(OFFSETS, min_size=4, max_size=4), STARTS)
def test_days_of_records_are_seen_on_every_day_from_their_horizon_on(offsets: list[int], start: date) -> None:
    """Milestones, ends, policies: first seen a month ahead, then on every day; a last day for notice only until then."""
    on = [(start + offset * DAY) for offset in offsets]
    world = World(lambda data: data.update({"effective": "2000-01-01", "next-review": on[0].isoformat()}))
    world.acme((start.isoformat(), "active"))
    world.put(
        "agreement",
        "deal",
        (start.isoformat(), "active"),
        partnership="acme",
        title="Deal",
        ends=on[1].isoformat(),
        notice="P30D",
        milestones=[{"id": "m1", "text": "Half", "due": on[2].isoformat()}],
        duties=[{"id": "d1", "party": "us", "text": "Pay", "due": on[3].isoformat(), "status": "open"}],
    )
    register = world.register
    seen: dict[str, list[date]] = {}
    dues: dict[str, date] = {}
    for day in (start + count * DAY for count in range(YEARS)):
        outlook = Outlook.of(register, day, day + 30 * DAY)
        for one in (one for source in (dated, notices, reviews) for one in source(outlook)):
            assert one.due is not None
            assert one.state == ("late" if one.due < day else "due" if one.due == day else "upcoming")
            seen.setdefault(one.id, []).append(day)
            dues[one.id] = one.due
    last = start + (YEARS - 1) * DAY
    assert len(seen) >= 4
    for id_, when in seen.items():
        ends = dues[id_] if "/notice/" in id_ else last
        begins = max(start, dues[id_] - 30 * DAY)
        assert when == [begins + count * DAY for count in range((ends - begins).days + 1)], id_
