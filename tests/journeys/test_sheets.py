"""Sheets out and in again: what is waited for as rows, filled in by a person, read back as one commit."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import At
from tests.journeys.mentoring import MODULES, participants, programme
from tests.journeys.telling import Teller
from tests.made import copied
from tests.place import Place

DAY = "2026-05-28"
Fill = Callable[[list[dict[str, str]]], None]


def commits(place: Place) -> int:
    return int(place.git("rev-list", "--count", "HEAD"))


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def filled(place: Place, text: str, fill: Fill, name: str = "filled.csv") -> str:
    """The sheet as a spreadsheet would save it again, once a person has filled it in."""
    reader = csv.DictReader(io.StringIO(text))
    found = list(reader)
    fill(found)
    out = io.StringIO()
    writer = csv.DictWriter(out, list(reader.fieldnames or []))
    writer.writeheader()
    writer.writerows(found)
    return str(place.write(name, out.getvalue()))


@pytest.fixture(scope="session")
def _pairs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("pairs") / "register"
    root.mkdir()
    place = programme(root, decided=False)
    place.day = "2026-05-01"
    adopted = ("--adopt", "active", "--since", "2026-03-01", "--reason", "older than the register")
    for name, people in (("knots", ("p-ada", "p-max")), ("sails", ("p-ida", "p-tom"))):
        who = participants(f"{people[0]}/mentor", f"{people[1]}/mentee")
        place.do("new", "pairing", name.capitalize(), f"id={name}", "programme=formal", who, *adopted)
    who = participants("p-eva/peer", "p-uwe/peer")
    place.do("new", "pairing", "Still proposed", "id=later", "programme=peer", who)
    return place.root


@pytest.fixture
def pairs(_pairs: Path, tmp_path: Path) -> Place:
    """Two active pairings and one that is only proposed."""
    copied(_pairs, tmp_path / "register")
    return Place(tmp_path / "register", day=DAY)


def test_check_ins_of_a_month_go_out_are_filled_and_come_back(pairs: Place) -> None:
    text = pairs.do("export", "sheet", "check-ins", "--month", "2026-05").out
    assert text.splitlines()[0] == "id,(name),(latest),on,person,needs-help"
    assert [(one["id"], one["(name)"], one["person"]) for one in rows(text)] == [
        ("knots", "Knots", "p-ada"),
        ("knots", "Knots", "p-max"),
        ("sails", "Sails", "p-ida"),
        ("sails", "Sails", "p-tom"),
    ]
    assert {one["on"] for one in rows(text)} == {DAY}
    assert {one["needs-help"] + one["(latest)"] for one in rows(text)} == {""}

    def fill(found: list[dict[str, str]]) -> None:
        found[0]["needs-help"] = "FALSE"
        found[1] |= {"needs-help": "TRUE", "on": "2026-05-20"}
        found[3]["needs-help"] = "false"

    before, sheet = commits(pairs), filled(pairs, text, fill)
    said = pairs.do("add", "check-ins", "--from", sheet)
    assert "1 row left empty and passed over: line 4" in said.out
    assert commits(pairs) == before + 1
    assert pairs.json("show", "knots")["record"]["check-ins"] == [
        {"on": DAY, "person": "p-ada", "needs-help": False},
        {"on": "2026-05-20", "person": "p-max", "needs-help": True},
    ]
    assert pairs.json("show", "sails")["record"]["check-ins"] == [{"on": DAY, "person": "p-tom", "needs-help": False}]

    again = pairs.do("export", "sheet", "check-ins", "--month", "2026-05")
    assert [(one["id"], one["person"]) for one in rows(again.out)] == [("sails", "p-ida")]
    assert "knots (p-max) has one on 2026-05-20 already" in again.err
    assert len(rows(pairs.do("export", "sheet", "check-ins").out)) == 4
    assert rows(pairs.do("export", "sheet", "check-ins").out)[1]["(latest)"] == "2026-05-20"


@pytest.mark.parametrize(
    ("day", "month", "on"),
    [
        (DAY, "2026-05", DAY),
        (DAY, "2026-04", "2026-04-30"),
        (DAY, "2026-06", ""),
        ("2026-06-30", "2026-Q2", "2026-06-30"),
    ],
)
def test_the_day_is_filled_in_as_far_as_it_can_be_known(pairs: Place, day: str, month: str, on: str) -> None:
    found = rows(pairs.do("export", "sheet", "meetings", "--period", month, day=day).out)
    assert [one["on"] for one in found] == [on, on]


def test_a_condition_narrows_and_one_on_the_stage_widens(pairs: Place) -> None:
    def ids(*words: str) -> list[str]:
        return [one["id"] for one in rows(pairs.do("export", "sheet", *words).out)]

    assert ids("meetings") == ["knots", "sails"]
    assert ids("meetings", "--where", "name~knot") == ["knots"]
    assert ids("meetings", "--where", "stage=proposed") == ["later"]
    assert ids("activities") == ["knots", "later", "sails"], "no rhythm is known: all that are not over"
    none = pairs.do("export", "sheet", "meetings", "--where", "name~nobody")
    assert "no record waits for meetings" in none.err


def test_lists_and_words_come_back_as_they_are(pairs: Place) -> None:
    text = pairs.do("export", "sheet", "meetings").out

    def fill(found: list[dict[str, str]]) -> None:
        found[0] |= {"minutes": "45", "absent": "p-ada, p-ada"}

    pairs.do("add", "meetings", "--from", filled(pairs, text, fill))
    met = pairs.json("show", "knots")["record"]["meetings"]
    assert met == [{"on": DAY, "minutes": 45, "absent": ["p-ada", "p-ada"]}]


@pytest.mark.parametrize(
    ("cells", "line", "words"),
    [
        ({"needs-help": "9"}, 4, "needs-help"),
        ({"needs-help": "FALSE", "person": "p-nobody!"}, 4, "person"),
        ({"needs-help": "FALSE", "on": "30.05.2026"}, 4, "on"),
        ({"needs-help": "FALSE", "id": "knott"}, 4, "did you mean knots"),
        ({"needs-help": "FALSE", "id": ""}, 4, "the row names no record"),
    ],
)
def test_one_bad_row_stops_all_and_is_named_by_file_and_line(
    pairs: Place, cells: dict[str, str], line: int, words: str
) -> None:
    text = pairs.do("export", "sheet", "check-ins").out

    def fill(found: list[dict[str, str]]) -> None:
        found[0]["needs-help"] = "FALSE"
        found[2] |= cells

    sheet = filled(pairs, text, fill)
    before = pairs.snapshot()
    said = pairs.run("add", "check-ins", "--from", sheet)
    assert said.code in {1, 2}
    assert f"{sheet}:{line}" in said.err
    assert words in said.err
    assert pairs.snapshot() == before


def test_several_refused_rows_are_told_together(pairs: Place) -> None:
    def fill(found: list[dict[str, str]]) -> None:
        found[0]["needs-help"], found[1]["needs-help"], found[3]["needs-help"] = "7", "TRUE", "8"

    sheet = filled(pairs, pairs.do("export", "sheet", "check-ins").out, fill)
    said = pairs.refuse("add", "check-ins", "--from", sheet)
    assert f"{sheet}:2, {sheet}:5: refused" in said.err


def test_a_dry_run_shows_what_each_row_becomes(pairs: Place) -> None:
    def fill(found: list[dict[str, str]]) -> None:
        found[0]["needs-help"] = "FALSE"

    sheet = filled(pairs, pairs.do("export", "sheet", "check-ins", "--where", "id=knots").out, fill)
    before = pairs.snapshot()
    lines = [
        " ".join(line.split()) for line in pairs.do("add", "check-ins", "--from", sheet, "--dry-run").out.splitlines()
    ]
    assert "row record becomes" in lines
    assert f"{sheet}:2 knots check-ins: on={DAY}, person=p-ada, needs-help=false" in lines
    assert f"{sheet}:3 knots passed over: left empty" in lines
    found = pairs.json("add", "check-ins", "--from", sheet, "--dry-run")["outcomes"]
    assert [(one["row"], one["id"]) for one in found] == [(f"{sheet}:2", "knots"), (f"{sheet}:3", "knots")]
    assert pairs.snapshot() == before


def test_a_sheet_that_nobody_filled_lands_nothing(pairs: Place) -> None:
    sheet = filled(pairs, pairs.do("export", "sheet", "check-ins").out, lambda _found: None)
    before = pairs.snapshot()
    assert "nothing to add" in pairs.do("add", "check-ins", "--from", sheet).out
    assert pairs.snapshot() == before


def test_what_is_in_no_row_beside_the_known_counts_as_said(pairs: Place) -> None:
    """A sheet of one's own, without the columns that a person would fill in, leaves nothing empty."""
    sheet = pairs.write("own.csv", "id,person,on\nknots,p-ada,2026-05-20\n")
    pairs.do("add", "check-ins", "--from", sheet)
    assert len(pairs.json("show", "knots")["record"]["check-ins"]) == 1


