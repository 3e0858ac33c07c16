"""Days that say that something happened, and are still to come; and what is finished before its time is over."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from partnerkit.rules.look import Look
from partnerkit.rules.to_come import (
    days_come_in_order,
    days_stand_in_order,
    nothing_happened_ahead,
    nothing_stands_ahead,
)
from partnerkit.steps import Step
from tests.obligations.world import World
from tests.rules.placed import governed_elsewhere, placed, whole

TODAY = datetime(2026, 6, 1, 12, tzinfo=UTC)
SHOWN = "say it once that day has come; partnerkit show {} shows what stands there"


def acme(**fields: Any) -> World:
    here = World(zone="Europe/Berlin")
    here.acme(**fields)
    return here


def said(on: str, **more: Any) -> dict[str, Any]:
    return {"on": on, "kind": "word", "summary": "We spoke.", **more}


def step(new: World, old: World | None = None, at: datetime | None = TODAY) -> Step:
    return Step(placed(old.register) if old else None, placed(new.register), at)


def found(new: World, old: World | None = None, at: datetime | None = TODAY) -> list[dict[str, Any]]:
    return whole(nothing_happened_ahead(step(new, old, at), None))


def ahead(where: str, day: str, place: str, record: str = "acme") -> dict[str, Any]:
    return {
        "code": "day-to-come",
        "message": f"{where} of {record} is {day}, which is still to come on 2026-06-01: it says what has happened",
        "severity": "error",
        "file": record,
        "place": place,
        "record": record,
        "mend": SHOWN.format(record),
    }


@pytest.mark.parametrize(
    ("fields", "where", "place"),
    [
        ({"communications": [said("2026-01-05"), said("{}")]}, "communications.1.on", "communications.1.on"),
        (
            {"termination": {"trigger": "other", "effective": "2026-12-31", "notice-given": "{}"}},
            "termination.notice-given",
            "termination.notice-given",
        ),
        (
            {"actions": [{"id": "a1", "text": "Do.", "owner": "p-ann", "done": "{}"}]},
            "actions.a1.done",
            "actions.0.done",
        ),
        ({"roadmap": [{"text": "Go."}, {"text": "On.", "done": "{}"}]}, "roadmap.1.done", "roadmap.1.done"),
    ],
)
def test_what_is_said_to_have_happened_has_come(fields, where, place):
    def on(day: str) -> World:
        return acme(**_with(fields, day))

    assert found(on("2026-06-02")) == found(on("2026-06-02"), acme()) == [ahead(where, "2026-06-02", place)]
    assert found(on("2026-06-03"), on("2026-06-02")) == [ahead(where, "2026-06-03", place)]
    assert found(on("2026-06-01")) == []
    assert found(on("2026-06-02"), on("2026-06-02")) == []


def _with(value: Any, day: str) -> Any:
    """The value with a day in its open place."""
    if isinstance(value, dict):
        return {key: _with(part, day) for key, part in value.items()}
    if isinstance(value, list):
        return [_with(part, day) for part in value]
    return value.format(day)


def test_a_day_of_the_record_itself_has_come():
    here = World()
    here.pair(introduced="2026-06-02")
    assert found(here) == [ahead("introduced", "2026-06-02", "introduced", "pair")]


def test_a_day_within_a_list_of_a_list_is_found_at_the_outer_one():
    day = {"type": "day", "clause": "§1/roadmap", "title": "When.", "happened": True}
    visits = {"type": "items", "clause": "§1/roadmap", "title": "Visits.", "fields": {"seen": day}}
    here = World(lambda data: data["fields"]["partnership"].update({"activities.visits": visits}))
    activity = {"on": "2026-01-05", "kind": "event", "title": "Fair"}
    here.acme(activities=[activity, {**activity, "visits": [{"seen": "2026-05-01"}, {"seen": "2026-06-02"}]}])
    assert found(here) == [ahead("activities.1.visits.1.seen", "2026-06-02", "activities")]


def test_each_day_to_come_is_told_and_what_stood_there_is_not():
    old = acme(communications=[said("2026-07-01")])
    new = acme(communications=[said("2026-07-01", summary="They spoke."), said("2026-08-01"), said("2026-07-02")])
    assert [(one["message"].split(" of ")[0], one["place"]) for one in found(new, old)] == [
        ("communications.1.on", "communications.1.on"),
        ("communications.2.on", "communications.2.on"),
    ]


def test_the_day_of_the_landing_begins_where_the_register_says():
    late = acme(communications=[said("2026-06-02")])
    assert found(late, at=datetime(2026, 6, 1, 22, 30, tzinfo=UTC)) == []
    assert len(found(late, at=datetime(2026, 6, 1, 21, 30, tzinfo=UTC))) == 1


def test_what_has_not_landed_or_is_gone_is_not_asked():
    late = acme(communications=[said("2026-06-02")])
    assert found(late, at=None) == []
    assert found(World(), late) == []
    elsewhere = governed_elsewhere(late.register, "acme")
    assert list(nothing_happened_ahead(Step(None, elsewhere, TODAY), None)) == []
    assert list(nothing_happened_ahead(step(late), {"other"})) == []
    assert len(list(nothing_happened_ahead(step(late), {"acme"}))) == 1


def test_what_is_gone_or_governed_elsewhere_hides_nothing_that_follows():
    old = World(zone="Europe/Berlin")
    old.put("partnership", "aaa", ("2026-01-01", "active"), name="Gone")
    new = acme(communications=[said("2026-06-02")])
    new.put("partnership", "abc", ("2026-01-01", "active"), name="Elsewhere")
    judged = Step(old.register, governed_elsewhere(new.register, "abc"), TODAY)
    assert [one.record for one in nothing_happened_ahead(judged, None)] == ["acme"]


def reviewed(ends: str, stage: str = "done", kind: str = "review", **fields: Any) -> World:
    here = World()
    here.acme()
    moves = [("2026-05-20", "draft"), ("2026-05-21", stage)]
    here.review("look-back", "2026-05-01", ends, *moves[: 1 if stage == "draft" else 2], **fields)
    return here


def too_soon(last: str) -> dict[str, Any]:
    return {
        "code": "period-not-over",
        "message": f"look-back speaks of the time up to {last}, which is not over on 2026-06-01: it cannot be finished yet",
        "severity": "error",
        "file": "look-back",
        "place": "until",
        "record": "look-back",
        "mend": "finish it once that day has come, or let it speak of a shorter time: "
        "partnerkit set look-back until=<day>",
    }


def test_what_speaks_of_a_time_is_finished_once_that_is_over():
    assert found(reviewed("2026-06-02")) == [too_soon("2026-06-02")]
    assert found(reviewed("2026-06-01")) == []
    assert found(reviewed("2026-06-02", "draft")) == []
    assert found(reviewed("2026-06-02", "dropped")) == []


def test_what_was_finished_before_is_asked_again_only_of_another_time():
    assert found(reviewed("2026-06-02"), reviewed("2026-06-02", "draft")) == [too_soon("2026-06-02")]
    assert found(reviewed("2026-06-03"), reviewed("2026-06-02")) == [too_soon("2026-06-03")]
    assert found(reviewed("2026-06-02", title="Again"), reviewed("2026-06-02")) == []


def test_a_kind_without_stages_is_never_finished():
    here = reviewed("2026-06-02")
    lifecycles = {kind: one for kind, one in here.policy.lifecycles.items() if kind != "review"}
    here.policy = here.policy.model_copy(update={"lifecycles": lifecycles})
    assert found(here) == []


def stands(here: World, id_: str, latest: datetime = TODAY) -> list[dict[str, Any]]:
    register = placed(here.register)
    long_ago = datetime(2020, 1, 1, tzinfo=UTC)
    return whole(
        nothing_stands_ahead(Look(register.records[id_], register, register.policies["SMALL"], long_ago, latest))
    )


def test_what_stands_ahead_of_its_day_is_told_until_it_has_come():
    told = ahead("communications.0.on", "2026-06-02", "communications.0.on") | {"severity": "warning"}
    here = acme(communications=[said("2026-06-02")])
    assert stands(here, "acme") == [told]
    assert stands(here, "acme", datetime(2026, 6, 1, 22, 30, tzinfo=UTC)) == []
    assert stands(reviewed("2026-06-02"), "look-back") == [too_soon("2026-06-02") | {"severity": "warning"}]
    assert stands(reviewed("2026-06-02"), "look-back", datetime(2026, 6, 2, 12, tzinfo=UTC)) == []


def applied(**fields: Any) -> World:
    here = World()
    days = {"applied": "2026-02-01", "member-since": "2026-02-02"} | fields
    here.put(
        "application", "one", ("2026-02-03", "applied"), title="One", applicant="p-ada", **{"as": "mentor"}, **days
    )
    return here


def turned_round(severity: str = "error") -> dict[str, Any]:
    return {
        "code": "days-out-of-order",
        "message": "member-since of one is 2026-02-02, after applied (2026-02-01): it was before that, or that was later",
        "severity": severity,
        "file": "one",
        "place": "member-since",
        "record": "one",
        "mend": "partnerkit set one member-since=<member-since>",
    }


def in_order(new: World, old: World | None = None, only: set[str] | None = None) -> list[dict[str, Any]]:
    return whole(days_come_in_order(step(new, old), only))


def test_days_of_which_one_comes_first_stand_in_that_order():
    wrong = applied()
    assert in_order(wrong) == [turned_round()]
    assert in_order(applied(**{"member-since": "2026-02-01"})) == []
    assert in_order(applied(**{"member-since": None})) == []
    assert in_order(wrong, applied()) == [], "it stood there before"
    assert in_order(wrong, applied(applied="2026-02-03")) == [turned_round()]
    assert in_order(wrong, applied(**{"member-since": "2025-01-01"})) == [turned_round()]
    assert (in_order(wrong, only={"other"}), in_order(World(), wrong)) == ([], [])


def test_days_that_landed_the_wrong_way_round_are_told():
    register = placed(applied().register)
    record = register.records["one"]
    policy = register.policies["SMALL"]
    look = Look(record, register, policy, TODAY, TODAY)
    assert whole(days_stand_in_order(look)) == [turned_round("warning")]
