"""Feedback of many from a sheet into a review: sums alone, over enough people, and no way back to what one said."""

from __future__ import annotations

from typing import Any

import pytest

from tests.journeys.answering import YEAR, answers, held, take
from tests.journeys.telling import Teller


def test_answers_become_sums_and_nothing_else_of_them_stays(year: Teller) -> None:
    """T16: of the sheet, of who answered and of when, the commit holds nothing."""
    before = year.place.snapshot()
    said = year.do(*take(year, "\ufeff" + answers(("mentor", 6, 4), ("mentee", 7, 5))))
    month = {"method": "surveys", "from": "2026-06-01", "until": "2026-06-30"}
    assert held(year) == [
        {
            **month,
            "answers": 13,
            "results": [
                {"name": "program-value", "average": "4.5"},
                {"name": "mentor-satisfaction", "average": 4, "answers": 6},
            ],
        },
        {**month, "role": "mentee", "answers": 7, "results": [{"name": "program-value", "average": 5}]},
        {**month, "role": "mentor", "answers": 6, "results": [{"name": "program-value", "average": 4}]},
    ]
    assert "not read: Timestamp, E-mail, Name, Programme, Comments" in said.out
    changed = {name for name, data in year.place.snapshot().items() if before.get(name) != data}
    assert changed == {f"records/reviews/{YEAR}.yaml", "HEAD", "index"}
    landed = year.place.git("show", "--format=%B")
    assert not any(word in landed for word in ("example.org", "Kim", "went well", "10:00", "answers.csv"))
    assert year.warned() == ["policy-review-overdue"]
    year.do("undo")
    assert held(year) == []


def test_a_dry_run_says_what_would_be_told_and_writes_nothing(year: Teller) -> None:
    before = year.place.snapshot()
    words = take(year, answers(("mentor", 6, 4), ("mentee", 3, 5)), "--dry-run", "--json")
    data = year.do(*words).json
    assert year.place.snapshot() == before
    assert (data["schema"], data["commit"], data["dry_run"]) == ("partnerkit.import/1", None, True)
    assert [one["answers"] for one in data["feedback"]] == [9]
    assert data["withheld"] == [
        {"question": "program-value", "group": "mentor", "why": "it would tell of fewer than 5 others"},
        {"question": "program-value", "group": "mentee", "why": "fewer than 5 answered"},
    ]
    assert data["not_read"] == ["Timestamp", "E-mail", "Name", "Programme", "Comments"]


def test_fewer_than_five_tell_nothing(year: Teller) -> None:
    said = year.place.refuse(*take(year, answers(("mentor", 2, 4), ("mentee", 2, 5))), day=year.day)
    assert "no question was answered by 5 people or more" in said.err
    assert "MEM-02-03 §8.1.2/anonymous-feedback" in said.err
    assert f"partnerkit gates {YEAR}" in said.err


def test_the_organisation_can_want_more(year: Teller) -> None:
    year.do("policy", "set", "MEM-02-03", "feedback-answers=10", "--seen", "minutes/9.md", by="p-jonas")
    said = year.place.refuse(*take(year, answers(("mentor", 9, 4))), day=year.day)
    assert "no question was answered by 10 people or more" in said.err


@pytest.mark.parametrize(
    ("second", "told"),
    [
        ((("mentor", 6, 4), ("mentee", 8, 5)), "it would tell what 1 said (all, less what was told before)"),
        ((("mentor", 6, 4), ("mentee", 6, 5)), "it would tell what 1 said"),
        ((("mentor", 6, 4), ("mentee", 7, 4)), "it would show that somebody answers otherwise now"),
    ],
)
def test_the_same_people_and_one_more_are_not_added_up_again(year: Teller, second: Any, told: str) -> None:
    year.do(*take(year, answers(("mentor", 6, 4), ("mentee", 7, 5))))
    said = year.place.refuse(*take(year, answers(*second)), day=year.day)
    assert told in said.err
    assert "wait until at least 5 more have answered" in said.err


def test_what_was_told_once_stays_known_though_it_was_taken_back(year: Teller) -> None:
    """The history of the register shows it, so a sum that differs by one would tell of that one."""
    year.do(*take(year, answers(("mentee", 12, 5))))
    year.do("undo")
    year.place.refuse(*take(year, answers(("mentee", 13, 5))), day=year.day)


def test_five_more_take_the_place_of_what_was_told_and_count_once(year: Teller) -> None:
    year.do(*take(year, answers(("mentee", 8, 5))))
    year.do(*take(year, answers(("mentee", 14, 5))))
    assert [one["answers"] for one in held(year)] == [14]
    said = year.do(*take(year, answers(("mentee", 14, 5))))
    assert "nothing to change" in said.out


def test_the_same_people_are_not_told_of_by_another_grouping_or_in_another_review(year: Teller) -> None:
    year.do(*take(year, answers(("mentor", 6, 4), ("mentee", 7, 5))))
    said = year.place.wrong(
        *take(year, answers(("mentor", 16, 4), ("mentee", 7, 5)), "--by", "programme"), day=year.day
    )
    assert "by programme too, it would tell of the few who are both" in said.err
    words = ("of=MEM-02-03", "rhythm=quality", "from=2026-01-01", "until=2026-12-31")
    year.do("new", "review", "Another", "id=another", *words)
    again = [word if word != YEAR else "another" for word in take(year, answers(("mentee", 17, 5)))]
    assert (
        f"{YEAR} holds what was answered from 2026-06-01 to 2026-06-30 already"
        in year.place.wrong(*again, day=year.day).err
    )


def test_another_question_of_the_same_month_is_added_beside(year: Teller) -> None:
    year.do(*take(year, answers(("mentor", 6, 4), ("mentee", 7, 5))))
    other = "role,relationship quality\n" + "mentee,3\n" * 9
    year.do(*take(year, other))
    assert [(one.get("role"), [part["name"] for part in one["results"]]) for one in held(year)] == [
        (None, ["program-value", "mentor-satisfaction"]),
        ("mentee", ["program-value"]),
        ("mentor", ["program-value"]),
        (None, ["relationship-quality"]),
    ]
