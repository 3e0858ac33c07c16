"""Findings as a code quality report, which GitLab shows in merge requests."""

from __future__ import annotations

from typing import Any

from partnerkit.findings import Finding
from partnerkit.reports.encode import terminal
from partnerkit.reports.outcome import Found, Outcome, home, in_short, line_at_home

#: How bad each is in GitLab's words; its worst ones, critical and blocker, are left to others.
_SEVERITIES = {"error": "major", "warning": "minor", "info": "info"}


def as_report(outcome: Outcome) -> list[dict[str, Any]]:
    """One item for each finding; GitLab tells them apart by their fingerprints alone."""
    return [_item(one) for one in outcome.found]


def _item(found: Found) -> dict[str, Any]:
    finding = in_short(found.finding)
    return {
        "description": terminal(_description(finding)).replace("\n", " "),
        "check_name": finding.code,
        "fingerprint": found.fingerprint,
        "severity": _SEVERITIES[finding.severity],
        "location": {"path": home(finding), "lines": {"begin": line_at_home(finding) or 1}},
    }


def _description(finding: Finding) -> str:
    clause = f" [{finding.clause}]" if finding.clause else ""
    mend = f" → {finding.mend}" if finding.mend else ""
    return f"{finding.message}{clause}{mend}"
