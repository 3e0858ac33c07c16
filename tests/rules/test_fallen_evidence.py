"""The evidence on which an approval was given, and what became of it since."""

from __future__ import annotations

from datetime import datetime

from partnerkit.policies.policy import Policy
from partnerkit.rules.fallen import (
    evidence_fallen,
)
from partnerkit.steps import passed_gates
from tests.policies.fulfil import MOMENT, World
from tests.rules.decided_on import CHECKED, DECISION, also, checked, day
from tests.rules.sealing import BACK, bind, seal, seen


def fallen(one: World, moment: datetime = MOMENT, returned: datetime | None = None) -> list[tuple[str, str, str]]:
    """What no longer rests on its evidence at a moment: which statement, the code and why."""
    look = seen(one)
    [*_, gate] = passed_gates(one.record["history"], look.policy, look.record.kind)
    told = evidence_fallen(look.record, look.source, gate, moment, returned)
    return [(each.found.said.id, each.code, each.why) for each in told]


CHANGED = [(DECISION, "rested-on-changed", "the evidence for checks changed since p-bob approved more")]


def test_a_decision_rests_on_the_evidence_on_which_it_was_given():
    one = checked()
    assert fallen(one) == []
    one.record["evidence"][0]["summary"] = "It was read."
    assert fallen(one) == CHANGED


def test_what_came_to_it_later_changes_it_from_then_on():
    one = checked()
    also(one)
    assert [fallen(one, moment) for moment in (day(10, 11), day(10), MOMENT)] == [[], CHANGED, CHANGED]


def test_what_was_withdrawn_changes_it_from_then_on():
    one = checked()
    one.record["evidence"][0]["withdrawn"] = BACK
    assert [fallen(one, moment) for moment in (day(20, 11), day(20), MOMENT)] == [[], CHANGED, CHANGED]


def test_what_speaks_to_something_else_or_is_no_evidence_changes_nothing():
    one = checked()
    also(one, requirement="more")
    one.say("waivers", "w", "checks", role="board", reason="They are known.", until="2026-12-31")
    assert fallen(one) == []


def test_scores_are_evidence_too():
    one = checked()
    one.say("scores", "c", "checks", marks={"fit": {"score": 3, "why": "They fit."}})
    assert fallen(one) == CHANGED


def test_what_ages_may_be_shown_anew():
    one = checked(**{"fresh-for": "P30D"})
    also(one)
    assert fallen(one) == []
    one.record["evidence"][1]["at"] = "2026-05-01T12:00:00Z"  # at the gate itself, not since
    assert fallen(one) == CHANGED


def test_what_was_shown_anew_after_the_record_went_back_counts():
    one = checked(**{"fresh-for": "P30D"})
    also(one)
    assert [fallen(one, returned=at) for at in (day(9), day(10), day(10, 13))] == [CHANGED, CHANGED, []]


def test_what_is_renewed_speaks_to_evidence_that_ages():
    """A requirement that became something else, or is gone, renews nothing."""
    one = checked(**{"fresh-for": "P30D"})
    also(one)
    requirements = one.policy.requirements
    update = {"checks": requirements["checks"].model_copy(update={"evidence": None, "reason": True})}
    one.policy = one.policy.model_copy(update={"requirements": {**requirements, **update}})
    assert fallen(one) == CHANGED
    one.policy = one.policy.model_copy(update={"requirements": {"more": requirements["more"]}})
    assert fallen(one) == CHANGED


def test_an_approval_rests_on_what_it_was_bound_to_whatever_the_policy_says_today():
    one = checked()
    one.data["requirements"]["more"]["rests-on"] = []
    one.policy = Policy.model_validate(one.data)
    assert fallen(one) == []
    also(one)
    assert fallen(one) == CHANGED
    del one.record["evidence"][1]
    one.policy = one.policy.model_copy(update={"requirements": {"checks": one.policy.requirements["checks"]}})
    assert fallen(one) == []
    one.record["evidence"][0]["withdrawn"] = BACK
    assert fallen(one) == CHANGED


def test_an_approval_bound_to_nothing_rests_on_what_its_requirement_rests_on():
    one = checked()
    one.record["approvals"][0]["binds"]["evidence"] = {}
    assert fallen(one) == CHANGED
    one.data["requirements"]["more"]["rests-on"] = []
    one.policy = Policy.model_validate(one.data)
    assert fallen(one) == []


def test_several_requirements_are_named_in_order():
    one = checked()
    one.data["requirements"]["another"] = {"clause": "§1.1", "evidence": {"kinds": ["report"]}}
    one.data["requirements"]["more"]["rests-on"] = ["checks", "another"]
    one.policy = Policy.model_validate(one.data)
    also(one, requirement="another", at="2026-05-01T12:00:00Z")
    seal(bind(one))
    assert fallen(one) == []
    for said in one.record["evidence"]:
        said["withdrawn"] = BACK
    assert [why for _id, _code, why in fallen(one)] == [
        "the evidence for another, checks changed since p-bob approved more"
    ]


def test_an_approval_that_opened_another_gate_does_not_concern_this_one():
    one = checked()
    one.record["history"][1]["uses"] = [CHECKED]
    one.record["evidence"][0]["withdrawn"] = BACK
    assert fallen(one) == []
