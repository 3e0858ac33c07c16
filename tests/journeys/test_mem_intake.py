"""Answers of a form become applications: the first map, the ids of people, everything that cannot be, nothing by half."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from partnerkit.jobs import sheet_cells
from tests.journeys import cohort
from tests.journeys.cohort import HEADINGS, MENTORS, ROWS
from tests.journeys.telling import Teller
from tests.place import Place
from tests.sharing import Two

DAY = "2026-03-02"


def guessed(place: Place, sheet: str, *words: str) -> dict[str, Any]:
    """The first map of a sheet, as data."""
    said = place.do("import", sheet, "--kind", "application", *words)
    found: dict[str, Any] = YAML(typ="safe").load(said.out)
    return found


def mapped(place: Place, sheet: str, *words: str, **changes: Any) -> str:
    """The first map of a sheet, edited: where the sheet is kept, and whatever else."""
    out = io.StringIO()
    YAML().dump({**guessed(place, sheet, *words), "kept": "vault/spring-2026.csv", **changes}, out)
    return place.write("map.yaml", out.getvalue())


def commits(place: Place) -> int:
    return int(place.git("rev-list", "--count", "HEAD"))


def written(place: Place, answers: list[dict[str, str]], name: str = "form.csv") -> str:
    return place.write(name, cohort.as_sheet(answers))


def record(place: Place, name: str) -> dict[str, Any]:
    found: dict[str, Any] = place.json("show", name)["record"]
    return found


def test_a_usual_form_is_understood_from_its_headings(programme: Teller) -> None:
    place = programme.place
    found = guessed(place, written(place, cohort.rows()))
    assert list(found["columns"]) == list(HEADINGS)
    assert list(found["columns"].values()) == [
        *("applied", "private.name", "private.email", "as", "programmes", "member-since", "experience-years", "skills"),
        *("level", "hours-per-month", "capacity"),
        *("goals.1.text", "goals.1.measure", "goals.2.text", "goals.2.measure"),
        *("code-of-conduct.version", "code-of-conduct.on", "motivation-statement", "experience-documentation"),
        *("references.professional", "references.community"),
    ]
    assert found["values"] == {"skills": {"C++": "cplusplus"}}
    assert found["rows-are"] == ["application-form"]
    assert found["fixed"]["references.status"] == "asked"


def test_other_headings_mean_the_same_and_what_is_not_understood_is_said(programme: Teller) -> None:
    place = programme.place
    head = {
        "Submitted at": ("2026-02-20", "applied"),
        "Name": ("Invented Nobody", "private.name"),
        "Your e-mail": ("n@mail.example", "private.email"),
        "Phone number": ("+49 30 1234", "private.phone-number"),
        "Would you rather teach or learn?": ("mentee", "as"),
        "Program type": ("formal", "programmes"),
        "Joined the community": ("2024-01-01", "member-since"),
        "Technologies": ("python", "skills"),
        "Seniority": ("beginner", "level"),
        "Hours a month": ("4", "hours-per-month"),
        "Learning goals": ("Tests: a suite runs", "goals"),
        "Do you accept our code of conduct?": ("yes", "code-of-conduct"),
        "Motivation": ("https://files.example/m", "motivation-statement"),
        "Training: boundary setting": ("2026-02-01", "training.boundary-setting"),
        "How did you hear of us?": ("a friend", None),
    }
    sheet = place.write("other.csv", ";".join(head) + "\n" + ";".join(cell for cell, _ in head.values()) + "\n")
    found = guessed(place, sheet)
    assert found["columns"] == {heading: filled for heading, (_, filled) in head.items()}
    assert found["fixed"]["code-of-conduct.version"] == "<version>"
    said = place.do("import", sheet, "--kind", "application").out
    assert "# Not guessed, and left out: How did you hear of us?." in said

    refused = place.refuse("import", sheet, "--map", mapped(place, sheet))
    assert "placeholder <version>" in refused.err
    fixed = {**found["fixed"], "code-of-conduct.version": "2"}
    place.do("import", sheet, "--map", mapped(place, sheet, fixed=fixed))
    [one] = place.json("list", "application")["records"]
    assert one["id"] == "mentee-p-0001"
    told = record(place, "mentee-p-0001")
    assert told["code-of-conduct"] == {"version": "2", "on": "2026-02-20"}
    assert told["goals"] == [{"id": "g1", "text": "Tests", "measure": "a suite runs"}]
    assert told["training"] == [{"on": "2026-02-01", "module": "boundary-setting"}]
    assert [(said["requirement"], said["kind"], said["ref"]) for said in told["evidence"]] == [
        ("motivation-statement", "link", "https://files.example/m"),
        ("application-form", "document", "vault/spring-2026.csv#row=2"),
    ]


def test_twenty_seven_answers_are_one_commit_and_go_again_with_one_undo(programme: Teller) -> None:
    place = programme.place
    sheet = written(place, cohort.rows())
    by = mapped(place, sheet)
    before, texts = commits(place), place.do("export", "ndjson").out
    dry = place.json("import", sheet, "--map", by, "--dry-run")
    assert [one["action"] for one in dry["rows"]] == ["create"] * ROWS
    assert commits(place) == before

    said = place.do("import", sheet, "--map", by)
    assert commits(place) == before + 1
    assert "27 new, 0 updated, 0 left out" in said.out
    assert "Next: partnerkit list application --by stage" in said.out
    assert "Full name, E-mail address: private, and left out" in said.out
    assert place.run("check").code == 0
    listed = place.json("list", "application")["records"]
    assert sorted(one["id"] for one in listed) == sorted(
        f"{'mentor' if number <= MENTORS else 'mentee'}-p-{number:04}" for number in range(1, ROWS + 1)
    )
    first = record(place, "mentor-p-0002")
    assert first["skills"] == ["python", "cplusplus"]
    assert first["programmes"] == ["formal", "group"]
    assert [(one["id"], one["kind"], one["status"]) for one in first["references"]] == [
        ("r1", "professional", "asked"),
        ("r2", "professional", "asked"),
        ("r3", "community", "asked"),
    ]

    held = b"".join(place.snapshot().values()) + place.git("log", "-1", "--format=%B").encode()
    assert b"Invented" not in held
    assert b"mail.example" not in held
    assert b"learnt a lot" not in held

    place.do("undo")
    assert place.do("export", "ndjson").out == texts
    assert place.run("check").code == 0


def test_the_same_sheet_comes_in_once(programme: Teller) -> None:
    """Nobody of it is known by an id in the sheet: the rows of the very sheet are, by its digest."""
    place = programme.place
    sheet = written(place, cohort.rows())
    by = mapped(place, sheet)
    place.do("import", sheet, "--map", by)
    said = place.refuse("import", sheet, "--map", by)
    assert "27 of 27 rows raise a question; nothing changed" in said.err
    assert "is in the register already: mentor-p-0001, in submitted" in said.err
    done = place.do("import", sheet, "--map", by, "--leave-out")
    assert "0 new, 0 updated, 27 left out" in done.out


def test_people_keep_their_ids_and_new_ones_get_the_next(programme: Teller) -> None:
    """An id in the sheet, an address on the roster, an address twice in the sheet; else the next number."""
    place = programme.place
    place.do("person", "add", "p-0041", "--email", "old@lighthouse.example", "--role", "core-team")
    answers = [cohort.row(number) for number in (0, 1, 12, 13, 14)]
    ids = ["p-0007", "", "", "", ""]
    answers[1]["E-mail address"] = "Jonas@Lighthouse.example "  # on the roster
    answers[2]["E-mail address"] = answers[3]["E-mail address"] = "twice@mail.example"
    answers[3]["Which programmes?"] = "Reverse"  # the same person for another programme
    out = io.StringIO()
    writer = csv.DictWriter(out, ["Person id", *HEADINGS])
    writer.writeheader()
    writer.writerows([{"Person id": given, **answer} for given, answer in zip(ids, answers, strict=True)])
    sheet = place.write("ids.csv", out.getvalue())
    found = guessed(place, sheet)
    assert found["columns"]["Person id"] == "applicant"
    place.do("import", sheet, "--map", mapped(place, sheet))
    assert {
        one["id"]: record(place, one["id"])["applicant"] for one in place.json("list", "application")["records"]
    } == {
        "mentor-p-0007": "p-0007",
        "mentor-p-jonas": "p-jonas",
        "mentee-p-0042": "p-0042",
        "mentee-p-0042-2": "p-0042",
        "mentee-p-0043": "p-0043",
    }


def test_who_applied_before_applies_again_once_it_is_over(programme: Teller) -> None:
    place = programme.place
    answer = {"Person id": "p-0007", **cohort.row(13)}
    sheet = place.write("one.csv", _csv([answer]))
    by = mapped(place, sheet)
    place.do("import", sheet, "--map", by)
    later = place.write("two.csv", _csv([{**answer, "Timestamp": "2026-02-28"}]))
    said = place.refuse("import", later, "--map", by)
    assert "the same (p-0007, mentee, formal and group) is in the register already: mentee-p-0007" in said.err
    assert "row 2, Person id" in said.err
    place.do("advance", "mentee-p-0007", "withdrawn", "--reason", "they moved on")
    place.do("import", later, "--map", by)
    assert record(place, "mentee-p-0007-2")["applied"] == "2026-02-28"


def test_two_clones_give_no_two_people_the_same_id(programme: Teller, tmp_path: Path) -> None:
    """One takes in a mentor, the other a mentee, at once: the second is told, and takes it in once more."""
    two = Two(programme.place, tmp_path)
    for place, number in ((two.rosa, 0), (two.jonas, 13)):
        sheet = written(place, [cohort.row(number)])
        place.do("import", sheet, "--map", mapped(place, sheet))
    two.rosa.do("sync")
    said = two.jonas.run("sync")
    assert said.code == 1
    assert "p-0001 was given to somebody here, and by others to somebody too" in said.all
    sheet = written(two.jonas, [cohort.row(13)])
    two.jonas.do("import", sheet, "--map", mapped(two.jonas, sheet))
    two.assert_alike()
    assert {one["id"] for one in two.rosa.json("list", "application")["records"]} == {"mentor-p-0001", "mentee-p-0002"}


def test_two_clones_may_speak_of_somebody_whom_both_know(programme: Teller, tmp_path: Path) -> None:
    place = programme.place
    sheet = written(place, [cohort.row(0)])
    place.do("import", sheet, "--map", mapped(place, sheet))
    two = Two(place, tmp_path)
    for one, number in ((two.rosa, 12), (two.jonas, 2)):
        sheet = one.write("known.csv", _csv([{"Person id": "p-0001", **cohort.row(number)}]))
        one.do("import", sheet, "--map", mapped(one, sheet))
    two.rosa.do("sync")
    two.jonas.do("sync")
    two.assert_alike()


def _csv(answers: list[dict[str, str]]) -> str:
    out = io.StringIO()
    writer = csv.DictWriter(out, list(answers[0]))
    writer.writeheader()
    writer.writerows(answers)
    return out.getvalue()


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
    ("Experience documentation (link)", 0, "javascript:alert(1)", ""),
    ("Learning goal 1", 13, "a\u202eb", "could hide or change what a reader sees"),
]


@pytest.mark.parametrize(("column", "number", "cell", "words"), CANNOT)
def test_what_cannot_be_is_told_with_row_column_value_and_reason(
    programme: Teller, column: str, number: int, cell: str, words: str
) -> None:
    """Nothing comes in by half: all is refused, or the row is left out, and the table says which and why."""
    place = programme.place
    by = mapped(place, written(place, cohort.rows()))
    answers = cohort.rows()
    answers[number][column] = cell
    sheet = written(place, answers, "bad.csv")
    if not words:  # told at length: where the sheet is kept is evidence, and nothing runs
        place.do("import", sheet, "--map", by)
        assert "javascript" not in place.text("mentor-p-0001")
        return
    said = place.refuse("import", sheet, "--map", by)
    assert words in said.err
    assert f"row {number + 2}" in said.err
    assert f"{sheet}:{2 * (number + 1) + 1}  row-unclear" in said.err  # every answer has a cell of two lines

    dry = place.json("import", sheet, "--map", by, "--dry-run")
    [row] = [one for one in dry["rows"] if one["action"] == "question"]
    assert row["row"] == number + 2
    assert any(words in one["why"] for one in row["troubles"])
    assert {one["column"] for one in row["troubles"]} <= {column, *AT_FAULT}

    done = place.do("import", sheet, "--map", by, "--leave-out")
    assert f"{ROWS - 1} new, 0 updated, 1 left out" in done.out
    assert words[:20] in " ".join(done.out.split())
    subject = place.git("log", "-1", "--format=%B")
    assert not cell.isalpha() or cell not in subject
    assert place.run("check").code == 0


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
    sheet = place.write("ids.csv", _csv([{"Person id": cells, **cohort.row(0)}]))
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
    sheet = place.write("ids.csv", _csv([answer]))
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


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_every_separator_is_understood(programme: Teller, delimiter: str) -> None:
    """Also where a heading holds commas: what parts the head line into most cells is it."""
    place = programme.place
    text = cohort.as_sheet([cohort.row(0)], delimiter)
    head, rest = text.split("\n", 1)
    sheet = place.write(
        "sheet.csv",
        f"{head}{delimiter}".replace("\r", "")
        + '"Anything, at all, else"\n'
        + rest.replace("\r\n", f"{delimiter}\r\n"),
    )
    place.do("import", sheet, "--map", mapped(place, sheet))
    assert record(place, "mentor-p-0001")["level"] == "senior"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-8"])
def test_marks_of_letters_are_understood(programme: Teller, encoding: str) -> None:
    place = programme.place
    answer = cohort.row(13) | {"Learning goal 1": "Größe und Maß"}
    sheet = written(place, [answer])
    Path(sheet).write_bytes(cohort.as_sheet([answer]).encode(encoding))
    place.do("import", sheet, "--map", mapped(place, sheet))
    assert record(place, "mentee-p-0001")["goals"][0]["text"] == "Größe und Maß"


def test_other_letters_are_said_and_never_guessed(programme: Teller) -> None:
    place = programme.place
    answer = cohort.row(13) | {"Learning goal 1": "Größe und Maß"}
    sheet = written(place, [answer])
    Path(sheet).write_bytes(cohort.as_sheet([answer]).encode("cp1252"))
    said = place.wrong("import", sheet, "--kind", "application")
    assert f"{sheet}:2: this is not UTF-8 text (the byte 0xf6)" in said.err
    assert "--encoding" in said.err
    by = mapped(place, sheet, "--encoding", "cp1252")
    assert "encoding: cp1252" in Path(by).read_text(encoding="utf-8")
    place.do("import", sheet, "--map", by)
    assert record(place, "mentee-p-0001")["goals"][0]["text"] == "Größe und Maß"
    assert "there is no encoding 'cp12'" in place.wrong("import", sheet, "--encoding", "cp12").err
    Path(sheet).write_bytes(cohort.as_sheet([answer]).replace("ö", "o").replace("ß", "s").encode("utf-16-le"))
    assert "bytes of zero" in place.wrong("import", sheet).err


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


def test_a_column_that_came_later_is_said(programme: Teller) -> None:
    place = programme.place
    by = mapped(place, written(place, [cohort.row(0)]))
    sheet = place.write("more.csv", _csv([{**dict.fromkeys(HEADINGS, ""), **cohort.row(0), "T-shirt": "M"}]))
    assert "the map says nothing of T-shirt: left out" in place.do("import", sheet, "--map", by).out


def test_what_the_policy_declares_comes_in_like_any_field(programme: Teller) -> None:
    """A field of the organisation's own, with choices, and a list of skills that nobody may misspell."""
    place = programme.place
    path = place.root / "records" / "policies" / "MEM-02-03.yaml"
    text = path.read_text(encoding="utf-8")
    mine = """  application:
    newsletter: {type: yes-no, clause: §2.1, title: Whether they read it.}
    shirt: {type: choice, clause: §2.1, title: Which size., choices: [small, extra-large]}
    skills: {type: choices, clause: §5.1.1/skill-areas, title: What., choices: [python, sql, speaking]}
"""
    path.write_text(text.replace("fields:\n  application:\n", f"fields:\n{mine}", 1), encoding="utf-8")
    place.git("commit", "-qam", "fields of our own")
    answer = cohort.row(0) | {"Skills you can teach or want to learn": "SQL, Pyton"}
    answers = [{**answer, "Newsletter": "Yes", "Shirt": "Extra large"}]
    sheet = place.write("own.csv", _csv(answers))
    by = mapped(place, sheet)
    said = place.refuse("import", sheet, "--map", by)
    assert "skills has no 'Pyton'; did you mean python? (one of python, sql, speaking)" in said.err
    answers[0]["Skills you can teach or want to learn"] = "SQL, Python"
    place.do("import", place.write("own.csv", _csv(answers)), "--map", by)
    told = record(place, "mentor-p-0001")
    assert (told["newsletter"], told["shirt"], told["skills"]) == (True, "extra-large", ["sql", "python"])


