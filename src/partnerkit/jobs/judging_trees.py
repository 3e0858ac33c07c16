"""Two trees, judged: what the step between them breaks, and what stands after it."""

from __future__ import annotations

from collections.abc import Collection
from contextlib import suppress

from partnerkit.dataclass import replace
from partnerkit.findings import Finding
from partnerkit.jobs.checked_before import CheckedBefore, checked_before
from partnerkit.jobs.compared import Compared
from partnerkit.jobs.desk import Desk
from partnerkit.rules.standing import judge_register
from partnerkit.rules.steps import judge_step
from partnerkit.steps import Step
from partnerkit.store.load import Loaded
from partnerkit.store.signatures import look_ahead
from partnerkit.store.standing_index import Lost

#: How many files are read between two words on how far it is.
_AT_ONCE = 100


def judged_trees(
    desk: Desk, seen: Compared, step: Step, only: set[str] | None, *, whole: bool, kept: bool
) -> list[Finding]:
    """What a step breaks, and what is found of the records after it.

    Args:
        desk: where and when.
        seen: the trees.
        step: the step between them.
        only: the records that are asked for; all where None.
        whole: whether what belongs to no record is asked for too.
        kept: whether what was found of records before may be told again, and what is found be kept for that.
    """
    if kept and only is None:
        with suppress(Lost), checked_before(desk, seen) as before:
            return _judged(desk, seen, step, None, whole=whole, before=before)
    return _judged(desk, seen, step, only, whole=whole)


def _judged(
    desk: Desk, seen: Compared, step: Step, only: set[str] | None, *, whole: bool, before: CheckedBefore | None = None
) -> list[Finding]:
    changed = seen.changed
    wanted = changed if only is None else (only & changed if changed is not None else only)
    _read(desk, seen.loaded, only if before is None else before.left | before.listing)
    if only is None:
        step = replace(step, after=step.after.whole() if before is None else before.register())
    landing = [one for one in judge_step(step, wanted) if whole or one.record in (only or ())]
    told = {(one.code, one.file, one.line, one.column) for one in landing}
    if before is not None:
        standing = before.judge(step.after)
    else:
        standing = judge_register(step.after, desk.now, only, desk.latest, desk.judging)
    return [*landing, *(one for one in standing if (one.code, one.file, one.line, one.column) not in told)]


def _read(desk: Desk, loaded: Loaded, only: Collection[str] | None) -> None:
    """Read what is to be judged, so many files at a time: git is asked but once for all of them."""
    ids = sorted(loaded.records.paths if only is None else only)
    for start in range(0, len(ids), _AT_ONCE):
        desk.watch("records read", start, len(ids))
        loaded.records.load(ids[start : start + _AT_ONCE])
    desk.watch("records read", len(ids), len(ids))
    known = (loaded.records[one].data for one in ids if one in loaded.records)
    look_ahead(statements=(said for data in known for said in data.get("approvals") or []))
