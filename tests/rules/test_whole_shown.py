"""Evidence: the whole answer, with what is missing, why, and the line that supplies it."""

from __future__ import annotations

from typing import Any

import pytest

from partnerkit.rules.question import Answer
from tests.policies.fulfil import World
from tests.rules.bench import asked, missing, policy, world
from tests.rules.whole import EVERYBODY, TOLD, lacking, note, opened

ONE, TWO = "e-000000000001", "e-000000000002"
ADD = "partnerkit add subject more"


def shown(requirement: dict[str, Any] | None = None, /, **demand: Any) -> World:
    return world(policy(evidence={"kinds": ["report"], **demand}, **(requirement or {})))


def bare(requirement: dict[str, Any] | None = None, /, **demand: Any) -> World:
    here = shown(requirement, **demand)
    here.record["evidence"] = []
    return here


@pytest.mark.parametrize(
    ("demand", "words", "rest"),
    [
        ({}, "report", "<file-or-link>"),
        ({"kinds": ["report", "link"]}, "report or link", "<file-or-link>"),
        ({"kinds": ["report", "link", "minutes"]}, "report, link or minutes", "<file-or-link>"),
        ({"at-least": 2}, "2 more of 2 (report)", "<file-or-link>"),
        ({"with-digest": True}, "report", "<document>"),
        ({"outcomes": ["pass"]}, "report, with the outcome pass", "<file-or-link> outcome=pass"),
        (
            {"outcomes": ["pass", "conditions", "done"]},
            "report, with the outcome pass, conditions or done",
            "<file-or-link> outcome=<outcome>",
        ),
        (
            {"outcomes": ["pass", "done"], "not-needed": True},
            "report, with the outcome pass or done; or outcome=not-needed with a summary= that says why",
            "<file-or-link> outcome=<outcome>",
        ),
    ],
)
def test_evidence_that_is_missing_is_told_whole(demand, words, rest):
    assert asked(bare(TOLD, **demand)) == lacking(f"Do it. Missing: {words}", f"{ADD} {rest}")
    assert asked(bare(**demand)) == Answer(False, f"Missing: {words}", people=EVERYBODY, command=f"{ADD} {rest}")


def test_evidence_says_what_the_policy_leaves_open():
    open_ = opened(policy(evidence={"kinds": ["report"], "at-least": "$many", "fresh-for": "$span"}, **TOLD))
    here = world(opened(open_, many="count", span="duration"))
    notes = [note("many"), note("span")]
    assert asked(here) == Answer(met=True, uses=[ONE], notes=notes)
    here.record["evidence"] = []
    assert asked(here) == lacking("Do it. Missing: report", f"{ADD} <file-or-link>", *notes)


def test_so_many_more_are_missing_and_every_reason_is_told():
    here = shown(**{"at-least": 3})
    assert asked(here).uses == [ONE, TWO, "e-000000000003"]
    first, second, third = here.record["evidence"]
    first["kind"], second["on"] = "essay", "2026-06-02"
    assert missing(here) == (
        "Missing: 2 more of 3 (report) (e-000000000001 is an essay, not a report; "
        "e-000000000002 is dated 2026-06-02, which is still to come)"
    )
    third["kind"] = "poem"
    assert missing(here).startswith("Missing: 3 more of 3 (report) (")


def test_a_kind_that_does_not_serve_is_told_beside_those_that_do():
    here = shown(kinds=["essay", "report"])
    here.record["evidence"][0]["kind"] = "poem"
    assert missing(here) == "Missing: essay or report (e-000000000001 is a poem, not an essay or report)"


@pytest.mark.parametrize(
    ("demand", "said"),
    [
        ({}, {"on": "2026-06-01"}),
        ({}, {"valid-until": "2026-06-01"}),
        ({"fresh-for": "P30D"}, {"on": "2026-05-02"}),
        ({"outcomes": ["pass", "done"]}, {"outcome": "done"}),
        ({"not-needed": True, "at-least": 2}, {"outcome": "not-needed", "summary": "A charity.", "kind": "poem"}),
    ],
)
def test_what_serves_to_the_very_boundary(demand, said):
    here = shown(**demand)
    here.record["evidence"] = [{**here.record["evidence"][0], **said}]
    assert asked(here) == Answer(met=True, uses=[ONE])


