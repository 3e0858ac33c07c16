"""What a command landed, for a person and for other programs."""

from __future__ import annotations

from typing import Any

from partnerkit.reports.page import Page, Span


def as_page(
    subject: str, commit: str | None, paths: list[str], notes: list[str], *, dry_run: bool, next_: str | None
) -> Page:
    """One line of what was done, the commit, notes, and the next useful command."""
    page = Page()
    if dry_run:
        page.add(Span("would land: ", "yellow"), subject)
        for path in paths:
            page.add(f"    {path}")
        page.add("nothing changed (--dry-run)")
    elif commit is None:
        page.add(subject)
    else:
        page.add(Span("✓ ", "green"), subject, Span(f"   {commit[:10]}", "dim"))
    for note in dict.fromkeys(notes):
        page.add(Span("  ! ", "yellow"), note)
    if next_:
        page.add(Span("Next: ", "bold"), Span(next_, "green"))
    return page


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
