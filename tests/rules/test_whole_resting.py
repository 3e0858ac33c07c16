"""What passed gates rest on stays, and a record belongs where it was made: whole findings."""

from __future__ import annotations

import copy
from dataclasses import replace
from typing import Any

import pytest

from partnerkit.findings import Finding
from partnerkit.kinds.statements import statement_digest
from partnerkit.policies.policy import Policy
from partnerkit.register import PolicyFile, RecordFile
from partnerkit.rules.resting import evidence_stays, signed_stays
from partnerkit.rules.restored import field_was
from partnerkit.rules.staying import belonging_stays
from tests.policies.fulfil import World
from tests.rules.bench import moved, policy, register, under, world
from tests.rules.whole import by_keys, told

TAKEN = {"at": "2026-05-20T12:00:00Z", "by": "p-bob", "reason": "A slip."}


def now(here: World) -> RecordFile:
    """The record as it is at this moment, of which every place is told by its keys."""
    found = register(here).records["subject"]
    return replace(found, data=copy.deepcopy(found.data), place=by_keys)


def source(here: World) -> PolicyFile:
    return under(here, here.data)


def rested(**more: Any) -> World:
    """A partnership that is active by a decision that rests on a report and a scorecard."""
    others = {"report": {"evidence": {"kinds": ["report"], **more}}, "card": {"scores": {"card": "fit"}}}
    data = policy(approval={"role": "board"}, clause=["§1.1", "§1.2"], rests_on=["report", "card"], others=others)
    data["scorecards"] = {"fit": {"title": "Fit?", "criteria": {"values": {"clause": "§1.1", "title": "Values"}}}}
    here = world(data)
    here.say("evidence", "e", "report", kind="report", ref="a thing")
    here.say("scores", "c", "card", marks=MARKS)
    rests = {one["id"]: statement_digest(one) for one in (here.record["evidence"][0], here.record["scores"][0])}
    here.record["approvals"][0]["binds"]["evidence"] = rests
    moved(here, "active", uses=["a-000000000001"], id="b" * 16)
    return here


MARKS = {"values": {"score": 3, "why": "so"}}


def changed(said: str, name: str, *keys: str | int, clause: str | None = "SMALL §1.1, SMALL §1.2") -> Finding:
    message = (
        f"{said} for {name}: the approval a-000000000001 of more rests on what was there when subject passed its gate, "
        "and binds until it goes back behind it"
    )
    mend = "partnerkit gates subject"
    return told("rested-on-changed", message, *keys, mend=mend, clause=clause, sealed="b" * 16)


def test_what_a_decision_rests_on_neither_grows_nor_goes():
    here = rested()
    old = now(here)
    assert list(evidence_stays(old, now(here), source(here))) == []
    here.record["evidence"][0]["withdrawn"] = TAKEN
    here.say("waivers", "w", "report", role="board", reason="in a hurry", until="2026-06-01")
    here.say("evidence", "e", "other", kind="report", ref="a thing")
    here.say("evidence", "e", "report", kind="report", ref="another")
    here.say("scores", "c", "card", marks=MARKS)
    reports, cards = here.record["evidence"], here.record["scores"]
    assert list(evidence_stays(old, now(here), source(here))) == [
        changed(reports[0]["id"], "report", "evidence", 0),
        changed(reports[2]["id"], "report", "evidence", 2),
        changed(cards[1]["id"], "card", "scores", 1),
    ]
    assert list(evidence_stays(now(here), now(here), source(here))) == []


def test_what_ages_may_be_shown_anew_and_the_rest_is_looked_at():
    here = rested(**{"fresh-for": "P1Y"})
    old = now(here)
    here.say("evidence", "e", "report", kind="report", ref="another", at="2026-05-20T12:00:00Z")
    assert list(evidence_stays(old, now(here), source(here))) == []
    here.say("evidence", "e", "report", kind="report", ref="another")
    late = here.record["evidence"][2]["id"]
    assert list(evidence_stays(old, now(here), source(here))) == [changed(late, "report", "evidence", 2)]


def test_only_the_decisions_that_opened_the_gate_bind():
    here = rested()
    first = here.record["approvals"][0]
    here.record["approvals"] = [{**first, "id": "a-00000000000f", "by": "p-ann"}, first]
    old = now(here)
    here.record["evidence"].pop()
    [found] = evidence_stays(old, now(here), source(here))
    assert "the approval a-000000000001 of more" in found.message
    here.record["history"][-1]["uses"] = []
    assert list(evidence_stays(now(here), now(here), source(here))) == []


def test_behind_the_gate_nothing_is_bound():
    here = rested()
    old = now(here)
    here.record["evidence"].pop()
    moved(here, "proposed")
    assert list(evidence_stays(old, now(here), source(here))) == []


