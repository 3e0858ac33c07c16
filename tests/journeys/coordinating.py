"""Somebody who works through a cohort: what is typed, and the sheets that are filled in between."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from tests.journeys.telling import Teller

#: What a person writes into a cell, given the heading of its column and the row; None leaves it empty.
Filling = Callable[[str, dict[str, str]], str | None]

_NOT_ASKED = "(-)"

#: Columns that say of whom a row is: nobody fills them in.
_KNOWN = {"id", "party", "person"}


def refilled(text: str, fill: Filling) -> str:
    """A sheet as a spreadsheet saves it again, once a person has filled in what was left open."""
    reader = csv.DictReader(io.StringIO(text))
    head = list(reader.fieldnames or [])
    out = io.StringIO()
    writer = csv.DictWriter(out, head)
    writer.writeheader()
    for row in reader:
        open_ = {name for name in head if name not in _KNOWN and not name.startswith("(") and row[name] != _NOT_ASKED}
        said = {} if row["id"].startswith("(") else {name: fill(name, row) for name in open_}
        writer.writerow({**row, **{name: cell for name, cell in said.items() if cell is not None}})
    return out.getvalue()


@dataclass
class Coordinator:
    """Works through the cohort, and counts what is typed: the commands, and beside them those of sheets."""

    t: Teller
    typed: int = 0
    sheets: int = 0

    def do(self, *words: str, by: str | None = None) -> str:
        """A command that is typed."""
        self.typed += 1
        return self.t.do(*words, by=by).out

    def from_sheet(self, *words: str) -> str:
        """A command that takes what a sheet says."""
        assert "--from" in words
        self.sheets += 1
        return self.t.do(*words).out

    def sheet(self, what: tuple[str, ...], fill: Filling, *then: str) -> str:
        """A sheet written out, filled in by hand, and read back."""
        self.sheets += 1
        path = self.t.place.write("sheet.csv", "")
        self.t.do("export", "sheet", *what, "--out", path)
        with open(path, encoding="utf-8", newline="") as file:
            text = refilled(file.read(), fill)
        named = what[:1] if not what[0].startswith("--") else ()
        return self.from_sheet("add", *named, "--from", self.t.place.write("sheet.csv", text), *then)

    def stages(self, kind: str) -> dict[str, int]:
        """How many records of a kind stand in each stage."""
        return Counter(one["stage"] for one in self.t.place.json("list", kind, day=self.t.day)["records"])
