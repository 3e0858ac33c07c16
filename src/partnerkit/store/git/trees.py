"""Trees: the files of a commit or of the working tree, behind one small interface."""

from __future__ import annotations

import functools
import os
import shutil
import stat
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from partnerkit.errors import CannotWorkError
from partnerkit.kinds.canonical import POINTER, file_digest, is_pointer
from partnerkit.store.disk.paths import inside, look
from partnerkit.store.git.repository import Git
from partnerkit.store.git.results import GitFailed

FILE = "100644"
PROGRAM = "100755"
LINK = "120000"
REPOSITORY = "160000"
UNKNOWN = "000000"
READABLE = frozenset({FILE, PROGRAM})


@dataclass(frozen=True, slots=True)
class Entry:
    """One file of a tree.

    Attributes:
        mode: git's mode: 100644 file, 100755 program, 120000 symbolic link, 160000 repository inside,
            000000 anything git could not hold (a pipe, a device).
        oid: the id of its blob; None in a working tree.
    """

    mode: str
    oid: str | None = None


class Tree(Protocol):
    """All files at one moment."""

    def files(self, prefix: str = "") -> dict[str, Entry]:
        """List the files in the folder `prefix` (everything when empty), by path from the root."""

    def read(self, path: str) -> bytes | None:
        """Return the bytes of a regular file; None when there is none."""

    def read_many(self, paths: Iterable[str]) -> dict[str, bytes]:
        """Return the bytes of many regular files; paths without one are left out."""

    def digest(self, path: str) -> str | None:
        """Return `sha256:<hex>` of a regular file's bytes; None when there is none."""

    def former(self, path: str) -> list[bytes]:
        """Return what a file held in the commits that landed so far, latest first."""


def digest_of(data: bytes | None) -> str | None:
    """Return `sha256:<hex>` of bytes; `POINTER` where they only point to others."""
    if data is None:
        return None
    return POINTER if is_pointer(data) else file_digest(data)


class CommitTree:
    """The files of one commit (or tree), read from git's objects only."""

    def __init__(self, git: Git, oid: str) -> None:
        self.git = git
        self.oid = oid

    def files(self, prefix: str = "") -> dict[str, Entry]:
        """List the files in the folder `prefix` (everything when empty), by path from the root."""
        if not prefix:
            return dict(self._all)
        below = prefix.rstrip("/") + "/"
        return {path: entry for path, entry in self._all.items() if path.startswith(below) or path == below[:-1]}

    def read(self, path: str) -> bytes | None:
        """Return the bytes of a regular file; None when there is none."""
        return self.read_many([path]).get(path)

    def read_many(self, paths: Iterable[str]) -> dict[str, bytes]:
        """Return the bytes of many regular files, through one git process."""
        wanted = {path: self._all[path] for path in paths if path in self._all}
        oids = {path: entry.oid for path, entry in wanted.items() if entry.mode in READABLE and entry.oid}
        blobs = read_blobs(self.git, oids.values())
        return {path: blobs[oid] for path, oid in oids.items()}

    def digest(self, path: str) -> str | None:
        """Return `sha256:<hex>` of a regular file's bytes; None when there is none."""
        return digest_of(self.read(path))

    def former(self, path: str) -> list[bytes]:
        """Return what a file held in the commits that landed so far, latest first."""
        found = self.git.run(
            "rev-parse", "--verify", "--quiet", "--end-of-options", f"{self.oid}^{{commit}}", ok=(0, 1)
        )
        return _former(self.git, path, found.text or "HEAD")

    @functools.cached_property
    def _all(self) -> dict[str, Entry]:
        listed = self.git.run("ls-tree", "-r", "-z", "--full-tree", self.oid).fields
        return dict(map(_tree_line, listed))


class WorkingTree:
    """The files as they lie on disk, ignored and untracked ones too; symbolic links are named, never followed."""

    def __init__(self, git: Git) -> None:
        self.git = git
        self.root = git.root

    def files(self, prefix: str = "") -> dict[str, Entry]:
        """List the files in the folder `prefix` (everything when empty), by path from the root."""
        prefix = prefix.rstrip("/")
        if not prefix:
            return dict(self._walk(self.root, ""))
        if not inside(prefix):
            return {}
        return dict(self._below(prefix))

    def read(self, path: str) -> bytes | None:
        """Return the bytes of a regular file; None when there is none, or a link is on the way."""
        if not inside(path):
            return None
        found = look(self.root, path)
        return found.data if found.kind == "file" else None

    def read_many(self, paths: Iterable[str]) -> dict[str, bytes]:
        """Return the bytes of many regular files; paths without one are left out."""
        read = ((path, self.read(path)) for path in paths)
        return {path: data for path, data in read if data is not None}

    def digest(self, path: str) -> str | None:
        """Return `sha256:<hex>` of a regular file's bytes; None when there is none that could be read.

        The path is what a record says: it may be one that no disk could hold, or lead where nobody may look.
        """
        try:
            return digest_of(self.read(path))
        except OSError:
            return None

    def former(self, path: str) -> list[bytes]:
        """Return what a file held in the commits that landed so far, latest first."""
        return _former(self.git, path, "HEAD")

    def _below(self, prefix: str) -> Iterator[tuple[str, Entry]]:
        here, parts = self.root, prefix.split("/")
        for index, part in enumerate(parts):
            here = here / part
            mode = _mode(here)
            if mode is not None:  # a link or a file where a folder was expected: name it, so that a rule can refuse it
                yield "/".join(parts[: index + 1]), Entry(mode)
                return
            if not here.is_dir():
                return
        yield from self._walk(here, prefix + "/")

    def _walk(self, folder: Path, prefix: str) -> Iterator[tuple[str, Entry]]:
        with os.scandir(folder) as listing:
            found = sorted(listing, key=lambda item: item.name)
        for item in found:
            if item.name == ".git":
                continue
            path = prefix + item.name
            mode = _mode(Path(item.path))
            if mode is not None:
                yield path, Entry(mode)
            elif item.is_dir(follow_symlinks=False):
                yield from self._walk(Path(item.path), path + "/")


