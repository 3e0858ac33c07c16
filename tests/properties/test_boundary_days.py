"""Boundary days: ends of months, leap days, registers far east of Greenwich. The arithmetic here is done a second way."""

from __future__ import annotations

import calendar
import functools
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.chance import examples
from tests.obligations.world import World
from tests.policies import fulfil
from tests.policies.packs import pack_data

from partnerkit.kinds.parts import moment_text
from partnerkit.policies.policy import Policy

DAY = timedelta(days=1)

#: Zones whose clocks have stood still since 2018, with the hours by which they are ahead.
AHEAD = {
    "Pacific/Kiritimati": 14,
    "Pacific/Tongatapu": 13,
    "Pacific/Wake": 12,
    "UTC": 0,
    "Pacific/Honolulu": -10,
    "Etc/GMT+12": -12,
}

#: Days 28 to 31, of leap years as of others, far more often than chance would have them.
ENDS = st.builds(
    lambda year, month, day: date(year, month, min(day, calendar.monthrange(year, month)[1])),
    st.integers(2018, 2032),
    st.integers(1, 12),
    st.integers(28, 31),
)
DAYS = st.one_of(
    ENDS, st.sampled_from([date(2020, 2, 29), date(2024, 2, 29)]), st.dates(date(2018, 1, 1), date(2032, 12, 31))
)

MEM = fulfil.with_deciders(pack_data("MEM-02-03"))


def months_later(day: date, months: int) -> date:
    """Day by day to the month that is meant, then to the day of it, or to its last."""
    first = day.replace(day=1)
    for _ in range(months):
        first = (first + 31 * DAY).replace(day=1)
    found = first
    while found.day < day.day and (found + DAY).month == first.month:
        found += DAY
    return found


@functools.cache
def gate_asking(name: str) -> tuple[str, str]:
    """The first gate of an application that asks for a requirement."""
    ways = Policy.model_validate(MEM).lifecycles["application"].transitions
    return next((way.from_[0], way.to) for way in ways if name in way.needs)


@pytest.mark.parametrize(("name", "months"), [("mentor-membership", 6), ("mentee-membership", 3)])
@settings(max_examples=examples(60), deadline=None)
@given(since=DAYS, off=st.integers(-3, 3), judged=st.integers(0, 400))
def test_membership_counts_on_the_day_of_the_application_the_boundary_included(
    name: str, months: int, since: date, off: int, judged: int
) -> None:
    """T25: whoever joined on the 31st has been there for half a year on the last day of a shorter month, too."""
    boundary = months_later(since, months)
    world = fulfil.World(MEM, "application", *gate_asking(name), frozenset({name}))
    world.record["member-since"] = since.isoformat()
    world.record["applied"] = (boundary + off * DAY).isoformat()
    world.record["history"][-1]["at"] = f"{boundary + judged * DAY}T12:00:00Z"  # when it is judged is not asked
    asked = {one.question.name: one.answer.met for one in world.asked()}
    assert asked[name] is (off >= 0)


@settings(max_examples=examples(150), deadline=None)
@given(starts=DAYS, months=st.sampled_from([3, 6]))
def test_half_way_follows_from_the_length_that_was_planned(starts: date, months: int) -> None:
    """T8: three months or six, begun on any day: as many days before it as after it, but for an odd one."""
    ends = months_later(starts, months)
    world = World(only="mid-review")
    world.pair((starts.isoformat(), "running"), starts=starts.isoformat(), ends=ends.isoformat())
    due = world.one("cadence", ends, "P0D", "mid-review").due
    assert due is not None
    assert (ends - due) - (due - starts) in {timedelta(0), DAY}


@settings(max_examples=examples(150), deadline=None)
@given(
    zone=st.sampled_from(sorted(AHEAD)),
    anchor=DAYS,
    second=st.integers(0, 86399),
    count=st.integers(1, 30),
)
def test_months_are_counted_from_the_day_on_which_it_happened_where_the_register_is(
    zone: str, anchor: date, second: int, count: int
) -> None:
    """T8: in Kiritimati the day is over when it begins in Honolulu; months clamp, and never drift from the anchor."""
    moment = datetime.combine(anchor, datetime.min.time(), UTC) + timedelta(seconds=second)
    there = (moment + timedelta(hours=AHEAD[zone])).date()
    world = World(lambda data: data.update({"effective": "2000-01-01"}), zone=zone, only="monthly-reviews")
    world.acme((moment_text(moment), "active"))
    assert world.register.day(moment) == there
    due = months_later(there, count)
    on_it = world.of("cadence", due, "P0D", "monthly-reviews")
    before = world.of("cadence", due - DAY, "P0D", "monthly-reviews")
    assert [(one.due, one.state, one.missed) for one in on_it] == [(due, "due" if count == 1 else "late", count - 1)]
    assert [one.due for one in before] == ([months_later(there, count - 1)] if count > 1 else [])


@settings(max_examples=examples(40), deadline=None)
@given(zone=st.sampled_from(sorted(AHEAD)), last=DAYS, second=st.integers(0, 86399))
def test_a_milestone_is_due_on_its_day_wherever_the_register_is(zone: str, last: date, second: int) -> None:
    """T8: the day of the register decides, not that of UTC: on it due, the day after late."""
    moment = datetime.combine(last, datetime.min.time(), UTC) + timedelta(seconds=second)
    today = World(zone=zone).register.day(moment)
    world = World(lambda data: data.update({"effective": "2000-01-01"}), zone=zone)
    world.put(
        "agreement",
        "deal",
        ("2017-01-01", "active"),
        partnership="acme",
        title="Deal",
        milestones=[{"id": "m1", "text": "Half", "due": last.isoformat()}],
    )
    [found] = world.of("milestone", today, "P1D")
    ahead = today - last
    assert found.state == {-DAY: "upcoming", timedelta(0): "due", DAY: "late"}[ahead]
