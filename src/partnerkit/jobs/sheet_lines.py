"""What is wrong with a line of a log that a sheet says, told of the sheet's row and column."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from partnerkit.dataclass import replace
from partnerkit.findings import Finding
from partnerkit.rules.commands import line
from partnerkit.rules.refused import Refused


@contextmanager
def told_by_row(what: str, rows: Mapping[tuple[str, int], str]) -> Iterator[None]:
    """Tell of rows and columns what is told inside of records and their keys.

    Args:
        what: the log.
        rows: by record and number of the line, the row that says it, such as met.csv:3.
    """
    try:
        yield
    except Refused as no:
        no.findings = [_retold(one, what, rows) for one in no.findings]
        raise


def _retold(found: Finding, what: str, rows: Mapping[tuple[str, int], str]) -> Finding:
    said = re.search(rf"(?<![\w.-]){re.escape(what)}\.(\d+)(?:\.([\w-]+))?(?:\.\d+)*", found.message)
    row = rows.get((found.record or "", int(said[1]))) if said is not None else None
    if said is None or row is None:
        return found
    file, _, number = row.rpartition(":")
    message = found.message[: said.start()] + (said[2] or what) + found.message[said.end() :]
    sets = found.mend is not None and f"{what}=<" in found.mend  # that would replace the whole log
    mend = f"correct the cell, then: {line('add', what, '--from', file, '--dry-run')}" if sets else found.mend
    return replace(found, message=message, mend=mend).at(file, int(number))