@pytest.mark.parametrize(
    ("words", "near"),
    [
        (("check-in",), "did you mean check-ins"),
        (("match-proposd",), "did you mean match-proposed"),
        (("manual-review",), "not met by adding something (approval)"),
        (("match-proposed", "--month", "2026-05"), "about no period"),
        (("check-ins", "--month", "2026-13"), "is no period"),
        (("check-ins", "--where", "stagee=active"), "did you mean stage"),
    ],
)
def test_what_cannot_be_meant(pairs: Place, words: tuple[str, ...], near: str) -> None:
    assert near in pairs.wrong("export", "sheet", *words).err


def test_nothing_that_a_spreadsheet_would_run_goes_out_and_it_comes_back_as_it_was(pairs: Place) -> None:
    pairs.do("set", "knots", "title==HYPERLINK(1)")
    text = pairs.do("export", "sheet", "activities", "--where", "id=knots").out
    assert rows(text)[0]["(name)"] == "'=HYPERLINK(1)"

    def fill(found: list[dict[str, str]]) -> None:
        found[0] |= {"kind": "learning-activities", "title": "'=1+1", "ref": "'@here"}

    pairs.do("add", "activities", "--from", filled(pairs, text, fill))
    made = pairs.json("show", "knots")["record"]
    assert made["activities"] == [{"on": DAY, "kind": "learning-activities", "title": "=1+1", "ref": "@here"}]
    assert made["title"] == "=HYPERLINK(1)"