def test_an_outcome_that_is_not_stated_does_not_serve():
    here = shown(outcomes=["pass", "done"])
    del here.record["evidence"][0]["outcome"]
    assert missing(here).endswith(" (e-000000000001 has the outcome unstated, wanted is pass or done)")


def results(first: dict[str, Any], then: dict[str, Any], **demand: Any) -> World:
    """Two pieces, each with what it says."""
    here = shown(outcomes=["pass"], **demand)
    here.record["evidence"][0] |= first
    here.say("evidence", "e", "more", **{"kind": "report", "ref": "a thing", **then})
    return here


PASS, FAIL, NONE = {"outcome": "pass"}, {"outcome": "fail"}, {"outcome": "not-needed", "summary": "A charity."}
NEWER = "and it is newer than e-000000000001: the latest finding counts"


@pytest.mark.parametrize(
    ("first", "then", "met"),
    [
        (PASS, FAIL, False),  # of one moment, the one that stands later in the file
        (FAIL, PASS, True),
        (PASS, {**FAIL, "at": "2026-05-01T11:59:59Z"}, True),
        (PASS, {**FAIL, "on": "2026-04-30"}, True),
        ({**PASS, "on": "2026-05-02"}, {**FAIL, "at": "2026-05-02T12:00:00Z"}, False),  # of one day
        (PASS, NONE, True),  # says nothing against it
        ({**PASS, "on": "2026-05-02"}, FAIL, True),
        (PASS, {"kind": "poem"}, True),  # says nothing of how it came out
    ],
)
def test_which_of_two_findings_is_the_latest(first, then, met):
    here = results(first, then)
    assert asked(here).met == met
    if not met:
        assert missing(here) == (
            f"Missing: report, with the outcome pass (e-000000000002 has the outcome fail, wanted is pass, {NEWER})"
        )


def test_of_several_findings_the_newest_on_either_side_are_compared():
    here = results(PASS, FAIL)
    here.say("evidence", "e", "more", kind="report", ref="a thing", outcome="fail")
    assert missing(here).endswith(
        "(e-000000000002 has the outcome fail, wanted is pass; "
        f"e-000000000003 has the outcome fail, wanted is pass, {NEWER})"
    )
    here.say("evidence", "e", "more", kind="report", ref="a thing", outcome="pass")
    assert asked(here).uses == [ONE, "e-000000000004"]


def test_where_any_outcome_serves_a_bad_one_outweighs_nothing():
    here = shown()
    here.say("evidence", "e", "more", kind="report", ref="a thing", outcome="fail")
    assert asked(here).uses == [ONE, TWO]


def test_where_several_are_wanted_each_counts_for_itself():
    here = shown(outcomes=["pass"], **{"at-least": 2})
    here.say("evidence", "e", "more", kind="report", ref="a thing", outcome="fail")
    assert asked(here) == Answer(met=True, uses=[ONE, TWO])


def test_where_only_one_may_stand_it_is_told_whole_which_goes():
    demand = {"kinds": ["report"], "single": True, "fresh-for": "$span"}
    here = world(opened(policy(evidence=demand, **TOLD), span="duration"))
    assert asked(here) == Answer(met=True, uses=[ONE], notes=[note("span")])
    here.say("evidence", "e", "more", kind="report", ref="another")
    words = "2 pieces stand, and only one may: withdraw what no longer counts"
    line = "{} withdraw={} --reason <reason>"
    assert asked(here) == lacking(words, line.format(ADD, ONE), note("span"))
    here.record["evidence"][1]["kind"] = "poem"
    assert asked(here).command == line.format(ADD, TWO), "the one that does not serve goes first"
    here.record["evidence"][0]["kind"] = "poem"
    assert missing(here).startswith("Do it. Missing: report ("), "none of them serves"
