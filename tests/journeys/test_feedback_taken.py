"""What a sheet of feedback, or somebody who types it, can say of a review: what is unclear, and where it goes."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.journeys.answering import YEAR, answers, held, take
from tests.journeys.telling import Teller
from tests.scenarios.codes.running import pasted


def test_rows_that_are_unclear_stop_everything_and_their_words_are_not_repeated(year: Teller) -> None:
    more = (
        "t,x@example.org,Kim,boss,formal,4,,",
        "t,y@example.org,Kim,,formal,4,,",
        "t,z@example.org,Kim,mentee,formal,Kim was rude,,",
        "t,mentee0@example.org,Kim,mentee,formal,4,,",
        "t,w@example.org,Kim,mentee,formal,=1+3,,",
        "t,v@example.org,Kim,mentee,formal,,,",
        "t,u@example.org,Kim,mentee,formal,6,,",
    )
    text = answers(("mentee", 6, 5), more=more)
    said = year.place.refuse(*take(year, text), day=year.day)
    assert "6 of 13 rows are unclear; nothing changed" in said.err
    for line, why in (
        (8, "role is none of mentor, mentee, peer"),
        (9, "role is empty"),
        (10, "program-value: no whole number from 1 to 5"),
        (11, "the same e-mail address as in line 2: one person answers once"),
        (12, "program-value: no whole number from 1 to 5"),
        (14, "program-value: no whole number from 1 to 5"),
    ):
        assert f"answers.csv:{line}" in said.err
        assert why in said.err
    assert "rude" not in said.err
    done = year.do(*take(year, text, "--leave-out"))
    assert "lines 8, 9, 10, 11, 12, 14" in done.out
    assert "1 row answers nothing" in done.out
    assert [one["answers"] for one in held(year)] == [6]


def test_a_map_says_what_columns_and_words_mean(year: Teller) -> None:
    text = "You are,Was it worth it?,Tries\n" + "A mentee,good,2\n" * 6
    said = year.place.wrong(*take(year, text), day=year.day)
    assert "has no column that is a question" in said.err
    mapped = (
        "kind: feedback\ncolumns:\n  You are: role\n  Was it worth it?: program-value\n"
        "values:\n  role: {A mentee: mentee}\n  program-value: {good: 4}\n"
    )
    path = year.place.write("map.yaml", mapped)
    done = year.do(*take(year, text, "--map", path))
    assert "Tries holds only numbers from 1 to 5" in done.out
    assert held(year)[0]["results"] == [{"name": "program-value", "average": 4}]
    wrong = year.place.write("wrong.yaml", mapped.replace("program-value\nv", "program-worth\nv"))
    assert (
        "asks nothing called 'program-worth'" in year.place.wrong(*take(year, text, "--map", wrong), day=year.day).err
    )


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--method", "survey"), "no way of asking 'survey'; did you mean surveys?"),
        (("--period", "2026-07"), "2026-07 has not begun"),
        (("--period", "June"), "'June' is no period"),
        (("--by", "team"), "put into groups by role or programme, not by 'team'"),
    ],
)
def test_what_cannot_be_meant_is_called_wrongly(year: Teller, words: tuple[str, ...], told: str) -> None:
    assert told in year.place.wrong(*take(year, answers(("mentee", 6, 5)), *words), day=year.day).err


def test_feedback_goes_into_a_review_that_is_named_and_there(pool: Teller) -> None:
    path = pool.place.write("answers.csv", answers(("mentee", 6, 5)))
    usual = ("import", path, "--kind", "feedback", "--method", "surveys")
    assert "say into which review the feedback goes" in pool.place.wrong(*usual).err
    assert (
        "feedback goes into a review, and mentor-ada is an application"
        in pool.place.wrong(*usual, "--to", "mentor-ada").err
    )
    assert (
        "--to, --method, --period and --by go with --kind feedback" in pool.place.wrong("import", path, "--to", "x").err
    )


def test_a_sheet_inside_the_register_is_warned_about(year: Teller) -> None:
    text = answers(("mentee", 6, 5))
    lying = Path(year.place.root) / "answers.csv"
    lying.write_text(text, encoding="utf-8")
    words = take(year, text)
    words[1] = "answers.csv"
    assert "lies in the register, where it can be committed by mistake" in year.do(*words, "--dry-run").out
    (year.place.root / ".git" / "info" / "exclude").write_text("answers.csv\n", encoding="utf-8")
    assert "answers.csv" not in year.do(*words, "--dry-run").out
    year.place.git("add", "-f", "answers.csv")
    assert "is tracked by git" in year.do(*words, "--dry-run").out


def test_feedback_by_hand_is_held_to_the_same(year: Teller) -> None:
    head = "method: surveys, from: 2026-06-01, until: 2026-06-30"
    result = "results: [{name: program-value, average: 4.2}]"
    few = year.place.refuse("set", YEAR, f"feedback=[{{{head}, answers: 4, {result}}}]", day=year.day)
    assert "feedback.0.answers is 4: at least 5" in few.err
    both = f"feedback=[{{{head}, answers: 20, {result}}}, {{{head}, role: mentor, answers: 17, {result}}}]"
    said = year.place.refuse("set", YEAR, both, day=year.day)
    assert "program-value tells of 3 people (all, less mentor), and at least 5 are needed" in said.err
    assert f"partnerkit set {YEAR} feedback=" in said.err
    more = f"feedback=[{{{head}, answers: 20, results: [{{name: program-value, average: 4.2, answers: 21}}]}}]"
    assert (
        "program-value has 21 answers, and only 20 answered at all"
        in year.place.refuse("set", YEAR, more, day=year.day).err
    )
    year.do("set", YEAR, both.replace("17", "15"))
    year.do("policy", "set", "MEM-02-03", "feedback-answers=16", "--seen", "minutes/9.md", by="p-jonas")
    found = year.place.json("check", day=year.day)["findings"]
    assert [one["message"] for one in found if one["code"] == "feedback-of-few"] == [
        f"{YEAR}: it tells of 15 people, and at least 16 are needed: somebody could tell who said what"
    ]
    year.place.day = year.day
    pasted(year.place, "feedback-of-few")


def test_a_finished_review_takes_no_more_feedback(year: Teller) -> None:
    year.do(*take(year, answers(("mentee", 6, 5))))
    rating = "ratings=[{name: community-culture, score: 4, why: More ask in the open}]"
    figures = (
        "figures=[{name: active-mentors, value: 6, unit: mentors, from: 2026-01-01, until: 2026-12-31, source: x}]"
    )
    year.do("set", YEAR, "until=2026-06-19", "findings=Well", "conclusion=continue", rating, figures)
    year.do("approve", YEAR, "programme-sign-off", by="p-jonas")
    void = year.do(*take(year, answers(("mentee", 12, 5))))
    assert "void" in void.out
    year.do("approve", YEAR, "programme-sign-off", by="p-jonas")
    year.do("advance", YEAR)
    said = year.place.refuse(*take(year, answers(("mentee", 18, 5))), day=year.day)
    assert "feedback" in said.err


def test_two_columns_are_not_one_question(year: Teller) -> None:
    said = year.place.wrong(*take(year, "role,Role,program value\n" + "mentee,mentee,4\n" * 6), day=year.day)
    assert "the columns 'role' and 'Role' both are role" in said.err


def test_feedback_stands_under_the_policy_of_its_review(year: Teller) -> None:
    said = year.place.wrong(*take(year, answers(("mentee", 6, 5)), "--policy", "MEM-02-03"), day=year.day)
    assert "leave --policy out" in said.err


def test_what_depends_on_how_many_is_told_with_the_gap(programme: Teller) -> None:
    gaps = programme.place.json("policy", "gaps", "MEM-02-03")["gaps"]
    assert next(one for one in gaps if one["variable"] == "feedback-answers")["used_by"] == [
        "fewest",
        "requirement feedback-anonymous",
    ]


def test_groups_by_programme(year: Teller) -> None:
    rows = [("formal", 7), ("reverse", 6), ("group", 2), ("peer", 3)]
    text = "programme,program value\n" + "".join(f"{name},4\n" * many for name, many in rows)
    said = year.do(*take(year, text, "--by", "programme"))
    assert [(one.get("programme"), one["answers"]) for one in held(year)] == [(None, 18), ("formal", 7), ("reverse", 6)]
    assert "withheld: program-value of group, fewer than 5 answered" in said.out
    wrong = year.place.refuse(*take(year, text + "informal,4\n", "--by", "programme"), day=year.day)
    assert "programme is none of formal, peer, group, reverse" in wrong.err
