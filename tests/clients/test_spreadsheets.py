"""LibreOffice opens what `export csv` writes: what looks like a formula is text, and nothing is worked out."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from partnerkit.store.disk.sheets import as_csv, sheet
from tests.clients.conftest import Office
from tests.place import Place

#: What a spreadsheet would run or take for a number, and what it would cut the beginning of.
NAMES = (
    '=HYPERLINK("https://evil.example","click")',
    "=1+1",
    "+1+1",
    "-2+3",
    "@SUM(1,1)",
    "=cmd|' /C calc'!A0",
    "+4930123456",
    "-12",
    "'=1",
)
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"

#: Comma, double quotes, UTF-8, from the first line; special numbers are detected and formulas worked out: the worst case.
_FILTER = "CSV:44,34,76,1,,0,false,true,false,false,false,-1,true"

#: A cell: its type, its formula, its text.
Cell = tuple[str | None, str | None, str]
Opened = Callable[[str], list[list[Cell]]]


@pytest.fixture
def opened(tmp_path: Path, office: Office) -> Opened:
    """What LibreOffice makes of a CSV file, cell by cell."""

    def read(text: str) -> list[list[Cell]]:
        source = tmp_path / "given.csv"
        source.write_text(text, encoding="utf-8", newline="")
        made = office(source, "fods", f"--infilter={_FILTER}")
        return _cells(ET.fromstring(made.read_text(encoding="utf-8")))  # noqa: S314 - LibreOffice wrote it here

    return read


def _cells(root: ET.Element) -> list[list[Cell]]:
    rows = []
    for row in root.iter(f"{_TABLE}table-row"):
        cells: list[Cell] = []
        for cell in row.iter(f"{_TABLE}table-cell"):
            said = "\n".join("".join(part.itertext()) for part in cell.iter(f"{_TEXT}p"))
            made = (cell.get(f"{_OFFICE}value-type"), cell.get(f"{_TABLE}formula"), said)
            cells += [made] * int(cell.get(f"{_TABLE}number-columns-repeated", "1"))
        rows.append(cells)
    return rows


def _column(rows: list[list[Cell]], name: str) -> list[Cell]:
    at = next(index for index, cell in enumerate(rows[0]) if cell[2] == name)
    return [row[at] for row in rows[1:] if len(row) > at and row[0][2]]


def test_what_looks_like_a_formula_is_text(place: Place, opened: Opened) -> None:
    for number, name in enumerate(NAMES):
        place.do("new", "partnership", f"Partner {number}", f"id=p{number}", "type=universities")
        place.edit(f"p{number}", f"name: Partner {number}", f"name: {json.dumps(name)}")
    text = place.do("export", "csv", "partnership", "--columns", "id,name,stage").out
    found = _column(opened(text), "name")
    assert [kind for kind, _formula, _text in found] == ["string"] * len(NAMES)
    assert [formula for _kind, formula, _text in found] == [None] * len(NAMES)
    assert [said.removeprefix("'") for _kind, _formula, said in found] == [name.removeprefix("'") for name in NAMES]


def test_a_tab_and_a_return_before_a_formula_are_no_way_past(opened: Opened, tmp_path: Path) -> None:
    hostile = ["\t=1+1", "\r=1+1", "\r\n=1+1", "=1+1\n=2+2", ";=1+1", '"=1+1', " =1+1"]
    text = as_csv(["id", "name"], [[f"p{number}", cell] for number, cell in enumerate(hostile)])
    found = _column(opened(text), "name")
    assert [(kind, formula) for kind, formula, _text in found] == [("string", None)] * len(hostile)


def test_without_that_it_would_be_worked_out(opened: Opened) -> None:
    """Else the tests above would prove nothing."""
    found = _column(opened("id,name\np0,=1+1\np1,+4930123456\np2,-12\n"), "name")
    assert [kind for kind, _formula, _text in found] == ["float"] * 3
    assert found[0][1] is not None


def test_what_libreoffice_writes_back_is_read_as_it_was(place: Place, opened: Opened, tmp_path: Path) -> None:
    """A sheet goes out, through a spreadsheet, and in again: no apostrophe more, and none less."""
    text = as_csv(["id", "name"], [[f"p{number}", name] for number, name in enumerate(NAMES)])
    rows = opened(text)
    again = tmp_path / "again.csv"
    again.write_text(
        "id,name\n"
        + "".join(f'{row[0][2]},"{row[1][2].replace(chr(34), chr(34) * 2)}"\n' for row in rows[1:] if row[0][2]),
        encoding="utf-8",
    )
    assert [cells["name"] for _line, cells in sheet(again).rows] == [
        name.removeprefix("'") if name == "'=1" else name for name in NAMES
    ]
