"""Findings about a place in a record."""

from __future__ import annotations

from partnerkit.findings import Finding, Severity, part_of
from partnerkit.register import Keys, RecordFile


def at(
    record: RecordFile,
    keys: Keys,
    code: str,
    message: str,
    *,
    clause: str | None = None,
    mend: str | None = None,
    severity: Severity = "error",
) -> Finding:
    """A finding at the value that the keys lead to."""
    line, column = record.place(keys)
    part = part_of(record.data, keys)
    return Finding(code, message, severity, record.path, line, column, record.id, clause, mend, part=part)
