"""The pack MANDALA-PCP, beside what every pack must be: its head, what it leaves open, what no partnership can be without."""

from __future__ import annotations

from datetime import date

import pytest

from partnerkit.policies.coverage import coverage
from partnerkit.policies.policy import Policy
from tests.policies.packs import pack

#: Reviewed by hand: why there is a policy, and that it is a framework.
NARRATIVE = ["§1", "§2/framework-for-partnerships"]


@pytest.fixture(scope="module")
def policy() -> Policy:
    return pack("MANDALA-PCP")


def test_the_narrative_clauses_are_those_that_were_reviewed(policy):
    assert [leaf.clause for leaf in coverage(policy).narrative] == NARRATIVE


def test_its_head_is_what_the_text_says_of_itself(policy):
    """T2: the dotted day of the text is a day of the calendar here; T23: no version and no owner."""
    assert (policy.version, policy.effective, policy.owner, policy.next_review) == (None, None, None, None)
    assert (policy.approved, policy.approved_by) == (date(2024, 7, 7), "board-of-trustees")
    assert policy.review_due == date(2025, 7, 7)


def test_who_approves_a_partnership_is_left_open(policy):
    """T9: the trustees approve the policy; of partnerships nothing is said."""
    roles = [name for name, spec in policy.variables.items() if spec.unit == "role"]
    assert roles == ["partnership-approver"]
    deciding = {name: one.approval.role for name, one in policy.requirements.items() if one.approval}
    assert deciding == {"partnership-approval": "$partnership-approver"}


def test_no_way_leads_to_active_without_an_agreement_in_force(policy):
    """T10: all partnerships are formalised; there is no way round, and none for longer than the agreement lasts."""
    ways = [way for way in policy.lifecycles["partnership"].transitions if way.to == "active"]
    assert len(ways) == 2
    assert all("agreement-in-force" in way.needs for way in ways)
    demand = policy.requirements["agreement-in-force"]
    assert demand.standing == ["active"]
    assert demand.linked is not None
    assert (demand.linked.in_, demand.linked.until) == (["executed"], "ends")
    executed = [way for way in policy.lifecycles["agreement"].transitions if way.to == "executed"]
    assert [way.from_ for way in executed] == [["signing"]]
    assert "agreement-signed" in executed[0].needs


def test_what_was_signed_is_locked(policy):
    covered = set(policy.requirements["agreement-document"].covers)
    assert {
        "parties",
        "starts",
        "ends",
        "objectives",
        "outcomes",
        "criteria",
        "responsibilities",
        "governance",
    } <= covered


def test_objectives_and_outcomes_are_measured_first_and_judged_later(policy):
    measured = {name: policy.requirements[f"{name}-measurable"].each for name in ("objectives", "outcomes")}
    judged = {name: policy.requirements[f"{name}-judged"].each for name in ("objectives", "outcomes")}
    for name in ("objectives", "outcomes"):
        assert (measured[name].items, measured[name].of) == (name, "self")
        assert (judged[name].items, judged[name].of, judged[name].by) == (name, "agreement", "ratings.of")


def test_no_field_is_meant_for_a_person_who_is_supported(policy):
    """T18: service users are spoken of as a group; no field of the pack takes a person."""
    specs = [spec for fields in policy.fields.values() for spec in fields.values()]
    assert [spec.title for spec in specs if spec.type == "person"] == []
    assert "never of a person" in policy.fields["partnership"]["mutual-benefit"].title


def test_a_partnership_is_never_ended_by_accident(policy):
    assert policy.lifecycles["partnership"].main_path == ["identified", "engaging", "agreeing", "active"]
    assert [way.to for way in policy.lifecycles["partnership"].leaving("active") if way.main] == []
