"""What cannot be in answers of a form: told by row and column, with its reason; nothing comes in by half."""

from __future__ import annotations

from typing import Any

import pytest

from tests.journeys import cohort
from tests.journeys.cohort import HEADINGS
from tests.journeys.intake import as_csv, commits, mapped, written
from tests.journeys.telling import Teller

#: Where a trouble is told that another cell makes.
AT_FAULT = {"", "Goal 1: how will you know?", "Learning goal 1"}


#: A cell that cannot be, the number of the answer, and what is said of it.
CANNOT = [
    ("Timestamp", 0, "2026-03-03", "it is still to come on 2026-03-02, and says"),
    ("Timestamp", 0, "soon", "'soon' is no day"),
    ("Timestamp", 0, "03/02/2026", "can be two days"),
    ("Timestamp", 0, "", "it has no applied, and no application goes without"),
    ("When did you join the community?", 0, "2026-03-05", "it is still to come on 2026-03-02, and says"),
    ("When did you join the community?", 0, "2026-02-28", "member-since is after applied (2026-02-01)"),
    ("Code of conduct accepted on", 13, "2027-01-01", "it is still to come"),
    ("Hours per month", 13, "0", "hours-per-month is 0: more than 0"),
    ("Hours per month", 13, "200", "hours-per-month is 200: at most 168"),
    ("Hours per month", 13, "many", "write a number"),
    ("Years of professional experience", 0, "-3", "experience-years is -3: at least 0"),
    ("Years of professional experience", 0, "400", "at most 80"),
    ("How many mentees at a time?", 0, "0", "at least 1"),
    ("How many mentees at a time?", 0, "two", "whole number"),
    ("I want to take part as", 0, "Mento", "as has no 'Mento'; did you mean mentor"),
    ("Which programmes?", 0, "Formal, Grup", "programmes has no 'Grup'; did you mean group"),
    ("Skills you can teach or want to learn", 0, "Objective-C++, SQL", "letters would be lost"),
    ("Skills you can teach or want to learn", 0, "=1+1", "it is a formula"),
    ("Skills you can teach or want to learn", 0, "+SUM(A1)", "it is a formula"),
    ("Skills you can teach or want to learn", 0, "-cmd|x", "it is a formula"),
    ("Skills you can teach or want to learn", 0, "@/etc/hostname", "it is a formula"),
    ("Goal 1: how will you know?", 13, "", "one of its goals has no measure"),
    ("Learning goal 1", 13, "", "one of its goals has no text"),
    ("Professional references", 0, "21", "more than 20"),
    ("Professional references", 0, "some", "references.status has no 'some'"),
    ("Learning goal 1", 13, "a\u202eb", "could hide or change what a reader sees"),
]


def test_what_cannot_be_is_told_with_row_column_value_and_reason(programme: Teller) -> None:
    """Nothing comes in by half: all is refused, or the rows are left out, and the table says which and why."""
    place = programme.place
    by = mapped(place, written(place, [cohort.row(number) for number in (0, 1, 13)]))
    odd = [
        cohort.row(number) | {"E-mail address": f"odd{place_}@mail.example", column: cell}
        for place_, (column, number, cell, _words) in enumerate(CANNOT)
    ]
    sheet = written(place, [cohort.row(2), *odd], "bad.csv")
    said = place.refuse("import", sheet, "--map", by)
    assert f"{len(CANNOT)} of {len(CANNOT) + 1} rows raise a question; nothing changed" in said.err
    found = {one["row"]: one for one in place.json("import", sheet, "--map", by, "--dry-run")["rows"]}
    done = place.do("import", sheet, "--map", by, "--leave-out")
    assert f"1 new, 0 updated, {len(CANNOT)} left out" in done.out
    message, table = place.git("log", "-1", "--format=%B"), " ".join(done.out.split())
    for column in cohort.HEADINGS:
        message = message.replace(column, "")
    for row, (column, _number, cell, words) in enumerate(CANNOT, 3):
        assert found[row]["action"] == "question", words
        assert any(words in one["why"] for one in found[row]["troubles"]), words
        assert {one["column"] for one in found[row]["troubles"]} <= {column, *AT_FAULT}, words
        line = 2 * (row - 1) + 1  # every answer has a cell of two lines
        mine = said.err.partition(f"{sheet}:{line}  row-unclear")[2]
        assert f"row {row}" in mine, words
        assert words in mine.partition("row-unclear")[0], words
        assert words[:20] in table, words
        assert not cell.isalpha() or cell not in message, words
    assert place.run("check").code == 0


def test_a_place_that_would_run_is_no_link(programme: Teller) -> None:
    """What is told at length stays where the sheet is kept: that is the evidence, and nothing runs."""
    place = programme.place
    by = mapped(place, written(place, [cohort.row(number) for number in (0, 1, 13)]))
    answer = cohort.row(0) | {"Experience documentation (link)": "javascript:alert(1)"}
    place.do("import", written(place, [answer], "bad.csv"), "--map", by)
    assert "javascript" not in place.text("mentor-p-0001")


def test_times_of_the_week_and_time_zones_are_held_to_what_can_be_compared(programme: Teller) -> None:
    place = programme.place
    said = {"Free": "mon 18:00-20:30, wed 18:00-20:00", "Time zone": "Europe/Berlin"}
    odd = [{"Time zone": "Mars/Base"}, {"Free": "monday evening"}, {"Free": "mon 18:00-25:00"}]
    answers = [cohort.row(13 + place_) | said | cells for place_, cells in enumerate([{}, *odd])]
    sheet = place.write("times.csv", as_csv(answers))
    told = place.refuse("import", sheet, "--map", mapped(place, sheet)).err
    assert "3 of 4 rows raise a question; nothing changed" in told
    assert "Time zone: time-zone: 'Mars/Base' is no IANA time zone" in told
    assert "'monday evening' is no time of a week" in told
    assert "'mon 18:00-25:00' is no time of a week" in told


