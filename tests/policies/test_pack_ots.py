"""The pack OTS-PG, beside what every pack must be: nothing it has no word for, who decides, what is only advice."""

from __future__ import annotations

import pytest

from partnerkit.policies.coverage import coverage
from partnerkit.policies.policy import Policy
from partnerkit.rules.spelling import faced
from tests.place import Place
from tests.policies.packs import pack

#: Reviewed by hand: what the guidelines are for, an example, and a likelihood.
NARRATIVE = [
    "§introduction/meant-to-clarify",
    "§naming-branding.unofficial-support/just-a-friend",
    "§promoting-an-event/more-involved-more-likely",
]


@pytest.fixture(scope="module")
def policy() -> Policy:
    return pack("OTS-PG")


def test_the_narrative_clauses_are_those_that_were_reviewed(policy):
    assert [leaf.clause for leaf in coverage(policy).narrative] == NARRATIVE


def test_it_says_nothing_of_itself(policy):
    """T23: no version, no day, no owner, no review."""
    head = (policy.version, policy.effective, policy.reviewed, policy.approved, policy.approved_by, policy.owner)
    assert set(head) == {None}
    assert policy.review_due is None


def test_it_has_no_agreement_no_review_and_no_rhythm(policy):
    """T10: an agreement is never mentioned, so none can be asked for."""
    assert list(policy.lifecycles) == ["partnership"]
    assert policy.cadences == {}


def test_the_team_of_the_city_decides_and_whoever_does_it_may_be_of_it(policy):
    """T9."""
    deciding = {name: one.approval for name, one in policy.requirements.items() if one.approval}
    assert list(deciding) == ["team-decision"]
    approval = deciding["team-decision"]
    assert (approval.role, approval.scope, approval.not_) == ("local-team", {"city": "event-city"}, [])
    assert policy.separation_of_duties == "off"
    assert policy.roles["local-team"].scopes == ["city"]


def test_no_partner_has_a_say_in_promotion(policy):
    """What a partner acknowledges is that it has none; whether we promoted is a field that no gate asks for."""
    acknowledged = {name for name, one in policy.requirements.items() if one.acknowledged}
    assert acknowledged == {
        "promotion-stays-ours",
        "materials-will-be-open",
        "we-may-say-so",
        "values-known",
        "recordings-shared",
        "name-spelt-right",
    }
    asked = {path for one in policy.requirements.values() for path in [*(one.filled or []), *(one.matches or {})]}
    assert "promotion" not in asked


def test_three_things_concern_co_partnered_events_only(policy):
    """T22."""
    further = [name for name, one in policy.requirements.items() if (one.when or {}).get("co-partnered") is True]
    assert further == [
        *("values-known", "recordings-shared", "name-spelt-right"),
        *("free-of-charge", "recordings-of-sponsors"),
    ]


def test_what_is_only_advice(policy):
    """T21: a fee is a warning, no more; T22: so is what sponsors may use; and that our part is noted."""
    advice = [name for name, one in policy.requirements.items() if one.advisory]
    assert advice == ["free-of-charge", "recordings-of-sponsors", "contribution-noted"]


def test_official_and_unofficial_help_ask_for_opposite_things(policy):
    """T20."""
    official = {name for name, one in policy.requirements.items() if (one.when or {}).get("support") == "official"}
    unofficial = {name for name, one in policy.requirements.items() if (one.when or {}).get("support") == "unofficial"}
    assert official == {"team-decision", "we-may-say-so", "contribution-noted"}
    assert unofficial == {"nothing-official", "name-left-out", "made-clear"}
    assert policy.requirements["nothing-official"].empty == ["official-channels", "supporter-statement"]
    assert policy.requirements["name-left-out"].unmentioned == list(policy.names)


def test_use_of_materials_is_never_asked_for(policy):
    """Everybody may use them and tell nobody: that we were told is a log, and no demand reads it."""
    raw = policy.model_dump(mode="json", exclude={"fields", "clauses"})
    assert "material-used" not in str(raw)


def test_the_name_is_looked_for_where_partners_read(policy):
    """T19: not in what stays inside, where the guidelines themselves say OTS."""
    rule = policy.names["opentechschool"]
    assert rule.name == "OpenTechSchool"
    assert faced(policy, "partnership", rule) == [
        "event",
        "noted",
        "mentions",
        "supporter-statement",
        "materials.title",
    ]


def test_without_the_rule_the_wrong_name_passes(under):
    """Pack mutation for names: taken out, what it finds is found no more."""
    place: Place = under("OTS-PG")
    place.do("new", "partnership", "Rails Group", "id=rails", "event=Night of Open Tech School")
    assert [one["code"] for one in place.findings()] == ["name-misspelt"]
    path = place.root / "records" / "policies" / "OTS-PG.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text[: text.index("\nnames:")] + "\n", encoding="utf-8")
    place.git("commit", "-qam", "OTS-PG without its name rule")
    assert place.findings() == []
