"""Standing demands, evidence and waivers that run out."""

from __future__ import annotations

from typing import Any

import pytest

from partnerkit.kinds.canonical import digest
from tests.obligations.world import World


def evidence(on: str, requirement: str = "insurance", **more: Any) -> dict[str, Any]:
    return {
        "id": f"e-{digest([on, requirement, str(more)])[3:15]}",
        "requirement": requirement,
        "kind": "document",
        "ref": "x",
        "at": f"{on}T09:00:00Z",
        "by": "p-ann",
        **more,
    }


def waiver(until: str) -> dict[str, Any]:
    return {
        "id": "w-000000000001",
        "requirement": "insurance",
        "role": "board",
        "reason": "they are new",
        "until": until,
        "at": "2026-01-05T09:00:00Z",
        "by": "p-ann",
    }


def deal(world: World) -> None:
    world.put("agreement", "deal", ("2025-12-01", "active"), partnership="acme", title="Deal")


@pytest.mark.parametrize(
    ("day", "state"),
    [("2026-01-01", "upcoming"), ("2026-01-31", "due"), ("2026-02-01", "late"), ("2026-09-01", "late")],
)
def test_a_standing_demand_with_time_to_meet_it(day: str, state: str) -> None:
    world = World()
    world.acme()
    one = world.one("standing", day, what="insurance")
    assert (one.state, str(one.due), str(one.since)) == (state, "2026-01-31", "2026-01-01")
    assert one.command == "partnerkit add acme insurance <file-or-link>"
    assert one.clause == "SMALL §1/insurance"


def test_without_time_it_is_due_at_once_and_advice_stays_advice() -> None:
    world = World()
    world.acme()
    found = {one.what: (one.state, one.severity, one.due) for one in world.of("standing", "2026-05-01")}
    assert found["agreed"] == ("due", "warning", None)
    assert found["advice"] == ("due", "info", None)
    deal(world)
    world.change("acme", website="https://acme.example", evidence=[evidence("2026-01-02")])
    assert world.of("standing", "2026-05-01") == []


def test_evidence_is_seen_to_run_out_before_it_is_missed() -> None:
    world = World()
    deal(world)
    world.acme(evidence=[evidence("2026-01-02", **{"valid-until": "2026-06-30"})])
    assert world.of("expiry", "2026-05-30") == []
    one = world.one("expiry", "2026-05-31")
    assert (one.title, one.state, str(one.due)) == ("Insurance: it runs out", "upcoming", "2026-06-30")
    assert one.command == "partnerkit add acme insurance <file-or-link>"
    assert world.one("expiry", "2026-06-30").state == "due"
    assert world.of("expiry", "2026-07-01") == []
    assert [one.what for one in world.of("standing", "2026-07-01") if one.severity != "info"] == ["insurance"]


def test_newer_evidence_takes_the_place_of_what_runs_out() -> None:
    world = World()
    deal(world)
    old = evidence("2026-01-02", **{"valid-until": "2026-06-30"})
    world.acme(evidence=[old, evidence("2026-05-02", **{"valid-until": "2027-06-30"})])
    assert world.of("expiry", "2026-06-20") == []
    assert str(world.one("expiry", "2027-06-20").due) == "2027-06-30"
    world.acme(evidence=[old, evidence("2026-05-02")])
    assert world.of("expiry", "2027-06-20", "P9Y") == []


def test_evidence_of_a_gate_that_was_passed_runs_out_where_it_says_so() -> None:
    """What expires later makes no past move illegal: it is to be renewed. How old it was then matters no more."""
    world = World(lambda data: data["variables"]["fresh"].update(value="P1M"))
    world.acme(
        ("2026-01-01", "proposed"),
        ("2026-01-10", "active"),
        evidence=[evidence("2026-01-02", "proposal", **{"valid-until": "2026-06-30"})],
    )
    assert [(one.what, str(one.due)) for one in world.of("expiry", "2026-07-05")] == [
        ("evidence.proposal", "2026-06-30")
    ]
    world.acme(("2026-01-01", "proposed"), ("2026-01-10", "active"), evidence=[evidence("2026-01-02", "proposal")])
    assert world.of("expiry", "2026-07-05") == []


def test_evidence_grows_old_before_its_gate_is_passed() -> None:
    world = World(lambda data: data["variables"]["fresh"].update(value="P1M"))
    world.acme(("2026-01-01", "proposed"), evidence=[evidence("2026-01-31", "proposal")])
    assert str(world.one("expiry", "2026-02-10").due) == "2026-02-28"
    world = World()
    world.acme(("2026-01-01", "proposed"), evidence=[evidence("2026-01-31", "proposal")])
    assert world.of("expiry", "2026-02-10") == []


def test_a_waiver_runs_out_unless_the_thing_itself_is_there() -> None:
    world = World()
    deal(world)
    world.acme(waivers=[waiver("2026-06-30")])
    one = world.one("expiry", "2026-06-20")
    assert (one.title, str(one.due)) == ("Insurance: waived until 2026-06-30", "2026-06-30")
    assert [one.what for one in world.of("standing", "2026-06-20") if one.severity != "info"] == []
    assert [one.what for one in world.of("standing", "2026-07-01") if one.severity != "info"] == ["insurance"]
    assert world.of("expiry", "2026-07-01") == []
    world.acme(waivers=[waiver("2026-06-30")], evidence=[evidence("2026-02-01")])
    assert world.of("expiry", "2026-06-20") == []


def test_nothing_runs_out_in_what_is_over() -> None:
    world = World()
    world.acme(
        ("2026-01-01", "active"),
        ("2026-02-01", "ended"),
        evidence=[evidence("2026-01-02", **{"valid-until": "2026-06-30"})],
    )
    assert world.of("expiry", "2026-06-20") == []
