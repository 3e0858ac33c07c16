"""What sheets of answers look like: letters, separators, headings, and what their cells can say."""

from __future__ import annotations

from pathlib import Path

import pytest

from partnerkit.jobs import sheet_cells
from tests.journeys import cohort
from tests.journeys.cohort import HEADINGS
from tests.journeys.intake import as_csv, guessed, mapped, record, written
from tests.journeys.telling import Teller


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


def test_a_column_that_came_later_is_said(programme: Teller) -> None:
    place = programme.place
    by = mapped(place, written(place, [cohort.row(0)]))
    sheet = place.write("more.csv", as_csv([{**dict.fromkeys(HEADINGS, ""), **cohort.row(0), "T-shirt": "M"}]))
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
    sheet = place.write("own.csv", as_csv(answers))
    by = mapped(place, sheet)
    said = place.refuse("import", sheet, "--map", by)
    assert "skills has no 'Pyton'; did you mean python? (one of python, sql, speaking)" in said.err
    answers[0]["Skills you can teach or want to learn"] = "SQL, Python"
    place.do("import", place.write("own.csv", as_csv(answers)), "--map", by)
    told = record(place, "mentor-p-0001")
    assert (told["newsletter"], told["shirt"], told["skills"]) == (True, "extra-large", ["sql", "python"])


def test_a_word_that_is_nearly_what_others_say_is_noted(programme: Teller) -> None:
    place = programme.place
    answers = cohort.rows()
    answers[4]["Skills you can teach or want to learn"] = "Statistcs"
    said = place.do("import", written(place, answers), "--map", mapped(place, written(place, answers)))
    assert "mentor-p-0005: skills says statistcs, and 5 say statistics: is it the same?" in " ".join(said.out.split())


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
    sheet = place.write("far.csv", as_csv([{**answer, "How far": "Received"}]))
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
    sheet = place.write("head.csv", as_csv([answer]))
    found = guessed(place, sheet)
    assert found["kind"] == "application"
    assert found["columns"]["E-mail once more"] == "private.email-2"
    columns = {**found["columns"], "Remarks kind: partnership reason: taken": "level"}
    columns["Experience level"] = None
    answers = [{**answer, "Remarks\nkind: partnership\nreason: taken": "+A1"}, cohort.row(1)]
    sheet = place.write("head.csv", as_csv(answers))
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
