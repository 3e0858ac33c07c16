"""What a proposal hangs on: a weight that counts more or less, and pairings that are kept."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from partnerkit.matching.explaining import price_of_keeping, sensitivity
from partnerkit.matching.people import Person, Taken, gathered
from partnerkit.matching.proposal import Origin, Proposal, proposal
from partnerkit.matching.run import Run
from partnerkit.matching.solving import solved
from partnerkit.matching.telling import Overview
from partnerkit.policies.policy import Policy
from partnerkit.reports.match_reasons import overview_page
from tests.matching.people import mentor, person, run
from tests.policies.packs import pack


def of(mentors: list[Person], mentees: list[Person], taken: tuple[Taken, ...] = ()) -> Run:
    found = run(mentors, mentees)
    return replace(found, people=replace(found.people, taken=taken))


def ada(room: int = 1) -> Person:
    return mentor("ada", level="advanced", skills=["sql"], room=room)


def mentee(name: str, *skills: str) -> Person:
    return person(name, level="beginner", skills=list(skills or ["sql"]))


def kept_by(mentors: list[Person], mentees: list[Person], taken: Taken):
    """The price of a pairing that keeps its places: those who are in it are not matched while it does."""
    released = of(mentors, mentees)
    held = [one for one in mentors if one.id != taken.mentor]
    run_ = of(held, [one for one in mentees if one.id not in taken.others], (taken,))
    return price_of_keeping(run_, solved(run_), released)


def test_what_is_kept_is_set_beside_what_could_be():
    taken = Taken("formal-1", "formal", "proposed", "ada", ("max",))
    wide = mentor("bo", level="advanced", skills=["rust"])
    found = kept_by([ada(), wide], [mentee("max", "sql", "rust"), mentee("eve")], taken)
    assert found is not None
    assert (found.pairings, found.kept.placed, found.free.placed) == (("formal-1",), 1, 2)


@pytest.mark.parametrize(
    "taken",
    [
        Taken("peer-1", "peer", "proposed", None, ("max", "eve")),
        Taken("formal-1", "formal", "proposed", "ada", ("gone",)),
        Taken("formal-1", "formal", "proposed", "gone", ("max",)),
    ],
)
def test_what_cannot_be_compared_has_no_price(taken: Taken):
    assert kept_by([ada()], [mentee("max"), mentee("eve")], taken) is None


def test_what_a_person_paired_against_the_criteria_has_no_price():
    taken = Taken("formal-1", "formal", "proposed", "ada", ("max",))
    assert kept_by([ada()], [mentee("max", "rust")], taken) is None


def test_a_criterion_that_does_not_count_sways_nobody():
    found = of([ada()], [mentee("max"), mentee("eve")])
    names = [one.criterion for one in sensitivity(found, solved(found))]
    spec = found.spec
    mute = {
        name: one.model_copy(update={"weight": one.weight * (name != names[0])}) for name, one in spec.criteria.items()
    }
    policy = found.policy.model_copy(update={"matching": spec.model_copy(update={"criteria": mute})})
    less = replace(found, policy=policy)
    assert [one.criterion for one in sensitivity(less, solved(less))] == names[1:]


def test_a_search_of_many_cases_is_not_done_again_for_each_weight():
    """It would take minutes; that it is not told is said, and one of few cases is told of."""
    found = run([ada(room=3)], [mentee("max"), mentee("eve")], "group")
    answer = solved(found)
    assert answer.grouped is not None
    assert len(list(sensitivity(found, answer))) == len(found.spec.criteria)
    long = replace(answer, grouped=replace(answer.grouped, looked=2528))
    assert list(sensitivity(found, long)) == []
    origin = Origin(date(2026, 3, 2), "2026-03-02T12:00:00Z", "0" * 40, "a")
    said = Proposal.model_validate(proposal(found, answer, origin))
    page = overview_page(Overview(said, "x.json", found, long, [], None)).plain()
    assert "What hangs on the weights is not worked out" in page
    assert "2,528 cases" in page


def test_a_policy_that_matches_nobody_is_said_to():
    other: Policy = pack("OPS-05-03")
    with pytest.raises(ValueError, match="matches nobody"):
        _ = replace(of([], []), policy=other).spec
    for policy, programme in ((other, "formal"), (pack("MEM-02-03"), "quick")):
        with pytest.raises(ValueError, match="matches nobody"):
            gathered(None, policy, programme, None, {})  # type: ignore[arg-type]  # it is asked before anything is read


def test_without_steps_in_the_criteria_nobody_is_too_close():
    found = of([ada()], [mentee("max")])
    rest = {name: one for name, one in found.spec.criteria.items() if one.order is None}
    policy = found.policy.model_copy(update={"matching": found.spec.model_copy(update={"criteria": rest})})
    same = replace(of([mentor("ada", level="beginner", skills=["sql"])], [mentee("max")]), policy=policy)
    assert same.ruling.why(0, 0) is None
    assert of([mentor("ada", level="beginner", skills=["sql"])], [mentee("max")]).ruling.why(0, 0) == "gap"
