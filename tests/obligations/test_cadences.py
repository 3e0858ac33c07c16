"""Cadences: who owes what by when, what settles it, what was missed; three streams that never settle each other (T5)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from partnerkit.obligations.obligation import Obligation
from tests.obligations.world import World

MONTHLY = "monthly-reviews"


def monthly(world: World, day: str, within: str = "P30D") -> list[Obligation]:
    return world.of("cadence", day, within, MONTHLY)


def states(found: list[Obligation]) -> list[tuple[str, str]]:
    return [(one.state, str(one.due)) for one in found]


@pytest.mark.parametrize(
    ("day", "wanted"),
    [
        ("2026-01-01", []),
        ("2026-01-02", [("upcoming", "2026-02-01")]),
        ("2026-01-31", [("upcoming", "2026-02-01")]),
        ("2026-02-01", [("due", "2026-02-01"), ("upcoming", "2026-03-01")]),
        ("2026-02-02", [("late", "2026-02-01"), ("upcoming", "2026-03-01")]),
        ("2026-03-01", [("late", "2026-03-01")]),
    ],
)
def test_an_occurrence_comes_falls_due_and_is_late(day: str, wanted: list[tuple[str, str]]) -> None:
    """Ranges, never equality: whoever looks a day later still sees it."""
    world = World()
    world.acme()
    assert states(monthly(world, day)) == wanted


def test_it_says_who_what_why_and_how() -> None:
    world = World()
    world.acme()
    one = monthly(world, "2026-02-03", "P1D")[0]
    assert one.id == "acme/cadence/monthly-reviews/2026-02-01"
    assert (one.title, one.clause, one.severity) == ("Monthly review", "SMALL §1/reviews", "error")
    assert (one.role, one.people, one.person) == ("manager", ("p-bob",), None)
    assert (one.due, one.since, one.first, one.missed) == (date(2026, 2, 1), date(2026, 1, 1), None, 0)
    assert one.late_by(date(2026, 2, 3)) == 2
    assert one.command == (
        "partnerkit new review 'Monthly review to 2026-01-31' of=acme rhythm=monthly from=2026-01-01 until=2026-01-31"
    )


def test_what_was_missed_is_counted_and_not_listed() -> None:
    world = World()
    world.acme(("2023-01-31", "active"))
    found = [one for one in monthly(world, "2026-05-01") if one.state == "late"]
    assert [(one.due, one.first, one.missed) for one in found] == [(date(2026, 4, 30), date(2023, 2, 28), 38)]
    assert found[0].late_by(date(2026, 5, 1)) == (date(2026, 5, 1) - date(2023, 2, 28)).days


def test_a_finished_review_settles_its_month_and_no_other() -> None:
    world = World()
    world.acme()
    world.review("feb", "2026-02-01", "2026-02-28")
    assert [(str(one.due), one.missed) for one in monthly(world, "2026-04-05", "P1D")] == [("2026-04-01", 1)]
    world.review("jan", "2026-01-01", "2026-01-31")
    world.review("mar", "2026-03-01", "2026-03-31")
    assert monthly(world, "2026-04-05", "P1D") == []
    assert states(monthly(world, "2026-04-05")) == [("upcoming", "2026-05-01")]


def test_reviews_of_another_sort_or_of_another_record_settle_nothing() -> None:
    """T12: an annual review is no monthly one, unless the policy says so."""
    world = World()
    world.acme()
    world.put("partnership", "other", ("2026-01-01", "active"), name="Other")
    world.review("annual", "2026-01-01", "2026-12-31", ("2026-02-01", "done"), rhythm="annual")
    world.review("elsewhere", "2026-01-01", "2026-01-31", of="other")
    found = [one for one in monthly(world, "2026-02-03", "P1D") if one.record == "acme"]
    assert states(found) == [("late", "2026-02-01")]


def test_a_draft_settles_nothing_and_is_named_with_its_next_command() -> None:
    world = World()
    world.acme()
    world.review("jan", "2026-01-01", "2026-01-31", ("2026-02-01", "draft"), findings=None)
    late = monthly(world, "2026-02-03", "P1D")
    assert [(one.state, one.draft, one.command) for one in late] == [
        ("late", "jan", "partnerkit set jan findings=<findings>")
    ]
    world.review("jan", "2026-01-01", "2026-01-31", ("2026-02-01", "draft"))
    assert monthly(world, "2026-02-03", "P1D")[0].command == "partnerkit approve jan sign-off --for p-ann --seen <seen>"
    assert [one.source for one in world.all("2026-02-03") if one.record == "jan"] == []  # it is not said twice
    world.review("jan", "2026-01-01", "2026-01-31", ("2026-02-01", "draft"), ("2026-02-02", "dropped"))
    assert [one.draft for one in monthly(world, "2026-02-03", "P1D")] == [None]


def test_a_review_counts_from_the_day_it_was_finished() -> None:
    world = World()
    world.acme()
    world.review("jan", "2026-01-01", "2026-01-31", ("2026-02-01", "draft"), ("2026-02-04", "done"))
    assert states(monthly(world, "2026-02-03", "P1D")) == [("late", "2026-02-01")]
    assert monthly(world, "2026-02-04", "P1D") == []


def test_nothing_is_owed_outside_the_stages() -> None:
    world = World()
    world.acme(("2025-01-01", "proposed"))
    assert monthly(world, "2026-01-01") == []
    world.acme(("2025-01-01", "active"), ("2026-01-01", "suspended"))
    assert monthly(world, "2026-01-01") == []
    world.acme(("2025-01-01", "active"), ("2026-01-01", "ended"))
    assert monthly(world, "2026-01-01") == []


def test_a_rest_neither_hides_what_was_missed_nor_adds_to_it() -> None:
    """Suspended for a day, nobody is rid of what they owe; suspended for months, nobody owes them."""
    world = World()
    world.acme(("2026-01-01", "active"), ("2026-03-10", "suspended"), ("2026-06-20", "active"))
    found = monthly(world, "2026-07-25")
    assert [(one.state, str(one.first), str(one.due), one.missed) for one in found] == [
        ("late", "2026-02-01", "2026-07-20", 2),
        ("upcoming", "None", "2026-08-20", 0),
    ]


def test_what_was_undone_changes_no_rhythm() -> None:
    world = World()
    world.acme(("2026-01-01", "active"), ("2026-03-10", "ended"), ("2026-03-12", "active"))
    data = world.records["acme"].data
    data["history"][2] |= {"type": "undo", "undoes": data["history"][1]["id"], "reason": "wrong partner"}
    world.add(data)
    assert [str(one.due) for one in monthly(world, "2026-03-20", "P1D")] == ["2026-03-01"]
    assert monthly(world, "2026-03-11") == []
    assert [str(one.due) for one in monthly(world, "2026-04-02", "P1D")] == ["2026-04-01"]


def test_a_stage_by_its_new_name_is_the_same_stay() -> None:
    def renamed(data: dict[str, Any]) -> None:
        data["migrates"] = {"partnership": {"running": "active"}}

    world = World(renamed)
    world.acme(("2026-01-01", "running"), ("2026-03-10", "active"))
    data = world.records["acme"].data
    data["history"][1]["type"] = "migrate"
    world.add(data)
    assert [(str(one.first), str(one.due)) for one in monthly(world, "2026-03-20", "P1D")] == [
        ("2026-02-01", "2026-03-01")
    ]


def test_an_adopted_record_owes_nothing_for_the_time_before() -> None:
    """Counted from when it truly stood there, owed from when the register knew of it."""
    world = World()
    world.acme(("2026-05-10", "active"), adopted="2023-09-01")
    assert [str(one.due) for one in monthly(world, "2026-05-31")] == ["2026-06-01"]
    assert [(str(one.due), one.missed) for one in monthly(world, "2026-07-02", "P1D")] == [("2026-07-01", 1)]


def test_nothing_is_owed_for_the_time_before_the_policy() -> None:
    world = World(lambda data: data.update(effective="2026-06-15"))
    world.acme(("2025-01-01", "active"))
    assert [(str(one.due), one.missed) for one in monthly(world, "2026-08-02", "P1D")] == [("2026-08-01", 1)]


def test_a_rhythm_that_nobody_decided_is_not_owed_and_one_line_says_so() -> None:
    world = World()
    world.acme()
    assert world.of("cadence", "2026-06-01", what="contact") == []
    gap = world.one("gap", "2026-06-01")
    assert gap.command == "partnerkit policy gaps SMALL"
    assert "contact" in gap.title
    assert (gap.state, gap.people, gap.severity) == ("waiting", ("p-ann", "p-bob"), "info")


def test_a_rhythm_is_owed_from_the_day_on_which_it_was_decided() -> None:
    world = World(lambda data: data["variables"]["contact"].update(value="P2W", since="2026-05-01"))
    world.acme()
    assert world.of("gap", "2026-06-01") == []
    late = [one for one in world.of("cadence", "2026-06-03", what="contact") if one.state == "late"]
    assert [(str(one.first), str(one.due), one.missed) for one in late] == [("2026-05-07", "2026-05-21", 1)]
    assert late[0].command == "partnerkit add acme communications kind=word summary=<communications.summary>"


@pytest.mark.parametrize(("on", "left"), [("2026-05-20", 0), ("2026-05-22", 0), ("2026-05-07", 1), ("2026-06-04", 1)])
def test_a_line_of_a_log_settles_its_time_and_ends_the_wait(on: str, left: int) -> None:
    """What was missed cannot be said any more after the next word; a word of a day to come settles nothing."""
    world = World(lambda data: data["variables"]["contact"].update(value="P2W", since="2026-05-01"))
    world.acme(communications=[{"on": on, "kind": "word", "summary": "They are well"}])
    late = [one for one in world.of("cadence", "2026-06-03", what="contact") if one.state == "late"]
    assert len(late) == left
    assert [one.missed for one in late] == [0 if on == "2026-05-07" else 1][:left]


def test_lines_of_another_kind_settle_nothing() -> None:
    world = World(lambda data: data["variables"]["contact"].update(value="P2W", since="2026-05-01"))
    world.acme(communications=[{"on": "2026-05-20", "kind": "news", "summary": "To members"}])
    assert [one.missed for one in world.of("cadence", "2026-06-03", "P0D", "contact")] == [1]


def test_each_person_owes_a_check_in() -> None:
    world = World()
    world.pair(check_ins=[{"on": "2026-02-10", "person": "p-mentor"}])
    found = world.of("cadence", "2026-02-20", what="check-ins")
    assert [(one.person, one.state, str(one.due)) for one in found] == [
        ("p-mentee", "late", "2026-02-15"),
        ("p-mentee", "upcoming", "2026-03-15"),
        ("p-mentor", "upcoming", "2026-03-15"),
    ]
    late = found[0]
    assert late.id == "pair/cadence/check-ins/p-mentee/2026-02-15"
    assert (late.role, late.people) == ("coordinator", ("p-bob",))
    assert late.concerns("p-mentee")
    assert late.concerns("p-bob")
    assert late.command == "partnerkit add pair check-ins person=p-mentee"


def test_a_meeting_is_no_check_in_and_no_review() -> None:
    """T5: three streams."""
    world = World()
    world.pair(meets_every="P2W", meetings=[{"on": "2026-01-29", "minutes": 60}])
    found = {(one.what, one.person, str(one.due)) for one in world.of("cadence", "2026-02-20", "P1D")}
    assert found == {
        ("check-ins", "p-mentee", "2026-02-15"),
        ("check-ins", "p-mentor", "2026-02-15"),
        ("meetings", None, "2026-02-12"),
    }


def test_a_rhythm_of_the_records_own() -> None:
    """T4: two weeks are two weeks, whatever anybody calls them."""
    world = World()
    world.pair()
    assert world.of("cadence", "2026-02-20", what="meetings") == []
    world.pair(meets_every="P2W")
    assert [str(one.due) for one in world.of("cadence", "2026-01-20", what="meetings")] == ["2026-01-29"]


def test_nothing_falls_due_after_the_last_day() -> None:
    world = World()
    world.pair(meets_every="P1M", ends="2026-03-14")
    late = world.of("cadence", "2026-12-01", "P90D", "meetings")
    assert [(str(one.due), one.missed) for one in late] == [("2026-02-15", 0)]


@pytest.mark.parametrize(
    ("begins", "ends", "due"), [("2026-01-15", "2026-07-15", "2026-04-15"), ("2026-02-01", "2026-05-01", "2026-03-17")]
)
def test_a_review_half_way(begins: str, ends: str, due: str) -> None:
    """T8: six months or three, half of the time that was planned."""
    world = World()
    world.pair((begins, "running"), starts=begins, ends=ends)
    one = world.one("cadence", "2026-06-01", "P1D", "mid-review")
    assert (one.state, str(one.due), one.missed) == ("late", due, 0)
    assert one.command is not None
    assert f"of=pair rhythm=mid from={begins} until={due}" in one.command
    world.review("mid", begins, "2026-04-01", of="pair", rhythm="mid")
    assert world.of("cadence", "2026-06-01", "P90D", "mid-review") == []


def test_half_way_of_no_known_time_is_not_owed() -> None:
    world = World()
    world.pair(ends=None)
    assert world.of("cadence", "2026-06-01", "P90D", "mid-review") == []


def test_half_way_is_due_no_earlier_than_the_record_runs() -> None:
    world = World()
    world.pair(("2026-05-20", "running"))
    assert str(world.one("cadence", "2026-06-01", "P1D", "mid-review").due) == "2026-05-20"
    world.pair(("2026-05-20", "running"), adopted="2026-01-15")
    assert world.of("cadence", "2026-06-01", "P1D", "mid-review") == []


def test_the_policy_as_a_whole_owes_a_review_once_anything_stands_under_it() -> None:
    world = World()
    assert world.of("cadence", "2026-06-01", "P1Y") == []
    world.acme(("2024-05-01", "active"))
    found = world.one("cadence", "2026-06-01", "P1D", "programme-review")
    assert (found.record, found.kind) == ("SMALL", "policy")
    assert (str(found.first), str(found.due), found.missed) == ("2025-01-01", "2026-01-01", 1)
    assert found.command is not None
    assert "of=SMALL rhythm=annual from=2025-01-01 until=2025-12-31" in found.command
    for year in (2024, 2025):
        world.review(f"y{year}", f"{year}-01-01", f"{year}-12-31", of="SMALL", rhythm="annual")
    assert world.of("cadence", "2026-06-01", "P1D", "programme-review") == []


def test_a_risk_is_looked_at_again_as_often_as_it_says() -> None:
    world = World()
    world.acme()
    look = {"on": "2026-03-20", "likelihood": 2, "impact": 2, "why": "so", "by": "p-ann"}
    world.put(
        "risk",
        "flood",
        ("2026-01-10", "open"),
        of="acme",
        title="Flood",
        type="weather",
        owner="p-ann",
        review_every="P3M",
        assessments=[look],
    )
    found = world.of("cadence", "2026-07-15", what="review-every")
    assert [(one.state, str(one.due), one.people) for one in found] == [("late", "2026-07-10", ("p-ann",))]
    world.put("risk", "flood", ("2026-01-10", "open"), ("2026-07-01", "closed"), of="acme", title="Flood", type="w")
    assert world.of("cadence", "2026-07-15", what="review-every") == []


def test_days_begin_where_the_register_is() -> None:
    """Made at 11 at night in UTC, which is the next day in Berlin."""
    for zone, due in (("UTC", "2026-02-28"), ("Europe/Berlin", "2026-03-01")):
        world = World(zone=zone)
        world.acme(("2026-01-31T23:30:00Z", "active"))
        assert [str(one.due) for one in monthly(world, "2026-02-25")] == [due]


def test_a_condition_says_for_which_records() -> None:
    world = World(lambda data: data["cadences"][MONTHLY].update(when={"partner": "company"}))
    world.acme()
    assert monthly(world, "2026-02-05") == []
    world.acme(partner="company")
    assert monthly(world, "2026-02-05") != []


def test_a_leap_day_comes_back() -> None:
    world = World(lambda data: data["cadences"][MONTHLY].update(every="P1Y"))
    world.acme(("2024-02-29", "active"))
    dues = [str(monthly(world, f"{year}-02-27", "P5D")[-1].due) for year in (2025, 2026, 2027, 2028)]
    assert dues == ["2025-02-28", "2026-02-28", "2027-02-28", "2028-02-29"]
