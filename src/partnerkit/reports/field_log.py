"""How a field came to be what it is: a line for each commit that changed it, and under it what it changed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from partnerkit.kinds.differing import Differing
from partnerkit.register import RecordFile, Register
from partnerkit.reports.logged import heading
from partnerkit.reports.page import WELL, Page, Span
from partnerkit.reports.values import brief
from partnerkit.rules.commands import line
from partnerkit.store.git.history import LandedCommit

#: A commit (None: it has not landed), who made it, the entries that landed with it, and what differs.
Row = tuple[LandedCommit | None, str | None, list[dict[str, Any]], list[Differing]]

_OID = 10


def as_page(
    record: RecordFile, register: Register, field: str, rows: Iterable[Row], unreadable: list[LandedCommit]
) -> Page:
    """Earliest first; whoever is not known by one address of the roster is not named."""
    page = heading(record)
    page.add(Span(field, "bold"))
    for commit, by, entries, places in rows:
        _change(page, register, commit, by, entries)
        for place in places:
            page.add(f"    {place.path}: " if place.path != field else "    ", *_spans(place))
    for commit in unreadable:
        page.add(Span("! ", "yellow"), f"{commit.oid[:_OID]}: the record was not there, or nobody could read it")
    if len(page.lines) == len(heading(record).lines) + 1:
        page.add("  it never said anything")
    page.add()
    return page.add(Span("Next: ", "bold"), Span(line("why", record.id), "green"), " says what its stages rest on")


def _change(
    page: Page, register: Register, commit: LandedCommit | None, by: str | None, entries: list[dict[str, Any]]
) -> None:
    if commit is None:
        page.add(Span("not committed yet", "yellow"))
        return
    who = by or "somebody whom no address of the roster names"
    page.add(
        Span(f"{register.day(commit.date)}  ", "cyan"), f"{who}  {commit.oid[:_OID]}  ", Span(commit.subject, "dim")
    )
    if len(entries) > 1:
        page.add(Span(f"    with {len(entries)} entries; the last of them:", "dim"))
    for entry in entries[-1:]:
        way = f"{entry['from']} → {entry['to']}" if entry.get("from") else str(entry.get("to"))
        page.add(Span(f"    with entry {entry.get('seq')}, {entry.get('type')}: {way}, by {entry.get('by')}", "dim"))


def _spans(place: Differing) -> list[Span | str]:
    if place.was is None:
        return ["+ ", Span(brief(place.now), WELL)]
    if place.now is None:
        return ["- ", Span(brief(place.was), "red")]
    return [Span(brief(place.was), "red"), " → ", Span(brief(place.now), WELL)]


def as_json(
    record: RecordFile, field: str, value: Any, rows: Iterable[Row], unreadable: list[LandedCommit]
) -> dict[str, Any]:
    """The same for other programs; people by their ids alone."""
    return {
        "schema": "partnerkit.log-field/1",
        "id": record.id,
        "field": field,
        "value": value,
        "changes": [
            {
                "commit": commit.oid if commit else None,
                "at": commit.date.isoformat() if commit else None,
                "by": by,
                "entries": [entry.get("id") for entry in entries],
                "places": [{"path": one.path, "from": one.was, "to": one.now} for one in places],
            }
            for commit, by, entries, places in rows
        ],
        "unreadable": [commit.oid for commit in unreadable],
    }
