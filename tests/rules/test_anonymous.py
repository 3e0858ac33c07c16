"""Feedback tells of nobody in particular: each sum over enough people, and what is left when groups are taken off."""

from __future__ import annotations

from typing import Any

import pytest

from partnerkit.rules.anonymous import feedback_tells_of_nobody
from tests.policies.fulfil import World
from tests.rules.bench import found_in, look, policy, world

ENOUGH = "at least 5 are needed: somebody could tell who said what"


def feedback(answers: int, *results: dict[str, Any], **more: Any) -> dict[str, Any]:
    asked = {"method": "surveys", "from": "2026-03-01", "until": "2026-03-31", "answers": answers}
    return {**asked, "results": list(results or ({"name": "worth", "average": 4},)), **more}


def review(*entries: dict[str, Any], fewest: int | None = None) -> World:
    """A review that is being written, and what it says."""
    data = policy(kind="review", filled=["findings"])
    here = world({**data, **({"fewest": fewest} if fewest else {})})
    here.record["feedback"] = list(entries)
    return here


@pytest.mark.parametrize(
    ("entries", "told"),
    [
        ((), None),
        ((feedback(5),), None),
        ((feedback(20), feedback(15, role="mentor")), None),
        ((feedback(20), feedback(10, role="mentor"), feedback(10, role="mentee")), None),
        ((feedback(20), feedback(16, role="mentor")), "worth tells of 4 people (all, less mentor), and"),
        ((feedback(20), feedback(8, role="mentor"), feedback(8, role="peer")), "worth tells of 4 people (all, less mentor, peer), and"),
        ((feedback(20), feedback(17, programme="formal")), "worth tells of 3 people (all, less formal), and"),
        ((feedback(20), feedback(16, role="mentor", method="interviews")), None),
        ((feedback(20), feedback(16, {"name": "other", "average": 4}, role="mentor")), None),
        ((feedback(20, {"name": "worth", "average": 4, "answers": 18}), feedback(15, role="mentor")), "worth tells of 3 people (all, less mentor), and"),
    ],
)  # fmt: skip
def test_groups_and_all_tell_of_no_few(entries, told):
    found = found_in(feedback_tells_of_nobody(look(review(*entries))))
    assert found == ([("feedback-of-few", f"{told} {ENOUGH}")] if told else [])


def test_the_policy_can_want_more_of_each_sum():
    few = {"name": "worth", "average": 4, "answers": 9}
    [(code, words)] = found_in(feedback_tells_of_nobody(look(review(feedback(12, few), fewest=10))))
    assert (code, words) == ("feedback-of-few", f"it tells of 9 people, and {ENOUGH.replace('5', '10')}")
    assert found_in(feedback_tells_of_nobody(look(review(feedback(12), fewest=10)))) == []


def test_a_finished_review_was_judged_at_its_gate():
    here = review(feedback(12), fewest=20)
    here.record["stage"] = here.record["history"][-1]["to"] = "done"
    assert found_in(feedback_tells_of_nobody(look(here))) == []


def test_other_records_have_no_feedback():
    assert found_in(feedback_tells_of_nobody(look(world(policy(filled=["name"]))))) == []
