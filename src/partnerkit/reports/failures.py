"""Why a command was refused or could not work."""

from __future__ import annotations

from typing import Any

from partnerkit.errors import PartnerkitError
from partnerkit.findings import Finding
from partnerkit.reports import findings as findings_report
from partnerkit.reports import mends
from partnerkit.reports.page import Page, Span


def as_page(message: str, mend: str | None, findings: list[Finding]) -> Page:
    """What is wrong, every reason, and the next command."""
    page = Page().add(Span("✗ ", "red"), message)
    if findings:
        page.extend(findings_report.as_page(findings))
    if mend:
        mends.tell(page, mend)
    return page


def as_json(message: str, mend: str | None, exit_code: int, findings: list[Finding]) -> dict[str, Any]:
    """The same for other programs."""
    return {
        "schema": "partnerkit.error/1",
        "message": message,
        "mend": mend,
        "exit_code": exit_code,
        "findings": [findings_report.as_data(finding) for finding in findings],
    }


def of(error: PartnerkitError) -> dict[str, Any]:
    """An error for other programs."""
    return as_json(error.message, error.mend, error.exit_code, getattr(error, "findings", []))
