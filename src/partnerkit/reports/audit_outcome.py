"""What an audit found, ready for every format."""

from __future__ import annotations

from partnerkit.dataclass import replace
from partnerkit.findings import Finding
from partnerkit.reports.audit import title, verdict
from partnerkit.reports.findings import counts
from partnerkit.reports.outcome import Found, Outcome, known_again, worst_first
from partnerkit.rules.audited import Audited


def of_audit(audited: Audited) -> Outcome:
    """The outcome of an audit: what stands at the end first, then what landed last.

    A line is that of the commit in which something landed. Where that is not the latest one, it is told in words: in
    the file as it is now something else may stand there.
    """
    prints = iter(known_again(audited.findings))
    groups = [*(step.findings for step in audited.verdicts), audited.standing]
    steps = [[Found(_landed(one, audited.head.oid), next(prints).fingerprint) for one in group] for group in groups]
    found = [one for step in reversed(steps) for one in step]
    well = f"; {verdict(audited)}" if audited.proven else ""
    return Outcome("audit", title(audited), f"{counts(audited.findings, _records(audited))}{well}", worst_first(found))


def _records(audited: Audited) -> str:
    return f"{audited.facts.records} record{'' if audited.facts.records == 1 else 's'}"


def _landed(finding: Finding, head: str) -> Finding:
    """A finding with where it landed in its message."""
    if finding.commit is None:
        return finding
    where = f"landed in {finding.commit[:12]}"
    if finding.commit == head:
        return replace(finding, message=f"{finding.message} ({where})")
    line = f", line {finding.line} there" if finding.line is not None else ""
    return replace(finding, message=f"{finding.message} ({where}{line})", line=None, column=None)
