"""The pack MEM-02-03, beside what every pack must be: four programmes in one lifecycle, and the traps of its text."""

from __future__ import annotations

from typing import Any

import pytest

from partnerkit.conditions import holds
from partnerkit.kinds.duration import Duration
from partnerkit.policies.coverage import coverage
from partnerkit.policies.lifecycle import Cadence
from partnerkit.policies.policy import Policy
from partnerkit.policies.requirement import Requirement
from partnerkit.policies.source import compare, outline
from tests.policies.packs import PACKS, TEXTS, pack, written

#: Reviewed by hand: what the policy is for, and a tone between two people that no field of a record could show.
NARRATIVE = ["§1.1", "§6.2.2/timeliness", "§6.2.2/clarity", "§6.2.2/respect"]

PROGRAMMES = ("formal", "peer", "group", "reverse")


@pytest.fixture(scope="module")
def policy() -> Policy:
    return pack("MEM-02-03")


def test_its_head_is_that_of_the_written_policy(policy):
    """T1: its review was due on the day it came into force; it is taken as it stands."""
    assert (policy.policy, policy.version, policy.pack_version) == ("MEM-02-03", "1.0", "1")
    assert {str(policy.effective), str(policy.reviewed), str(policy.next_review)} == {"2024-07-01"}
    assert policy.approved_by == policy.owner == "core-team"


def test_it_has_every_clause_and_is_the_written_policy(policy):
    found = coverage(policy)
    assert (found.sections, found.headings, found.points, len(found.leaves)) == (11, 80, 192, 194)
    assert {len(clause.points) for clause in policy.clauses.values() if clause.points} == {4}
    assert compare(policy, outline(written(TEXTS["MEM-02-03"]))) == []


def test_the_narrative_clauses_are_those_that_were_reviewed(policy):
    assert [leaf.clause for leaf in coverage(policy).narrative] == NARRATIVE


def test_advance_alone_declines_nobody_and_ends_nothing_early(policy):
    assert {kind: lifecycle.main_path for kind, lifecycle in policy.lifecycles.items()} == {
        "application": ["submitted", "review", "interview", "references", "training", "accepted"],
        "pairing": ["proposed", "reviewed", "introduced", "confirmed", "agreed", "active", "completed"],
        "review": ["draft", "done"],
        "case": ["open", "helping", "closed"],
    }
    aside = {"declined", "withdrawn", "waitlisted", "terminated", "rematch", "dropped", "paused", "rejected"}
    assert not any(way.main for cycle in policy.lifecycles.values() for way in cycle.transitions if way.to in aside)


def test_mentors_and_mentees_part_after_the_review(policy):
    """No interview, references or training for mentees (§4.2.2); all of them, in this order, for mentors (§3.2.2)."""
    ways = {way.to: way for way in policy.lifecycles["application"].leaving("review") if way.main}
    assert {to: way.when for to, way in ways.items()} == {"interview": {"as": "mentor"}, "accepted": {"as": "mentee"}}
    assert policy.lifecycles["application"].main_stages == {
        *("submitted", "review", "interview", "references", "training", "accepted")
    }


@pytest.mark.parametrize("programme", PROGRAMMES)
def test_one_engine_and_the_differences_are_data(policy, programme):
    """T7, and what each programme is asked before it begins: the same gates, more or less of them."""
    asked = demanded(policy, "pairing", {"programme": programme, "starts": "2026-03-02"})
    mentoring = {
        *("one-mentor", "accepted-applications", "match-proposed", "match-assessed", "introduction-meeting"),
        *("agreement-signing", "mentorship-agreement", "goal-setting", "boundaries", "program-orientation"),
    }
    own = {
        "formal": {"one-mentee", "formal-length", "given-rhythm"},
        "group": {"several-mentees", "group-kind", "cycle-length", "given-rhythm"},
        "reverse": {"one-mentee", "cycle-length"},
        "peer": {"peers-alone", "peers-applications", "peer-review-day", "agreement-acknowledged"},
    }
    everybody = {"conflict-check", "manual-review", "interests-declared", "relationship-confirmation", "end-evaluation"}
    assert everybody <= asked
    assert own[programme] <= asked
    assert not (set().union(*own.values()) - own[programme]) & asked
    assert mentoring & asked == (mentoring if programme != "peer" else set())


