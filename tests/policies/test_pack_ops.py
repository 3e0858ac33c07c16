"""The pack OPS-05-03, beside what every pack must be: its words, its numbers left open, its ways."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from partnerkit.policies.coverage import coverage
from partnerkit.policies.policy import Policy
from partnerkit.policies.shapes import model_for
from tests.policies.packs import pack

#: Reviewed by hand: conduct and judgement that no field of a record could show, and a view of other clauses' figures.
NARRATIVE = [
    "§7.2.1/professional-communication",
    "§7.2.1/transparency",
    "§7.2.1/consistency",
    "§7.2.1/timeliness",
    "§7.2.2/brand-alignment",
    "§8.2.1/performance-dashboards",
    "§11.2.1/relationship-building",
    "§11.2.1/trust-building",
    "§11.2.1/collaboration-enhancement",
    "§11.2.1/strategic-evolution",
]


@pytest.fixture(scope="module")
def policy() -> Policy:
    return pack("OPS-05-03")


def record(kind: str, stage: str, **fields: Any) -> dict[str, Any]:
    digest = "c1:" + "0" * 64
    entry = {
        "seq": 1,
        "id": "0" * 16,
        "type": "create",
        "to": stage,
        "at": "2026-01-01T00:00:00Z",
        "by": "p-rosa",
        "seal": {"gate": digest, "covers": digest, "statements": digest, "previous": digest},
    }
    own = {key.replace("_", "-"): value for key, value in fields.items()}
    return {"format": 1, "kind": kind, "id": "acme", "policy": "OPS-05-03", "stage": stage, **own, "history": [entry]}


def refused(policy: Policy, kind: str, data: dict[str, Any]) -> list[tuple[str | int, ...]]:
    with pytest.raises(ValidationError) as caught:
        model_for(policy, kind).model_validate(data)
    return [error["loc"] for error in caught.value.errors()]


def test_its_head_is_that_of_the_written_policy(policy):
    assert (policy.policy, policy.version, policy.pack_version) == ("OPS-05-03", "1.0", "1")
    days = {str(policy.effective), str(policy.reviewed), str(policy.next_review)}
    assert days == {"2024-07-01"}
    assert policy.approved_by == policy.owner == "core-team"


def test_it_has_every_clause(policy):
    found = coverage(policy)
    assert (found.sections, found.headings, found.points, len(found.leaves)) == (12, 83, 192, 194)
    groups = [clause for clause in policy.clauses.values() if clause.points]
    assert len(groups) == 48
    assert {len(clause.points) for clause in groups} == {4}


def test_the_narrative_clauses_are_those_that_were_reviewed(policy):
    assert [leaf.clause for leaf in coverage(policy).narrative] == NARRATIVE


def test_categories_and_criteria(policy):
    assert (len(policy.taxonomy), len(policy.categories())) == (7, 28)
    assert "corporate/technology/ai-ml-companies" in policy.categories()
    card = policy.scorecards["partnership-criteria"]
    assert (len(card.criteria), card.scale) == (12, None)


def test_every_number_is_left_open(policy):
    """T11."""
    assert {spec.value for spec in policy.variables.values()} == {None}
    assert {name for name, spec in policy.variables.items() if spec.unit == "role"} == {
        "final-decider",
        "risk-accepter",
        "legal-reviewer",
    }
    assert all(spec.default_note for spec in policy.variables.values())


def test_nothing_can_be_waived(policy):
    assert [name for name, requirement in policy.requirements.items() if requirement.waivable] == []


def test_advance_alone_leads_to_active_and_never_ends_anything(policy):
    paths = {kind: lifecycle.main_path for kind, lifecycle in policy.lifecycles.items()}
    assert paths == {
        "partnership": ["proposed", "assessment", "detailed-review", "decision", "agreement", "active"],
        "agreement": ["draft", "legal-review", "signing", "executed", "active"],
        "review": ["draft", "done"],
        "risk": ["open", "assessed", "treated"],
        "case": ["open", "responding", "recovering", "closed"],
    }
    aside = [t for t in policy.lifecycles["partnership"].leaving("active") if t.main]
    assert aside == []


def test_a_side_way_always_says_why(policy):
    silent = []
    for kind, lifecycle in policy.lifecycles.items():
        for transition in lifecycle.transitions:
            demands = {policy.requirements[name].type for name in transition.needs}
            if not transition.main and not demands & {"reason", "filled", "compare", "named"}:
                silent.append((kind, transition.to))
    assert silent == []


def test_a_case_can_always_be_logged_and_taken_on(policy):
    assert policy.lifecycles["case"].starts == "open"
    assert policy.lifecycles["case"].find("open", "responding") is not None


def test_the_two_legal_reviews_are_two_things(policy):
    """T14: of the partner, and of the agreement's text."""
    of_partner, of_text = policy.requirements["legal-review"], policy.requirements["agreement-legal-review"]
    assert (of_partner.clauses, of_partner.type) == (["§3.2.2/legal-review"], "evidence")
    assert (of_text.clauses, of_text.type) == (["§5.2.1/legal-review"], "approval")
    review = policy.lifecycles["partnership"].find("detailed-review", "decision")
    signing = policy.lifecycles["agreement"].find("legal-review", "signing")
    assert review is not None
    assert signing is not None
    assert "legal-review" in review.needs
    assert "agreement-legal-review" in signing.needs


