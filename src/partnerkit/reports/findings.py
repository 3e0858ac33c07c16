"""Findings as text, as JSON, and as workflow commands of GitHub."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from partnerkit.findings import Finding
from partnerkit.reports.encode import workflow_data, workflow_property
from partnerkit.reports.page import Page, Span

SCHEMA = "partnerkit.findings/1"
_STYLE = {"error": ("✗", "red"), "warning": ("!", "yellow"), "info": ("i", "cyan")}

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


def counted(findings: list[Finding], looked_at: str) -> Page:
    """The last line: how many errors and warnings, in what."""
    errors = sum(finding.severity == "error" for finding in findings)
    warnings = sum(finding.severity == "warning" for finding in findings)
    words = f"{_number(errors, 'error')}, {_number(warnings, 'warning')} in {looked_at}"
    return Page().add(Span(words, "red" if errors else "green"))


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


def as_json(findings: Iterable[Finding]) -> dict[str, Any]:
    """Findings for other programs."""
    return {"schema": SCHEMA, "findings": [as_data(finding) for finding in findings]}


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
