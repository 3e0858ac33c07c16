"""A decision or a signature is dated no earlier than there was something to decide on: in so many words."""

from __future__ import annotations

from typing import Any

import pytest

from partnerkit.rules.too_early import said_of_what_was_there
from partnerkit.steps import Step
from tests.obligations.world import ZERO, World
from tests.rules.placed import governed_elsewhere, placed, whole

SHA = "sha256:" + "0" * 64
BINDS = {"definition": ZERO["gate"], "content": ZERO["gate"]}
DECIDED = {"record": "acme", "role": "board", "decision": "approve", "binds": BINDS}
SAID: dict[str, dict[str, Any]] = {
    "approvals": DECIDED,
    "acknowledgements": {"party": "us"},
    "signatures": {"party": "us", "document": SHA},
    "evidence": {"kind": "document"},
    "waivers": {"role": "board", "reason": "none needed", "until": "2026-12-31"},
}
LETTERS = {"approvals": "a", "acknowledgements": "k", "signatures": "s", "evidence": "e", "waivers": "w"}
MADE = (("2026-02-01", "proposed"),)
BACK = (
    ("2026-02-01", "proposed"),
    ("2026-03-01", "declined"),
    ("2026-04-01T23:30:00Z", "proposed"),
)


def said(group: str, on: str | None, number: int = 1, at: str = "2026-05-01T12:00:00Z", **more: Any) -> dict[str, Any]:
    about = {"id": f"{LETTERS[group]}-{number:012x}", "requirement": "sign-off", "at": at, "by": "p-ann"}
    return about | SAID[group] | ({"on": on} if on else {}) | more


def world(group: str, *spoken: dict[str, Any], moves: Any = MADE, adopted: str | None = None) -> World:
    here = World(zone="Europe/Berlin")
    here.put("partnership", "acme", *moves, adopted=adopted, name="Acme", **{group: list(spoken)})
    return here


def found(here: World, old: World | None = None) -> list[dict[str, Any]]:
    was, now = placed(old.register) if old else None, placed(here.register)
    return whole(said_of_what_was_there(Step(was, now), was.records["acme"] if was else None, now.records["acme"]))


def early(group: str, on: str, why: str, place: int = 0, number: int = 1) -> dict[str, Any]:
    id_ = f"{LETTERS[group]}-{number:012x}"
    return {
        "code": "statement-too-early",
        "message": f"{id_} for sign-off is dated {on}, {why}",
        "severity": "error",
        "file": "acme",
        "place": f"{group}.{place}.on",
        "record": "acme",
        "statement": id_,
        "mend": "partnerkit gates acme shows how it is made anew, with --on <day> where that is not today",
    }


NOT_THERE = "before there was acme (2026-02-01)"
WENT_BACK = "before acme went back (2026-04-02), and what was decided before that is decided anew"


@pytest.mark.parametrize("group", ["approvals", "acknowledgements", "signatures"])
def test_nobody_decides_or_signs_before_there_was_a_record(group):
    assert found(world(group, said(group, "2026-01-31"))) == [early(group, "2026-01-31", NOT_THERE)]
    assert found(world(group, said(group, "2026-02-01"))) == []
    assert found(world(group, said(group, None))) == []


@pytest.mark.parametrize("group", ["evidence", "waivers"])
def test_a_document_may_be_older_than_the_record(group):
    assert found(world(group, said(group, "2026-01-31"))) == []


def test_an_adopted_record_was_there_before_the_register_knew_it():
    assert found(world("approvals", said("approvals", "2026-01-31"), adopted="2026-01-31")) == []
    why = "before there was acme (2026-01-31)"
    spoken = said("approvals", "2026-01-30")
    assert found(world("approvals", spoken, adopted="2026-01-31")) == [early("approvals", "2026-01-30", why)]


def test_what_was_decided_before_the_record_went_back_is_decided_anew():
    def on(day: str, group: str = "approvals", at: str = "2026-05-01T12:00:00Z") -> list[dict[str, Any]]:
        return found(world(group, said(group, day, at=at), moves=BACK))

    assert on("2026-04-01") == [early("approvals", "2026-04-01", WENT_BACK)]
    assert on("2026-04-02") == []
    assert on("2026-04-01", "signatures") == []
    assert on("2026-04-01", at="2026-04-01T23:29:59Z") == []  # said before the record went back
    assert on("2026-04-01", at="2026-04-01T23:30:00Z") == [early("approvals", "2026-04-01", WENT_BACK)]
    assert on("2026-01-31") == [early("approvals", "2026-01-31", NOT_THERE)]


def test_under_no_policy_no_record_goes_back():
    here = world("approvals", said("approvals", "2026-04-01"), moves=BACK)
    assert len(found(here)) == 1
    now = governed_elsewhere(here.register, "acme")
    assert list(said_of_what_was_there(Step(None, now), None, now.records["acme"])) == []


def test_only_what_a_step_adds_is_asked_and_what_passes_hides_nothing():
    first, second = said("approvals", "2026-01-31"), said("approvals", "2026-01-30", 4)
    taken_back = {"at": "2026-05-02T12:00:00Z", "by": "p-ann", "reason": "A slip."}
    withdrawn, undated = said("approvals", "2026-01-29", 2, withdrawn=taken_back), said("approvals", None, 3)
    here, old = world("approvals", first, withdrawn, undated, second), world("approvals", first)
    assert found(here, old) == [early("approvals", "2026-01-30", NOT_THERE, 3, 4)]
    assert [one["place"] for one in found(here)] == ["approvals.0.on", "approvals.3.on"]
    assert found(here, here) == []
