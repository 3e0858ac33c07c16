"""What the commits of a branch show of what is found in it."""

from __future__ import annotations

from collections.abc import Iterator

from partnerkit.findings import Finding, has_errors
from partnerkit.jobs.desk import Desk
from partnerkit.register import Register
from partnerkit.rules.compared import new_entries, pairs
from partnerkit.rules.settled import settled_in, settlements
from partnerkit.steps import Step
from partnerkit.store.git.history import is_merge
from partnerkit.store.git.walk import landed_since, read_commits


def of_branch(
    desk: Desk, step: Step, found: list[Finding], ids: set[str] | None, ends: tuple[str, str], *, alone: bool
) -> list[Finding]:
    """The findings with what the commits of a branch show: how surely it was decided, and what was put back.

    Args:
        desk: where and when.
        step: what the whole branch is.
        found: what was found of it.
        ids: the records that are asked for; all where None.
        ends: the commit where it began, and its last.
        alone: whether each commit is judged by itself too.
    """
    base, head = ends
    surely = list(_decided_surely(desk, step, head, ids))
    found = [*found, *settled_in(surely, settlements(step, ids, found))]
    if any(one.was is not None and one.severity == "error" for one in found):
        from partnerkit.jobs.corrected import as_put_back  # noqa: PLC0415 - only where what had landed is another

        found = as_put_back(desk, step, found, base)
    return [*found, *(_one_by_one(desk, base, head, found) if alone else ())]


def _one_by_one(desk: Desk, base: str, head: str, found: list[Finding]) -> Iterator[Finding]:
    """What each commit breaks by itself: where the branch as a whole breaks something, that is told alone.

    A branch into which others were merged lands as one change anyway, or its commits are made anew.
    """
    if has_errors(found):
        return
    oids = landed_since(desk.git, head, base)
    if oids in ([], [head]) or any(is_merge(desk.git, oid) for oid in oids):
        return
    from partnerkit.jobs.one_by_one import broken_one_by_one  # noqa: PLC0415 - only of several commits

    yield from broken_one_by_one(desk, base, oids)


def _decided_surely(desk: Desk, step: Step, head: str, ids: set[str] | None) -> Iterator[Finding]:
    """Whether what was decided in commits that are there already is as sure as the policies ask."""
    moved = [(old, new) for old, new in pairs(step, ids) if new and len(new.model.history) > new_entries(old)]
    if moved:
        from partnerkit.jobs.levels import Levels  # noqa: PLC0415 - most branches add no entry
        from partnerkit.rules.landed import decided_surely  # noqa: PLC0415 - likewise

        levels = Levels(desk.git, head)
        for old, new in moved:
            yield from decided_surely(step, old, new, levels.of(new))


def who_landed(desk: Desk, before: Register | None, commit: str) -> frozenset[str] | None:
    """Who landed a commit, as it shows; None where there was no register before it."""
    from partnerkit.store.replay import landed_by  # noqa: PLC0415 - most of what is checked has not landed

    return landed_by(read_commits(desk.git, [commit])[0], before) if before is not None else None
