"""Locks on a branch that our own dead process left behind, and only those."""

from __future__ import annotations

import contextlib
import os
import time
from pathlib import Path

from partnerkit.errors import CannotWorkError
from partnerkit.store.commit.journal import Journal, place
from partnerkit.store.disk import files
from partnerkit.store.git.repository import Git

_GRACE = 1.0
_WINDOW = 10.0


def drop_branch_locks(git: Git, journal: Journal) -> None:
    """Remove the locks that `git update-ref` of an interrupted commit left; called under the write lock.

    The write lock is inherited by that update-ref, so it is dead. A lock is proven ours when it holds the id of
    our commit, which nobody else knows; an empty one when it was made right after the journal, has not changed
    since, and no git is at work in this repository.

    Raises:
        CannotWorkError: a lock is there that may be somebody else's.
    """
    for name in (f"{journal.branch}.lock", "HEAD.lock"):
        lock = git.git_path(name)
        if lock.exists() and not _holds(lock, journal.new):
            _demand_ours(git, lock)
        files.remove(lock)


def _holds(lock: Path, new: str | None) -> bool:
    return new is not None and lock.read_bytes().strip() == new.encode()


def _demand_ours(git: Git, lock: Path) -> None:
    made, journaled = lock.stat().st_mtime, place(git).stat().st_mtime
    time.sleep(max(0.0, min(_GRACE, made + _GRACE - time.time())))
    others = git_processes(git)
    untouched = lock.exists() and lock.stat().st_mtime == made and lock.stat().st_size == 0
    if not lock.exists() or (untouched and not others and 0 <= made - journaled < _WINDOW):
        return
    who = f"; at work here: {', '.join(f'git, process {pid}' for pid in others)}" if others else ""
    raise CannotWorkError(
        f"{lock} is held by another git, or one died and left it {max(0, round(time.time() - made))} s ago{who}; "
        "nothing changed",
        f"if no git is running here, remove it: rm {lock}",
    )


def git_processes(git: Git) -> list[int]:
    """List the git processes at work in this repository, where the system can tell; those that this one started not."""
    homes = (git.root, git.git_path("HEAD.lock").parent)
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):  # it has ended meanwhile, or is somebody else's
            name, _, facts = (folder / "stat").read_text().partition(" (")[2].rpartition(") ")
            if name.startswith("git") and int(facts.split()[1]) != os.getpid():
                here = (folder / "cwd").readlink()
                found += [int(folder.name)] if any(here.is_relative_to(home) for home in homes) else []
    return found
