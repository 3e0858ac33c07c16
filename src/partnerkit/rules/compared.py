"""The records of a step, two by two: as they were and as they are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from typing import Any

from partnerkit.dataclass import replace
from partnerkit.kinds import modelled
from partnerkit.kinds.canonical import same
from partnerkit.kinds.expunging import explained, listed, masked
from partnerkit.register import RecordFile
from partnerkit.steps import Step


def pairs(step: Step, only: set[str] | None) -> list[tuple[RecordFile | None, RecordFile | None]]:
    """Each record that differs, before the step and after it; None where it was or is not there.

    What the step expunged is taken out of the record before it too: nothing else may differ for that.
    """
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
            yield old if old is None or new is None else _expunged(old, new), new


def _expunged(old: RecordFile, new: RecordFile) -> RecordFile:
    """A record as it was before a step, with the markers of what the step expunged put in, and else untouched."""
    ids = explained(listed(new.data)) - explained(listed(old.data))
    return as_expunged(old, new, ids) if ids else old


def as_expunged(old: RecordFile, new: RecordFile, ids: AbstractSet[str]) -> RecordFile:
    """A record with the markers of some expungings put in where they stand in a later version of it."""
    data = masked(old.data, new.data, ids)
    try:
        return replace(old, data=data, model=type(old.model).model_validate(data))
    except modelled.ValidationError:  # what stands there now could not have stood there: it is compared as it was
        return old


def altered(step: Step, old: RecordFile | None, new: RecordFile) -> AbstractSet[str]:
    """The parts of a record (its top-level keys) that a step brings, takes away or changes; all where it makes it.

    What a rule asks of a part that is written as it was before is answered as it was before.
    """
    if new.id not in step.altered:
        every = old.data.keys() | new.data.keys() if old is not None else frozenset(new.data)
        step.altered[new.id] = every if old is None else {one for one in every if not _alike(old.data, new.data, one)}
    return step.altered[new.id]


def _alike(old: Mapping[str, Any], new: Mapping[str, Any], part: str) -> bool:
    was, now = old.get(part, ...), new.get(part, ...)
    return was is now or (was == now and repr(was) == repr(now))


def new_entries(old: RecordFile | None) -> int:
    """How many entries of a record were there before the step."""
    return len(old.data["history"]) if old else 0
