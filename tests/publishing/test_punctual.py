"""Whether what falls due again and again was done in time: each occurrence once, by the day on which it was done."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from partnerkit.obligations.alone import of_records
from partnerkit.obligations.outlook import Outlook
from partnerkit.publishing.punctual import Punctual, added, punctual
from tests.obligations.world import World, one_by_one

MONTHLY = "monthly-reviews"
WHOLE = "programme-review"


def kept(world: World, day: str, since: str = "2025-12-31", unseen: tuple[str, ...] = ()) -> dict[str, Punctual]:
    outlook, first = world.outlook(day, "P1D"), date.fromisoformat(since)
    found = punctual([outlook], first, lambda record: record not in unseen)
    every = sorted(outlook.register.records)
    alone: list[Iterable[Outlook]] = [of_records(outlook, every[::2]), of_records(outlook, every[1::2])]
    alone.append([one_by_one(outlook)[0]])
    parts = [punctual(part, first, lambda record: record not in unseen) for part in alone]
    assert added(one for part in parts for one in part) == found
    return {one.cadence: one for one in found}


def counts(one: Punctual) -> tuple[int, int, int]:
    return one.in_time, one.late, one.open


def test_an_occurrence_counts_once_its_day_is_over():
    world = World()
    world.acme()
    assert MONTHLY not in kept(world, "2026-02-01"), "what is due today is not over"
    assert counts(kept(world, "2026-02-02")[MONTHLY]) == (0, 0, 1)
    assert counts(kept(world, "2026-03-02")[MONTHLY]) == (0, 0, 2)
    assert counts(kept(world, "2026-03-02", since="2026-02-01")[MONTHLY]) == (0, 0, 1)


def test_it_is_in_time_on_its_day_and_late_after_it():
    world = World()
    world.acme()
    world.review("jan", "2026-01-01", "2026-01-31", ("2026-01-30", "draft"), ("2026-02-01", "done"))
    world.review("feb", "2026-02-01", "2026-02-28", ("2026-02-20", "draft"), ("2026-03-02", "done"))
    world.review("mar", "2026-03-01", "2026-03-31", ("2026-03-20", "draft"))
    assert counts(kept(world, "2026-04-02")[MONTHLY]) == (1, 1, 1)
    one = kept(world, "2026-04-02")[MONTHLY]
    assert (one.policy, one.title, one.clause) == ("SMALL", "Monthly review", "SMALL §1/reviews")


def test_the_first_of_several_that_speak_for_it_counts():
    world = World()
    world.acme()
    world.review("jan", "2026-01-01", "2026-01-31", ("2026-01-30", "draft"), ("2026-02-01", "done"))
    world.review("again", "2026-01-01", "2026-01-31", ("2026-02-20", "draft"), ("2026-02-21", "done"))
    assert counts(kept(world, "2026-02-28")[MONTHLY]) == (1, 0, 0)


def test_lines_of_a_log_count_for_each_person_by_their_day():
    world = World()
    world.pair()
    people = ("p-mentor", "p-mentee")
    assert counts(kept(world, "2026-03-16")["check-ins"]) == (0, 0, 4), "two months of two people"
    world.change("pair", check_ins=[{"on": "2026-02-15", "person": "p-mentor"}])
    assert counts(kept(world, "2026-03-16")["check-ins"]) == (1, 0, 3)
    world.change("pair", check_ins=[{"on": "2026-02-16", "person": who} for who in people])
    assert counts(kept(world, "2026-03-16")["check-ins"]) == (2, 2, 0), "late for February, in time for March"


def test_what_readers_may_not_know_of_is_not_counted():
    world = World()
    world.acme()
    assert MONTHLY in kept(world, "2026-06-01")
    assert MONTHLY not in kept(world, "2026-06-01", unseen=("acme",))


def test_what_somebody_unseen_settled_is_not_counted_as_done_nor_as_open():
    world = World()
    world.acme()
    world.review("jan", "2026-01-01", "2026-01-31", ("2026-01-30", "draft"), ("2026-01-31", "done"))
    world.review("feb", "2026-02-01", "2026-02-28", ("2026-02-20", "draft"), ("2026-03-02", "done"))
    assert counts(kept(world, "2026-04-02")[MONTHLY]) == (1, 1, 1)
    assert counts(kept(world, "2026-04-02", unseen=("feb",))[MONTHLY]) == (1, 0, 1)


def test_what_a_policy_as_a_whole_owes_is_counted_where_all_that_could_settle_it_is_shown():
    world = World()
    world.acme()
    world.review("year", "2026-01-01", "2026-12-31", ("2026-01-30", "draft"), of="SMALL", rhythm="annual")
    assert WHOLE in kept(world, "2027-06-01")
    assert WHOLE not in kept(world, "2027-06-01", unseen=("year",))
