"""Periods and scorecards: the whole answer, with what is missing, why, and the line that supplies it."""

from __future__ import annotations

from typing import Any

import pytest

from partnerkit.rules.question import Answer
from tests.policies.fulfil import World
from tests.rules.bench import asked, missing, moved, policy, world
from tests.rules.whole import TOLD, lacking, note, opened

ONE, TWO = "e-000000000001", "e-000000000002"
ADD = "partnerkit add subject more"


def opened_and_closed(**more: Any) -> World:
    """Open since 1 May, to be open for a fortnight, and closed on the last day of it."""
    here = world(opened(policy(period={"open-for": "P14D"}, **more), span="duration"))
    here.record["evidence"][1]["on"] = "2026-05-15"
    assert asked(here).uses == [ONE, TWO]
    return here


def test_a_period_that_was_not_opened_or_closed_is_told_whole():
    here = opened_and_closed(**TOLD)
    opening, _closing = here.record["evidence"]
    here.record["evidence"] = [opening]
    closing = f"{ADD} kind=closed summary=<summary>"
    assert asked(here) == lacking("open since 2026-05-01 and not closed with a summary", closing)
    opening["on"] = "2026-05-18"  # until this very day
    assert asked(here) == lacking("open since 2026-05-18 and not closed with a summary", closing)
    opening["on"] = "2026-05-19"
    assert asked(here) == lacking("open since 2026-05-19; it must stay open until 2026-06-02", None)
    here.record["evidence"] = []
    assert asked(here) == lacking("Do it. Missing: it has not been opened", f"{ADD} <file-or-link> kind=opened")
    here = opened_and_closed()
    here.record["evidence"].pop(0)
    assert missing(here) == "Missing: it has not been opened", "closed, and never opened"


def test_what_was_closed_too_early_is_told_with_the_line_that_closes_it():
    here = opened_and_closed(**TOLD)
    here.record["evidence"][1]["on"] = "2026-05-14"
    words = "it was closed on 2026-05-14, before it had been open until 2026-05-15"
    assert asked(here) == lacking(words, f"{ADD} kind=closed summary=<summary>")
    here.say("evidence", "e", "more", kind="closed", summary="again", on="2026-05-16")
    assert asked(here) == Answer(met=True, uses=[ONE, "e-000000000003"])


@pytest.mark.parametrize(("ends", "met"), [("summary", False), ("nothing", True)])
def test_a_period_is_closed_with_a_summary_unless_the_policy_spares_it(ends, met):
    here = world(policy(period={"open-for": "P14D", "closes-with": ends}, **TOLD))
    here.record["evidence"][1]["on"] = "2026-05-15"
    del here.record["evidence"][1]["summary"]
    assert asked(here).met == met
    here.record["evidence"][1]["summary"] = "in words"
    assert asked(here).met
    here.record["evidence"].pop()
    words = "open since 2026-05-01 and not closed"
    line = f"{ADD} kind=closed summary=<summary>"
    assert asked(here) == lacking(words if met else f"{words} with a summary", line)


def test_a_closing_dated_on_a_day_to_come_closes_nothing():
    here = opened_and_closed()
    here.record["evidence"][1]["on"] = "2026-06-01"
    assert asked(here).met
    here.record["evidence"][1]["on"] = "2026-06-02"
    assert missing(here) == "open since 2026-05-01 and not closed with a summary"


def test_the_latest_opening_counts_and_the_latest_closing():
    here = opened_and_closed()
    here.say("evidence", "e", "more", kind="closed", summary="again", on="2026-05-20")
    assert asked(here).uses == [ONE, "e-000000000003"]
    here.say("evidence", "e", "more", kind="opened", ref="again", on="2026-05-10")
    assert missing(here) == "it was closed on 2026-05-20, before it had been open until 2026-05-24"


def test_a_period_of_which_nobody_has_said_how_long_is_closed_at_once():
    here = world(opened(policy(period={"open-for": "$span"}, **TOLD), span="duration"))
    assert asked(here) == Answer(met=True, uses=[ONE, TWO], notes=[note("span")])
    here.record["evidence"].pop()
    line = f"{ADD} kind=closed summary=<summary>"
    assert asked(here) == lacking("open since 2026-05-01 and not closed with a summary", line, note("span"))
    here.record["evidence"][0]["on"] = "2026-06-02"
    words = "open since 2026-06-02; it must stay open until 2026-06-02"
    assert asked(here) == lacking(words, None, note("span"))
    here.record["evidence"] = []
    line = f"{ADD} <file-or-link> kind=opened"
    assert asked(here) == lacking("Do it. Missing: it has not been opened", line, note("span"))


