"""What may not happen between two trees: each of the rules for what comes with a step, and where it is silent."""

from __future__ import annotations

import copy
from dataclasses import replace
from typing import Any

from partnerkit.kinds.ssh import Signed
from partnerkit.rules.steps import (
    content_stays_out,
    decisions_are_legal,
    people_are_who_they_were,
    people_stay_known,
    what_decisions_rest_on_stays,
    what_is_over_stays_over,
)
from partnerkit.steps import Step
from tests.policies.fulfil import MOMENT, World
from tests.rules.bench import moved, policy, world
from tests.rules.ended import FIRST, SECOND
from tests.rules.sealing import BACK, bind, seal, step, stood
from tests.rules.stepping import first, second, told


def decided(**more: Any) -> World:
    return bind(world(policy(approval={"role": "board", **more}) | {"separation-of-duties": "require"}))


def later(one: World) -> World:
    """The same record, in which something else has changed."""
    now = copy.deepcopy(one)
    now.record["website"] = "https://later.example"
    return now


def test_decisions_are_of_those_who_may():
    none = decided()
    none.record["approvals"] = []
    assert told(decisions_are_legal, step(none, decided())) == []
    assert told(decisions_are_legal, step(none, None)) == []
    own = decided()
    own.record["proposer"] = "p-bob"
    assert [one.code for one in told(decisions_are_legal, step(none, own))] == ["not-separate"]
    assert told(decisions_are_legal, step(own, later(own))) == []
    waived = decided()
    waived.say("waivers", "w", "more", role="board", reason="They are known.", until="2026-12-31")
    assert [one.code for one in told(decisions_are_legal, step(decided(), waived))] == ["not-waivable"]
    assert told(decisions_are_legal, step(waived, later(waived))) == []
    signed = decided()
    signed.record["approvals"][0]["signature"] = "a seal"
    made = step(none, signed)
    key = replace(made.after, signed=lambda _said: Signed(key="ssh-ed25519 AAAA"))
    assert [one.code for one in told(decisions_are_legal, Step(made.before, key))] == ["signature-bad"]
    made = step(signed, later(signed))
    assert told(decisions_are_legal, Step(made.before, replace(made.after, signed=key.signed))) == []
    early = decided()
    early.record["approvals"][0]["on"] = "2020-01-01"
    assert [one.code for one in told(decisions_are_legal, step(none, early))] == ["statement-too-early"]
    assert told(decisions_are_legal, step(early, later(early))) == []


def test_what_is_classified_does_not_come_in():
    one = first()
    now = copy.deepcopy(one)
    now.record |= {"classification": "confidential", "objectives": [{"id": "o1", "text": "To make money."}]}
    assert "inline-content" in {each.code for each in told(content_stays_out, step(one, now))}
    later = copy.deepcopy(now)
    later.record["website"] = "https://other.example"
    assert told(content_stays_out, step(now, later)) == []
    assert told(content_stays_out, step(one, None)) == []
    assert told(content_stays_out, step(first(), second())) == []


def test_people_are_who_they_were():
    one = first()
    one.record |= {"proposer": "p-ann", "interested": ["p-rosa"]}
    now = copy.deepcopy(one)
    now.record |= {"proposer": "p-bob"}
    assert "proposer-changed" in {each.code for each in told(people_are_who_they_were, step(one, now))}
    now.record |= {"proposer": "p-ann", "interested": []}
    assert "interest-removed" in {each.code for each in told(people_are_who_they_were, step(one, now))}
    now.record |= {"interested": ["p-rosa", "p-eve"]}
    assert "person-unknown" in {each.code for each in told(people_are_who_they_were, step(one, now))}
    later = copy.deepcopy(now)
    later.record["website"] = "https://other.example"
    assert told(people_are_who_they_were, step(now, later)) == []
    for made in (step(None, one), step(one, None), step(first(), second())):
        assert told(people_are_who_they_were, made) == []
    made = step(one, one)
    gone = replace(made.after, roster=made.after.roster.model_copy(update={"people": {}}))
    assert {each.code for each in people_stay_known(replace(made, after=gone), None)} == {"person-unknown"}
    assert told(people_stay_known, step(None, one)) == []
    assert list(people_are_who_they_were(Step(None, stood(one)), None)) == []


def resting() -> World:
    """A partnership that became active by a decision that rests on a report, and belongs to nobody."""
    one = world(
        policy(approval={"role": "board"}, rests_on=["checks"], others={"checks": {"evidence": {"kinds": ["report"]}}})
    )
    one.data["lifecycles"]["partnership"]["transitions"][0]["needs"] = ["checks", "more"]
    one.policy = type(one.policy).model_validate(one.data)
    one.say("evidence", "e", "checks", kind="report", ref="a thing")
    bind(one)
    moved(one, "active", id=SECOND, uses=[one.record["approvals"][0]["id"]])
    return seal(one)


def test_what_decisions_rest_on_stays():
    one = resting()
    assert told(what_decisions_rest_on_stays, step(one, one)) == []
    now = copy.deepcopy(one)
    now.record["evidence"][-1]["withdrawn"] = BACK
    assert [each.code for each in told(what_decisions_rest_on_stays, step(one, now))] == ["rested-on-changed"]
    made = step(one, now)
    assert made.before is not None
    unknown = replace(made, before=replace(made.before, policies={}), known={})
    assert list(what_decisions_rest_on_stays(unknown, None)) == []
    assert told(what_decisions_rest_on_stays, step(one, None)) == []
    assert told(what_decisions_rest_on_stays, step(None, one)) == []


def agreed() -> World:
    deed = {"deed": {"evidence": {"kinds": ["document"], "with-digest": True}}}
    one = world(policy(kind="agreement", signed={"by-each": "parties", "document": "deed"}, others=deed))
    moved(one, "executed", id=SECOND, uses=[said["id"] for said in one.record["signatures"]])
    return seal(one)


def test_what_was_signed_stays_and_what_it_belongs_to():
    one = agreed()
    now = copy.deepcopy(one)
    now.record["evidence"][0]["withdrawn"] = BACK
    assert {each.code for each in told(what_decisions_rest_on_stays, step(one, now))} == {"rested-on-changed"}
    now = copy.deepcopy(one)
    now.record["partnership"] = "another"
    assert [each.code for each in told(what_decisions_rest_on_stays, step(one, now))] == ["identity-changed"]


def test_nothing_is_begun_of_what_is_over():
    one = world(policy(kind="agreement", reason=True))
    assert told(what_is_over_stays_over, step(None, one)) == []
    assert one.owner is not None
    last = {"seq": 2, "id": SECOND, "type": "move", "from": "proposed", "to": "ended", "at": "2025-02-01T12:00:00Z"}
    one.owner["history"].append({**one.owner["history"][0], **last})
    one.owner |= {"stage": "ended"}
    one.record["history"][0] |= {"id": FIRST, "at": "2025-03-01T12:00:00Z"}
    [new] = told(what_is_over_stays_over, step(None, one))
    assert (new.code, new.entry) == ("subject-over", FIRST)
    assert told(what_is_over_stays_over, step(one, None)) == []
    before = copy.deepcopy(one)
    before.record["title"] = "Another"
    assert told(what_is_over_stays_over, step(before, one, landed_at=MOMENT)) == []
    before.record["partnership"] = "elsewhere"
    [moved_] = told(what_is_over_stays_over, step(before, one, landed_at=MOMENT))
    assert (moved_.code, moved_.entry) == ("subject-over", None)
