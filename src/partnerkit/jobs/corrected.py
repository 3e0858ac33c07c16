"""Whether a correction would put a record right, or a change is one: tried on the register, never written."""

from __future__ import annotations

from collections.abc import Iterable

from partnerkit.dataclass import dataclass, field
from partnerkit.findings import Finding
from partnerkit.jobs.altered import NotPutBackError, Past
from partnerkit.jobs.desk import Desk
from partnerkit.register import RecordFile, Register
from partnerkit.rules.restored import lost, thing
from partnerkit.rules.settled import correction
from partnerkit.steps import Step


@dataclass(frozen=True, slots=True)
class Trial:
    """Tries whether a correction of a record would put something right, and writes nothing.

    Attributes:
        desk: where and when.
        register: the register as it stands.
        rev: the commit in which it stands so.
    """

    desk: Desk
    register: Register
    rev: str = "HEAD"
    known: dict[str, bool] = field(default_factory=dict)

    def __call__(self, record_id: str) -> bool:
        """Whether it would; each record is asked about once, and none that is gone or cannot be read."""
        if record_id not in self.known:
            found = self.register.records.get(record_id)
            self.known[record_id] = found is not None and self._would(found)
        return self.known[record_id]

    def _would(self, found: RecordFile) -> bool:
        source = self.register.policies.get(found.model.policy)
        past = Past(self.desk, self.register, source, found, self.rev) if source is not None else None
        try:
            then = past.as_landed() if past is not None else None
        except NotPutBackError:
            return True  # it is refused, and the refusal leads out
        return past is not None and then is not None and not past.altered(then)


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

    Its first entry corrects the record, and they are what `undo --correct` would have made of them where it began: so
    it is no alteration, though it changes what never changes. What it does after that is judged like anything else.

    Args:
        desk: where and when.
        step: the step.
        rev: the commit from which it begins.
        ids: the records that it changes.
    """
    found: set[tuple[str, str]] = set()
    for record_id in ids:
        old, new = (side.records.get(record_id) if side is not None else None for side in (step.before, step.after))
        if old is None or new is None or step.before is None:
            continue
        source = step.before.policies.get(old.model.policy)
        try:
            then = Past(desk, step.before, source, old, rev).as_landed() if source is not None else None
        except NotPutBackError:
            continue
        entries = new.model.history[len(then.model.history) :] if then is not None else []
        if then is not None and entries and entries[0].type == "correct":
            found |= {(record_id, one) for one in {*lost(old, then)} - {*lost(then, new)}}
    return frozenset(found)
