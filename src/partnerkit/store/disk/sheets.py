"""Sheets: CSV files as spreadsheets write them, read whole or refused with the line."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from pathlib import Path

from partnerkit.errors import WrongCallError
from partnerkit.store.disk.given import given

_DELIMITERS = ",;\t|"

#: A cell that begins like this is a formula to a spreadsheet; an apostrophe before it makes it text.
FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table with a head line.

    Attributes:
        columns: the names of the columns, in order.
        rows: the line in the file on which each row ends, and its cells by column; empty cells are left out.
    """

    columns: list[str]
    rows: list[tuple[int, dict[str, str]]]


def sheet(path: str | Path) -> Sheet:
    """Read a CSV file: separated by commas, semicolons, tabs or bars, as its head line shows.

    Raises:
        WrongCallError: it cannot be read, has no rows, a column twice, or a row longer than its head.
    """
    try:
        text = given(path).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise WrongCallError(f"{path} is not UTF-8 text", "save the sheet as CSV in UTF-8") from error
    head = text.partition("\n")[0]
    delimiter = max(_DELIMITERS, key=head.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        columns = [name.strip() for name in next(reader, [])]
        _demand_columns(path, columns)
        rows = [(reader.line_num, _cells(path, reader.line_num, columns, cells)) for cells in reader if any(cells)]
    except csv.Error as error:
        message = f"{path}:{reader.line_num}: this is no CSV: {error}"
        raise WrongCallError(message, "save the sheet as CSV, with commas and double quotes") from error
    if not rows:
        raise WrongCallError(f"{path} has no rows", "the first line names the columns")
    return Sheet([name for name in columns if name], rows)


def _demand_columns(path: str | Path, columns: list[str]) -> None:
    twice = [name for name in columns if name and columns.count(name) > 1]
    if twice:
        raise WrongCallError(f"{path}:1: the column {twice[0]} stands there twice", "give each column its own name")


def _cells(path: str | Path, line: int, columns: list[str], cells: list[str]) -> dict[str, str]:
    if len(cells) > len(columns) and any(cells[len(columns) :]):
        message = f"{path}:{line}: more cells than the head line has columns"
        raise WrongCallError(message, "put cells that hold a comma into double quotes")
    found = {name: armed(cell.strip()) for name, cell in zip(columns, cells, strict=False)}
    return {name: cell for name, cell in found.items() if name and cell}


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