def staged_tree(git: Git, index: str | None) -> str:
    """Return the id of the tree that committing an index would make; the index itself is left as it is.

    Args:
        git: the repository.
        index: the index's file; the repository's own where None.

    Raises:
        CannotWorkError: conflicts in it wait to be resolved.
    """
    source = Path(index) if index else git.git_path("index")
    # git write-tree notes in the index which trees it wrote, so it is given a copy.
    with tempfile.TemporaryDirectory(prefix="partnerkit-") as folder:
        copy = Path(folder) / "index"
        if source.exists():
            shutil.copyfile(source, copy)
        try:
            return git.run("write-tree", env={"GIT_INDEX_FILE": str(copy)}).text
        except GitFailed as problem:
            message = f"what is staged cannot be committed yet: {problem.words}"
            raise CannotWorkError(message, "git status shows the conflicts; resolve and stage them") from problem


def _former(git: Git, path: str, rev: str) -> list[bytes]:
    if git.head() is None:
        return []
    raw = ("--raw", "--no-abbrev", "--no-renames", "--root", "-m", "--first-parent", "-z", "--format=")
    listed = git.run("log", *raw, rev, "--", path).fields
    # `:<mode before> <mode> <blob before> <blob> <status>`; the blob before is that of a commit further down, or none.
    rows = [field.lstrip("\n").split() for field in listed if field.lstrip("\n").startswith(":")]
    blobs = read_blobs(git, [row[3] for row in rows if row[1] in READABLE])
    return list(blobs.values())


def read_blobs(git: Git, oids: Iterable[str]) -> dict[str, bytes]:
    """Return the bytes of blobs, through one `git cat-file --batch`.

    Raises:
        CannotWorkError: git does not have one of them.
    """
    wanted = list(dict.fromkeys(oids))
    if not wanted:
        return {}
    out = _batch(git, wanted)
    blobs: dict[str, bytes] = {}
    at = 0
    for oid in wanted:
        end = out.index(b"\n", at)
        header = out[at:end].split()
        if len(header) != 3 or header[1] != b"blob":  # noqa: PLR2004 - oid, type, size
            raise _incomplete(oid)
        at = end + 1 + int(header[2])
        blobs[oid] = out[end + 1 : at]
        at += 1
    return blobs


def demand_blobs(git: Git, oids: Iterable[str]) -> None:
    """See to it that git has blobs which are not read.

    Raises:
        CannotWorkError: it lacks one of them.
    """
    wanted = list(dict.fromkeys(oids))
    if not wanted:
        return
    asked = "\n".join([*wanted, ""]).encode()
    said = git.run("cat-file", "--batch-check=%(objecttype)", "--buffer", stdin=asked).text.split("\n")
    for oid, kind in zip(wanted, said, strict=True):
        if kind != "blob":
            raise _incomplete(oid)


def _batch(git: Git, oids: list[str]) -> bytes:
    try:
        return git.run("cat-file", "--batch", "--buffer", stdin="\n".join([*oids, ""]).encode()).out
    except GitFailed as problem:
        if "promisor remote" not in problem.words:
            raise
        message = "this is a partial clone, which fetches what it lacks when it is asked for, and that failed"
        mend = "clone it again without --filter, or ask again where its remote can be reached"
        raise CannotWorkError(f"{message}: {problem.words}", mend) from problem


def _incomplete(oid: str) -> CannotWorkError:
    message = f"git has no bytes for {oid}: this clone is incomplete"
    return CannotWorkError(message, "git fetch --refetch, or clone it again")


def _tree_line(line: str) -> tuple[str, Entry]:
    meta, _, path = line.partition("\t")
    mode, _, oid = meta.split(" ")
    return path, Entry(mode, oid)


def _mode(path: Path) -> str | None:
    """Return git's mode of what lies at a path; None for a plain folder or nothing."""
    try:
        mode = path.lstat().st_mode
    except (FileNotFoundError, NotADirectoryError):
        return None
    if stat.S_ISDIR(mode):
        return REPOSITORY if os.path.lexists(path / ".git") else None
    if stat.S_ISLNK(mode):
        return LINK
    if stat.S_ISREG(mode):
        return PROGRAM if mode & stat.S_IXUSR else FILE
    return UNKNOWN
