"""Findings as SARIF 2.1.0, which code scanning and editors show."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from urllib.parse import quote

from partnerkit import __version__
from partnerkit.findings import Finding
from partnerkit.reports.encode import markdown, sarif, terminal
from partnerkit.reports.outcome import Found, Outcome, home, in_short, line_at_home
from partnerkit.rules.codes import CODES

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"

#: What files are named from, as code scanning names it.
_ROOT = "%SRCROOT%"

#: Code scanning shows so many results of a run.
_SHOWN = 5000

_LEVELS = {"error": "error", "warning": "warning", "info": "note"}


def as_log(outcome: Outcome) -> dict[str, Any]:
    """One run. Where there are more results than are shown, the worst are there, and it says how many are not."""
    shown = outcome.found[:_SHOWN]
    codes = sorted({one.finding.code for one in shown})
    places = {code: index for index, code in enumerate(codes)}
    left_out = len(outcome.found) - len(shown)
    run = {
        "tool": {
            "driver": {
                "name": "partnerkit",
                "version": __version__,
                "semanticVersion": __version__,
                "rules": [_rule(code, _clauses(shown, code)) for code in codes],
            }
        },
        "automationDetails": {"id": f"partnerkit/{outcome.command}/"},
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {_ROOT: {"description": {"text": "The root of the repository."}}},
        "invocations": [{"executionSuccessful": True, **_notified(outcome, left_out)}],
        "results": [_result(one, places[one.finding.code]) for one in shown],
        "properties": {"title": terminal(outcome.title), "counted": terminal(outcome.counted), "leftOut": left_out},
    }
    return {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}


def _notified(outcome: Outcome, left_out: int) -> dict[str, Any]:
    if not left_out:
        return {}
    text = (
        f"{left_out} of {len(outcome.found)} findings are not in this file, for no more than {_SHOWN} are shown. "
        f"The worst are here; partnerkit {outcome.command} --json has all."
    )
    return {"toolExecutionNotifications": [{"level": "warning", "message": {"text": text}}]}


def _clauses(shown: Iterable[Found], code: str) -> list[str]:
    """The clauses that findings of one sort cite."""
    return sorted({one.finding.clause for one in shown if one.finding.code == code and one.finding.clause})


def _rule(code: str, clauses: list[str]) -> dict[str, Any]:
    """A sort of finding, as `partnerkit why CODE` explains it."""
    why = CODES[code]
    first = why.partition(". ")[0].removesuffix(".")
    cited = f"\n\nClauses: {', '.join(clauses)}." if clauses else ""
    cited_ = f"\n\nClauses: {markdown(', '.join(clauses))}." if clauses else ""
    again = f"\n\nIn the register: `partnerkit why {code}`"
    return {
        "id": code,
        "name": "".join(word.capitalize() for word in code.split("-")),
        "shortDescription": {"text": f"{first}."},
        "fullDescription": {"text": why},
        "help": {
            "text": terminal(f"{why}{cited}{again.replace('`', '')}"),
            "markdown": f"{why}{cited_}{again}",
        },
        "properties": {"clauses": [terminal(clause) for clause in clauses]},
    }


def _result(found: Found, index: int) -> dict[str, Any]:
    finding = in_short(found.finding)
    location = _location(finding)
    prints = {"partnerkit/v1": found.fingerprint}
    if "region" not in location:  # else whoever uploads it makes one of the line, and warns of any other
        prints["primaryLocationLineHash"] = found.fingerprint
    about = {"record": finding.record, "clause": finding.clause, "mend": finding.mend, "commit": finding.commit}
    about |= {"entry": finding.entry, "settledBy": finding.settled}
    return {
        "ruleId": finding.code,
        "ruleIndex": index,
        "level": _LEVELS[finding.severity],
        "message": {"text": sarif(_message(finding))},
        "locations": [{"physicalLocation": location}],
        "partialFingerprints": prints,
        "properties": {key: terminal(value) for key, value in about.items() if value is not None},
    }


def _message(finding: Finding) -> str:
    clause = f" ({finding.clause})" if finding.clause else ""
    mend = f"\n→ {finding.mend}" if finding.mend else ""
    return f"{finding.message}{clause}{mend}"


def _location(finding: Finding) -> dict[str, Any]:
    """A file from the root of the repository, percent-encoded, and of it what is known."""
    file = quote(home(finding).encode("utf-8", "surrogateescape"), safe="/")
    found: dict[str, Any] = {"artifactLocation": {"uri": file, "uriBaseId": _ROOT}}
    line = line_at_home(finding)
    if line is not None:
        column = {"startColumn": finding.column} if finding.column is not None else {}
        found["region"] = {"startLine": line, **column}
    return found
