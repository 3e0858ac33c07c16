"""The instant at which commits land: the branch moves, and working tree and index follow, or nothing is changed."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping

from partnerkit.errors import CannotWorkError
from partnerkit.store.commit import index, journal, recovery
from partnerkit.store.commit.index import DURABLE
from partnerkit.store.commit.journal import Change, Journal, Run
from partnerkit.store.commit.refusals import Moved, Unfinished, disk_refused
from partnerkit.store.git import environment
from partnerkit.store.git.attributes import changing
from partnerkit.store.git.blobs import read_blobs
from partnerkit.store.git.entries import LINK, READABLE
from partnerkit.store.git.repository import Git
from partnerkit.store.git.results import GitFailed

#: What makes git write other bytes to the disk than it holds.
_REWRITING = ("filter", "ident", "working-tree-encoding", "eol=crlf")


def move(git: Git, base: str, new: str) -> None:
    """Move the branch from one commit to another, made already, and bring index and working tree along.

    What the user staged or edited elsewhere stays as it is.

    Raises:
        Moved: HEAD is not at `base` any more.
        Dirty: a path that differs between the two was edited or staged by hand.
        Unfinished: it has moved, but the disk refused what comes after; the next command finishes it.
        CannotWorkError: git or the disk refused, or only git itself can write these files; nothing changed.
    """
    if (now := git.head()) != base:
        raise Moved(base, now)
    changes = between(git, base, new)
    _demand_plain(git, changes)
    with attempt(git) as run:
        index.demand_clean(git, changes)
        blobs = read_blobs(git, [one.new for one in changes if one.new is not None])
        contents = {one.path: blobs[one.new] for one in changes if one.new is not None}
        branch = git.writing.branch if git.writing else "HEAD"
        arrive(git, run, Journal(run.token, "landing", base, new, branch, changes), contents)


def between(git: Git, base: str, new: str) -> tuple[Change, ...]:
    """The files in which two commits differ; those that go first."""
    fields = git.run("diff-tree", "-r", "-z", "--raw", "--no-renames", "--no-abbrev", base, new).fields
    found = []
    for meta, path in zip(fields[::2], fields[1::2], strict=True):
        old_mode, mode, old, oid, status = meta.removeprefix(":").split(" ")
        gone, made = status == "D", status == "A"
        found.append(Change(path, None if made else old, None if gone else oid, mode, old_mode))
    return tuple(sorted(found, key=lambda one: one.new is not None))


def _demand_plain(git: Git, changes: tuple[Change, ...]) -> None:
    for one in changes:
        modes = [mode for mode, oid in ((one.old_mode, one.old), (one.mode, one.new)) if oid is not None]
        if any(mode not in {*READABLE, LINK} for mode in modes):
            message = f"{one.path} is a repository inside this one, and it changes; nothing changed"
            raise CannotWorkError(message, "let git bring it: git pull --rebase; then run the command again")
    for what, paths in changing(git, [one.path for one in changes]).items():
        if what.startswith(_REWRITING):
            message = f"git writes other bytes to the disk for {paths[0]} ({what}), and it changes; nothing changed"
            raise CannotWorkError(message, "let git bring it: git pull --rebase; then run the command again")


@contextlib.contextmanager
def attempt(git: Git) -> Iterator[Run]:
    """The folder of one attempt to land something; what fails leaves nothing behind.

    Raises:
        CannotWorkError: the disk refused; nothing changed.
    """
    try:
        yield Run.new(git)
    except Unfinished:
        raise
    except OSError as problem:
        clear_up(git)
        raise disk_refused(problem) from problem
    except BaseException:
        clear_up(git)
        raise


def arrive(git: Git, run: Run, landing: Journal, contents: Mapping[str, bytes]) -> None:
    """Land the commit of a journal: journal, branch, files, index, in this order, under git's own lock on the index.

    Raises:
        Dirty: a path was edited or staged by hand meanwhile.
        Moved: HEAD is not at the journal's base any more.
        Unfinished: it landed, but the disk refused what comes after.
    """
    with index.locked(git, run):
        index.prepare(git, run)
        index.demand_clean(git, landing.changes, run.next_index)
        index.put(git, run.next_index, landing.changes, config=DURABLE)
        landing.write(git)
        _move_branch(git, run, landing)
        problem = _follow(git, run, landing, contents)
    if problem is None:
        problem = _close(git, run)
    if problem is not None:
        _finish(git, str(landing.new), problem)


def _move_branch(git: Git, run: Run, landing: Journal) -> None:
    """Move the branch if, and only if, it still is where it was: this is the instant at which the commit lands."""
    old, new = landing.base or git.no_commit, str(landing.new)
    command = ("update-ref", "--create-reflog", "-m", "partnerkit", "HEAD", new, old)
    # A child that outlives us must keep other writers out; they could not tell yet whether it landed.
    inherited = (git.writing.lock.fd,) if git.writing else ()
    git.attempted.append(new)
    try:
        git.run(*command, config=DURABLE, env=environment.for_hooks(), pass_fds=inherited)
    except GitFailed as problem:
        now = git.head()
        if now == new:
            return
        git.attempted.remove(new)
        if problem.code > 0:  # it ended by itself, so no lock of ours is left for recovery to look for
            journal.close(git, run)
        if now != landing.base:
            raise Moved(landing.base, now) from problem
        raise


def after_interrupt(git: Git) -> str:
    """What a process that is interrupted leaves, in words: the commits that landed, and what is to be put in order.

    Raises:
        CannotWorkError: git cannot say.
    """
    landed = [one for one in git.attempted if git.run("merge-base", "--is-ancestor", one, "HEAD", ok=(0, 1)).code == 0]
    names = ", ".join(one[:10] for one in landed)
    said = f"{names} had landed here and stays" if landed else "no commit landed here"
    return f"{said}; partnerkit doctor puts in order what was under way" if journal.begun(git) else said


def _follow(git: Git, run: Run, landing: Journal, contents: Mapping[str, bytes]) -> OSError | None:
    try:
        recovery.land(git, run, landing.changes, contents)
    except OSError as problem:
        return problem
    return None


def _close(git: Git, run: Run) -> OSError | None:
    try:
        journal.close(git, run)
    except OSError as problem:
        return problem
    return None


def _finish(git: Git, new: str, problem: Exception) -> None:
    """The commit landed and is durable, but the disk refused the rest: try once more, then say so."""
    try:
        recovery.recover(git)
    except (OSError, CannotWorkError):
        raise Unfinished(new, str(problem)) from problem


def clear_up(git: Git) -> None:
    """Leave nothing behind; what cannot be removed now, the journal tells the next command."""
    with contextlib.suppress(OSError, CannotWorkError):
        recovery.recover(git)
