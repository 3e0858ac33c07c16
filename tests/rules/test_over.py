"""What is over: since when, what may still begin below it, and the line that offers another way."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from partnerkit.kinds.canonical import canonical
from partnerkit.register import Register
from partnerkit.rules.over import Over, over
from tests.obligations.world import World
from tests.policies.samples import parsed

ENDED = ("2026-01-01", "active"), ("2026-03-01", "ended")
DECLINED = ("2026-01-01", "proposed"), ("2026-03-01", "declined")
LATER = datetime(2026, 6, 1, 12, tzinfo=UTC)


def world(*moves: tuple[str, str], change: Any = lambda _data: None, zone: str = "UTC", **last: Any) -> World:
    """A partnership that took these steps; `last` is what the last one says."""
    here = World(zone=zone)
    change(here.data)
    here.policy = parsed(canonical(here.data))
    here.acme(*moves)
    data = here.records["acme"].data
    data["history"][-1] |= last
    here.add(data)
    return here


def was_over(here: World, moment: datetime = LATER, before: Register | None = None) -> Over | None:
    found = here.register
    return over(found, found.records["acme"], moment, before)


def told(here: World, moment: datetime = LATER) -> tuple[str, date, str | None] | None:
    found = was_over(here, moment)
    return None if found is None else (found.stage, found.since, found.reason)


def test_since_when_and_why_it_is_over():
    here = world(*ENDED, reason="They closed.")
    assert told(here) == ("ended", date(2026, 3, 1), "They closed.")
    found = was_over(here)
    assert found is not None
    assert (found.record.id, found.policy.policy) == ("acme", "SMALL")
    assert found.in_words == "acme is over: ended (Ended) since 2026-03-01: They closed."
    without = was_over(world(*ENDED))
    assert without is not None
    assert without.in_words == "acme is over: ended (Ended) since 2026-03-01"


@pytest.mark.parametrize(
    ("moves", "stage"),
    [
        ([("2026-01-01", "active")], None),
        ([("2026-01-01", "active"), ("2026-03-01", "suspended")], None),
        (ENDED, "ended"),
        (DECLINED, "declined"),  # a way leads out of it, and it is over all the same
        ([*DECLINED, ("2026-04-01", "proposed")], None),
        ([("2026-01-01", "void")], "void"),
    ],
)
def test_the_stages_in_which_a_record_is_over(moves, stage):
    found = was_over(world(*moves))
    assert (found.stage if found else None) == stage


def test_it_is_over_since_it_came_to_its_end_whatever_was_corrected_since():
    here = world(*DECLINED, ("2026-04-01", "declined"), type="correct", reason="A slip.")
    assert told(here) == ("declined", date(2026, 3, 1), None)
    here = world(*DECLINED, ("2026-04-01", "proposed"), ("2026-05-01", "declined"))
    assert told(here) == ("declined", date(2026, 5, 1), None)


def test_a_record_that_came_in_at_its_end_was_over_before():
    here = World()
    here.put("partnership", "acme", ("2026-03-01", "ended"), adopted="2020-05-05", name="Acme")
    assert told(here) == ("ended", date(2020, 5, 5), "older")


def test_days_begin_where_the_register_says():
    here = world(("2026-01-01", "active"), ("2026-03-01T23:30:00Z", "ended"), zone="Europe/Berlin")
    assert told(here) == ("ended", date(2026, 3, 2), None)


def test_an_end_that_is_called_otherwise_now_is_one():
    def renamed(data: dict[str, Any]) -> None:
        data["migrates"] = {"partnership": {"closed": "ended"}}

    moves = ("2026-01-01", "active"), ("2026-03-01", "closed"), ("2026-04-01", "ended")
    assert told(world(*moves, change=renamed)) == ("ended", date(2026, 3, 1), None)
    assert told(world(*moves)) == ("ended", date(2026, 4, 1), None)


def test_a_kind_without_stages_is_over_only_where_it_was_taken_back():
    for last, expected in (("ended", None), ("void", ("void", date(2026, 3, 1), None))):
        here = world(("2026-01-01", "active"), ("2026-03-01", last))
        here.policy = here.policy.model_copy(update={"lifecycles": {}})
        assert told(here) == expected


@pytest.mark.parametrize(
    ("moment", "known", "is_over"),
    [
        ("2026-03-01T11:59:59", False, False),
        ("2026-03-01T11:59:59", True, False),
        ("2026-03-01T12:00:00", False, False),  # of one moment: it could have been in time
        ("2026-03-01T12:00:00", True, True),  # the end stood there before
        ("2026-03-01T12:00:01", False, True),
    ],
)
def test_of_one_moment_what_stood_there_before_came_first(moment, known, is_over):
    here = world(*ENDED)
    before = here.register if known else world(ENDED[0]).register
    at = datetime.fromisoformat(f"{moment}+00:00")
    assert (was_over(here, at, before) is not None) == is_over
    assert (was_over(here, at) is not None) == (moment > "2026-03-01T12:00:00")
    assert (was_over(here, at, replace(before, records={})) is not None) == (moment > "2026-03-01T12:00:00")


def test_what_was_taken_up_again_at_the_very_moment_is_not_over():
    here = world(*DECLINED, ("2026-03-01", "proposed"))
    assert was_over(here, datetime(2026, 3, 1, 12, tzinfo=UTC), world(*DECLINED).register) is None


def test_the_clause_of_the_end():
    def cited(data: dict[str, Any]) -> None:
        data["lifecycles"]["partnership"]["stages"]["ended"]["clause"] = ["§1/notice", "§1"]

    for here, clause in (
        (world(*ENDED), None),
        (world(*ENDED, change=cited), "SMALL §1/notice, SMALL §1"),
        (world(("2026-01-01", "active"), ("2026-03-01", "void"), change=cited), None),
    ):
        found = was_over(here)
        assert found is not None
        assert found.clause == clause


def asking(where: dict[str, Any] | None = None) -> Any:
    """A policy that asks for an agreement for as long as a partnership is at its end, and for one while it is active."""

    def change(data: dict[str, Any]) -> None:
        linked = {"kind": "agreement", "in": ["draft"], **({"where": where} if where else {})}
        data["requirements"] |= {"settled": {"clause": "§1", "linked": linked, "standing": ["ended"]}}

    return change


@pytest.mark.parametrize(
    ("kind", "data", "change", "may"),
    [
        ("agreement", {}, None, False),
        ("case", {}, None, True),  # it outlives what it is about
        ("review", {"until": "2026-02-28"}, None, True),
        ("review", {"until": "2026-03-01"}, None, True),
        ("review", {"until": "2026-03-02"}, None, False),
        ("review", {"until": 20260101}, None, False),
        ("agreement", {"until": "2026-02-28"}, None, False),
        ("agreement", {}, asking(), True),
        ("review", {"until": "2026-03-02"}, asking(), False),
        ("agreement", {"type": "closing"}, asking({"type": "closing"}), True),
        ("agreement", {"type": "other"}, asking({"type": "closing"}), False),
    ],
)
def test_what_may_begin_below_what_is_over(kind, data, change, may):
    found = was_over(world(*ENDED, change=change or (lambda _data: None)))
    assert found is not None
    assert found.allows(kind, data) == may
    taken_back = was_over(
        world(("2026-01-01", "active"), ("2026-03-01", "void"), change=change or (lambda _data: None))
    )
    assert taken_back is not None
    assert not taken_back.allows(kind, data)
