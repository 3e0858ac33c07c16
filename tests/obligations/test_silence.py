"""What falls due when nothing happens: counted anew from the latest line of some logs, once, and where it may lead."""

from __future__ import annotations

from typing import Any

import pytest

from partnerkit.kinds.canonical import canonical
from partnerkit.obligations.obligation import Obligation
from partnerkit.policies.consistency import problems
from tests.obligations.world import World
from tests.policies.samples import parsed

ASKED: dict[str, Any] = {
    "clause": "§1/contact",
    "title": "Ask how they are",
    "of": "pairing",
    "while": ["running"],
    "every": "P6W",
    "settled-by": "communications/contact",
    "restarts": ["meetings", "check-ins"],
    "role": "coordinator",
}


def quiet(since: str = "2026-01-15", **more: Any) -> World:
    def change(data: dict[str, Any]) -> None:
        data["cadences"] = {"silent": {**ASKED, **more}}
        data["lifecycles"]["pairing"]["transitions"].append({"from": "completed", "to": "running"})

    world = World(change)
    world.pair((since, "running"))
    return world


def told(world: World, day: str, within: str = "P7D") -> list[Obligation]:
    return world.of("cadence", day, within)


def test_nothing_is_owed_before_its_time_and_then_once_however_long_it_lasts() -> None:
    world = quiet()
    assert told(world, "2026-02-18") == []
    [coming] = told(world, "2026-02-19")
    assert (coming.state, str(coming.due), str(coming.since)) == ("upcoming", "2026-02-26", "2026-01-15")
    [late] = told(world, "2026-12-01")
    assert (late.state, str(late.due), late.missed, late.severity) == ("late", "2026-02-26", 0, "error")
    assert late.note == "nothing since 2026-01-15"
    assert late.command == "partnerkit add pair communications kind=contact summary=<communications.summary>"
    assert (late.role, late.people) == ("coordinator", ("p-bob",))


@pytest.mark.parametrize(
    ("log", "line"),
    [
        ("meetings", {"minutes": 60}),
        ("check-ins", {"person": "p-mentee"}),
        ("communications", {"kind": "contact", "summary": "Asked both"}),
    ],
)
def test_a_line_of_any_of_the_logs_starts_the_time_anew(log: str, line: dict[str, Any]) -> None:
    world = quiet()
    world.change("pair", **{log: [{"on": "2026-03-10", **line}, {"on": "2026-02-01", **line}]})
    assert told(world, "2026-04-13") == []
    [one] = told(world, "2026-04-22")
    assert (str(one.due), one.note) == ("2026-04-21", "nothing since 2026-03-10")


def test_a_line_of_another_sort_or_of_a_day_to_come_does_not() -> None:
    world = quiet()
    lines = [
        {"on": "2026-03-10", "kind": "other", "summary": "x"},
        {"on": "2026-05-01", "kind": "contact", "summary": "x"},
    ]
    world.change("pair", communications=lines)
    [one] = told(world, "2026-04-01")
    assert str(one.due) == "2026-02-26"


def test_whoever_comes_back_has_the_whole_time_again() -> None:
    world = quiet()
    world.pair(("2026-01-15", "running"), ("2026-02-01", "completed"), ("2026-05-01", "running"))
    assert told(world, "2026-03-20") == []
    assert str(told(world, "2026-06-08")[0].due) == "2026-06-12"


def test_what_is_decided_later_or_taken_in_later_is_owed_from_then_on() -> None:
    world = quiet(every="$contact")
    assert told(world, "2026-12-01") == []  # nobody has decided how long
    world.data["variables"]["contact"] |= {"value": "P6W", "since": "2026-07-01"}
    world.policy = parsed(canonical(world.data))
    assert str(told(world, "2026-12-01")[0].due) == "2026-07-01"
    world = quiet()
    world.put("pairing", "pair", ("2026-08-01", "running"), adopted="2026-01-15", **_people())
    assert str(told(world, "2026-12-01")[0].due) == "2026-08-01"


def _people() -> dict[str, Any]:
    people = [{"id": "p-mentor", "as": "mentor"}, {"id": "p-mentee", "as": "mentee"}]
    return {"title": "x", "programme": "formal", "participants": people}


def test_where_it_may_lead_is_offered_and_never_late() -> None:
    more = {"leads-to": "completed", "note": "A person decides."}
    world = quiet(**more)
    [one] = told(world, "2026-12-01")
    assert (one.state, one.severity, one.due, str(one.since)) == ("due", "warning", None, "2026-02-26")
    assert one.command == "partnerkit gates pair completed"
    assert one.note == "nothing since 2026-01-15. A person decides."
    assert [one.state for one in told(world, "2026-02-20")] == ["upcoming"]


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ({"restarts": ["meetigs"]}, "log of a pairing"),
        ({"settled-by": "review/mid"}, "log of a pairing"),
        ({"leads-to": "nowhere"}, "no way of a pairing leads from running to nowhere"),
    ],
)
def test_a_policy_that_could_not_mean_it_is_refused(more: dict[str, Any], why: str) -> None:
    data = {**quiet().data, "cadences": {"silent": {**ASKED, **more}}}
    assert any(why in one.message for one in problems(parsed(canonical(data))))


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ({"per": "participants.id"}, "`restarts` goes with"),
        ({"restarts": [], "leads-to": "completed"}, "`leads-to` goes"),
    ],
)
def test_keys_that_say_nothing_together_are_refused(more: dict[str, Any], why: str) -> None:
    data = {**quiet().data, "cadences": {"silent": {**ASKED, **more}}}
    with pytest.raises(ValueError, match=why):
        parsed(canonical(data))
