"""A whole register, judged as it stands: of its records those anew of which nothing is known from before."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

from partnerkit.findings import Finding
from partnerkit.jobs.checked_before import CheckedBefore, checked_before
from partnerkit.jobs.compared import Compared
from partnerkit.jobs.desk import Desk
from partnerkit.jobs.judging_records import judge_each, said_twice
from partnerkit.jobs.reading_ahead import read_ahead
from partnerkit.register import Register
from partnerkit.rules.standing import judge_rules
from partnerkit.store.load import Loaded
from partnerkit.store.standing_index import Lost


def judged_before(desk: Desk, seen: Compared, judge: Callable[[CheckedBefore | None], list[Finding]]) -> list[Finding]:
    """What is found by who may know something from before; where that is lost on the way, without it."""
    with suppress(Lost), checked_before(desk, seen) as before:
        return judge(before)
    return judge(None)


def standing_whole(
    desk: Desk, loaded: Loaded, register: Register, before: CheckedBefore | None
) -> tuple[Register, list[Finding]]:
    """What is found of all records and of the rules, and the register of which more may be asked.

    Args:
        desk: where and when.
        loaded: the tree.
        register: its register.
        before: what is known from before; None where nothing is kept.
    """
    if before is None or before.looked is None:
        return _all(desk, loaded, register, before)
    read_ahead(desk, loaded, before.left | before.listing)
    register = before.register()
    each = judge_each(desk, register, desk.judging(sorted(before.left)), before.looked)
    return register, before.judged(register, each)


def _all(
    desk: Desk, loaded: Loaded, register: Register, before: CheckedBefore | None
) -> tuple[Register, list[Finding]]:
    from partnerkit.jobs.judging_all import judged_all  # noqa: PLC0415 - mostly but a few are judged anew

    if before is None:
        register, each = judged_all(desk, loaded, register, heard=False)
        return register, [*each.findings, *judge_rules(register, desk.now), *said_twice(register, None, each.said, ())]
    register, each = judged_all(desk, loaded, register, heard=True)
    return register, before.judged(register, each)