def test_evidence_for_all_that_wait_for_it(at: At) -> None:
    place = at("assessment")
    text = place.do("export", "sheet", "due-diligence").out
    assert text.splitlines() == ["id,(name),(stage),ref,kind,outcome,summary,valid-until", "acme,Acme,assessment,,,,,"]

    def fill(found: list[dict[str, str]]) -> None:
        found[0] |= {"ref": "https://files.example/dd", "outcome": "pass"}

    sheet = filled(place, text, fill)
    place.do("add", "due-diligence", "--from", sheet)
    assert place.json("show", "acme")["record"]["evidence"][-1]["ref"] == "https://files.example/dd"
    assert rows(place.do("export", "sheet", "due-diligence").out) == [], "it waits for it no more"


def test_scores_are_a_column_for_each_criterion(at: At) -> None:
    place = at("assessment")
    text = place.do("export", "sheet", "criteria-scored").out
    names = [name for name in rows(text)[0] if not name.startswith("(") and name != "id"]
    assert "mission-alignment" in names

    def fill(found: list[dict[str, str]]) -> None:
        found[0] |= dict.fromkeys(names, "70: it fits")

    place.do("add", "criteria-scored", "--from", filled(place, text, fill))
    marks = place.json("show", "acme")["record"]["scores"][0]["marks"]
    assert marks["mission-alignment"] == {"score": 70, "why": "it fits"}
    assert rows(place.do("export", "sheet", "criteria-scored").out) == []


def test_signatures_are_a_row_for_each_party_who_has_not_signed(at: At) -> None:
    place = at("drafted")
    place.do("advance", "acme-2026")
    place.do("approve", "acme-2026", "agreement-legal-review", "--for", "p-lea", "--seen", "minutes/1.md")
    place.do("advance", "acme-2026")
    text = place.do("export", "sheet", "signature-process").out
    assert [(one["id"], one["party"]) for one in rows(text)] == [("acme-2026", "us"), ("acme-2026", "partner")]

    def fill(found: list[dict[str, str]]) -> None:
        found[0]["method"] = "ink"

    place.do("add", "signature-process", "--from", filled(place, text, fill))
    left = rows(place.do("export", "sheet", "signature-process").out)
    assert [one["party"] for one in left] == ["partner"]


def test_a_file_says_what_comes_next(pairs: Place) -> None:
    out = pairs.root.parent / "november.csv"
    said = pairs.do("export", "sheet", "meetings", "--month", "2026-05", "--out", str(out))
    assert "2 rows" in said.out
    assert f"partnerkit add meetings --from {out} --dry-run" in said.err
    assert len(rows(out.read_text())) == 2


