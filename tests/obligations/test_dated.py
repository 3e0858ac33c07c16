"""Days in records: milestones, actions, duties, goals, plans; ends of agreements, and the last day to give notice."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from partnerkit.kinds.duration import Duration
from tests.obligations.world import World, days

MILESTONE = {"id": "m1", "text": "First builds", "due": "2026-04-15"}


def agreement(world: World, *moves: tuple[str, str], **fields: Any) -> None:
    world.put(
        "agreement",
        "deal",
        *(moves or (("2026-01-01", "active"),)),
        **{"partnership": "acme", "title": "Deal", **fields},
    )


@pytest.mark.parametrize(
    ("day", "state"),
    [("2026-03-15", None), ("2026-03-16", "upcoming"), ("2026-04-15", "due"), ("2026-04-16", "late")],
)
def test_a_milestone(day: str, state: str | None) -> None:
    world = World()
    world.acme()
    agreement(world, milestones=[MILESTONE])
    assert [one.state for one in world.of("milestone", day)] == ([state] if state else [])


def test_what_is_done_is_gone() -> None:
    world = World()
    world.acme()
    agreement(world, milestones=[{**MILESTONE, "done": "2026-05-01"}])
    assert world.of("milestone", "2026-06-01") == []


def test_a_milestone_says_who_and_how() -> None:
    world = World()
    world.acme()
    agreement(world, milestones=[MILESTONE])
    one = world.one("milestone", "2026-05-01")
    assert one.id == "deal/milestone/milestones.m1.due/2026-04-15"
    assert (one.title, one.people) == ("Milestone: First builds", ("p-bob",))  # as the partnership's manager
    assert one.command == "partnerkit set deal milestones.m1.done=<day>"


@pytest.mark.parametrize(("status", "left"), [("open", 1), ("kept", 0), ("breached", 0), ("released", 0)])
def test_a_duty_is_due_while_it_is_open(status: str, left: int) -> None:
    world = World()
    world.acme()
    agreement(
        world, duties=[{"id": "d1", "party": "us", "text": "Send figures", "due": "2026-04-01", "status": status}]
    )
    found = world.of("milestone", "2026-05-01")
    assert len(found) == left
    assert [one.command for one in found] == ["partnerkit set deal duties.d1.status=<duties.status>"][:left]


@pytest.mark.parametrize(("status", "left"), [("promised", 1), ("delivered", 1), ("expired", 0), ("withdrawn", 0)])
def test_a_benefit_runs_out(status: str, left: int) -> None:
    world = World()
    benefit = {"id": "b1", "kind": "access", "to": "community", "text": "Builds", "status": status}
    world.acme(benefits=[{**benefit, "valid-until": "2026-04-01"}])
    assert [one.title for one in world.of("expiry", "2026-05-01")] == ["Benefit runs out: Builds"][:left]


def test_a_goal_of_a_pairing() -> None:
    world = World()
    world.pair(goals=[{"id": "g1", "text": "Tests", "measure": "One written", "due": "2026-03-01"}])
    assert world.one("milestone", "2026-03-05").command == "partnerkit set pair goals.g1.status=<goals.status>"


def test_an_action_is_its_owners_and_outlives_the_review() -> None:
    """Undertaken in a review, it stays to be done when the review is finished; but not when all is over."""
    world = World()
    world.acme()
    action = {"id": "a1", "text": "Ask members", "owner": "p-ann", "due": "2026-03-01"}
    world.review("jan", "2026-01-01", "2026-01-31", actions=[action])
    one = world.one("milestone", "2026-03-05")
    assert (one.record, one.people, one.command) == ("jan", ("p-ann",), "partnerkit set jan actions.a1.done=<day>")
    world.review("jan", "2026-01-01", "2026-01-31", ("2026-02-01", "dropped"), actions=[action])
    assert world.of("milestone", "2026-03-05") == []
    world.review("jan", "2026-01-01", "2026-01-31", actions=[action])
    world.acme(("2026-01-01", "active"), ("2026-02-20", "ended"))
    assert world.of("milestone", "2026-03-05") == []


def test_days_that_a_policy_declares() -> None:
    """No field of one policy is known to the code: the policy says which of its days something falls due by."""
    world = World()
    plans = [
        {"text": "More sites", "target": "2026-04-01"},
        {"text": "Old", "target": "2026-01-01", "done": "2026-01-02"},
    ]
    world.acme(roadmap=plans)
    one = world.one("milestone", "2026-04-03")
    assert (one.title, one.clause, one.id) == (
        "Roadmap: More sites",
        "SMALL §1/roadmap",
        "acme/milestone/roadmap.0.target/2026-04-01",
    )
    assert one.command == "partnerkit set acme"  # an item without a name of its own is edited as text


def test_the_end_of_an_agreement() -> None:
    world = World()
    world.acme()
    agreement(world, ends="2026-12-31")
    one = world.one("expiry", "2026-12-10")
    assert (one.title, one.state, str(one.due)) == ("Agreement ends", "upcoming", "2026-12-31")
    assert one.command == "partnerkit new agreement renews=deal"
    late = world.one("expiry", "2027-01-05")
    assert (late.state, late.command) == ("late", "partnerkit gates deal")


def test_what_was_renewed_is_no_worry_until_it_ends() -> None:
    world = World()
    world.acme()
    agreement(world, ends="2026-12-31")
    world.put("agreement", "next", ("2026-11-01", "draft"), partnership="acme", title="Next", renews="deal")
    assert world.of("expiry", "2026-12-10") == []
    assert [one.record for one in world.of("expiry", "2027-01-05")] == ["deal"]
    world.put(
        "agreement",
        "next",
        ("2026-11-01", "draft"),
        ("2026-11-02", "ended"),
        partnership="acme",
        title="Next",
        renews="deal",
    )
    assert [one.record for one in world.of("expiry", "2026-12-10")] == ["deal"]


def test_nothing_falls_due_in_what_is_over() -> None:
    world = World()
    world.acme(("2025-01-01", "proposed"), ("2025-02-01", "declined"), ends="2026-02-01")
    assert world.of("expiry", "2026-03-01") == []
    world.acme(("2025-01-01", "proposed"), ("2025-02-01", "declined"), ("2025-03-01", "proposed"), ends="2026-02-01")
    assert len(world.of("expiry", "2026-03-01")) == 1


def test_a_day_counts_only_while_its_gate_asks_for_it() -> None:
    """A risk that is judged anew is no longer accepted, whatever its record still says."""
    world = World()
    fields = {"of": "acme", "title": "Flood", "type": "weather", "accepted-until": "2026-03-01"}
    world.put("risk", "flood", ("2026-01-01", "open"), ("2026-01-02", "accepted"), **fields)
    assert world.one("expiry", "2026-03-05").title == "Acceptance of the risk ends"
    world.put("risk", "flood", ("2026-01-01", "open"), ("2026-01-02", "accepted"), ("2026-02-01", "open"), **fields)
    assert world.of("expiry", "2026-03-05") == []


def test_the_end_of_a_partnership_takes_effect() -> None:
    world = World()
    world.acme(termination={"trigger": "mutual", "effective": "2026-06-30"})
    one = world.one("milestone", "2026-07-01")
    assert (one.what, one.state, one.command) == ("termination.effective", "late", "partnerkit gates acme")


@pytest.mark.parametrize(
    ("agreed", "set_", "last"),
    [
        ("P90D", None, "2026-10-02"),
        ("P1M", None, "2026-11-30"),
        ("P1M", "P90D", "2026-10-02"),
        (None, "P60D", "2026-11-01"),
    ],
)
def test_the_last_day_to_give_notice(agreed: str | None, set_: str | None, last: str) -> None:
    """As agreed, or as the policy says, whichever is longer; seen on every day of the outlook and on its own."""
    world = World(lambda data: data["variables"]["notice"].update(value=set_))
    world.acme()
    agreement(world, ends="2026-12-31", notice=agreed)
    seen = [str(day) for day in days("2026-08-01", "2026-12-31") if world.of("notice", day)]
    assert (seen[-1], len(seen)) == (last, 31)
    one = world.one("notice", last)
    assert (one.state, str(one.due), one.clause) == ("due", last, "SMALL §1/notice")
    assert one.command == "partnerkit gates acme ended"


def test_no_notice_where_none_is_agreed_it_was_given_or_all_goes_on() -> None:
    world = World()
    world.acme()
    agreement(world, ends="2026-12-31")
    assert world.of("notice", "2026-12-01", "P90D") == []
    agreement(world, ends="2026-12-31", notice="P60D")
    assert len(world.of("notice", "2026-10-20")) == 1
    world.put("agreement", "next", ("2026-10-01", "draft"), partnership="acme", title="Next", renews="deal")
    assert world.of("notice", "2026-10-20") == []
    del world.records["next"]
    world.acme(termination={"trigger": "x", "notice-given": "2026-10-01", "effective": "2026-12-31"})
    assert world.of("notice", "2026-10-20") == []
    agreement(world, ("2026-01-01", "draft"), ends="2026-12-31", notice="P60D")
    world.acme()
    assert world.of("notice", "2026-10-20") == []  # a draft binds nobody


def test_notice_given_on_the_last_day_is_in_time_and_a_day_later_is_not() -> None:
    world = World()
    world.acme()
    agreement(world, ends="2026-08-31", notice="P6M")
    last = world.one("notice", "2026-02-20").due
    assert last is not None
    span = world.policy.requirements["notice"].notice
    assert span is not None
    end = world.records["deal"].data["ends"]
    assert str(Duration.parse("P6M").after(last)) <= end
    assert str(Duration.parse("P6M").after(last + timedelta(days=1))) > end
