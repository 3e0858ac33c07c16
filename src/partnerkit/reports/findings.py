"""Findings as text, as JSON, and as workflow commands of GitHub."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from partnerkit.findings import Finding
from partnerkit.reports.encode import workflow_data, workflow_property
from partnerkit.reports.page import Page, Span

if TYPE_CHECKING:
    from partnerkit.kinds.expunging import Expunging
    from partnerkit.kinds.parts import Part

SCHEMA = "partnerkit.findings/1"
_STYLE = {"error": ("✗", "red"), "warning": ("!", "yellow"), "info": ("i", "cyan")}

#: How many texts that were taken out are told below the count.
_EXPUNGED_SHOWN = 5

#: GitHub shows so many annotations of a sort for one step and drops the rest without a word.
_SHOWN_BY_GITHUB = 10


def place(finding: Finding) -> str:
    """`file:line:column`, as far as known."""
    parts = [finding.file, finding.line, finding.column]
    return ":".join(str(part) for part in parts if part is not None)


def as_page(findings: Iterable[Finding]) -> Page:
    """Findings for a person: what, where, the clause, the mend."""
    page = Page()
    for finding in findings:
        mark, style = _STYLE[finding.severity]
        page.add(Span(f"{mark} ", style), Span(place(finding), "bold"), Span(f"  {finding.code}", "dim"))
        record = f"{finding.record}: " if finding.record and not _begins(finding.message, finding.record) else ""
        page.add(f"    {record}{finding.message}")
        if finding.clause:
            page.add("    ", Span(finding.clause, "cyan"))
        if finding.mend:
            page.add("    → ", Span(finding.mend, "green"))
    return page


def _begins(message: str, record: str) -> bool:
    """Whether the message begins with the record's id: further on, the same word may mean something else."""
    return re.match(rf"{re.escape(record)}(?![\w-])", message) is not None


def counted(findings: list[Finding], looked_at: str, expunged: Sequence[tuple[str, Expunging]] = ()) -> Page:
    """The last line: how many errors and warnings, in what; and from which records text was taken out for good."""
    errors = sum(finding.severity == "error" for finding in findings)
    warnings = sum(finding.severity == "warning" for finding in findings)
    words = f"{_number(errors, 'error')}, {_number(warnings, 'warning')} in {looked_at}"
    page = Page().add(Span(words, "red" if errors else "green"))
    for record, one in expunged[:_EXPUNGED_SHOWN]:
        page.add(Span(f"expunged from {record}: {one.id} by {one.by} on {one.at:%Y-%m-%d}: {one.reason}", "dim"))
    more = len(expunged) - _EXPUNGED_SHOWN
    return page.add(Span(f"… and {more} more: partnerkit audit lists them", "dim")) if more > 0 else page


def _number(count: int, what: str) -> str:
    return f"{count} {what}{'' if count == 1 else 's'}"


def as_data(finding: Finding) -> dict[str, Any]:
    """One finding as plain data, every key always there."""
    return {
        "code": finding.code,
        "severity": finding.severity,
        "file": finding.file,
        "line": finding.line,
        "column": finding.column,
        "record": finding.record,
        "clause": finding.clause,
        "message": finding.message,
        "mend": finding.mend,
        "commit": finding.commit,
        "entry": finding.entry,
        "settled_by": finding.settled,
    }


def as_json(findings: Iterable[Finding], expunged: Iterable[tuple[str, Expunging]] = ()) -> dict[str, Any]:
    """Findings for other programs, and what was taken out of records for good."""
    taken_out = [{"record": record, **plain(one)} for record, one in expunged]
    return {"schema": SCHEMA, "findings": [as_data(finding) for finding in findings], "expunged": taken_out}


def plain(part: Part) -> dict[str, Any]:
    """A part of a record as plain data."""
    return part.model_dump(mode="json", by_alias=True, exclude_none=True)


def as_github(findings: list[Finding]) -> str:
    """Workflow commands, the worst first; the last of a sort that GitHub shows says how many more there are."""
    lines: list[str] = []
    for severity, command in (("error", "error"), ("warning", "warning"), ("info", "notice")):
        group = [finding for finding in findings if finding.severity == severity]
        for index, finding in enumerate(group):
            more = len(group) - index - 1
            hidden = f" (and {more} more: see the log of this step)" if index == _SHOWN_BY_GITHUB - 1 and more else ""
            lines.append(_command(command, finding, hidden))
    return "".join(line + "\n" for line in lines)


def _command(command: str, finding: Finding, hidden: str) -> str:
    properties = {"file": finding.file, "line": finding.line, "col": finding.column, "title": finding.code}
    given = ",".join(f"{key}={workflow_property(str(value))}" for key, value in properties.items() if value is not None)
    clause = f" [{finding.clause}]" if finding.clause else ""
    mend = f"\n→ {finding.mend}" if finding.mend else ""
    return f"::{command} {given}::{workflow_data(finding.message + clause + hidden + mend)}"
