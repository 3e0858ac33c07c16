"""What a finding's code means, with a bad and a good case and what mends it."""

from __future__ import annotations

from typing import Any

from partnerkit.reports.page import COMMAND, Page, Span
from partnerkit.rules.codes.code import Code


def as_page(name: str, code: Code) -> Page:
    """The code for a person."""
    page = Page().add(Span(name, "bold"), Span(f"  {code.severity}", "dim")).text(code.reason, indent="  ")
    page.add(Span("  found in:", "dim")).text(code.bad, "red", indent="    ")
    page.add(Span("  as it should be:", "dim")).text(code.good, COMMAND, indent="    ")
    return page.add(Span("  mend: ", "dim"), code.mend)


def as_json(name: str, code: Code) -> dict[str, Any]:
    """The same for other programs."""
    return {
        "schema": "partnerkit.why/1",
        "code": name,
        "explanation": code.reason,
        "severity": code.severity,
        "bad": code.bad,
        "good": code.good,
        "mend": code.mend,
    }
