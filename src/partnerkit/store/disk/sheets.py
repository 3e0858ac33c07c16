"""Sheets: CSV files as spreadsheets write them, read whole or refused with the line."""

from __future__ import annotations

import codecs
import csv
import io
import re
from pathlib import Path

from partnerkit.dataclass import dataclass, field
from partnerkit.errors import WrongCallError
from partnerkit.kinds.canonical import file_digest
from partnerkit.pattern import pattern
from partnerkit.store.disk.given import given

_DELIMITERS = ",;\t|"

#: A cell that begins like this is a formula to a spreadsheet; an apostrophe before it makes it text.
FORMULA = ("=", "+", "-", "@", "\t", "\r")

#: What to do about a sheet in other letters.
_SAVE = "save the sheet as CSV in UTF-8 (import also takes --encoding, such as cp1252 for Excel on Windows)"

#: What begins like a formula and is none: a number, a telephone number, a handle, a line of a list.
_NO_FORMULA = pattern(r"[+-][0-9 ().,/-]*|@[\w.]+|- +[^\s=+@|-].*", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table with a head line.

    Attributes:
        columns: the names of the columns, in order.
        rows: the line in the file on which each row ends, and its cells by column; empty cells are left out.
        numbers: the number that a spreadsheet shows beside each row, by its line: cells may hold several lines.
        uneven: how many cells a row has, by its line, where that is not as many as there are columns.
        digest: of the bytes of the file.
        formulas: the line and the column of each cell that a spreadsheet would run, as it stands there.
    """

    columns: list[str]
    rows: list[tuple[int, dict[str, str]]]
    numbers: dict[int, int] = field(default_factory=dict)
    uneven: dict[int, int] = field(default_factory=dict)
    digest: str = ""
    formulas: list[tuple[int, str]] = field(default_factory=list)


def sheet(path: str | Path, encoding: str | None = None, *, even: bool = True) -> Sheet:
    """Read a CSV file: separated by commas, semicolons, tabs or bars, as its head line shows.

    Args:
        path: the file.
        encoding: how its letters are stored; absent: UTF-8, or UTF-16 where the file says so itself.
        even: whether a row that is longer than the head is refused, instead of being told of.

    Raises:
        WrongCallError: it cannot be read, has no rows, a column twice, or a row longer than its head.
    """
    raw = given(path)
    text = _text(path, raw, encoding)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    found = Sheet([], [], digest=file_digest(raw))
    try:
        columns = [" ".join(name.split()) for name in next(reader, [])]  # a heading is one line
        _demand_columns(path, columns)
        for number, cells in enumerate(reader, 2):
            if any(cell.strip() for cell in cells):
                if even:
                    _demand_fitting(path, reader.line_num, columns, cells)
                if len(cells) != len(columns):
                    found.uneven[reader.line_num] = len(cells)
                run = [name for name, cell in zip(columns, cells, strict=False) if name and is_formula(cell.strip())]
                found.formulas.extend((reader.line_num, name) for name in run)
                found.rows.append((reader.line_num, _cells(columns, cells)))
                found.numbers[reader.line_num] = number
    except csv.Error as error:
        message = f"{path}:{reader.line_num}: this is no CSV: {error}"
        raise WrongCallError(message, "save the sheet as CSV, with commas and double quotes") from error
    if not found.rows:
        raise WrongCallError(f"{path} has no rows", "the first line names the columns")
    found.columns.extend(name for name in columns if name)
    return found


def _text(path: str | Path, raw: bytes, encoding: str | None) -> str:
    """The letters of a file."""
    marked = raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    wanted = encoding or ("utf-16" if marked else "utf-8-sig")
    try:
        text = raw.decode(wanted).removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        said = {"utf-8-sig": "UTF-8"}.get(wanted, wanted)
        line = raw[: error.start].count(b"\n") + 1
        message = f"{path}:{line}: this is not {said} text (the byte 0x{raw[error.start]:02x})"
        raise WrongCallError(message, _SAVE) from error
    except LookupError as error:
        message = f"there is no encoding {encoding!r}"
        raise WrongCallError(message, "one such as utf-8, utf-16, cp1252 (Excel on Windows) or mac-roman") from error
    if "\0" in text:
        message = f"{path} holds bytes of zero: it is no text, or UTF-16 that does not say so"
        raise WrongCallError(message, _SAVE)
    return text


def _delimiter(text: str) -> str:
    """What separates the cells: with it, the head line has the most."""

    def width(mark: str) -> int:
        try:
            return len(next(csv.reader(io.StringIO(text, newline=""), delimiter=mark, strict=True), []))
        except csv.Error:
            return 0

    return max(_DELIMITERS, key=width)


def _demand_columns(path: str | Path, columns: list[str]) -> None:
    twice = [name for name in columns if name and columns.count(name) > 1]
    if twice:
        raise WrongCallError(f"{path}:1: the column {twice[0]} stands there twice", "give each column its own name")


def _demand_fitting(path: str | Path, line: int, columns: list[str], cells: list[str]) -> None:
    if len(cells) > len(columns) and any(cells[len(columns) :]):
        message = f"{path}:{line}: more cells than the head line has columns"
        raise WrongCallError(message, "put cells that hold a comma into double quotes")


def _cells(columns: list[str], cells: list[str]) -> dict[str, str]:
    found = {name: armed(cell.strip()) for name, cell in zip(columns, cells, strict=False)}
    return {name: cell for name, cell in found.items() if name and cell}


def is_formula(cell: str) -> bool:
    """Whether a spreadsheet would run what a cell says."""
    return cell.startswith(FORMULA) and _NO_FORMULA.fullmatch(cell) is None


def disarmed(cell: str) -> str:
    """A cell as a spreadsheet shows it and never runs it."""
    plain = cell.replace("\r\n", "\n").replace("\r", "\n")
    return f"'{plain}" if cell.startswith(FORMULA) else plain


def armed(cell: str) -> str:
    """A cell as it was before it was disarmed."""
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(FORMULA) else cell


def as_csv(columns: list[str], rows: list[list[str]]) -> str:
    """A table as CSV that every spreadsheet opens and none runs."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([disarmed(name) for name in columns])
    writer.writerows([[disarmed(cell) for cell in row] for row in rows])
    return out.getvalue()
