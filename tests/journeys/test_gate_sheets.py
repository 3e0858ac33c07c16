"""A sheet of everything that gates still ask for: written, filled in, and read back whole or not at all."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import At
from tests.journeys import mentoring
from tests.journeys.coordinating import refilled
from tests.journeys.mentoring import MODULES, QUALITIES, TWO
from tests.journeys.telling import Teller, pasteable
from tests.made import Made, copied
from tests.place import Place

OTHER = "mentor-bo"


@pytest.fixture(scope="session")
def _reviewed(made: Made, _programme: Path) -> Path:
    def make(place: Place) -> None:
        mentoring.mentor(place, OTHER, "p-bo")
        mentoring.mentee(place, "mentee-kim", "p-kim")

    return made.on("reviewed", _programme, make)


@pytest.fixture
def reviewed(_reviewed: Path, tmp_path: Path) -> Place:
    """A mentor whose application was looked through, and a mentee of whom only the decision is missing."""
    copied(_reviewed, tmp_path / "register")
    return Place(tmp_path / "register")


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def sheet(place: Place, **cells: str) -> str:
    """A sheet of one row about the mentor; `__` in a name stands for the dot."""
    said = {"id": OTHER} | {key.replace("__", ".").replace("_", "-"): cell for key, cell in cells.items()}
    out = io.StringIO()
    writer = csv.DictWriter(out, list(said))
    writer.writeheader()
    writer.writerow(said)
    return place.write("cells.csv", out.getvalue())


def record(place: Place, name: str = OTHER) -> dict[str, Any]:
    found: dict[str, Any] = place.json("show", name)["record"]
    return found


def test_everything_on_the_way_goes_out_and_comes_back_in_one_commit_that_undo_takes_back(reviewed: Place) -> None:
    place = reviewed
    said = place.do("export", "sheet", "--through")
    assert (
        "mentee-kim is left out, of which nothing is missing that a sheet could say: acceptance (a decision)"
        in said.err
    )
    takes, row = rows(said.out)
    assert (takes["id"], row["id"], row["(stage)"]) == ("(takes)", OTHER, "review")
    assert takes["interview.outcome"] == "pass or conditions"
    assert takes["mentor-qualities.commitment"] == "0 to 100"
    assert takes[f"training.{MODULES[0]}"] == "a day, such as 2026-03-31"
    assert row["(not in a sheet)"] == "acceptance (a decision)"
    assert not [name for name in row if name.startswith("acceptance")]

    def fill(column: str, _row: dict[str, str]) -> str:
        name, _, key = column.partition(".")
        return {"training": "2026-02-28", "mentor-qualities": "70"}.get(name, {"outcome": "pass"}.get(key, "'=1+1"))

    filled = place.write("filled.csv", refilled(said.out, fill))
    before, texts = int(place.git("rev-list", "--count", "HEAD")), place.text(OTHER)
    done = place.do("add", "--from", filled, "--advance")
    assert int(place.git("rev-list", "--count", "HEAD")) == before + 1
    assert f"application/{OTHER}: filled in; → training" in done.out
    assert record(place)["evidence"][-2]["summary"] == "=1+1", "text is kept as it is, and goes out disarmed"
    assert [one["module"] for one in record(place)["training"]] == list(MODULES)
    assert len(record(place)["scores"][0]["marks"]) == len(QUALITIES)
    assert place.run("audit").code == 0
    assert rows(place.do("export", "sheet", "--through").out) == []

    refused = place.refuse("add", "--from", filled)
    assert f"{filled}:3  row-unclear" in refused.err
    assert refused.err.count("it is there already") == 1, "once for the row"

    place.do("undo")
    now = record(place)
    assert (now["stage"], now.get("training")) == ("review", None)
    assert [one["requirement"] for one in now["evidence"] if "withdrawn" not in one] == [
        one["requirement"] for one in now["evidence"] if one["id"] in texts
    ]
    assert place.run("audit").code == 0


def test_the_next_gate_alone_and_nothing_where_nothing_is_missing(reviewed: Place) -> None:
    place = reviewed
    said = place.do("export", "sheet", "--next", "--where", f"id={OTHER}")
    assert said.out == "", "all that this gate asks for is there"
    assert f"{OTHER} is left out, of which nothing is missing" in said.err
    place.do("advance", OTHER)
    out = place.root.parent / "next.csv"
    said = place.do("export", "sheet", "--next", "--where", f"id={OTHER}", "--out", str(out))
    assert f"partnerkit add --from {out} --dry-run" in said.err
    names = {name.partition(".")[0] for name in rows(out.read_text())[0] if not name.startswith("(")}
    assert names == {"id", "interview", "mentor-qualities"}


#: Cells that cannot be, and what is said of them beside their row and column.
CANNOT = [
    ({"interview__summary": "x", "interview__outcome": "maybe"}, "interview", "“maybe”, expected: 'pass'"),
    ({"interview__summary": "x"}, "interview.summary", "needs its outcome (pass or conditions)"),
    ({"interview__outcome": "pass"}, "interview.outcome", "needs a file, a link or summary"),
    ({"interview__summary": "a\u202eb", "interview__outcome": "pass"}, "interview", "could hide or change"),
    ({"interview__summary": "<summary>", "interview__outcome": "pass"}, "interview", "placeholder"),
    ({"interview__sumary": "x"}, "interview.sumary", "did you mean interview.summary"),
    ({"mentor_qualities__commitment": "70"}, "mentor-qualities.commitment", "the scorecard is filled whole"),
    ({"mentor_qualities__commitment": "101"}, "mentor-qualities.commitment", "at most 100"),
    ({"training__boundary_setting": "soon"}, "training.boundary-setting", "write a day as YYYY-MM-DD"),
    ({"training__boundary_setting": "2026-03-03"}, "", "2026-03-03, which is still to come"),
    ({"references__r1__status": "verified"}, "references.r1.status", "it is there already"),
    ({"capacity": "3"}, "capacity", "it is there already"),
    ({"acceptance": "approve"}, "acceptance", "a decision is no cell"),
    ({"shoe_size": "41"}, "shoe-size", "on its way from review nothing asks for that"),
]


@pytest.mark.parametrize(("cells", "column", "words"), CANNOT)
def test_a_cell_that_cannot_be_is_told_by_row_and_column(
    reviewed: Place, cells: dict[str, str], column: str, words: str
) -> None:
    path = sheet(reviewed, **cells)
    said = reviewed.refuse("add", "--from", path)
    told = " ".join(said.err.split())
    assert words in told
    assert f"{path}:2" in told
    assert not column or f"{OTHER}: {column}: " in told
    assert "nothing changed" in told
    offered = [line.strip()[2:] for line in said.err.splitlines() if line.strip().startswith("→ partnerkit")]
    assert [line for line in offered if not pasteable(line)] == []


def test_all_cells_that_cannot_be_are_told_at_once_and_none_reads_a_file(reviewed: Place) -> None:
    place = reviewed
    place.edit(OTHER, "capacity: 2\n", "")
    place.git("commit", "-qam", "nobody said how many")
    secret = Path(place.write("secret.yaml", "7\n"))
    path = sheet(place, capacity=f"@{secret}", interview__outcome="pass", shoe_size="41")
    said = place.refuse("add", "--from", path)
    for words in (
        "capacity: a cell names no file",
        "interview.outcome: interview needs a file",
        "shoe-size: on its way",
    ):
        assert words in said.err
    assert "3 cells cannot be taken in" in said.err


def test_what_is_in_brackets_and_what_is_empty_is_never_read(reviewed: Place) -> None:
    place = reviewed
    text = f"id,(name),interview.summary,interview.outcome,capacity\n(takes),x,a sentence,pass,9\n{OTHER},y,,,(-)\n"
    before = place.snapshot()
    assert "all rows are empty" in place.do("add", "--from", place.write("empty.csv", text)).out
    assert place.snapshot() == before


def test_two_rows_of_one_record_say_the_same_or_are_refused(reviewed: Place) -> None:
    place = reviewed
    head = "id,interview.summary,interview.outcome"
    twice = place.write("twice.csv", f"{head}\n{OTHER},Held,pass\n{OTHER},Not held,pass\n")
    said = place.refuse("add", "--from", twice)
    assert f"{twice}:3  row-unclear" in said.err
    assert f"interview.summary: it says 'Not held', and {twice}:2 says 'Held'" in said.err
    place.do("add", "--from", place.write("same.csv", f"{head}\n{OTHER},Held,pass\n{OTHER},Held,pass\n"))
    assert [one["requirement"] for one in record(place)["evidence"]].count("interview") == 1


def test_each_party_has_a_row_and_says_its_own_word(pool: Teller) -> None:
    place = pool.place
    place.do("new", "pairing", "Together", "id=python-spring", TWO, "programme=formal", by="p-jonas")
    place.do("advance", "python-spring", "dropped", "--reason", "made by mistake")
    place.do("new", "pairing", "Anew", "id=python-summer", TWO, "programme=formal", by="p-jonas")
    text = place.do("export", "sheet", "--through", "--where", "kind=pairing").out
    _takes, first, second = rows(text)
    assert (first["party"], second["party"]) == ("p-ada", "p-max")
    assert (first["coordinator"], second["coordinator"]) == ("", "(-)")
    assert first["interests-declared.text"] == second["interests-declared.text"] == ""
    head = "id,party,interests-declared.text,for,seen\n"
    wrong = place.write("wrong.csv", f"{head}python-summer,p-bo,Yes,,\n")
    assert "p-bo is none of those who have yet to (p-ada, p-max)" in place.refuse("add", "--from", wrong).err
    right = place.write("right.csv", f"{head}python-summer,p-max,Yes,p-lea,minutes/4.md\n")
    place.do("add", "--from", right)
    [said] = record(place, "python-summer")["acknowledgements"]
    assert (said["party"], said["text"], said["by"], said["seen"]) == ("p-max", "Yes", "p-lea", "minutes/4.md")


def test_any_policy_has_such_a_sheet(at: At) -> None:
    """Under OPS-05-03: evidence that is a file, a scorecard with reasons, and who decides stays outside."""
    place = at("assessment")
    takes, _row = rows(place.do("export", "sheet", "--next").out)
    assert takes["criteria-scored.mission-alignment"] == "0 to 100, a colon and why"

    def fill(column: str, _row: dict[str, str]) -> str | None:
        name, _, key = column.partition(".")
        said = {"outcome": "pass", "summary": "Looked at", "file": "https://files.example/1"}
        return "70: it fits" if name == "criteria-scored" else said.get(key)

    text = refilled(place.do("export", "sheet", "--next").out, fill)
    place.do("add", "--from", place.write("all.csv", text), "--advance")
    assert place.json("show", "acme")["stage"] == "detailed-review"
    said = place.wrong("add", "--where", "id=acme")
    assert "say what to add" in said.err


def test_a_file_that_a_cell_names_is_kept_where_that_is_asked_for(at: At) -> None:
    place = at("assessment")
    report = place.write("report.pdf", "All is well.")
    path = place.write("files.csv", f"id,due-diligence.file,due-diligence.outcome\nacme,{report},pass\n")
    assert "takes no --form" in place.wrong("add", "--from", path, "--form").err
    place.do("add", "--from", path, "--copy")
    assert (place.root / "records" / "evidence" / "acme" / "report.pdf").read_text() == "All is well."
    assert place.run("check").code == 0


@pytest.mark.parametrize(
    ("words", "teaches"),
    [
        ((), "say what the sheet is for"),
        (("interview", "--next"), "say what the sheet is for"),
        (("--next", "--month", "2026-05"), "is about no period"),
        (("--next", "--where", "stagee=review"), "did you mean stage"),
    ],
)
def test_what_cannot_be_meant(reviewed: Place, words: tuple[str, ...], teaches: str) -> None:
    assert teaches in reviewed.wrong("export", "sheet", *words).err
