"""What a decision is bound to: the fields, the evidence and the scores that stood there, and text expunged since."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from partnerkit.kinds.statements import statement_digest
from partnerkit.rules.demands.decided import rested_on
from tests.policies.fulfil import World
from tests.rules.bench import asked, missing, policy, question, register, world

BOARD = {"role": "board"}
MARKER = "expunged:x-000000000001"


def known_later(here: World, **again: Any) -> dict[str, Any]:
    """The records, where only a later version of the one that is asked lists what was expunged from it."""
    found = dict(register(here).records)
    found["subject"] = replace(found["subject"], later=({"id": "x-000000000001", **again},))
    return found


def test_text_that_was_expunged_later_takes_nothing_from_a_decision():
    here = world(policy(approval=BOARD, covers=["name"]))
    here.record["name"] = MARKER
    assert missing(here).endswith("(one of name changed since p-bob approved)")
    assert asked(here, records=known_later(here)).met
    here.record["name"] = "Another"
    assert not asked(here, records=known_later(here)).met


def resting() -> World:
    """A decision that rests on a report and a scorecard."""
    others = {"report": {"evidence": {"kinds": ["report"]}}, "card": {"scores": {"card": "fit"}}}
    data = policy(approval=BOARD, rests_on=["report", "card"], others=others)
    criteria = {"values": {"clause": "§1.1", "title": "Values"}}
    data["scorecards"] = {"fit": {"title": "Does it fit?", "criteria": criteria}}
    return world(data)


def test_a_decision_rests_on_evidence_and_scores_and_on_nothing_else():
    here = resting()
    assert rested_on(question(here)) == {}
    here.say("evidence", "e", "report", kind="report", ref="a thing")
    here.say("scores", "c", "card", marks={"values": {"score": 3, "why": "so"}})
    here.say("waivers", "w", "report", role="board", reason="in a hurry", until="2026-06-01")
    here.say("evidence", "e", "more", kind="report", ref="a thing")
    report, card = here.record["evidence"][0], here.record["scores"][0]
    now = {report["id"]: statement_digest(report), card["id"]: statement_digest(card)}
    assert rested_on(question(here)) == now
    assert missing(here).endswith("(the evidence for report, card changed since p-bob approved)")
    here.record["approvals"][0]["binds"]["evidence"] = now
    assert asked(here).met
    report["summary"] = "Something else."
    assert missing(here).endswith("(the evidence for report changed since p-bob approved)")


def test_what_was_covered_and_what_was_rested_on_is_named():
    others = {name: {"evidence": {"kinds": ["report"]}} for name in ("report", "audit")}
    more: dict[str, Any] = {"covers": ["website", "name"], "rests_on": ["report", "audit"]}
    here = world(policy(approval=BOARD, others=others, **more))
    for name in ("report", "audit"):
        here.say("evidence", "e", name, kind="report", ref="a thing")
    assert missing(here) == (
        "Missing: approval by board, 0 of 1 (the evidence for report, audit changed since p-bob approved)"
    )
    here.record["evidence"].pop(0)
    assert missing(here).endswith("(the evidence for audit changed since p-bob approved)")
    here.record["name"] = "Another"
    assert missing(here).endswith("(one of website, name changed since p-bob approved)")
