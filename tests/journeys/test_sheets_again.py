"""A sheet that was read is read again, or says a thing twice: a log has each line once, unless a person wants it twice."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import At
from tests.journeys.coordinating import refilled
from tests.journeys.test_sheets import DAY, _pairs, commits, pairs
from tests.place import Place

__all__ = ["_pairs", "pairs"]

HEAD = "id,on,minutes\n"
FIRST, SECOND = f"knots,{DAY},45\n", f"sails,{DAY},30\n"


def lines(place: Place, record: str) -> list[dict[str, object]]:
    found: list[dict[str, object]] = place.json("show", record)["record"].get("meetings", [])
    return found


def test_a_row_that_a_log_says_already_is_refused_and_typed_by_hand_it_is_noted(pairs: Place) -> None:
    twice = str(pairs.write("twice.csv", HEAD + FIRST + SECOND + FIRST))
    before = commits(pairs)
    said = pairs.wrong("add", "meetings", "--from", twice)
    assert "twice.csv:4: meetings of knots: it is there already" in said.err
    assert "nothing changed" in said.err
    assert (commits(pairs), lines(pairs, "sails")) == (before, [])

    sheet = str(pairs.write("met.csv", HEAD + FIRST + SECOND))
    pairs.do("add", "meetings", "--from", sheet)
    said = pairs.wrong("add", "meetings", "--from", sheet)
    assert "met.csv:2" in said.err
    assert "met.csv:3" in said.err
    assert len(lines(pairs, "knots")) == 1

    said = pairs.do("add", "knots", "meetings", "minutes=45", f"on={DAY}")
    assert "meetings of knots holds the same line already" in said.all
    assert len(lines(pairs, "knots")) == 2, "two may meet twice in a day"


def test_a_sheet_that_was_filled_in_is_not_written_over(pairs: Place) -> None:
    out = pairs.write("met.csv", "")
    words = ("export", "sheet", "meetings", "--where", "stage=active", "--out", out)
    pairs.do(*words)
    pairs.do(*words)
    pairs.do(*words[:-4], "--month", "2026-04", "--out", out)  # of another day, and nobody filled it in
    text = Path(out).read_text(encoding="utf-8")
    filled = text.replace("2026-04-30,", "2026-04-30,45", 1)
    assert filled != text
    Path(out).write_text(filled, encoding="utf-8")
    said = pairs.wrong(*words)
    assert "met.csv holds other things, which would be lost: nothing is written" in said.err
    assert f"partnerkit export sheet meetings --where stage=active --out {out[:-4]}-2.csv" in said.err
    assert Path(out).read_text(encoding="utf-8") == filled


def test_what_is_no_sheet_is_not_written_over(pairs: Place) -> None:
    out = pairs.write("notes.csv", "Dear all,\nthese are notes\n")
    assert "holds other things" in pairs.wrong("export", "sheet", "meetings", "--out", out).err
    gates = pairs.write("gates.csv", "id,goals\nlater,agreed\n")
    said = pairs.wrong("export", "sheet", "--next", "--where", "id=later", "--out", gates)
    assert f"partnerkit export sheet --next --where id=later --out {gates[:-4]}-2.csv" in said.err


@pytest.mark.parametrize(
    ("row", "column", "words"),
    [
        (f"knots,{DAY},seventy,", "minutes", "“seventy”: write a whole number"),
        (f"knots,{DAY},99999,", "minutes", "at most 1440"),
        (f"knots,{DAY},45,p-zoe", "absent", "names p-zoe, who takes no part in it"),
        (f"knots,{DAY},=1+1,", "minutes", "a formula, or what would be one"),
        (f"knots,{DAY},45", "", "3 cells, and the head line has 4"),
    ],
)
def test_a_wrong_cell_of_a_log_is_told_by_row_and_column(pairs: Place, row: str, column: str, words: str) -> None:
    sheet = pairs.write("bad.csv", f"id,on,minutes,absent\nsails,{DAY},30,\n{row}\n")
    before = pairs.snapshot()
    said = pairs.run("add", "meetings", "--from", sheet)
    assert (said.code in {1, 2}, pairs.snapshot()) == (True, before)
    told = " ".join(said.err.split())
    assert words in told
    assert f"{sheet}:3" in told
    assert not column or f"{column}" in told
    for no in ("records/pairings", "meetings=<meetings>", "meetings.0", "1 reasons"):
        assert no not in told


def test_a_sheet_of_gates_that_was_read_says_so_once_for_each_row(at: At) -> None:
    place = at("assessment")

    def fill(column: str, _row: dict[str, str]) -> str | None:
        name, _, key = column.partition(".")
        said = {"outcome": "pass", "summary": "Looked at", "file": "https://files.example/1"}
        return "70: it fits" if name == "criteria-scored" else said.get(key)

    text = refilled(place.do("export", "sheet", "--next").out, fill)
    bad = place.write("bad.csv", text.replace("70: it fits", "seventy", 1))
    assert "'seventy' is no mark from 0 to 100" in place.refuse("add", "--from", bad).err
    formula = place.write("formula.csv", text.replace("Looked at", "=A1", 1))
    assert ".summary: a formula, or what would be one" in place.wrong("add", "--from", formula).err
    path = place.write("all.csv", text)
    place.do("add", "--from", path)
    said = place.refuse("add", "--from", path)
    assert said.err.count("row-unclear") == 1
    assert "it is there already" in said.err
    assert "partnerkit export sheet --next --where id=acme" in said.err