def test_a_word_that_is_nearly_what_others_say_is_noted(programme: Teller) -> None:
    place = programme.place
    answers = cohort.rows()
    answers[4]["Skills you can teach or want to learn"] = "Statistcs"
    said = place.do("import", written(place, answers), "--map", mapped(place, written(place, answers)))
    assert "mentor-p-0005: skills says statistcs, and 5 say statistics: is it the same?" in " ".join(said.out.split())


def test_thresholds_are_for_the_gate(programme: Teller) -> None:
    """Somebody too new, or too young in the trade, comes in: the policy says later what that means."""
    place = programme.place
    answer = cohort.row(0) | {"When did you join the community?": "2026-01-31", "Years of professional experience": "1"}
    sheet = written(place, [answer])
    place.do("import", sheet, "--map", mapped(place, sheet))
    place.do("advance", "mentor-p-0001")
    said = place.refuse("advance", "mentor-p-0001")
    assert "experience-years is 1, and at least 3 is needed" in said.err


def test_what_people_wrote_comes_in_only_as_a_place(programme: Teller) -> None:
    place = programme.place
    sheet = written(place, [cohort.row(0)])
    by = mapped(place, sheet, **{"kept": None, "rows-are": []})
    said = place.refuse("import", sheet, "--map", by)
    assert "it is no link, and the map does not say where the sheet stays (kept:)" in said.err
    place.do("import", sheet, "--map", mapped(place, sheet, kept="https://vault.example/spring.csv"))
    found = {one["requirement"]: one for one in record(place, "mentor-p-0001")["evidence"]}
    assert found["application-form"]["ref"] == "https://vault.example/spring.csv#row=2"
    assert "digest" not in found["application-form"]