def demanded(policy: Policy, kind: str, data: dict[str, Any]) -> set[str]:
    """Every requirement of every gate of a kind that is asked of such a record."""
    names = {name for way in policy.lifecycles[kind].transitions for name in way.needs}
    wanted = {name: policy.requirements[name].when for name in names}
    return {name for name, when in wanted.items() if when is None or holds(when, data)}


def meeting(policy: Policy, data: dict[str, Any]) -> list[Cadence]:
    return [
        one
        for one in policy.cadences.values()
        if one.settled_by == "meetings" and (not one.when or holds(one.when, data))
    ]


@pytest.mark.parametrize(
    ("programme", "every"), [("formal", "P1M"), ("peer", "P2W"), ("group", "P2W"), ("reverse", "P1M")]
)
def test_meetings_have_the_rhythm_of_their_programme_or_the_one_agreed_on(policy, programme, every):
    """T3 and T4: §2.2.2 where nothing else is agreed; every two weeks is P2W and nothing that could mean twice a week."""
    [given] = meeting(policy, {"programme": programme})
    assert str(given.every) == every
    [agreed] = meeting(policy, {"programme": programme, "meets-every": "P3W"})
    assert agreed.every == "meets-every"


def test_nothing_is_said_that_has_two_meanings(policy):
    """T4."""
    text = (PACKS / "MEM-02-03.yaml").read_text(encoding="utf-8").casefold()
    assert [word for word in ("bi-weekly", "biweekly", "bi-monthly", "bimonthly") if word in text] == []


def test_who_may_leave_the_rhythm_of_the_policy(policy):
    """T3: formal and group only by a waiver, peer and reverse by the word of all; lengths only by a waiver."""
    given, agreed = policy.requirements["given-rhythm"], policy.requirements["agreed-rhythm"]
    assert (given.when, given.type) == ({"programme": ["formal", "group"]}, "empty")
    assert given.waivable is not None
    assert agreed.acknowledged is not None
    assert agreed.acknowledged.by_each == "participants"
    waivable = {name for name, one in policy.requirements.items() if one.waivable}
    assert waivable == {"given-rhythm", "formal-length", "cycle-length", "mentor-experience-excusable"}
    assert {str(one.waivable.by) for one in policy.requirements.values() if one.waivable} == {"$exceptions"}


def test_a_length_that_the_policy_gives_is_neither_shorter_nor_longer(policy):
    """T3: and only an exception makes it another; peers settle theirs themselves."""
    for name, span in (("formal-length", "P6M"), ("cycle-length", "P3M")):
        demand = policy.requirements[name].compare
        assert demand is not None
        assert (demand.field, demand.before) == ("starts", "ends")
        assert [str(one) for one in (demand.at_least, demand.at_most)] == [span, span]
    lengths = [one.when for one in policy.requirements.values() if one.compare and one.compare.at_most]
    assert [when["programme"] for when in lengths if when] == ["formal", ["group", "reverse"]]


def test_meetings_check_ins_and_reviews_are_three_streams(policy):
    """T5: none settles another; check-ins are monthly for every participant of every programme."""
    streams = {name: one.settled_by.split("/")[0] for name, one in policy.cadences.items() if one.of == "pairing"}
    silent = {name for name in streams if policy.cadences[name].restarts}
    assert silent == {"silent-pair", "silent-pair-unattended", "silent-pair-end"}
    assert {one for name, one in streams.items() if name not in silent} == {"meetings", "check-ins", "review"}
    check_ins = policy.cadences["monthly-check-ins"]
    assert (str(check_ins.every), check_ins.per, check_ins.when) == ("P1M", "participants.id", None)


def test_the_years_can_be_excused_for_peer_and_reverse_alone(policy):
    """T6."""
    strict, excusable = (policy.requirements[f"mentor-experience{end}"] for end in ("", "-excusable"))
    for programmes, one in (
        (["formal"], strict),
        (["reverse", "formal"], strict),
        (["group", "peer"], strict),
        (["reverse"], excusable),
        (["peer", "reverse"], excusable),
    ):
        data = {"as": "mentor", "programmes": programmes}
        assert [asks(each, data) for each in (strict, excusable)] == [one is strict, one is excusable]
    assert strict.waivable is None
    assert not asks(strict, {"as": "mentee", "programmes": ["formal"]})


