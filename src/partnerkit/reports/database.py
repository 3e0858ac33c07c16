"""What stands in a database that was written: for people, and for other programs."""

from __future__ import annotations

from datetime import date
from typing import Any

from partnerkit.reports.page import COMMAND, Page, Span
from partnerkit.rules.commands import quoted

SCHEMA = "partnerkit.sqlite/1"


def as_page(rows: dict[str, int], day: date, out: str, level: str, unseen: int) -> Page:
    """What was written, for a person."""
    counted = ", ".join(_counted(rows[table], table) for table in ("records", "statements", "obligations", "findings"))
    page = Page().add(f"✓ {counted}, as of {day} → {out}")
    if unseen:
        words = f"{unseen} record{' is' if unseen == 1 else 's are'} above {level}, or cannot be read: not in it"
        page.add(Span("  ! ", "yellow"), words)
    return page.add(Span("Next: ", "bold"), Span(f"datasette {quoted(out)}", COMMAND))


def as_json(rows: dict[str, int], day: date, out: str, level: str, unseen: int) -> dict[str, Any]:
    """The same for other programs."""
    said = {"schema": SCHEMA, "file": out, "day": day.isoformat(), "classification": level}
    return {**said, "rows": rows, "not_shown": unseen}


def _counted(count: int, table: str) -> str:
    return f"{count} {table.removesuffix('s') if count == 1 else table}"
