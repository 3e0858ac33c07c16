"""Folding: the same thing for many records on one line; the command for all of them only where it does just that."""

from __future__ import annotations

from typing import Any

from partnerkit.obligations.folding import Group, folded, single
from partnerkit.obligations.gathered import obligations
from partnerkit.reports.today import as_page
from tests.obligations.world import World


def active(world: World, count: int, start: str = "2026-01-01", **fields: Any) -> None:
    for number in range(1, count + 1):
        fields = {"name": f"P {number}", "roles": {"manager": "p-bob"}, **fields}
        world.put("partnership", f"p{number}", (start, "active"), **fields)


def groups(world: World, day: str, what: str = "monthly-reviews", state: str = "late") -> list[Group]:
    outlook = world.outlook(day)
    found = folded(outlook, obligations(outlook))
    return [one for one in found if one.first.what == what and one.first.state == state]


def test_a_few_stand_one_by_one_and_more_fold() -> None:
    world = World()
    active(world, 3)
    assert [len(one.members) for one in groups(world, "2026-02-05")] == [1, 1, 1]
    active(world, 4)
    [group] = groups(world, "2026-02-05")
    assert (len(group.members), group.folded, group.sweeps) == (4, True, True)
    assert group.command == (
        "partnerkit new review 'Monthly review to 2026-01-31' rhythm=monthly from=2026-01-01 until=2026-01-31 "
        "--where kind=partnership --where stage=active"
    )


def test_nothing_is_lost_in_folding() -> None:
    world = World()
    active(world, 9)
    outlook = world.outlook("2026-03-05")
    every = obligations(outlook)
    for found in (folded(outlook, every), single(every)):
        assert sorted(one.id for group in found for one in group.members) == sorted(one.id for one in every)


def test_different_anchors_share_a_time_that_covers_the_latest_of_each() -> None:
    """What the sweep makes settles the latest open time of every one of them, and no later one."""
    world = World()
    for number, day in enumerate(("2025-11-03", "2025-11-10", "2025-11-17", "2025-11-24", "2025-12-31"), 1):
        world.put("partnership", f"p{number}", (day, "active"), name=f"P {number}", roles={"manager": "p-bob"})
    [group] = groups(world, "2026-04-05")
    assert group.command is not None
    assert "from=2026-02-10 until=2026-04-02" in group.command
    due = {one.record: one.due for one in group.members}
    for record in due:
        world.review(f"r-{record}", "2026-02-10", "2026-04-02", of=record)
    later = {one.record: one.due for one in world.of("cadence", "2026-04-05", "P60D", "monthly-reviews")}
    assert all(later[record] != due[record] for record in due)
    coming = [one for one in world.of("cadence", "2026-04-05", "P60D", "monthly-reviews") if one.state == "upcoming"]
    assert {one.record for one in coming} == set(due)


def test_no_command_where_it_would_do_too_much() -> None:
    world = World()
    active(world, 6)
    world.review("done", "2026-01-01", "2026-01-31", of="p1")
    [group] = groups(world, "2026-02-05")
    assert (len(group.members), group.sweeps) == (5, False)
    assert group.command == group.first.command


def test_drafts_stand_apart_from_what_nobody_began() -> None:
    world = World()
    active(world, 8)
    for number in range(1, 5):
        world.review(f"r{number}", "2026-01-01", "2026-01-31", ("2026-02-01", "draft"), of=f"p{number}")
    assert [(len(one.members), one.first.draft) for one in groups(world, "2026-02-05")] == [(4, "r1"), (4, None)]


def test_vacancies_are_filled_at_once() -> None:
    world = World()
    active(world, 5, roles={})
    [group] = groups(world, "2026-02-05", "manager", "due")
    assert group.command == "partnerkit set roles.manager=<person> --where kind=partnership --where stage=active"


def test_missed_ones_are_added_up() -> None:
    world = World()
    active(world, 5)
    [group] = groups(world, "2026-06-05")
    assert group.missed == 20


def test_three_hundred_partnerships_stay_readable() -> None:
    """T12: thousands of things owed on one screen."""
    world = World(lambda data: data["variables"]["contact"].update(value="P2W"))
    for number in range(300):
        day = f"2026-01-{1 + number % 28:02d}"
        world.put("partnership", f"p{number}", (day, "active"), name=f"P {number}", roles={})
    outlook = world.outlook("2026-11-20")
    every = obligations(outlook)
    found = folded(outlook, every)
    page = as_page(found, outlook.day, outlook.until, "World", None, [], "partnerkit today --all").plain()
    assert len(every) > 2000
    assert sum(one.missed for one in every) > 5000
    assert len(page.splitlines()) < 45