def test_cells_say_how_far_things_have_come(programme: Teller) -> None:
    """Of each reference, of all of them in a column of its own, or of all rows in the map; what is open is asked."""
    place = programme.place
    answer = cohort.row(0) | {"Professional references": "verified, asked", "Community references": "2"}
    sheet = place.write("far.csv", _csv([{**answer, "How far": "Received"}]))
    by = guessed(place, sheet)
    columns, fixed = by["columns"] | {"How far": "references.status"}, {**by["fixed"]}
    del fixed["references.status"]
    place.do("import", sheet, "--map", mapped(place, sheet, columns=columns, fixed=fixed))
    found = record(place, "mentor-p-0001")["references"]
    assert [(one["kind"], one["status"]) for one in found] == [
        ("professional", "verified"),
        ("professional", "asked"),
        ("community", "received"),
        ("community", "received"),
    ]
    columns["How far"] = None
    said = place.refuse("import", sheet, "--map", mapped(place, sheet, columns=columns, fixed=fixed))
    assert "say of each its status, or for all of them in the map: fixed: references.status" in said.err


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("2026/02/20 10:03:22 am GMT+1", "2026-02-20"),
        ("2026/02/20 10:03:22 PM GMT+5:30", "2026-02-20"),
        ("2026-02-20T23:59:59Z", "2026-02-20"),
        ("2026-02-20T23:59:59.123+02:00", "2026-02-20"),
        ("2/20/2026 2:03:22 PM", "2026-02-20"),
        ("20.02.2026, 14:03", "2026-02-20"),
        ("2026.2.9", "2026-02-09"),
    ],
)
def test_a_form_says_when_it_was_sent_in_its_own_way(cell: str, day: str) -> None:
    assert sheet_cells.day(cell, None) == day


