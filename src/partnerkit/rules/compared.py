"""The records of a step, two by two: as they were and as they are."""

from __future__ import annotations

from collections.abc import Iterator

from partnerkit.register import RecordFile
from partnerkit.steps import Step, same


def pairs(step: Step, only: set[str] | None) -> list[tuple[RecordFile | None, RecordFile | None]]:
    """Each record that differs, before the step and after it; None where it was or is not there."""
    key = frozenset(only) if only is not None else None
    if key not in step.known:
        step.known[key] = list(_differing(step, only))
    return step.known[key]


def _differing(step: Step, only: set[str] | None) -> Iterator[tuple[RecordFile | None, RecordFile | None]]:
    before = step.before.records if step.before else {}
    ids = sorted(only if only is not None else {*before, *step.after.records})
    for record_id in ids:
        old = before.get(record_id)
        new = step.after.records.get(record_id)
        if old is None or new is None or not same(old.data, new.data) or old.path != new.path:
            yield old, new


def new_entries(old: RecordFile | None) -> int:
    """How many entries of a record were there before the step."""
    return len(old.data["history"]) if old else 0
