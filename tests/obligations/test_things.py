"""What an obligation is called whatever its day: it keeps that when the day is moved, and shares it with no other."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any

import pytest

from partnerkit.obligations.dated import every_day
from partnerkit.obligations.notices import every_notice
from partnerkit.obligations.obligation import Obligation
from partnerkit.obligations.recurring import every_occurrence
from tests.obligations.test_dated import MILESTONE, agreement
from tests.obligations.world import World

LONG_AGO = date(1999, 1, 1)


def occurrences(world: World, day: str, within: str = "P4M", since: date = LONG_AGO) -> dict[str, tuple[str, bool]]:
    """Of each occurrence, on which day it falls due and whether it is open."""
    found = [
        (one.thing, str(one.due), open_)
        for one, open_ in every_occurrence(world.outlook(day, within), since, since, since)
    ]
    assert Counter(thing for thing, _due, _open in found).most_common(1)[0][1:] in {(1,), ()}
    return {thing: (due, open_) for thing, due, open_ in found}


def monthly() -> World:
    return World(only="monthly-reviews")


def reviews(world: World, day: str, **how: Any) -> dict[str, tuple[str, bool]]:
    prefix = "acme/cadence/monthly-reviews/"
    return {thing.removeprefix(prefix): said for thing, said in occurrences(world, day, **how).items()}


def test_each_occurrence_stands_by_itself_and_says_whether_it_was_settled() -> None:
    world = monthly()
    world.acme()
    world.review("january", "2026-01-01", "2026-01-31")
    assert reviews(world, "2026-03-15", within="P2M") == {
        "1.1": ("2026-02-01", False),
        "1.2": ("2026-03-01", True),
        "1.3": ("2026-04-01", True),
        "1.4": ("2026-05-01", True),
    }


def test_of_those_missed_long_ago_the_latest_is_told() -> None:
    world = monthly()
    world.acme()
    world.change("acme", name="Acme")
    found = reviews(world, "2026-06-15", within="P1D", since=date(2026, 6, 2))
    assert found == {"1.5": ("2026-06-01", True)}


def test_after_the_record_left_its_stages_what_was_to_come_is_not_asked_for() -> None:
    """And when it comes back, what falls due then is not taken for that."""
    world = monthly()
    stays = (("2026-01-01", "active"), ("2026-03-15", "suspended"))
    world.acme(*stays)
    gone = reviews(world, "2026-03-20", within="P2M")
    not_asked = {"1.3": ("2026-04-01", False), "1.4": ("2026-05-01", False)}
    assert gone == {"1.1": ("2026-02-01", False), "1.2": ("2026-03-01", False), **not_asked}
    world.acme(*stays, ("2026-04-10", "active"))
    back = reviews(world, "2026-04-20", within="P1M", since=date(2026, 3, 1))
    assert back == {"1.2": ("2026-03-01", True), "2.1": ("2026-05-10", True), **not_asked}
    later = reviews(world, "2027-04-20", within="P1D", since=date(2027, 4, 1))
    assert later == {"2.12": ("2027-04-10", True)}


def test_where_the_beginning_is_moved_each_occurrence_moves_with_it() -> None:
    world = World(only="check-ins")
    world.pair()
    was = occurrences(world, "2026-01-20", within="P2M")
    world.pair(starts="2026-01-20")
    now = occurrences(world, "2026-01-20", within="P2M")
    first = "pair/cadence/check-ins/p-mentee/1.1"
    assert (was[first], now[first]) == (("2026-02-15", True), ("2026-02-20", True))
    assert now.keys() == was.keys()


def test_what_comes_but_once_keeps_its_name_when_the_end_is_moved() -> None:
    world = World(only="mid-review")
    world.pair()
    was = occurrences(world, "2026-02-01", within="P1Y")
    world.pair(ends="2026-09-15")
    now = occurrences(world, "2026-02-01", within="P1Y")
    assert was.keys() == now.keys() == {"pair/cadence/mid-review"}
    assert was != now


def _deal(world: World, day: str, within: str = "P1Y") -> dict[str, tuple[str, bool]]:
    outlook = world.outlook(day, within)
    found = [*every_day(outlook, LONG_AGO), *every_notice(outlook)]
    return {one.thing: (str(one.due), open_) for one, open_ in found}


def test_the_end_of_an_agreement_and_its_notice_move() -> None:
    world = World()
    world.acme()
    agreement(world, ends="2026-12-31", notice="P3M", milestones=[MILESTONE])
    assert _deal(world, "2026-03-01") == {
        "deal/expiry/ends": ("2026-12-31", True),
        "deal/notice/notice": ("2026-09-30", True),
        "deal/milestone/milestones.m1.due": ("2026-04-15", True),
    }
    postponed = [{**MILESTONE, "due": "2026-05-20"}]
    agreement(world, ends="2027-02-28", notice="P3M", milestones=postponed)
    assert _deal(world, "2026-03-01") == {
        "deal/expiry/ends": ("2027-02-28", True),
        "deal/notice/notice": ("2026-11-28", True),
        "deal/milestone/milestones.m1.due": ("2026-05-20", True),
    }


def test_what_is_done_renewed_or_over_is_not_open() -> None:
    world = World()
    world.acme()
    agreement(world, ends="2026-12-31", notice="P3M", milestones=[{**MILESTONE, "done": "2026-03-01"}])
    assert _deal(world, "2026-03-01")["deal/milestone/milestones.m1.due"] == ("2026-04-15", False)
    world.put(
        "agreement",
        "next",
        ("2026-02-01", "active"),
        partnership="acme",
        title="Next",
        renews="deal",
        starts="2027-01-01",
    )
    found = _deal(world, "2026-03-01")
    assert {thing for thing, (_due, open_) in found.items() if open_} == set()
    agreement(world, ("2026-01-01", "active"), ("2026-02-20", "ended"), ends="2026-12-31", notice="P3M")
    found = _deal(world, "2026-03-01")
    assert {found["deal/expiry/ends"], found["deal/notice/notice"]} == {("2026-12-31", False), ("2026-09-30", False)}


def test_a_review_of_the_policy_moves_to_the_next_one() -> None:
    def reviewed(on: str) -> Obligation:
        world = World(lambda data: data.update({"reviewed": on, "review-every": "P1Y"}))
        return world.one("policy-review", "2026-06-01", "P2Y")

    was, now = reviewed("2025-09-01"), reviewed("2026-05-01")
    assert (was.due, now.due) == (date(2026, 9, 1), date(2027, 5, 1))
    assert was.thing == now.thing
    assert was.id != now.id


@pytest.mark.parametrize("source", ["cadence", "milestone"])
def test_the_words_of_a_record_can_be_left_out(source: str) -> None:
    world = World()
    world.acme()
    agreement(world, milestones=[MILESTONE])
    one = next(one for one in world.all("2026-04-10") if one.source == source and one.record != "SMALL")
    said = {"cadence": ("Monthly review", "Monthly review"), "milestone": ("Milestone: First builds", "Milestone")}
    assert (one.title, one.plain) == said[source]
