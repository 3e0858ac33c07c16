"""The user's index: our paths in it follow our commit, everything else that is staged stays staged."""

from __future__ import annotations

import contextlib
import errno
import os
import time
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path

from partnerkit.dataclass import dataclass
from partnerkit.errors import CannotWorkError
from partnerkit.rules.commands import quoted
from partnerkit.store.commit.journal import Change, Held, Run
from partnerkit.store.commit.refusals import Dirty
from partnerkit.store.disk import files
from partnerkit.store.disk.paths import look
from partnerkit.store.git.entries import FILE, LINK, PROGRAM
from partnerkit.store.git.repository import Git

DURABLE: Mapping[str, str] = {"core.fsync": "committed,index,reference"}
WAIT = 5.0
_POLL = 0.05
_NAMED_ONE_BY_ONE = 50
_ODD = ("odd", "odd")
_NO_HARD_LINKS = {errno.EPERM, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK}


@dataclass(frozen=True, slots=True)
class Staged:
    """One entry of an index; `stage` is 0 unless a merge left it undecided."""

    mode: str
    oid: str
    stage: str


def entries(git: Git, index: Path | None, paths: Collection[str]) -> dict[str, Staged]:
    """Return what an index (None: the user's) holds at some paths."""
    # Many paths: cheaper to read everything than to match every entry against every path.
    only = ["--", *paths] if len(paths) <= _NAMED_ONE_BY_ONE else []
    env = {} if index is None else {"GIT_INDEX_FILE": str(index)}
    wanted = set(paths)
    found = {}
    for line in git.run("ls-files", "-s", "-z", *only, env=env).fields:
        meta, _, path = line.partition("\t")
        if path in wanted:
            found[path] = Staged(*meta.split(" "))
    return found


def held(staged: Mapping[str, Staged], path: str) -> Held:
    """Return what an index has for a path; something odd for an undecided merge."""
    found = staged.get(path)
    if found is None:
        return None
    return (found.mode, found.oid) if found.stage == "0" else _ODD


def lying(git: Git, path: str) -> Held:
    """Return what lies at a path as an index would hold it, but that programs are plain files here."""
    found = look(git.root, path)
    if found.kind == "absent":
        return None
    modes = {"file": FILE, "link": LINK}
    return (modes[found.kind], git.blob_id(found.data)) if found.kind in modes else _ODD


def on_disk(wanted: Held) -> Held:
    """What `lying` says where this lies: whether it is a program, the disk may be unable to say."""
    return (FILE, wanted[1]) if wanted is not None and wanted[0] == PROGRAM else wanted


def put(git: Git, index: Path, changes: Iterable[Change], *, config: Mapping[str, str] | None = None) -> None:
    """Set some paths of an index to what they are after a commit."""
    wanted = [(one.path, one.after or ("0", git.no_commit)) for one in changes]
    lines = "".join(f"{mode} {oid}\t{path}\0" for path, (mode, oid) in wanted)
    env = {"GIT_INDEX_FILE": str(index)}
    git.run(
        "update-index", "-z", "--index-info", stdin=lines.encode("utf-8", "surrogateescape"), env=env, config=config
    )


def demand_clean(git: Git, changes: Collection[Change], index: Path | None = None) -> None:
    """Refuse to overwrite what somebody edited or staged by hand.

    Raises:
        Dirty: a path differs from the base commit, and from what is to be written, on disk or in the index.
    """
    staged = entries(git, index, [change.path for change in changes])
    for change in changes:
        _demand_clean_file(git, change)
        if held(staged, change.path) not in {change.before, change.after}:
            raise Dirty(
                change.path,
                "is staged with other content than the last commit has",
                f"look: git diff --cached -- {quoted(change.path)}; then commit it, or unstage it: "
                f"git restore --staged -- {quoted(change.path)}",
            )


def _demand_clean_file(git: Git, change: Change) -> None:
    if lying(git, change.path) in {on_disk(change.before), on_disk(change.after)}:
        return
    found = look(git.root, change.path)
    if found.kind in {"other", "link"}:
        raise Dirty(change.path, "is not a plain file here, or a link leads to it", "put a plain file in its place")
    if found.kind == "absent":
        raise Dirty(change.path, "was deleted here but not committed", f"git restore -- {quoted(change.path)}")
    if change.old is None:
        raise Dirty(change.path, "lies here already, and git does not know it", "move it away, or commit it first")
    if git.blob_id(found.data.replace(b"\r\n", b"\n")) == change.old:
        raise Dirty(
            change.path,
            "has other line endings here than in the last commit",
            "keep them as they are: echo 'records/** -text' >> .gitattributes; then "
            f"git restore -- {quoted(change.path)}",
        )
    raise Dirty(
        change.path,
        "was edited here but not committed",
        f"look: git diff -- {quoted(change.path)}; then commit it, or drop it: git restore -- {quoted(change.path)}",
    )


@contextlib.contextmanager
def locked(git: Git, run: Run) -> Iterator[None]:
    """Hold git's own lock on the user's index.

    It is a second name of a file in the run's folder, so that whoever finds it after a crash can prove that it
    is ours: the same file cannot be anybody else's.

    Raises:
        CannotWorkError: another git keeps it longer than `WAIT` seconds.
    """
    lock = lock_path(git)
    files.remove(run.index_lock)
    files.write_new(run.index_lock, b"")
    end = time.monotonic() + WAIT
    while not _link(run.index_lock, lock):
        if time.monotonic() >= end:
            raise lock_taken(lock)
        time.sleep(_POLL)
    try:
        yield
    finally:
        with contextlib.suppress(OSError):
            lock.unlink()


def prepare(git: Git, run: Run) -> None:
    """Copy the user's index, to be changed aside and renamed into place."""
    files.remove(run.next_index)
    index = git.git_path("index")
    if index.exists():
        files.write_new(run.next_index, index.read_bytes(), mode=index.stat().st_mode & 0o7777)


def follow(git: Git, run: Run) -> None:
    """Put the prepared index in place."""
    if run.next_index.exists():
        files.rename(run.next_index, git.git_path("index"))


def lock_path(git: Git) -> Path:
    """Return where git locks the user's index."""
    index = git.git_path("index")
    return index.with_name(index.name + ".lock")


def drop_our_lock(git: Git, run: Run) -> None:
    """Remove the lock on the user's index if a run that died left it."""
    lock = lock_path(git)
    with contextlib.suppress(FileNotFoundError):
        if lock.samefile(run.index_lock):
            files.remove(lock)


def lock_taken(lock: Path) -> CannotWorkError:
    """Name a lock of git's that somebody else holds."""
    with contextlib.suppress(FileNotFoundError):
        age = max(0, round(time.time() - lock.stat().st_mtime))
        return CannotWorkError(
            f"another git is at work here: it has held {lock} for {age} s; nothing changed",
            f"finish or end it (an open editor for a commit message?); if no git is running, remove it: rm {lock}",
        )
    return CannotWorkError(f"another git is at work here and keeps taking {lock}; nothing changed", "try again")


def _link(ours: Path, lock: Path) -> bool:
    try:
        files.link(ours, lock)
    except FileExistsError:
        return False
    except OSError as problem:
        if problem.errno not in _NO_HARD_LINKS:
            raise
        return _create(lock)
    return True


def _create(lock: Path) -> bool:
    """Lock on a file system without hard links; after a crash nobody can prove whose it was."""
    try:
        os.close(os.open(lock, os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o644))
    except FileExistsError:
        return False
    return True