def test_a_row_is_told_everything_at_once(programme: Teller) -> None:
    place = programme.place
    answers = cohort.rows()
    by = mapped(place, written(place, answers))
    answers[3] |= {"Hours per month": "200", "Which programmes?": "Fromal", "Timestamp": "tomorrow"}
    answers[20] |= {"Hours per month": "0"}
    said = place.refuse("import", written(place, answers), "--map", by)
    assert "2 of 27 rows raise a question; nothing changed" in said.err
    assert said.err.count("row 5, ") == 3
    assert said.err.count("row 22, ") == 1


def test_who_stands_twice_in_the_sheet_is_asked_about(programme: Teller) -> None:
    """The same person, part and programme; the same person for another programme is another application."""
    place = programme.place
    answers = [cohort.row(13), cohort.row(14), cohort.row(13)]
    said = place.refuse("import", written(place, answers), "--map", mapped(place, written(place, answers)))
    assert "row 4 (mentee-p-0001): the same (p-0001, mentee, formal and group) as row 2: once is enough" in said.err


@pytest.mark.parametrize(
    ("cells", "given"),
    [("Ada Example", "it is no opaque id"), ("p-invented", "the id holds a word of the name"), ("p-rosa", "")],
)
def test_an_id_of_a_person_is_no_name(programme: Teller, cells: str, given: str) -> None:
    """What stands in that column is not shown again: it may be a name."""
    place = programme.place
    sheet = place.write("ids.csv", as_csv([{"Person id": cells, **cohort.row(0)}]))
    by = mapped(place, sheet)
    if not given:
        place.do("import", sheet, "--map", by)
        return
    said = place.refuse("import", sheet, "--map", by)
    assert given in said.err
    assert cells not in said.err


def test_an_address_and_an_id_say_the_same_person(programme: Teller) -> None:
    place = programme.place
    answer = {"Person id": "p-0009", **cohort.row(0), "E-mail address": "jonas@lighthouse.example"}
    sheet = place.write("ids.csv", as_csv([answer]))
    said = place.refuse("import", sheet, "--map", mapped(place, sheet))
    assert "whoever has this address is known as p-jonas" in said.err
    assert "jonas@" not in said.err


@pytest.mark.parametrize("ragged", ["short,row", "a," * 40], ids=["short", "long"])
def test_a_ragged_row_is_told(programme: Teller, ragged: str) -> None:
    place = programme.place
    by = mapped(place, written(place, cohort.rows()))
    sheet = place.write("ragged.csv", cohort.as_sheet([cohort.row(0)]) + ragged + "\n")
    said = place.refuse("import", sheet, "--map", by)
    assert f"cells and the head line has {len(HEADINGS)}: a comma or a quote is wrong" in said.err
    assert "1 new, 0 updated, 1 left out" in place.do("import", sheet, "--map", by, "--leave-out").out


@pytest.mark.parametrize(
    ("changes", "teaches"),
    [
        ({"columns": {"Skils": "skills"}}, "the sheet has no column 'Skils'; did you mean Skills"),
        ({"columns": {"Timestamp": "aplied"}}, "an application has no field 'aplied'; did you mean applied"),
        ({"columns": {"Timestamp": "goals.1.txt"}}, "goals.1 has no part 'txt'; did you mean text"),
        ({"columns": {"Timestamp": "references.professionl"}}, "did you mean professional"),
        ({"columns": {"Timestamp": "code-of-conduct.day"}}, "code-of-conduct has no part 'day'"),
        ({"columns": {"Timestamp": "applied", "Hours per month": "applied"}}, "several columns fill applied"),
        ({"rows-are": ["interview"]}, "has no requirement 'interview' that evidence meets"),
        ({"kept": None}, "the map does not say where"),
        ({"fixed": {"titel": "x"}}, "did you mean title"),
    ],
)
def test_a_map_that_fits_neither_sheet_nor_kind(programme: Teller, changes: dict[str, Any], teaches: str) -> None:
    place = programme.place
    sheet = written(place, [cohort.row(0)])
    said = place.wrong("import", sheet, "--map", mapped(place, sheet, **changes))
    assert teaches in said.err


def test_what_the_judge_has_against_a_row_is_told_of_the_row(programme: Teller) -> None:
    """Whatever a rule of the register finds in a record: its row is asked about like any other, or left out."""
    place = programme.place
    path = place.root / "records" / "policies" / "MEM-02-03.yaml"
    text = path.read_text(encoding="utf-8")
    mine = "    health: {type: text, clause: §2.1, title: What must be known., classification: confidential}\n"
    head = "fields:\n  application:\n"
    path.write_text(text.replace(head, f"{head}{mine}", 1), encoding="utf-8")
    place.git("commit", "-qam", "a field that is kept elsewhere")
    answers = [{**cohort.row(number), "Health": "a long story" if number == 1 else ""} for number in range(3)]
    sheet = place.write("health.csv", as_csv(answers))
    by = mapped(place, sheet)
    said = place.refuse("import", sheet, "--map", by)
    assert "1 of 3 rows raises a question; nothing changed" in said.err
    assert "row 3: " in said.err
    assert "health" in said.err
    dry = place.json("import", sheet, "--map", by, "--dry-run")
    assert [one["action"] for one in dry["rows"]] == ["create", "question", "create"]
    before = commits(place)
    done = place.do("import", sheet, "--map", by, "--leave-out")
    assert "2 new, 0 updated, 1 left out" in done.out
    assert commits(place) == before + 1
    assert "a long story" not in place.git("log", "-1", "-p")
