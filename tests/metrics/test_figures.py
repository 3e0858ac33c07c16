"""The figures of MEM-02-03, one by one: what counts, what does not, and when there is no figure."""

from __future__ import annotations

from decimal import Decimal

import pytest

from partnerkit.policies.policy import Policy
from tests.metrics.world import POLICY, Programme
from tests.policies.packs import pack_data


@pytest.fixture
def programme() -> Programme:
    return Programme()


def test_active_is_whoever_was_so_on_one_day_of_the_period(programme: Programme) -> None:
    """The first and the last day count; a mentor of two pairings is one; peers are neither mentors nor mentees."""
    programme.pairing("a", ("2025-12-31", "active"), ("2026-01-01", "completed"), people="p-ada/mentor p-max/mentee")
    programme.pairing("b", ("2026-12-31", "active"), people="p-ada/mentor p-eva/mentee")
    programme.pairing("c", ("2027-01-01", "active"), people="p-tim/mentor p-lou/mentee")
    programme.pairing("d", ("2025-05-01", "active"), ("2025-12-31", "completed"), people="p-kai/mentor p-joe/mentee")
    programme.pairing("e", ("2026-05-01", "active"), people="p-one/peer p-two/peer")
    found = programme.figures("2026")
    assert found["active-mentors"].value == 1
    assert [mark.label for _part, mark in found["active-mentors"].marks] == ["p-ada"]
    assert [one.path for one in found["active-mentors"].marks[0][1].records] == [
        "records/pairings/a.yaml",
        "records/pairings/b.yaml",
    ]
    assert found["active-mentees"].value == 2
    assert found["active-mentors"].elsewhere == 2
    assert [(one.record.id, one.why) for one in found["active-mentors"].left] == [("e", "where")]


def test_what_rests_is_not_active_and_what_goes_on_is(programme: Programme) -> None:
    programme.pairing("a", ("2026-01-10", "active"), ("2026-02-10", "paused"), ("2026-05-10", "active"))
    shown = [programme.told("active-mentors", f"2026-{month:02}") for month in range(1, 7)]
    assert shown == [1, 1, 0, 0, 1, 1]


def test_what_was_undone_never_was(programme: Programme) -> None:
    programme.pairing("a", ("2026-03-01", "active"))
    history = programme.records["a"].data["history"]
    undo = {**history[-1], "seq": 3, "id": "f" * 16, "type": "undo", "from": "active", "to": "proposed"}
    undo |= {"at": "2026-03-09T12:00:00Z", "undoes": history[-1]["id"]}
    fields = {key: programme.records["a"].data[key] for key in ("title", "programme", "participants")}
    programme.add("pairing", "a", [*history, undo], **fields)
    assert programme.told("active-mentors", "2026-03") == 0


def test_an_adopted_pairing_was_active_since_the_day_it_says(programme: Programme) -> None:
    programme.pairing("a", ("2026-03-01", "active"))
    data = programme.records["a"].data
    adopted = {**data["history"][0], "type": "adopt", "to": "active", "at": "2026-03-01T12:00:00Z"}
    adopted |= {"since": "2025-06-01", "reason": "older"}
    fields = {key: data[key] for key in ("title", "programme", "participants")}
    programme.add("pairing", "a", [adopted], **fields)
    assert [programme.told("active-mentors", f"2025-{month:02}") for month in (5, 6, 7)] == [0, 1, 1]


def test_growth_is_against_the_period_before_and_can_be_loss(programme: Programme) -> None:
    programme.pairing("a", ("2025-02-01", "active"), ("2025-12-31", "completed"))
    programme.pairing("b", ("2025-02-01", "active"), people="p-one/peer p-two/peer p-three/peer")
    figure = programme.figures("2026")["program-growth"]
    assert (figure.value, [part for part, _mark in figure.marks].count("before")) == (Decimal(-2), 5)


def _mentors(programme: Programme, count: int, *moves: tuple[str, str], start: int = 0) -> None:
    for number in range(start, start + count):
        programme.pairing(f"m{number}", *moves, people=f"p-mentor{number}/mentor p-mentee{number}/mentee")


def test_retention_is_over_the_mentors_of_the_period_before(programme: Programme) -> None:
    _mentors(programme, 4, ("2025-02-01", "active"))
    _mentors(programme, 2, ("2025-02-01", "active"), ("2025-09-01", "completed"), start=4)
    _mentors(programme, 9, ("2026-02-01", "active"), start=20)
    figure = programme.figures("2026")["mentor-retention"]
    assert (figure.value, figure.over) == (Decimal(67), 6)
    assert [part for part, _mark in figure.marks].count("not") == 2


def test_nobody_to_count_over_is_no_nought_percent(programme: Programme) -> None:
    """T24: a rate over nobody is not 0 %, and each figure says what it counts."""
    _mentors(programme, 6, ("2026-02-01", "active"))
    found = programme.figures("2026")
    assert {found[name].state for name in ("mentor-retention", "mentee-completion", "goal-achievement")} == {
        "insufficient"
    }
    assert found["mentor-retention"].value is None
    assert programme.told("relationship-quality", "2026") == "insufficient"


@pytest.mark.parametrize(("others", "told"), [(3, "withheld"), (4, 80)])
def test_a_share_over_fewer_than_five_is_withheld(programme: Programme, others: int, told: object) -> None:
    _mentors(programme, others, ("2026-01-01", "active"), ("2026-03-01", "completed"))
    _mentors(programme, 1, ("2026-01-01", "active"), ("2026-03-01", "terminated"), start=20)
    assert programme.told("mentee-completion", "2026") == told
    figure = programme.figures("2026")["mentee-completion"]
    if told == "withheld":
        assert {part for part, _mark in figure.marks} == {"over"}
        assert figure.over is None