def test_a_requirement_that_the_policy_no_longer_knows_cites_no_clause():
    here = rested()
    old = now(here)
    report = here.record["evidence"].pop()
    data = policy(reason=True)
    data["requirements"] = {"other": data["requirements"]["more"]}
    data["lifecycles"]["partnership"]["transitions"][0]["needs"] = ["other"]
    other = PolicyFile("policy", data, Policy.model_validate(data))
    assert list(evidence_stays(old, now(here), other)) == [changed(report["id"], "report", "evidence", 0, clause=None)]


def sealed() -> World:
    """An agreement in force on two signatures under a deed."""
    deed = {"deed": {"evidence": {"kinds": ["document"], "with-digest": True}}}
    signed = {"by-each": "parties", "document": "deed"}
    here = world(policy(kind="agreement", signed=signed, clause=["§1.1", "§1.2"], others=deed))
    here.record["parties"] = [{"id": one, "name": one} for one in ("us", "partner")]
    first = here.record["signatures"][0]
    here.record["signatures"] = [
        {**first, "id": f"s-00000000000{number}", "party": party} for number, party in ((1, "us"), (2, "partner"))
    ]
    moved(here, "executed", uses=["s-000000000001", "s-000000000002"], id="b" * 16)
    return here


def fallen(why: str, index: int) -> Finding:
    message = (
        f"{why}: subject passed its gate to executed on that signature, "
        "and it binds until the record goes back behind that gate"
    )
    more: dict[str, Any] = {"clause": "SMALL §1.1, SMALL §1.2", "sealed": "b" * 16}
    return told("rested-on-changed", message, "signatures", index, mend="partnerkit gates subject", **more)


def test_a_signature_that_opened_a_gate_and_its_document_stay():
    here = sealed()
    old = now(here)
    assert list(signed_stays(old, now(here), source(here))) == []
    here.record["signatures"][0]["withdrawn"] = {**TAKEN, "at": "2026-07-01T12:00:00Z"}
    gone = fallen("the signature s-000000000001 of us was withdrawn", 0)
    assert list(signed_stays(old, now(here), source(here))) == [gone], "whichever day is asked about"
    one_gone = now(here)
    here.record["evidence"] = []
    missing = fallen("what stands as deed is not what partner signed (s-000000000002)", 1)
    assert list(signed_stays(old, now(here), source(here))) == [gone, missing]
    assert list(signed_stays(one_gone, now(here), source(here))) == [missing], "what had fallen before is told no more"
    here.data["lifecycles"]["agreement"]["transitions"].append({"from": "executed", "to": "draft"})
    moved(here, "draft")
    assert list(signed_stays(old, now(here), source(here))) == []


def test_a_signature_of_which_the_policy_knows_nothing_cites_no_clause():
    here = sealed()
    old = now(here)
    here.record["signatures"][0]["withdrawn"] = TAKEN
    data = policy(kind="agreement", reason=True)
    data["requirements"] = {"other": data["requirements"]["more"]}
    data["lifecycles"]["agreement"]["transitions"][0]["needs"] = ["other"]
    other = PolicyFile("policy", data, Policy.model_validate(data))
    [found] = signed_stays(old, now(here), other)
    assert found == replace(fallen("the signature s-000000000001 of us was withdrawn", 0), clause=None)


def belongs(was: dict[str, Any], becomes: dict[str, Any]) -> list[Finding]:
    here = world(policy(kind="agreement", reason=True))
    here.record |= was
    old = now(here)
    here.record = {key: one for key, one in here.record.items() if key not in was} | becomes
    return list(belonging_stays(old, now(here)))


@pytest.mark.parametrize(
    ("was", "becomes", "key", "words"),
    [
        ({"partnership": "acme"}, {"partnership": "acme"}, None, ""),
        ({"renews": "one", "amends": "two"}, {"renews": "one", "amends": "two"}, None, ""),
        ({"partnership": "acme"}, {"partnership": "bolt"}, "partnership", "acme to bolt: an agreement stays where it belongs"),
        ({"renews": "one"}, {}, "renews", "one to nothing: an agreement goes on from what it was made from, or from nothing"),
        ({}, {"amends": "one"}, "amends", "nothing to one: an agreement goes on from what it was made from, or from nothing"),
    ],
)  # laid out by hand, to be read at a glance  # fmt: skip
def test_a_record_belongs_where_it_was_made(was, becomes, key, words):
    found = belongs(was, becomes)
    message = f"{key} was changed from {words}"
    more = {"mend": "git restore --staged --worktree -- subject", "was": field_was(key or "", was.get(key))}
    more["became"] = field_was(key or "", becomes.get(key))
    expected = told("identity-changed", message, key or "", **more)
    assert found == ([expected] if key else [])


def test_a_record_that_belongs_to_none_stays_where_it_is():
    here = world(policy(reason=True))
    old = now(here)
    here.record["name"] = "Another"
    assert list(belonging_stays(old, now(here))) == []
