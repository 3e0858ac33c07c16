"""Findings for a GitHub workflow: annotations, the rest as lines of the log."""

from __future__ import annotations

from itertools import groupby

from partnerkit.findings import Finding
from partnerkit.reports.encode import workflow_data, workflow_line, workflow_property
from partnerkit.reports.findings import place
from partnerkit.reports.outcome import Outcome, in_short

#: GitHub shows so many annotations of a sort for one step and drops the rest without a word.
_SHOWN = 10

_COMMANDS = {"error": "error", "warning": "warning", "info": "notice"}


def as_commands(outcome: Outcome) -> str:
    """Workflow commands, the worst first, no more of a sort than are shown; then the rest in plain lines.

    The last of a sort that is shown says how many more there are.
    """
    commands: list[str] = []
    rest: list[str] = []
    for severity, found in groupby(outcome.found, key=lambda one: one.finding.severity):
        group = [in_short(one.finding) for one in found]
        more = len(group) - _SHOWN
        hidden = f" (and {more} more: see the log and the summary of this step)" if more > 0 else ""
        for index, finding in enumerate(group[:_SHOWN]):
            commands.append(_command(_COMMANDS[severity], finding, hidden if index == _SHOWN - 1 else ""))
        rest += [_line(severity, finding) for finding in group[_SHOWN:]]
    last = workflow_line(f"partnerkit {outcome.command}: {outcome.counted}")
    return "".join(f"{line}\n" for line in (*commands, *rest, last))


def as_failure(message: str, mend: str | None) -> str:
    """A workflow command that says why there is no answer."""
    return f"::error title=partnerkit::{workflow_data(message + _mend(mend))}\n"


def _command(command: str, finding: Finding, hidden: str) -> str:
    properties = {"file": finding.file, "line": finding.line, "col": finding.column, "title": finding.code}
    given = ",".join(f"{key}={workflow_property(str(value))}" for key, value in properties.items() if value is not None)
    clause = f" [{finding.clause}]" if finding.clause else ""
    return f"::{command} {given}::{workflow_data(finding.message + clause + hidden + _mend(finding.mend))}"


def _mend(mend: str | None) -> str:
    return f"\n→ {mend}" if mend else ""


def _line(severity: str, finding: Finding) -> str:
    """One after the other: the place, the code, what is wrong, the clause, the mend."""
    clause = f"[{finding.clause}]" if finding.clause else ""
    mend = f"→ {finding.mend}" if finding.mend else ""
    parts = (f"{severity}:", place(finding), finding.code, finding.message, clause, mend)
    return workflow_line(" ".join(part for part in parts if part))
