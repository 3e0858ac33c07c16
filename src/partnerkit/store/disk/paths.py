"""Paths inside a working tree: which may be meant, and what lies there, without ever following a symbolic link."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import Literal

from partnerkit.dataclass import dataclass
from partnerkit.errors import WrongCallError

Kind = Literal["file", "link", "absent", "other"]


@dataclass(frozen=True, slots=True)
class Found:
    """What lies at one path of the working tree.

    Attributes:
        kind: a regular file, a symbolic link, nothing, or something else (folder, pipe, below a link …).
        mode: the permission bits of a file.
        data: the bytes of a file, or the target of a link.
    """

    kind: Kind
    mode: int = 0
    data: bytes = b""


ABSENT = Found("absent")
OTHER = Found("other")


def inside(path: str) -> bool:
    """Tell whether `path` is a clean relative path that stays in a tree and out of `.git`."""
    if not path or "\0" in path or "\\" in path:
        return False
    return all(part not in {"", ".", ".."} and part.lower() != ".git" for part in path.split("/"))


def demand_inside(path: str) -> None:
    """Refuse a path that a register cannot hold.

    Raises:
        WrongCallError: the path is absolute, climbs, or enters `.git`.
    """
    if not inside(path) or not path.isprintable():
        raise WrongCallError(
            f"{path!r} is not a path inside the register; nothing changed",
            "give a path relative to the register's root, such as records/partnerships/acme.yaml",
        )


def look(root: Path, path: str) -> Found:
    """Say what lies at `path` below `root`, with its bytes."""
    if not plain_parents(root, path):
        return OTHER
    full = f"{root}/{path}"
    try:
        info = os.lstat(full)
    except FileNotFoundError:
        return ABSENT
    if stat.S_ISLNK(info.st_mode):
        return Found("link", 0, os.fsencode(Path(full).readlink()))
    if not stat.S_ISREG(info.st_mode):
        return OTHER
    return _read(full)


def plain_parents(root: Path, path: str) -> bool:
    """Tell whether every folder on the way to `path` is a real folder, or not there yet."""
    here = str(root)
    for part in path.split("/")[:-1]:
        here = f"{here}/{part}"
        try:
            if not stat.S_ISDIR(os.lstat(here).st_mode):
                return False
        except FileNotFoundError:
            return True
    return True


def _read(full: str) -> Found:
    # O_NOFOLLOW and O_NONBLOCK: between lstat and open, somebody may have put a link or a pipe here.
    try:
        handle = os.open(full, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except FileNotFoundError:
        return ABSENT
    with os.fdopen(handle, "rb", buffering=0) as stream:
        info = os.fstat(handle)
        if not stat.S_ISREG(info.st_mode):
            return OTHER
        return Found("file", stat.S_IMODE(info.st_mode), stream.readall())
