"""Records that belong to one: the whole answer, with where each stands, and the line that brings what is missing."""

from __future__ import annotations

from typing import Any

import pytest

from partnerkit.rules.question import Answer
from tests.policies.fulfil import World
from tests.rules.bench import asked, missing, policy, world
from tests.rules.whole import EVERYBODY, TOLD, lacking, note, opened

NEW = "partnerkit new agreement <title> partnership=subject"


def agreements(requirement: dict[str, Any] | None = None, /, **demand: Any) -> World:
    """A partnership that asks for an agreement in force; none is there yet."""
    data = opened(
        policy(linked={"kind": "agreement", "in": ["executed"], **demand}, **(requirement or {})), many="count"
    )
    stages = ("draft", "sent", "executed", "ended", "void")
    data["lifecycles"]["agreement"] = {
        "starts": "draft",
        "stages": {stage: {"title": stage.title()} for stage in stages},
        "transitions": [
            {"from": "draft", "to": "sent"},
            {"from": "sent", "to": "draft"},
            {"from": "sent", "to": "executed", "when": {"title": {"not": "Never"}}},
            {"from": ["draft", "executed"], "to": "ended"},
        ],
    }
    here = world(data)
    here.linked.clear()
    return here


def add(here: World, record_id: str, stage: str, *, at: str = "2026-05-01T12:00:00Z", **fields: Any) -> dict[str, Any]:
    """One more agreement of the partnership."""
    other = {**here.made("agreement", record_id, stage), "partnership": "subject", **fields}
    other["history"][0]["at"] = at
    here.linked.append(other)
    return other


def test_an_agreement_that_is_not_there_is_told_whole():
    words = "Missing: agreement in executed (there is none)"
    assert asked(agreements()) == Answer(False, words, people=EVERYBODY, command=NEW)
    assert asked(agreements(TOLD, **{"at-least": "$many"})) == lacking(f"Do it. {words}", NEW, note("many"))
    either = agreements(**{"in": ["sent", "executed"]})
    assert missing(either) == "Missing: agreement in sent or executed (there is none)"


@pytest.mark.parametrize(
    ("stage", "fields", "way"),
    [
        ("draft", {}, True),
        ("sent", {}, True),
        ("ended", {}, False),
        ("draft", {"title": "Never"}, False),  # the way there is none for it
    ],
)
def test_an_agreement_on_its_way_is_brought_there_and_where_none_leads_another_is_made(stage, fields, way):
    for every in (False, True):
        here = agreements(TOLD, all=every)
        add(here, "one", stage, **fields)
        line = "partnerkit gates one" if way or every else NEW
        assert asked(here) == lacking(f"Do it. Missing: agreement in executed (one is in {stage})", line)


def test_of_several_the_last_that_is_on_its_way_is_brought_there():
    here = agreements(**{"at-least": 2})
    for record_id, stage in (("a", "draft"), ("b", "executed"), ("c", "sent"), ("d", "ended")):
        add(here, record_id, stage)
    given = asked(here)
    assert given.missing == "Missing: agreement in executed (a is in draft, c is in sent, d is in ended)"
    assert given.command == "partnerkit gates c"
    add(here, "e", "executed")
    assert asked(here) == Answer(met=True, relies_on=["b", "e"])


def test_where_all_must_stand_there_one_that_does_not_is_enough():
    here = agreements(all=True)
    add(here, "a", "executed")
    assert asked(here) == Answer(met=True, relies_on=["a"])
    add(here, "b", "ended")
    given = asked(here)
    assert given.missing == "Missing: agreement in executed (b is in ended)"
    assert given.command == "partnerkit gates b"
    here.linked.clear()
    assert not asked(here).met, "none is not all"


def test_none_is_enough_where_none_is_asked_for():
    here = agreements(**{"at-least": 0, "all": True})
    assert asked(here) == Answer(met=True)
    add(here, "a", "draft")
    assert not asked(here).met


def test_what_is_void_not_there_yet_or_anothers_is_none():
    here = agreements()
    add(here, "gone", "void")
    add(here, "later", "executed", at="2026-06-02T12:00:00Z")
    add(here, "other", "executed", partnership="another")
    assert missing(here) == "Missing: agreement in executed (there is none)"


