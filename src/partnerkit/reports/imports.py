"""What becomes of the rows of a spreadsheet, as text and as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

from partnerkit.reports.page import Page, Span

_STYLE = {"create": "green", "update": "cyan", "skip": "dim", "question": "yellow"}


class Row(Protocol):
    """One row with what becomes of it."""

    line: int
    name: str
    action: Any
    why: str


def as_page(rows: Sequence[Row]) -> Page:
    """Every row with what becomes of it, questions last, then the counts."""
    page = Page()
    ordered = sorted(rows, key=lambda row: row.action == "question")
    page.table(
        [(f"{row.line}", Span(row.action, _STYLE[row.action]), row.name, row.why) for row in ordered],
        ("line", "action", "name", ""),
    )
    counts = {action: sum(row.action == action for row in rows) for action in _STYLE}
    return page.add(", ".join(f"{count} {action}" for action, count in counts.items()))


def as_data(rows: Sequence[Row]) -> list[dict[str, Any]]:
    """The same for other programs."""
    return [{"line": row.line, "name": row.name, "action": row.action, "why": row.why} for row in rows]
