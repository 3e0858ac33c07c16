"""Two trees, judged: what the step between them breaks, and what stands after it."""

from __future__ import annotations

from contextlib import suppress

from partnerkit.dataclass import replace
from partnerkit.findings import Finding
from partnerkit.jobs.checked_before import CheckedBefore, checked_before
from partnerkit.jobs.compared import Compared
from partnerkit.jobs.desk import Desk
from partnerkit.jobs.judging_all import judged_all, read_ahead
from partnerkit.jobs.judging_records import judge_each, said_twice
from partnerkit.register import Register
from partnerkit.rules.standing import judge_register, judge_rules
from partnerkit.rules.steps import judge_step
from partnerkit.steps import Step
from partnerkit.store.load import Loaded
from partnerkit.store.standing_index import Lost


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
    after, standing = _standing(desk, seen.loaded, step.after, only, before)
    landing = [one for one in judge_step(replace(step, after=after), wanted) if whole or one.record in (only or ())]
    told = {(one.code, one.file, one.line, one.column) for one in landing}
    return [*landing, *(one for one in standing if (one.code, one.file, one.line, one.column) not in told)]


def _standing(
    desk: Desk, loaded: Loaded, register: Register, only: set[str] | None, before: CheckedBefore | None
) -> tuple[Register, list[Finding]]:
    """What is found of the records after the step, and the register of which the step is asked; `_judged` says of what.

    Of what changed it is asked once more, and of what it rests on: all of that is read, or is when it is asked for.
    """
    if only is not None:
        read_ahead(desk, loaded, only)
        return register, judge_register(register, desk.now, only, desk.latest, desk.judging)
    if before is None:
        register, each = judged_all(desk, loaded, register, heard=False)
        return register, [*each.findings, *judge_rules(register, desk.now), *said_twice(register, None, each.said, ())]
    if before.looked is None:
        register, each = judged_all(desk, loaded, register, heard=True)
    else:
        read_ahead(desk, loaded, before.left | before.listing)
        register = before.register()
        each = judge_each(desk, register, desk.judging(sorted(before.left)), before.looked)
    return register, before.judged(register, each)
