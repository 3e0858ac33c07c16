"""What the commits of a branch show of what is found in it."""

from __future__ import annotations

from collections.abc import Iterator

from partnerkit.findings import Finding
from partnerkit.jobs.corrected import as_put_back
from partnerkit.jobs.desk import Desk
from partnerkit.jobs.levels import Levels
from partnerkit.jobs.one_by_one import broken_one_by_one
from partnerkit.register import Register
from partnerkit.rules.compared import pairs
from partnerkit.rules.landed import decided_surely
from partnerkit.rules.settled import settled_in, settlements
from partnerkit.steps import Step
from partnerkit.store.git.walk import read_commits
from partnerkit.store.replay import landed_by


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
    found = as_put_back(desk, step, [*found, *settled_in(surely, settlements(step, ids, found))], base)
    return [*found, *(broken_one_by_one(desk, base, head, found) if alone else ())]


def _decided_surely(desk: Desk, step: Step, head: str, ids: set[str] | None) -> Iterator[Finding]:
    """Whether what was decided in commits that are there already is as sure as the policies ask."""
    levels = Levels(desk.git, head)
    for old, new in pairs(step, ids):
        if new is not None:
            yield from decided_surely(step, old, new, levels.of(new))


def who_landed(desk: Desk, before: Register | None, commit: str) -> frozenset[str] | None:
    """Who landed a commit, as it shows; None where there was no register before it."""
    return landed_by(read_commits(desk.git, [commit])[0], before) if before is not None else None
