"""Two trees, judged: what the step between them breaks, and what stands after it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from partnerkit.dataclass import replace
from partnerkit.findings import Finding
from partnerkit.jobs.compared import Compared
from partnerkit.jobs.desk import Desk
from partnerkit.jobs.reading_ahead import read_ahead
from partnerkit.register import Register
from partnerkit.rules.standing import judge_register
from partnerkit.steps import Step
from partnerkit.store.load import Loaded

if TYPE_CHECKING:
    from partnerkit.jobs.checked_before import CheckedBefore


def judged_trees(
    desk: Desk,
    seen: Compared,
    step: Step,
    only: set[str] | None,
    *,
    whole: bool,
    kept: Callable[[], None] | None,
) -> list[Finding]:
    """What a step breaks, and what is found of the records after it.

    Args:
        desk: where and when.
        seen: the trees.
        step: the step between them.
        only: the records that are asked for; all where None.
        whole: whether what belongs to no record is asked for too.
        kept: is called before records are judged by this process alone, where what was found of them before may be
            told again, and what is found be kept for that.
    """
    if kept is not None and only is None:
        from partnerkit.jobs.judging_whole import judged_before  # noqa: PLC0415 - not where records are asked for

        def judge(before: CheckedBefore | None) -> list[Finding]:
            if before is not None and before.looked is not None:  # else other processes are begun
                kept()
            return _judged(desk, seen, step, None, whole=whole, before=before)

        return judged_before(desk, seen, judge)
    if kept is not None:
        kept()
    return _judged(desk, seen, step, only, whole=whole)


def _judged(
    desk: Desk, seen: Compared, step: Step, only: set[str] | None, *, whole: bool, before: CheckedBefore | None = None
) -> list[Finding]:
    changed = seen.changed
    wanted = changed if only is None else (only & changed if changed is not None else only)
    after, standing = _standing(desk, seen.loaded, step.after, only, before)
    landing = [one for one in _of_step(replace(step, after=after), wanted) if whole or one.record in (only or ())]
    told = {(one.code, one.file, one.line, one.column) for one in landing}
    return [*landing, *(one for one in standing if (one.code, one.file, one.line, one.column) not in told)]


def _of_step(step: Step, changed: set[str] | None) -> list[Finding]:
    """What a step breaks: nothing where neither records nor rules differ."""
    if changed == set() and step.before is not None and step.before.rules == step.after.rules:
        return []
    from partnerkit.rules.steps import judge_step  # noqa: PLC0415 - mostly what is asked for did not change

    return judge_step(step, changed)


def _standing(
    desk: Desk, loaded: Loaded, register: Register, only: set[str] | None, before: CheckedBefore | None
) -> tuple[Register, list[Finding]]:
    """What is found of the records after the step, and the register of which the step is asked; `_judged` says of what.

    Of what changed it is asked once more, and of what it rests on: all of that is read, or is when it is asked for.
    """
    if only is not None:
        read_ahead(desk, loaded, only)
        return register, judge_register(register, desk.now, only, desk.latest, desk.judging)
    from partnerkit.jobs.judging_whole import standing_whole  # noqa: PLC0415 - as above

    return standing_whole(desk, loaded, register, before)