def test_the_agreement_of_a_partnership_must_stay_in_force(policy):
    demand = policy.requirements["agreement-in-force"]
    assert demand.standing == ["active"]
    assert demand.linked is not None
    assert demand.linked.in_ == ["active"]


def test_what_was_reviewed_in_law_is_locked(policy):
    covered = set(policy.requirements["agreement-legal-review"].covers)
    assert {"partnership", "parties", "starts", "ends", "notice", "objectives", "terms"} <= covered
    assert "milestones.text" in covered
    assert not {"milestones", "milestones.done", "duties"} & covered


def test_proposer_and_interested_decide_nothing(policy):
    for name in ("core-team-review", "final-decision"):
        approval = policy.requirements[name].approval
        assert approval is not None
        assert approval.not_ == ["proposer", "interested"]


def test_a_partnership_in_the_words_of_the_policy(policy):
    data = record(
        "partnership",
        "proposed",
        name="Northwind",
        partner="company",
        type="corporate/technology/cloud-providers",
        secondary_types=["educational/training/online-learning"],
        objectives=[{"id": "labs", "text": "Labs for members", "supports": ["growth-and-development"]}],
        independence="We keep choosing our speakers.",
        roles={"partnership-manager": "p-mira"},
        activities=[{"on": "2026-02-01", "kind": "joint-events", "title": "Lab night"}],
        benefits=[{"id": "b1", "kind": "exclusive-access", "to": "community", "text": "Credits", "status": "promised"}],
        communications=[{"on": "2026-02-02", "kind": "core-team-updates", "summary": "All is well"}],
        roadmap=[{"text": "A second lab", "kind": "growth-opportunities", "target": "2026-09-01"}, {"text": "More"}],
        termination={"trigger": "expiry", "effective": "2026-12-31"},
        re_engage_after="2027-01-01",
        exit_strategy="Move the labs to our own machines.",
    )
    assert model_for(policy, "partnership").model_validate(data).id == "acme"


@pytest.mark.parametrize(
    ("kind", "stage", "fields", "place"),
    [
        ("partnership", "proposed", {"type": "corporate/cloud"}, ("type",)),
        ("partnership", "proposed", {"partner": "cooperative"}, ("partner",)),
        ("partnership", "proposed", {"roles": {"manager": "p-mira"}}, ("roles", "manager", "[key]")),
        (
            "partnership",
            "proposed",
            {"activities": [{"on": "2026-02-01", "kind": "party", "title": "x"}]},
            ("activities", 0, "kind"),
        ),
        (
            "partnership",
            "proposed",
            {"objectives": [{"id": "a", "text": "b", "supports": ["profit"]}]},
            ("objectives", 0, "supports", 0),
        ),
        (
            "partnership",
            "proposed",
            {"termination": {"trigger": "boredom", "effective": "2026-12-31"}},
            ("termination", "trigger"),
        ),
        ("partnership", "proposed", {"roadmap": [{"kind": "growth-opportunities"}]}, ("roadmap", 0, "text")),
        ("partnership", "doubtful", {}, ("stage",)),
        (
            "agreement",
            "draft",
            {"terms": {"haggling": {"status": "included", "where": "§1"}}},
            ("terms", "haggling", "[key]"),
        ),
        ("agreement", "draft", {"criteria": [{"id": "a", "measure": "b", "target": ""}]}, ("criteria", 0, "target")),
        ("agreement", "draft", {"superseded_by": "No Id"}, ("superseded-by",)),
    ],
)
def test_other_words_are_refused(policy, kind, stage, fields, place):
    required = {"partnership": {"name": "Northwind"}, "agreement": {"partnership": "acme", "title": "Agreement"}}[kind]
    assert refused(policy, kind, record(kind, stage, **required, **fields)) == [place]


def test_reviews_risks_and_cases_in_the_words_of_the_policy(policy):
    period = {"from": "2026-01-01", "until": "2026-03-31"}
    review = record("review", "draft", of="acme", title="Q1", rhythm="quarterly", **period)
    review["figures"] = [{"name": "event-attendance", "value": "40", "unit": "people", "source": "lists", **period}]
    review["ratings"] = [{"name": "partnership-quality", "score": 4, "why": "few hitches"}]
    assert model_for(policy, "review").model_validate(review)
    assert refused(policy, "review", review | {"rhythm": "weekly"}) == [("rhythm",)]
    risk = record("risk", "open", of="acme", title="They fold", type="financial")
    risk["controls"] = [{"kind": "exit-strategies", "text": "Own machines stand ready"}]
    assert model_for(policy, "risk").model_validate(risk)
    assert refused(policy, "risk", risk | {"type": "weather"}) == [("type",)]
    case = record("case", "open", of="acme", title="Name misused", type="brand-misuse", opened="2026-02-01")
    assert model_for(policy, "case").model_validate(case)
    assert refused(policy, "case", case | {"type": "quarrel"}) == [("type",)]