def test_nothing_was_open_before_there_was_a_record():
    here = opened_and_closed(**TOLD)
    opening, closing = here.record["evidence"]
    opening["on"], closing["on"] = "2025-02-28", "2025-03-14"
    words = (
        "it was closed on 2025-03-14, before it had been open until 2025-03-15 "
        f"({ONE} says 2025-02-28, but the record is there since 2025-03-01: that day counts)"
    )
    assert asked(here) == lacking(words, f"{ADD} kind=closed summary=<summary>")
    closing["on"] = "2025-03-15"
    assert asked(here).met
    opening["on"], closing["on"] = "2025-03-01", "2025-03-14"
    assert missing(here) == "it was closed on 2025-03-14, before it had been open until 2025-03-15"


def test_what_was_open_before_the_record_went_back_is_opened_anew():
    here = opened_and_closed()
    moved(here, "active", at="2026-05-16T12:00:00Z")
    moved(here, "proposed", at="2026-05-17T12:00:00Z")
    assert missing(here) == "Missing: what was open before subject went back does not count: it is opened anew"
    here.say("evidence", "e", "more", kind="opened", ref="again", at="2026-05-18T12:00:00Z")
    assert missing(here) == "open since 2026-05-18 and not closed with a summary"


def card(points_only: bool = False, **more: Any) -> World:
    data = opened(policy(scores={"card": "fit", "minimum": "$least"}, **more), least="count")
    criteria = {
        name: {"clause": "§1.1", "title": name.title(), "points-only": points_only} for name in ("values", "manner")
    }
    data["scorecards"] = {"fit": {"title": "Does it fit?", "criteria": criteria}}
    return world(data)


def test_a_scorecard_that_does_not_serve_is_told_whole():
    here = card(**TOLD)
    line = f"{ADD} <scores>"
    assert asked(here) == Answer(met=True, uses=["c-000000000001"], notes=[note("least")])
    marks = here.record["scores"][0]["marks"]
    here.data["variables"]["least"]["value"] = 7
    here.policy = type(here.policy).model_validate(here.data)
    assert asked(here) == lacking("the scores add up to 6, and 7 are needed", line)
    here.data["variables"]["least"]["value"] = None
    here.policy = type(here.policy).model_validate(here.data)
    del marks["values"]["why"], marks["manner"]["why"]
    reasons = "values: the reason is missing; manner: the reason is missing"
    words = f"the scorecard c-000000000001 does not serve ({reasons})"
    assert asked(here) == lacking(words, line, note("least"))
    here.say("scores", "c", "more", marks={"other": {"score": 3, "why": "so"}})
    words = "the scorecard c-000000000002 lacks values, manner"
    assert asked(here) == lacking(words, line, note("least")), "the latest card counts"
    here.record["scores"] = []
    words = "Missing: the scorecard “Does it fit?” (2 criteria)"
    assert asked(here) == lacking(words, line, note("least"))


def test_a_scorecard_dated_on_a_day_to_come_is_none_yet():
    here = card()
    here.record["scores"][0]["on"] = "2026-06-01"
    assert asked(here).met
    here.say("scores", "c", "more", marks={"values": {"score": 3, "why": "so"}}, on="2026-06-02")
    assert asked(here).uses == ["c-000000000001"], "the latest that there is"
    here.record["scores"].pop(0)
    assert missing(here) == "Missing: the scorecard “Does it fit?” (2 criteria)"


def test_a_criterion_that_does_not_apply_adds_nothing():
    here = card()
    here.data["requirements"]["more"]["scores"]["minimum"] = 3
    here.policy = type(here.policy).model_validate(here.data)
    here.record["scores"][0]["marks"]["values"] = {"not-applicable": True, "why": "They are few."}
    assert asked(here) == Answer(met=True, uses=["c-000000000001"])


def test_where_a_person_is_judged_no_words_are_written():
    here = card(points_only=True)
    assert asked(here).met
    here.record["scores"][0]["marks"]["manner"]["why"] = "so"
    assert missing(here) == (
        "the scorecard c-000000000001 does not serve "
        "(manner: it judges a person: points only, words about people stay out of the register)"
    )
