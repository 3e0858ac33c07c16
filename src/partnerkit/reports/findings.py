"""Findings as text and as JSON, and the words that every format shares."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from partnerkit.findings import Finding, has_errors
from partnerkit.pattern import pattern
from partnerkit.reports import mends
from partnerkit.reports.encode import on_one_line
from partnerkit.reports.page import PLACE, WELL, Page, Span

if TYPE_CHECKING:
    from partnerkit.kinds.expunging import Expunging
    from partnerkit.kinds.parts import Part

SCHEMA = "partnerkit.findings/1"
_GOES_ON = pattern(r"[\w-]")
_STYLE = {"error": ("✗", "red"), "warning": ("!", "yellow"), "info": ("i", "cyan")}

#: How many texts that were taken out are told below the count.
_EXPUNGED_SHOWN = 5


def place(finding: Finding) -> str:
    """`file:line:column`, as far as known."""
    parts = [finding.file, finding.line, finding.column]
    return ":".join(str(part) for part in parts if part is not None)


def as_page(findings: Iterable[Finding]) -> Page:
    """Findings for a person: what, where, the clause, the mend."""
    page = Page()
    for finding in findings:
        mark, style = _STYLE[finding.severity]
        page.add(Span(f"{mark} ", style), Span(on_one_line(place(finding)), PLACE), Span(f"  {finding.code}", "dim"))
        page.add(f"    {on_one_line(sentence(finding))}")
        if finding.clause:
            page.add("    ", Span(finding.clause, "cyan"))
        if finding.mend:
            mends.tell(page, finding.mend, "  ")
    return page


def sentence(finding: Finding) -> str:
    """What is wrong, with the record's id before it where the message does not begin with it."""
    record = f"{finding.record}: " if finding.record and not _begins(finding.message, finding.record) else ""
    return f"{record}{finding.message}"


def _begins(message: str, record: str) -> bool:
    """Whether the message begins with the record's id: further on, the same word may mean something else."""
    return message.startswith(record) and not _GOES_ON.match(message, len(record))


def counted(findings: list[Finding], looked_at: str, expunged: Sequence[tuple[str, Expunging]] = ()) -> Page:
    """The last line: how many errors and warnings, in what; and from which records text was taken out for good."""
    page = Page().add(Span(counts(findings, looked_at), "red" if has_errors(findings) else WELL))
    for line in expunged_lines(expunged):
        page.add(Span(line, "dim"))
    return page


def checked(findings: list[Finding], looked_at: str, expunged: Sequence[tuple[str, Expunging]]) -> Page:
    """What was found, and how much of it in what."""
    return as_page(findings).extend(counted(findings, looked_at, expunged))


def counts(findings: Sequence[Finding], looked_at: str) -> str:
    """How many errors and warnings, in what."""
    errors = sum(finding.severity == "error" for finding in findings)
    warnings = sum(finding.severity == "warning" for finding in findings)
    return f"{_number(errors, 'error')}, {_number(warnings, 'warning')} in {looked_at}"


def expunged_lines(expunged: Sequence[tuple[str, Expunging]]) -> list[str]:
    """From which records text was taken out for good, by whom and why: a few, and how many more."""
    shown = expunged[:_EXPUNGED_SHOWN]
    lines = [
        f"expunged from {record}: {one.id} by {one.by} on {one.at:%Y-%m-%d}: {one.reason}" for record, one in shown
    ]
    more = len(expunged) - len(shown)
    return [*lines, f"… and {more} more: partnerkit audit lists them"] if more > 0 else lines


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
