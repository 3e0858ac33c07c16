"""What becomes of the rows of a spreadsheet, as text and as JSON."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from partnerkit.reports.page import WELL, Page, Span

_STYLE = {"create": WELL, "update": "cyan", "skip": "dim", "question": "yellow"}


class Trouble(Protocol):
    """Why a row is not taken in."""

    @property
    def column(self) -> str:
        """In which column."""

    @property
    def value(self) -> str:
        """What stands there."""

    @property
    def why(self) -> str:
        """What is wrong with it."""


class Row(Protocol):
    """One row with what becomes of it."""

    name: str
    action: Any
    why: str

    @property
    def line(self) -> int:
        """Its line in the file."""

    @property
    def number(self) -> int:
        """The number that a spreadsheet shows beside it."""

    @property
    def troubles(self) -> Sequence[Trouble]:
        """What must be asked first."""


def as_page(rows: Sequence[Row], people: Mapping[str, bool], *, every: bool) -> Page:
    """What becomes of the rows: every one with the counts, or only those left out and those whose person is new.

    Args:
        rows: the rows.
        people: the ids of people for whom rows speak, each with whether it was given here.
        every: whether all rows are shown.
    """
    page = Page()
    asked = [row for row in rows if row.action == "question"]
    shown = [row for row in rows if row.action != "question" and (every or any(people.values()))]
    if shown:
        page.table(
            [(f"{row.number}", Span(row.action, _STYLE[row.action]), row.name, row.why) for row in shown],
            ("row", "action", "name", ""),
        )
    if asked:
        page.table(
            [(f"{row.number}", one.column, one.value, one.why) for row in asked for one in row.troubles],
            ("row", "column", "value", "left out: why"),
        )
    if every:
        counts = {action: sum(row.action == action for row in rows) for action in _STYLE}
        page.add(", ".join(f"{count} {action}" for action, count in counts.items()))
    return page


def as_data(rows: Sequence[Row]) -> list[dict[str, Any]]:
    """The same for other programs."""
    return [
        {
            "line": row.line,
            "row": row.number,
            "name": row.name,
            "action": row.action,
            "why": row.why or "; ".join(one.why for one in row.troubles),
            "troubles": [{"column": one.column, "value": one.value, "why": one.why} for one in row.troubles],
        }
        for row in rows
    ]
