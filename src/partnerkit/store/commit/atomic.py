"""The atomic commit: it lands whole, or the repository stays byte for byte as it was."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator, Mapping

from partnerkit.dataclass import dataclass
from partnerkit.errors import CannotWorkError
from partnerkit.store.commit import hooks, index, moving, recovery, saved, staging
from partnerkit.store.commit.journal import Journal, Run, Saved
from partnerkit.store.commit.objects import commit_object, settings
from partnerkit.store.commit.refusals import Dirty, HookRefused, Moved, Unfinished, disk_refused
from partnerkit.store.commit.staging import Draft
from partnerkit.store.disk import files
from partnerkit.store.disk.lock import WAIT, Lock
from partnerkit.store.disk.paths import demand_inside
from partnerkit.store.git.repository import Git
from partnerkit.store.git.surroundings import DETACHED
from partnerkit.store.git.writing import Writing

__all__ = ["Dirty", "HookRefused", "Moved", "Unfinished", "commit", "put_in_order", "writing"]


@dataclass(frozen=True, slots=True)
class _Plan:
    """What was asked for, and how this repository wants commits made."""

    base: str | None
    contents: Mapping[str, bytes | None]
    message: str
    hooks: frozenset[str]
    sign: bool


@contextlib.contextmanager
def writing(git: Git, *, wait: float = WAIT) -> Iterator[Writing]:
    """Hold the right to write: alone, in a repository that is in order, as somebody.

    Args:
        git: the repository.
        wait: how long to wait for another writer, in seconds.

    Raises:
        CannotWorkError: git is busy or knows nobody; another writer does not end; we are inside a hook
            of our own commit; or an interrupted command cannot be cleared up.
    """
    _demand_outside_hooks()
    signs, lying = settings(git)
    with contextlib.suppress(CannotWorkError):  # what others cannot change is asked before they have to wait for us
        git.identity()
    with _alone(git, wait) as (held, recovered):
        git.writing = Writing(git.identity(), _demand_branch(git), held, recovered, signs, lying)
        try:
            yield git.writing
        finally:
            git.writing = None


def put_in_order(git: Git, *, wait: float = WAIT) -> str | None:
    """Clear up after an interrupted command, without writing anything else; say what was done, if anything was.

    Raises:
        CannotWorkError: another writer does not end, or it cannot be done now.
    """
    with _alone(git, wait) as (_, recovered):
        return recovered


@contextlib.contextmanager
def _alone(git: Git, wait: float) -> Iterator[tuple[Lock, str | None]]:
    try:
        held = Lock.take(git.git_path("partnerkit/lock"), wait=wait)
    except OSError as problem:
        raise disk_refused(problem) from problem
    with held:
        try:
            recovered = recovery.recover(git)
        except OSError as problem:
            raise disk_refused(problem, "an interrupted command waits to be cleared up") from problem
        yield held, recovered


def commit(
    git: Git, base: str | None, changes: Mapping[str, bytes | None], message: str, *, verify: bool = True
) -> str:
    """Write some files and land them as one commit on `base`.

    Args:
        git: the repository; taken for writing unless the caller already holds it (`writing`).
        base: the commit that was read and judged; None on a branch without commits.
        changes: the new bytes of each path; None where it goes.
        message: the commit message.
        verify: whether the user's hooks run; False is --no-verify (post-commit runs all the same).

    Returns:
        The id of the commit; it is durable, and working tree and index show it.

    Raises:
        Moved: HEAD is not at `base` any more; read, judge and try again.
        Dirty: a path was edited or staged by hand.
        HookRefused: a hook said no.
        Unfinished: the commit landed, but the disk refused what comes after; the next command finishes it.
        CannotWorkError: git or the disk refused; nothing changed.
    """
    for path in changes:
        demand_inside(path)
    with contextlib.ExitStack() as held:
        ours = git.writing or held.enter_context(writing(git))
        active = hooks.installed(ours.hooks)
        plan = _Plan(base, changes, message, active if verify else active & {hooks.AFTER}, ours.signs)
        oid = _attempt(git, plan)
        if hooks.AFTER in plan.hooks:
            hooks.after(git)
        return oid


def _attempt(git: Git, plan: _Plan) -> str:
    if (now := git.head()) != plan.base:
        raise Moved(plan.base, now)
    with moving.attempt(git) as run:
        return _make(git, run, plan)


def _make(git: Git, run: Run, plan: _Plan) -> str:
    draft = staging.draft(git, plan.base, plan.contents)
    if plan.sign or plan.hooks:  # before anything of the user's runs or asks; else it is early enough when it lands
        index.demand_clean(git, draft.changes)
    message = _through_hooks(git, run, plan, draft) if plan.hooks & {*hooks.BEFORE} else plan.message
    new = commit_object(git, draft.tree, plan.base, message, sign=plan.sign)
    contents = {path: data for path, data in plan.contents.items() if data is not None}
    moving.arrive(git, run, _journal(git, run, plan, draft, new=new), contents)
    return new


def _through_hooks(git: Git, run: Run, plan: _Plan, draft: Draft) -> str:
    """Run the hooks on the run's index; the working tree is as before when this returns."""
    clean = run.folder / "index.clean"
    staging.show(git, run, draft)
    copies = saved.save(git, run)
    files.write_new(clean, run.index.read_bytes(), sync=False)
    _journal(git, run, plan, draft, copies=copies).write(git)
    try:
        message = hooks.before(git, run, plan.hooks, plan.message)
        _demand_same_tree(git, run, draft)
    except HookRefused as refused:
        notes = [*saved.restore(git, run, copies), *saved.put_back_clean(git, run, clean, copies)]
        raise HookRefused(refused.hook, refused.what, "\n".join([refused.output, *notes])) from refused
    saved.restore(git, run, copies)
    return message


def _demand_same_tree(git: Git, run: Run, draft: Draft) -> None:
    tree = staging.tree_of(git, run)
    if tree != draft.tree:
        paths = git.run("diff-tree", "-r", "-z", "--name-only", draft.tree, tree).fields
        raise HookRefused("pre-commit", f"changed what was to be committed ({', '.join(paths)})", "")


def _journal(
    git: Git, run: Run, plan: _Plan, draft: Draft, *, new: str | None = None, copies: tuple[Saved, ...] = ()
) -> Journal:
    branch = git.writing.branch if git.writing else "HEAD"
    return Journal(run.token, "landing" if new else "hooks", plan.base, new, branch, draft.changes, copies)


def _demand_branch(git: Git) -> str:
    branch = git.branch()
    why = git.in_progress() or (None if branch else DETACHED)
    if why or not branch:
        what, _, mend = str(why).partition("; ")
        raise CannotWorkError(f"{what}; nothing changed", mend)
    return branch


def _demand_outside_hooks() -> None:
    if os.environ.get(hooks.INSIDE):
        raise CannotWorkError(
            "this runs inside a hook of a partnerkit commit, and one commit cannot make another; nothing changed",
            "let the hook only check (partnerkit check)",
        )