def asks(requirement: Requirement, data: dict[str, Any]) -> bool:
    return requirement.when is not None and holds(requirement.when, data)


def test_thresholds_count_on_the_day_of_the_application(policy):
    """T25."""
    spans = {}
    for name in ("mentor-membership", "mentee-membership"):
        demand = policy.requirements[name].compare
        assert demand is not None
        assert (demand.field, demand.before) == ("member-since", "applied")
        spans[name] = demand.at_least
    assert spans == {"mentor-membership": Duration.parse("P6M"), "mentee-membership": Duration.parse("P3M")}
    years = policy.requirements["mentor-experience"].compare
    assert years is not None
    assert years.minimum == 3


def test_reviews_fall_due_by_the_length_that_was_planned(policy):
    """T8: half of it and all of it, whatever the programme; none where peers set no end."""
    halfway, end = policy.cadences["mid-program-reviews"], policy.cadences["end-of-program-evaluations"]
    assert [str(one.once) for one in (halfway, end)] == ["1/2", "1"]
    assert {(one.from_, one.until) for one in (halfway, end)} == {("starts", "ends")}
    for one in (halfway, end):
        assert one.when is not None
        assert not holds(one.when, {"programme": "peer", "review-on": "2026-06-01"})
    agreed = policy.cadences["agreed-reviews"]
    assert (agreed.from_, agreed.until, agreed.settled_by) == ("starts", "review-on", "review/agreed")


def test_marks_for_people_are_points_alone(policy):
    """Words about a person stay out of history; what the matching works out says why."""
    for card in ("mentor-qualities", "mentee-readiness"):
        assert all(one.points_only for one in policy.scorecards[card].criteria.values())
    fit = policy.scorecards["matching-criteria"].criteria
    assert [key for key, one in fit.items() if one.points_only] == ["personality-match"]
    assert len(fit) == 12


def test_nobody_decides_on_what_they_are_a_party_to(policy):
    """§10.1.2/conflict-of-interest, whatever the register has settled for its other policies."""
    assert policy.separation_of_duties == "require"
    excluded = {name: one.approval.not_ for name, one in policy.requirements.items() if one.approval}
    assert excluded == {
        "acceptance": ["applicant", "interested"],
        "decline": ["applicant", "interested"],
        "manual-review": ["participants.id", "interested"],
        "review-sign-off": ["subject.participants.id", "subject.interested"],
        "programme-sign-off": [],
        "appeal-upheld": ["subject.approvals.by", "subject.applicant", "subject.interested", "interested"],
        "appeal-rejected": ["subject.approvals.by", "subject.applicant", "subject.interested", "interested"],
        "mediator": ["subject.participants.id", "subject.applicant", "subject.interested", "interested"],
    }
    bound = {name for name, one in policy.requirements.items() if one.approval and not one.approval.not_bound_to}
    assert bound == {"programme-sign-off"}


def test_names_that_repeat_are_told_apart_by_their_section(policy):
    """T14: compatibility before they meet and after; experience in §3, §4 and §5."""
    before, after = policy.requirements["match-assessed"], policy.requirements["compatibility-after-meeting"]
    assert "§5.2.1/compatibility-assessment" in before.clauses
    assert after.clauses == ["§5.2.2/compatibility-assessment"]
    by = {leaf.clause: leaf.by for leaf in coverage(policy).leaves if leaf.clause.endswith("/experience-level")}
    assert set(by) == {"§3.1.1/experience-level", "§4.2.1/experience-level", "§5.1.1/experience-level"}
    assert by["§4.2.1/experience-level"] == ("requirement mentee-experience",)


def test_every_figure_has_a_definition_that_says_over_what(policy):
    """T24: a rate says what it is a share of."""
    named = policy.fields["review"]["figures.name"].choices
    assert set(named or ()) == set(policy.metrics)
    rates = [one.definition for one in policy.metrics.values() if one.unit == "%"]
    assert len(rates) == 4
    assert [name for name, one in policy.metrics.items() if not one.is_counted] == []
    assert all(" share that was " in text or " share whose " in text for text in rates)


def test_every_contact_is_one_of_the_policys_and_decides_nothing(policy):
    """T13: names of roles, no addresses; decisions take people from the roster."""
    assert len(policy.contacts) == 8
    assert {one.address for one in policy.contacts.values()} == {None}
