"""After an interruption: finish a commit that landed, or remove every trace of one that did not."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from pathlib import Path

from partnerkit.dataclass import replace
from partnerkit.errors import CannotWorkError
from partnerkit.store.commit import index, journal, saved, stale
from partnerkit.store.commit.journal import Change, Journal, Run
from partnerkit.store.disk import files, lock
from partnerkit.store.disk.paths import look
from partnerkit.store.git.blobs import read_blobs
from partnerkit.store.git.entries import LINK, PROGRAM, READABLE
from partnerkit.store.git.repository import Git
from partnerkit.store.git.trees import CommitTree

HOOK_WAIT = 10.0
_USUAL = 0o644


def recover(git: Git, *, wait: float = HOOK_WAIT) -> str | None:
    """Bring the repository into order after a command that was interrupted; the write lock is held.

    Args:
        git: the repository.
        wait: how long to wait for hooks of that command which still run.

    Returns:
        A sentence about what was done; None when there was nothing to do.

    Raises:
        CannotWorkError: it cannot be done now; the journal stays.
    """
    try:
        found = journal.read(git)
    except ValueError:
        return _set_aside(git)
    sentence = None if found is None else _recover(git, found, wait)
    _sweep(git)
    return sentence


def land(git: Git, run: Run, changes: tuple[Change, ...], contents: Mapping[str, bytes]) -> list[str]:
    """Let working tree and index follow a commit that landed; the index is locked and prepared.

    Only what still is as before the commit is written. Returns the paths left alone.
    """
    left = []
    for change in changes:
        files.remove(run.tmp(git.root / change.path))
        lies = index.lying(git, change.path)
        if lies == index.on_disk(change.after) and change.mode == change.old_mode:
            continue
        if lies not in {index.on_disk(change.before), index.on_disk(change.after)}:
            left.append(change.path)
            continue
        _write(git, run, change, contents)
    index.follow(git, run)
    return left


def _write(git: Git, run: Run, change: Change, contents: Mapping[str, bytes]) -> None:
    full = git.root / change.path
    if change.new is None:
        files.remove(full)
        with contextlib.suppress(OSError):
            for folder in list(full.relative_to(git.root).parents)[:-1]:
                (git.root / folder).rmdir()  # those that are not empty stay, as with git
        return
    files.make_folder(full.parent)
    if change.mode == LINK:
        files.write_link(full, contents[change.path], tmp=run.tmp(full))
    else:
        files.write_atomic(full, contents[change.path], mode=_permissions(git, change), tmp=run.tmp(full))


def _permissions(git: Git, change: Change) -> int | None:
    """The permission bits of a file to be written; None for those it has, or for the usual ones of a new file."""
    if PROGRAM not in {change.mode, change.old_mode}:
        return None
    found = look(git.root, change.path)
    usual = found.mode if found.kind == "file" else _USUAL
    runs = usual & 0o444
    return usual | runs >> 2 if change.mode == PROGRAM else usual & ~0o111


def _recover(git: Git, found: Journal, wait: float) -> str:
    run = found.run(git)
    if not lock.wait_until_free(run.alive, wait):
        raise CannotWorkError(
            f"a hook that an interrupted command (process {found.pid}) started is still running; nothing changed",
            f"wait for it, or end it; if it is a service that shall go on, tell partnerkit so: rm {run.alive}",
        )
    index.drop_our_lock(git, run)
    notes = saved.restore(git, run, found.saved)
    if found.phase == "landing":
        stale.drop_branch_locks(git, found)
    if landed(git, found):
        sentence = _roll_forward(git, found)
    else:
        _drop_leftovers(git, found)
        journal.close(git, run)
        sentence = "an earlier command was interrupted before its commit landed; nothing of it remains"
    return "; ".join([sentence, *notes])


def landed(git: Git, found: Journal) -> bool:
    """Tell whether HEAD reaches the commit of a journal."""
    head = git.head() if found.new else None
    if found.new is None or head is None:
        return False
    return head == found.new or not git.run("merge-base", "--is-ancestor", found.new, head, ok=(0, 1, 128)).code


def _roll_forward(git: Git, found: Journal) -> str:
    run = found.run(git)
    changes = _targets(git, found)
    blobs = read_blobs(git, [change.new for change in changes if change.new is not None])
    files.make_folder(run.folder)
    with index.locked(git, run):
        index.prepare(git, run)
        staged = index.entries(git, run.next_index, [change.path for change in changes])
        behind = [change for change in changes if index.held(staged, change.path) == change.before]
        if behind:
            index.put(git, run.next_index, behind, config=index.DURABLE)
        left = land(git, run, changes, {one.path: blobs[one.new] for one in changes if one.new is not None})
        _drop_leftovers(git, found)
    journal.close(git, run)
    but = f", except {', '.join(left)}, edited since" if left else ""
    return (
        f"an earlier command was interrupted after its commit {str(found.new)[:10]} had landed; "
        f"the files on disk now show it{but}"
    )


def _targets(git: Git, found: Journal) -> tuple[Change, ...]:
    """Aim at HEAD: others may have committed on top since, and their content is what should lie on disk."""
    head = git.head()
    if head is None or head == found.new:
        return found.changes
    tree = CommitTree(git, head).files()
    now = [(change, tree.get(change.path)) for change in found.changes]
    return tuple(
        replace(change, new=entry.oid if entry else None, mode=entry.mode if entry else change.old_mode)
        for change, entry in now
        if entry is None or entry.mode in {*READABLE, LINK}
    )


def _drop_leftovers(git: Git, found: Journal) -> None:
    """Remove temporary files that a kill left in the working tree; their names hold our random token."""
    run = found.run(git)
    for path in {*(change.path for change in found.changes), *(one.path for one in found.saved)}:
        files.remove(run.tmp(git.root / path))


def _set_aside(git: Git) -> str:
    """Deal with a journal that makes no sense: keep it and all copies for a person, and go on."""
    state = journal.state(git)
    kept = state / "kept" / "unreadable"
    number = 1
    while kept.with_name(f"unreadable-{number}").exists():
        number += 1
    kept = kept.with_name(f"unreadable-{number}")
    files.make_folder(kept)
    for run in _runs(git):
        index.drop_our_lock(git, run)
        files.rename(run.folder, kept / run.folder.name)
    files.rename(journal.place(git), kept / "journal.json")
    return (
        f"the journal of an interrupted command could not be read; it lies in {kept} with all it had saved; "
        "see git status for files that are not as you left them"
    )


def _sweep(git: Git) -> None:
    """Remove the folders of runs that died before they wrote a journal."""
    for run in _runs(git):
        index.drop_our_lock(git, run)
        files.remove_tree(run.folder)
    with contextlib.suppress(FileNotFoundError):
        files.remove(_torn(git))


def _torn(git: Git) -> Path:
    place = journal.place(git)
    return place.with_name(f".{place.name}.tmp")


def _runs(git: Git) -> list[Run]:
    return [Run(folder, folder.name.removeprefix("run-")) for folder in journal.state(git).glob("run-*")]
