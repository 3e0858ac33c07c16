"""A step that corrects a record: what it puts back as it had landed is no alteration."""

from __future__ import annotations

from collections.abc import Iterable

from partnerkit.findings import Finding
from partnerkit.jobs.altered import NotPutBackError, Past
from partnerkit.jobs.desk import Desk
from partnerkit.rules.restored import lost, thing
from partnerkit.rules.settled import correction
from partnerkit.steps import Step, same


def as_put_back(desk: Desk, step: Step, found: list[Finding], rev: str) -> list[Finding]:
    """The findings of a step, with what a correction in it puts back as it had landed as a warning."""
    ids = {one.record for one in found if one.record is not None and one.was is not None and one.severity == "error"}
    again = put_back_by(desk, step, rev, sorted(ids))
    by = {record_id: step.after.records[record_id] for record_id, _thing in again}
    return [
        correction(by[one.record]).told(one)
        if one.record in by and (one.record, thing(one.was or "")) in again
        else one
        for one in found
    ]


def put_back_by(desk: Desk, step: Step, rev: str, ids: Iterable[str]) -> frozenset[tuple[str, str]]:
    """The things of records, each with the record's id, that a step puts back as they had landed.

    It corrects a record and makes of it what `undo --correct` would have made where it began, in nothing otherwise: so
    it is no alteration, though it changes what never changes.

    Args:
        desk: where and when.
        step: the step.
        rev: the commit from which it begins.
        ids: the records that it changes.
    """
    found: set[tuple[str, str]] = set()
    for record_id in ids:
        old, new = (side.records.get(record_id) if side is not None else None for side in (step.before, step.after))
        if old is None or new is None or step.before is None or new.model.history[-1].type != "correct":
            continue
        source = step.before.policies.get(old.model.policy)
        try:
            then = Past(desk, step.before, source, old, rev).as_landed() if source is not None else None
        except NotPutBackError:
            continue
        if then is not None and same(then.data, {**new.data, "history": new.data["history"][:-1]}):
            found |= {(record_id, one) for one in lost(old, then)}
    return frozenset(found)