def test_headings_do_not_write_the_map(programme: Teller) -> None:
    """A heading of several lines stays a heading, and no word of a sheet becomes a line of a commit's message."""
    place = programme.place
    answer = {**cohort.row(0), "Remarks\nkind: partnership\nreason: taken": "x", "E-mail once more": "a@mail.example"}
    sheet = place.write("head.csv", _csv([answer]))
    found = guessed(place, sheet)
    assert found["kind"] == "application"
    assert found["columns"]["E-mail once more"] == "private.email-2"
    columns = {**found["columns"], "Remarks kind: partnership reason: taken": "level"}
    columns["Experience level"] = None
    answers = [{**answer, "Remarks\nkind: partnership\nreason: taken": "+A1"}, cohort.row(1)]
    sheet = place.write("head.csv", _csv(answers))
    place.do("import", sheet, "--map", mapped(place, sheet, columns=columns), "--leave-out")
    assert "row 2: left out (Remarks kind: partnership reason: taken)" in place.git("log", "-1", "--format=%B").split(
        "\n"
    )


def test_a_sheet_that_lies_in_the_register_is_told(programme: Teller) -> None:
    place = programme.place
    inside = place.root / "form.csv"
    inside.write_text(cohort.as_sheet([cohort.row(0)]), encoding="utf-8")
    said = place.do("import", str(inside), "--map", mapped(place, str(inside)))
    assert "lies in the register's folder, where git could take it along" in said.out
    (place.root / "private").mkdir()
    inside.rename(place.root / "private" / "form.csv")
    again = place.do(
        "import",
        str(place.root / "private" / "form.csv"),
        "--map",
        str(mapped(place, str(place.root / "private" / "form.csv"), kept="other")),
    )
    assert "lies in the register's folder" not in again.out


def test_who_is_in_the_pool_already_is_taken_in_as_they_stand(programme: Teller) -> None:
    """Marked as adopted for ever: nobody judged it here."""
    place = programme.place
    sheet = written(place, cohort.rows())
    more = {"stage": "accepted", "since": "Timestamp", "reason": "older than the register"}
    place.do("import", sheet, "--map", mapped(place, sheet, **more))
    found = record(place, "mentor-p-0003")
    assert (found["stage"], found["history"][0]["type"], found["history"][0]["since"]) == (
        *("accepted", "adopt"),
        "2026-02-03",
    )


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
    sheet = place.write("health.csv", _csv(answers))
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