def test_the_organisation_says_over_how_many(programme: Programme) -> None:
    data = pack_data(POLICY)
    data["variables"]["feedback-answers"]["value"] = 8
    stricter = Programme(Policy.model_validate(data))
    for one in (programme, stricter):
        _mentors(one, 7, ("2026-01-01", "active"), ("2026-03-01", "completed"))
    assert [one.told("mentee-completion", "2026") for one in (programme, stricter)] == [100, "withheld"]
    data["variables"]["feedback-answers"]["value"] = 2
    assert Policy.model_validate(data).fewest_people == 5


def test_what_ended_before_it_was_active_is_no_failure(programme: Programme) -> None:
    _mentors(programme, 5, ("2026-01-01", "active"), ("2026-03-01", "completed"))
    programme.pairing("x", ("2026-01-05", "introduced"), ("2026-02-01", "rematch"))
    figure = programme.figures("2026")["mentee-completion"]
    assert (figure.value, figure.over) == (Decimal(100), 5)
    assert [(one.record.id, one.why) for one in figure.left] == [("x", "after")]


def _goals(*statuses: str | None) -> list[dict[str, str]]:
    return [
        {"id": f"g{number}", "text": "Learn", "measure": "It runs", **({"status": status} if status else {})}
        for number, status in enumerate(statuses, 1)
    ]


def test_success_needs_a_goal_and_goals_count_half_where_partly_reached(programme: Programme) -> None:
    ended = [("2026-01-01", "active"), ("2026-06-01", "completed")]
    programme.pairing("a", *ended, goals=_goals("reached", "partly"))
    programme.pairing("b", *ended, goals=_goals("partly", None))
    programme.pairing("c", *ended, goals=_goals("dropped"))
    programme.pairing("d", *ended)
    programme.pairing("e", ended[0], ("2026-06-01", "terminated"), goals=_goals("reached"))
    assert programme.told("relationship-success", "2026") == 40
    assert programme.told("goal-achievement", "2026") == "withheld"  # the goals of four pairings
    programme.pairing("f", *ended, goals=_goals("open", "open"))
    figure = programme.figures("2026")["goal-achievement"]
    assert (figure.value, figure.over) == (Decimal(38), 8)


def _feedback(name: str, average: str, answers: int, **more: object) -> list[dict[str, object]]:
    results = [{"name": name, "average": average, **({"answers": more.pop("own")} if "own" in more else {})}]
    usual = {"method": "surveys", "from": "2026-05-01", "until": "2026-05-31", "answers": answers, "results": results}
    return [{**usual, **more}]


def test_each_answer_counts_once_whatever_the_survey_and_groups_never_again(programme: Programme) -> None:
    feedback = [
        *_feedback("program-value", "4.0", 10),
        *_feedback("program-value", "5.0", 8, role="mentor"),
        *_feedback("program-value", "1.0", 40, own=5),
    ]
    programme.review("year", ("2027-01-10", "draft"), feedback=feedback)
    programme.review(
        "no", ("2026-06-01", "draft"), ("2026-07-01", "dropped"), feedback=_feedback("program-value", "1", 90)
    )
    figure = programme.figures("2026")["program-value"]
    assert (figure.value, figure.over) == (Decimal("3.0"), 15)
    assert [(one.record.id, one.why) for one in figure.left] == [("no", "when")]
    assert programme.told("program-value", "2025") == "insufficient"
    assert programme.told("program-value", "2026-Q2") == Decimal("3.0")


def test_ratings_count_when_their_review_is_finished(programme: Programme) -> None:
    rating = {"name": "skill-development", "score": 4, "why": "It runs"}
    for number in range(5):
        programme.review(f"r{number}", ("2026-01-01", "draft"), ("2026-02-01", "done"), rhythm="end", ratings=[rating])
    programme.review(
        "mid", ("2026-01-01", "draft"), ("2026-02-01", "done"), rhythm="mid", ratings=[{**rating, "score": 1}]
    )
    programme.review("draft", ("2026-01-01", "draft"), rhythm="end", ratings=[{**rating, "score": 1}])
    assert programme.told("skill-development", "2026-02") == 4
    assert programme.told("skill-development", "2026-01") == "insufficient"


def test_a_quarter_is_not_told_apart_by_its_months(programme: Programme) -> None:
    """February is over two people; January beside the quarter would tell of them, so it is withheld too."""
    _mentors(programme, 6, ("2026-01-01", "active"), ("2026-01-20", "completed"))
    _mentors(programme, 2, ("2026-01-01", "active"), ("2026-02-20", "terminated"), start=20)
    shown = {over: programme.told("mentee-completion", over) for over in ("2026", "2026-Q1", "2026-01", "2026-02")}
    assert shown == {"2026": 75, "2026-Q1": 75, "2026-01": "withheld", "2026-02": "withheld"}


def test_records_under_another_policy_or_taken_back_are_none_of_it(programme: Programme) -> None:
    programme.pairing("a", ("2026-01-01", "active"))
    programme.pairing("b", ("2026-01-01", "active"), ("2026-01-02", "void"))
    assert programme.told("active-mentors", "2026") == 1
    other = pack_data(POLICY) | {"policy": "OTHER-1"}

    elsewhere = Programme(Policy.model_validate(other))
    elsewhere.records = {"a": programme.records["a"]}
    assert elsewhere.told("active-mentors", "2026") == 0
