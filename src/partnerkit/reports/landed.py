"""What a command landed, for a person and for other programs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

from partnerkit.reports.page import WELL, Page, Span


class Outcome(Protocol):
    """What a writer does to one record, or makes of one row of a sheet."""

    @property
    def record(self) -> str:
        """The id of the record."""

    @property
    def does(self) -> str:
        """What is done, in words."""

    @property
    def row(self) -> str | None:
        """The row of the sheet that asks for it."""


def as_page(
    subject: str,
    commit: str | None,
    paths: list[str],
    notes: list[str],
    outcomes: Sequence[Outcome] = (),
    *,
    dry_run: bool,
    next_: str | None,
) -> Page:
    """One line of what was done, the commit, notes, and the next useful command; of a dry run, every record."""
    page = Page()
    if dry_run:
        page.add(Span("would land: ", "yellow"), subject)
        page.extend(_table(outcomes))
        for path in [] if outcomes else paths:
            page.add(f"    {path}")
        page.add("nothing changed (--dry-run)")
    elif commit is None:
        page.add(subject)
    else:
        page.add(Span("✓ ", WELL), subject, Span(f"   {commit[:10]}", "dim"))
    for note in dict.fromkeys(notes):
        page.add(Span("  ! ", "yellow"), note)
    if next_:
        page.add(Span("Next: ", "bold"), Span(next_, "green"))
    return page


def _table(outcomes: Sequence[Outcome]) -> Page:
    """What becomes of each record; where a sheet asks for it, row by row."""
    rows = [(*([one.row] if one.row else []), one.record, one.does) for one in outcomes]
    head = ("row", "record", "becomes") if any(one.row for one in outcomes) else ("record", "becomes")
    return Page().table(rows, head, indent="    ")


def outcomes_json(outcomes: Sequence[Outcome]) -> list[dict[str, Any]]:
    """What becomes of each record, for other programs."""
    return [{"row": one.row, "id": one.record, "does": one.does} for one in outcomes]


def as_json(
    command: str,
    commit: str | None,
    subject: str,
    paths: list[str],
    notes: list[str],
    records: list[dict[str, Any]],
    *,
    dry_run: bool,
) -> dict[str, Any]:
    """The same for other programs."""
    return {
        "schema": f"partnerkit.{command}/1",
        "commit": commit,
        "dry_run": dry_run,
        "subject": subject,
        "files": paths,
        "notes": notes,
        "records": records,
    }


def each_json(command: str, landed: list[dict[str, Any]], error: dict[str, Any] | None) -> dict[str, Any]:
    """What landed as a commit for each record, and what ended it before its end."""
    return {"schema": f"partnerkit.{command}-each/1", "landed": landed, "error": error}
