"""Answers of a form become applications: the first map, the ids of people, one commit."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from tests.journeys import cohort
from tests.journeys.cohort import HEADINGS, MENTORS, ROWS
from tests.journeys.intake import as_csv, commits, guessed, mapped, record, written
from tests.journeys.telling import Teller
from tests.sharing import Two


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
    assert "Full name, E-mail address: private, and left out of what is taken in; " in said.out
    assert "nothing changed" not in said.all
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
    sheet = place.write("one.csv", as_csv([answer]))
    by = mapped(place, sheet)
    place.do("import", sheet, "--map", by)
    later = place.write("two.csv", as_csv([{**answer, "Timestamp": "2026-02-28"}]))
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
        sheet = one.write("known.csv", as_csv([{"Person id": "p-0001", **cohort.row(number)}]))
        one.do("import", sheet, "--map", mapped(one, sheet))
    two.rosa.do("sync")
    two.jonas.do("sync")
    two.assert_alike()


def test_thresholds_are_for_the_gate(programme: Teller) -> None:
    """Somebody too new, or too young in the trade, comes in: the policy says later what that means."""
    place = programme.place
    answer = cohort.row(0) | {"When did you join the community?": "2026-01-31", "Years of professional experience": "1"}
    sheet = written(place, [answer])
    place.do("import", sheet, "--map", mapped(place, sheet))
    place.do("advance", "mentor-p-0001")
    said = place.refuse("advance", "mentor-p-0001")
    assert "experience-years is 1, and at least 3 is needed" in said.err


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