@pytest.fixture
def excusing(pairs: Place) -> Place:
    """The same, where the core team may make exceptions."""
    pairs.do("policy", "set", "MEM-02-03", "exceptions=core-team", "--seen", "minutes/1.md")
    return pairs


def test_waivers_come_for_several_or_from_a_sheet_too(excusing: Place) -> None:
    before = commits(excusing)
    until = ("--reason", "agreed", "--until", "2026-12-31")
    excusing.do("waive", "knots", "sails", "formal-length", *until, by="p-timo")
    excusing.do("waive", "given-rhythm", "--where", "stage=active", *until, by="p-timo")
    rows_ = (
        "id,reason,until,for,seen\nknots,a small circle,,p-lea,minutes/2.md\nsails,,2026-09-30,p-timo,minutes/2.md\n"
    )
    excusing.do("waive", "cycle-length", *until, "--from", excusing.write("waivers.csv", rows_))
    assert commits(excusing) == before + 3
    for record, reason, last, by in (
        ("knots", "a small circle", "2026-12-31", "p-lea"),
        ("sails", "agreed", "2026-09-30", "p-timo"),
    ):
        found = excusing.json("show", record)["record"]["waivers"]
        assert [one["requirement"] for one in found] == ["formal-length", "given-rhythm", "cycle-length"]
        assert (found[2]["reason"], found[2]["until"], found[2]["by"]) == (reason, last, by)


@pytest.mark.parametrize(
    ("options", "rows_", "words"),
    [
        ((), "id,reason\nknots,agreed\n", "sheet.csv:2: a waiver of formal-length says why, and until when"),
        (("--until", "2026-12-31"), "id\nknots\n", "sheet.csv:2: a waiver of formal-length says why, and until when"),
        (("--until", "2026-12-31", "--reason", "x"), "id,until\nknots,soon\n", "sheet.csv:2: 'soon' is no day"),
        (("--until", "2026-12-31", "--reason", "x"), "id,why\nknots,x\n", "a column 'why', which means nothing here"),
        (("--until", "2026-12-31", "--reason", "x"), "id\nknts\n", "did you mean knots"),
    ],
)
def test_waivers_that_cannot_be_meant(excusing: Place, options: tuple[str, ...], rows_: str, words: str) -> None:
    path = excusing.write("sheet.csv", rows_)
    assert words in excusing.wrong("waive", "formal-length", *options, "--from", path, by="p-timo").err


def test_what_would_be_lost_is_refused(pairs: Place) -> None:
    said = pairs.wrong("add", "knots", "meetings", "https://files.example/x", "minutes=45")
    assert "meetings takes no file or link" in said.err


def test_training_is_a_row_for_each_mentor_with_a_column_for_each_module(programme: Teller) -> None:
    place = programme.place
    place.do("new", "application", "Mentee", "id=m-kim", "applicant=p-kim", "as=mentee", "applied=2026-03-01")
    for who in ("ada", "bo"):
        place.do("new", "application", "Mentor", f"id=m-{who}", f"applicant=p-{who}", "as=mentor", "applied=2026-03-01")
    place.do("add", "m-bo", "training", f"module={MODULES[0]}")
    text = place.do("export", "sheet", "training").out
    takes, ada, bo = rows(text)
    assert text.splitlines()[0] == f"id,(name),(stage),{','.join(MODULES)}"
    assert {takes[one] for one in MODULES} == {"a day, such as 2026-03-31"}
    assert [ada[one] for one in MODULES] == ["", "", "", ""]
    assert (bo["id"], [bo[one] for one in MODULES]) == ("m-bo", ["(-)", "", "", ""])

    def fill(found: list[dict[str, str]]) -> None:
        found[1] |= dict.fromkeys(MODULES, "2026-02-28")

    said = place.do("add", "training", "--from", filled(place, text, fill))
    assert "1 row left empty and passed over: line 4" in said.out
    trained = place.json("show", "m-ada")["record"]["training"]
    assert trained == [{"on": "2026-02-28", "module": one} for one in MODULES]
    assert len(place.json("show", "m-bo")["record"]["training"]) == 1
    assert [one["id"] for one in rows(place.do("export", "sheet", "training").out)] == ["(takes)", "m-bo"]

    bad = place.write("bad.csv", f"id,{MODULES[1]},{MODULES[2]}\nm-bo,2026-02-01,soon\n")
    refused = place.refuse("add", "training", "--from", bad)
    assert f"{bad}:2" in refused.err
    assert "write a day as YYYY-MM-DD" in refused.err
