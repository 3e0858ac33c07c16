"""What is left of records that were taken back, where somebody changed it: nothing rests on it, so git puts it back."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from partnerkit.dataclass import replace
from partnerkit.findings import Finding
from partnerkit.register import Register
from partnerkit.rules.restored import TOMBSTONE, thing, tombstone_was
from partnerkit.rules.verdict import Verdict


def _is_buried(found: Finding) -> bool:
    return found.was is not None and thing(found.was) == TOMBSTONE


def as_left(verdicts: Sequence[Verdict], now: Register) -> frozenset[str]:
    """The records that were taken back, changed and are again what was left of them, with nothing else in between."""
    began: dict[str, str | None] = {}
    last: dict[str, str | None] = {}
    for found in (each for one in verdicts for each in one.findings if _is_buried(each)):
        known = str(found.record)
        if known not in began:
            began[known] = found.was
        elif last[known] != found.was:
            began[known] = None
        last[known] = found.became
    there = {known: now.records[known] for known in began if known in now.records}
    return frozenset(known for known, record in there.items() if began[known] == tombstone_was(record))


def put_back(found: Finding, again: Collection[str]) -> Finding:
    """A finding as it is told at the end: a warning where it is of one of these."""
    if not _is_buried(found) or found.record not in again:
        return found
    message = f"{found.message.removesuffix('.')}; it is again what was left of it"
    return replace(found, severity="warning", message=message)
