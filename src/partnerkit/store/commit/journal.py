"""The journal: what a commit in progress is about to do, on disk before it is done."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Literal

from partnerkit.dataclass import asdict, dataclass, field
from partnerkit.errors import CannotWorkError
from partnerkit.store.disk import files, lock
from partnerkit.store.disk.paths import Kind
from partnerkit.store.git.entries import FILE
from partnerkit.store.git.repository import Git

FORMAT = 1

#: What an index holds at a path: mode and blob, or nothing.
Held = tuple[str, str] | None


@dataclass(frozen=True, slots=True)
class Change:
    """One path of a commit: the blob before and after (None: no file), each with its mode."""

    path: str
    old: str | None
    new: str | None
    mode: str = FILE
    old_mode: str = FILE

    @property
    def before(self) -> Held:
        """What an index holds of it before."""
        return None if self.old is None else (self.old_mode, self.old)

    @property
    def after(self) -> Held:
        """What an index holds of it after."""
        return None if self.new is None else (self.mode, self.new)


@dataclass(frozen=True, slots=True)
class Saved:
    """One tracked file as it lay in the working tree before hooks ran.

    Attributes:
        path: where it lay.
        kind: file, link or absent.
        mode: its permission bits.
        copy: the name of the copy in the run's folder; None when it was absent.
        staged: the blob a hook that restores the working tree from the index would put there.
        folders: the parent folders that did not exist, outermost first.
    """

    path: str
    kind: Kind
    mode: int
    copy: str | None
    staged: str
    folders: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Run:
    """The folder of one commit in progress, beside the journal; without a journal it means nothing.

    Attributes:
        folder: where its files lie.
        token: its random name, also part of every temporary file it makes elsewhere.
    """

    folder: Path
    token: str

    @classmethod
    def new(cls, git: Git) -> Run:
        """Make the folder of a new run."""
        token = os.urandom(6).hex()
        run = cls(state(git) / f"run-{token}", token)
        files.make_folder(run.folder)
        return run

    @property
    def index(self) -> Path:
        """The temporary index that holds exactly what will be committed; hooks get this one."""
        return self.folder / "index"

    @property
    def alive(self) -> Path:
        """Locked by a hook and all its children while any of them lives."""
        return self.folder / "alive"

    @property
    def index_lock(self) -> Path:
        """Our own name of the lock on the user's index: same file, so nobody else's can be taken for it."""
        return self.folder / "index.lock.ours"

    @property
    def next_index(self) -> Path:
        """The user's index as it will be."""
        return self.folder / "index.next"

    def saved(self, copy: str | None) -> bytes:
        """Return the bytes of a saved copy."""
        return b"" if copy is None else (self.folder / copy).read_bytes()

    def tmp(self, full: Path) -> Path:
        """Name the temporary file that stands for `full` until it is renamed."""
        return full.with_name(f".{full.name}.partnerkit-{self.token}")


@dataclass(frozen=True, slots=True)
class Journal:
    """A commit in progress.

    Attributes:
        token: names the run's folder.
        phase: hooks: hooks may be changing the working tree; landing: the branch is about to move, or has.
        base: the commit it builds on.
        new: the commit it makes, once that is known.
        branch: the branch that moves.
        changes: what is written.
        saved: what hooks might overwrite.
        pid: the process.
    """

    token: str
    phase: Literal["hooks", "landing"]
    base: str | None
    new: str | None
    branch: str
    changes: tuple[Change, ...]
    saved: tuple[Saved, ...] = ()
    pid: int = field(default_factory=os.getpid)

    def run(self, git: Git) -> Run:
        """Return this commit's folder."""
        return Run(state(git) / f"run-{self.token}", self.token)

    def write(self, git: Git) -> None:
        """Make it durable, replacing the phase before."""
        text = json.dumps({"format": FORMAT, **asdict(self)}, indent=1)
        files.write_atomic(place(git), text.encode())


def state(git: Git) -> Path:
    """Return the folder where this working tree's locks, journal and runs lie."""
    return git.git_path("partnerkit")


def place(git: Git) -> Path:
    """Return where the journal lies."""
    return state(git) / "journal.json"


def begun(git: Git) -> bool:
    """Tell whether a commit was begun and not finished, or is under way just now.

    To whoever may not look there, none was: they could not put it in order either.
    """
    try:
        return place(git).exists() or any(state(git).glob("run-*"))
    except PermissionError:
        return False


def interrupted(git: Git) -> bool:
    """Tell whether a commit was begun and not finished, and nobody is at it now."""
    return begun(git) and not lock.is_held(state(git) / "lock")


def read(git: Git) -> Journal | None:
    """Return the journal; None when there is none.

    Raises:
        ValueError: it cannot be understood.
        CannotWorkError: a newer partnerkit wrote it.
    """
    try:
        found = json.loads(place(git).read_bytes())
    except FileNotFoundError:
        return None
    try:
        if found.pop("format") > FORMAT:
            raise CannotWorkError(
                "a newer partnerkit was interrupted here, and this one cannot finish its work; nothing changed",
                "upgrade partnerkit and run the command again",
            )
        found["changes"] = tuple(Change(**change) for change in found["changes"])
        found["saved"] = tuple(Saved(**{**one, "folders": tuple(one["folders"])}) for one in found["saved"])
        return Journal(**found)
    except (KeyError, TypeError, AttributeError) as problem:
        raise ValueError(f"not a journal: {problem}") from problem


def close(git: Git, run: Run) -> None:
    """Say that a run is over: first the journal goes, then its folder."""
    files.remove(place(git))
    files.sync_folder(state(git))
    files.remove_tree(run.folder)


def keep(git: Git, run: Run, path: str, data: bytes) -> Path:
    """Put bytes that would otherwise be lost aside, for the user to look at."""
    kept = state(git) / "kept" / run.token / path
    files.make_folder(kept.parent)
    files.write_atomic(kept, data)
    return kept