def test_what_was_adopted_counts_and_that_is_said():
    here = agreements(**{"at-least": "$many"})
    for record_id in ("a", "b"):
        add(here, record_id, "executed")["history"][0] |= {"type": "adopt", "since": "2024-01-01", "reason": "older"}
    add(here, "c", "executed")
    words = "was adopted as it stood, and never judged under the policy"
    notes = [note("many"), f"a {words}", f"b {words}"]
    assert asked(here) == Answer(met=True, relies_on=["a", "b", "c"], notes=notes)


@pytest.mark.parametrize(
    ("demand", "fields", "why", "line"),
    [
        ({"until": "ends"}, {"ends": "2026-06-01"}, None, None),
        ({"until": "ends"}, {"ends": "2026-05-31"}, "and its last day was 2026-05-31", NEW),
        ({"until": "ends"}, {}, None, None),
        ({"from": "starts"}, {"starts": "2026-06-01"}, None, None),
        ({"from": "starts"}, {"starts": "2026-06-02"}, "and its first day is 2026-06-02", None),
        ({"from": "starts"}, {}, None, None),
        ({}, {"starts": "2026-06-02", "ends": "2026-06-03"}, None, None),
        ({}, {"ends": "2026-05-31"}, None, None),
    ],
)
def test_an_agreement_counts_from_its_first_day_to_its_last(demand, fields, why, line):
    here = agreements(TOLD, **demand)
    add(here, "one", "executed", **fields)
    words = f"Do it. Missing: agreement in executed (one is in executed, {why})"
    assert asked(here) == (lacking(words, line) if why else Answer(met=True, relies_on=["one"]))


def test_what_only_time_brings_does_not_hide_what_somebody_can_bring():
    here = agreements(**{"from": "starts", "until": "ends"})
    add(here, "ahead", "executed", starts="2026-06-02")
    add(here, "draft", "draft")
    given = asked(here)
    assert given.missing == (
        "Missing: agreement in executed (ahead is in executed, and its first day is 2026-06-02, draft is in draft)"
    )
    assert given.command == "partnerkit gates draft"
    here.linked[1]["ends"] = "2026-05-31"
    given = asked(here)
    assert given.missing is not None
    assert given.missing.endswith("draft is in draft, and its last day was 2026-05-31)")
    assert given.command is None, "time brings the other"


def test_a_draft_whose_first_day_is_to_come_is_on_its_way():
    here = agreements(**{"from": "starts"})
    add(here, "draft", "draft", starts="2026-06-02")
    given = asked(here)
    assert (given.missing, given.command) == (
        "Missing: agreement in executed (draft is in draft)",
        "partnerkit gates draft",
    )


@pytest.mark.parametrize(("at", "late"), [("2026-04-01T12:00:00Z", False), ("2026-04-01T12:00:01Z", True)])
def test_where_it_is_asked_for_anew_only_what_came_since_counts(at, late):
    here = agreements(TOLD, anew=True)
    here.record["history"][-1]["at"] = at
    add(here, "one", "executed", at="2026-04-01T12:00:00Z")
    words = "Do it. Missing: agreement in executed (one is in executed, and was before subject came here)"
    assert asked(here) == (lacking(words, NEW) if late else Answer(met=True, relies_on=["one"]))
    again = agreements()
    again.record["history"][-1]["at"] = at
    add(again, "one", "executed", at="2026-04-01T12:00:00Z")
    assert asked(again).met, "not asked for anew"


def reviews(**where: Any) -> World:
    """A partnership that asks for a review of a sort."""
    data = policy(linked={"kind": "review", "in": ["done"], **({"where": where} if where else {})})
    data["lifecycles"]["review"] = {
        "starts": "draft",
        "stages": {"draft": {"title": "Draft"}, "done": {"title": "Done"}},
        "transitions": [{"from": "draft", "to": "done"}],
    }
    here = world(data)
    here.linked.clear()
    return here


def test_a_record_that_is_made_gets_the_sort_that_counts_and_what_its_kind_needs():
    dates = "from=<review.from> until=<review.until>"
    assert asked(reviews()).command == f"partnerkit new review <title> of=subject rhythm=<review.rhythm> {dates}"
    here = reviews(rhythm="monthly", conclusion={"is": ["adjust", "end"]})
    assert asked(here).command == f"partnerkit new review <title> of=subject conclusion=adjust rhythm=monthly {dates}"
    for record_id, rhythm in (("a", "weekly"), ("b", "monthly")):
        other = here.made("review", record_id, "done")
        here.linked.append({**other, "of": "subject", "rhythm": rhythm, "conclusion": "end"})
    assert asked(here).relies_on == ["b"]
    here.linked.pop()
    assert missing(here) == "Missing: review in done (there is none)"
