"""Every change this package makes to the disk: atomic, fsynced, and in one place so that tests can make it fail."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable
from pathlib import Path


def point(operation: str, path: Path) -> None:
    """Stand before every single change to the disk and do nothing; the fault tests replace it."""


def write_atomic(
    path: Path, data: bytes, *, mode: int | None = None, tmp: Path | None = None, sync: bool = True
) -> None:
    """Put `data` at `path` so that a reader sees the old bytes or the new ones, even after a power cut.

    Args:
        path: where the bytes go; its folder exists.
        data: the bytes.
        mode: permission bits; None keeps those of the file that is replaced, or the umask's for a new one.
        tmp: the name to write under first (same folder); its leftover is replaced.
        sync: whether it is to outlast a power cut; what can be made again need not.
    """
    tmp = tmp or path.with_name(f".{path.name}.tmp")
    if mode is None:
        with contextlib.suppress(FileNotFoundError):
            mode = path.lstat().st_mode & 0o7777
    remove(tmp)
    try:
        write_new(tmp, data, mode=mode, sync=sync)
        rename(tmp, path, sync=sync)
    except BaseException:
        with contextlib.suppress(OSError):
            tmp.unlink()
        raise


def write_new(path: Path, data: bytes, *, mode: int | None = None, sync: bool = True) -> None:
    """Write a file that does not exist yet, and fsync it unless told otherwise."""
    point("create", path)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o666)
    with os.fdopen(handle, "wb") as stream:
        point("write", path)
        stream.write(data)
        stream.flush()
        if mode is not None:
            os.fchmod(handle, mode)
        if sync:
            point("fsync", path)
            os.fsync(handle)


def append(path: Path, data: bytes) -> None:
    """Append to a file; what can be made again needs no more."""
    point("append", path)
    with path.open("ab") as stream:
        stream.write(data)


def append_within(path: Path, most: int, say: Callable[[int], bytes]) -> None:
    """Append to a file that may have so many bytes at most: `say` is told how many there is room for."""
    point("append", path)
    handle = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC, 0o666)
    with os.fdopen(handle, "ab") as stream:
        room = most - os.fstat(handle).st_size
        data = say(room)
        if len(data) <= room:
            stream.write(data)


def write_link(path: Path, target: bytes, *, tmp: Path) -> None:
    """Put a symbolic link at `path`, replacing what is there."""
    remove(tmp)
    point("symlink", tmp)
    tmp.symlink_to(os.fsdecode(target))
    rename(tmp, path)


def rename(source: Path, target: Path, *, sync: bool = True) -> None:
    """Rename a file over another and make the new name durable, unless told otherwise."""
    point("rename", target)
    source.replace(target)
    if sync:
        sync_folder(target.parent)


def link(source: Path, target: Path) -> None:
    """Give a file a second name; FileExistsError when that name is taken."""
    point("link", target)
    os.link(source, target)


def remove(path: Path) -> None:
    """Remove a file or a symbolic link, if there is one."""
    if os.path.lexists(path):
        point("remove", path)
        path.unlink(missing_ok=True)


def remove_tree(path: Path) -> None:
    """Remove a folder of ours; what is left of it is swept by the next command."""
    if path.is_dir():
        point("remove", path)
        below = [Path(here, name) for here, *lists in os.walk(path, topdown=False) for some in lists for name in some]
        for one in [*below, path]:
            with contextlib.suppress(OSError):
                one.rmdir() if one.is_dir() and not one.is_symlink() else one.unlink()


def make_folder(path: Path, *, mode: int = 0o777) -> None:
    """Make a folder, with what the user's mask leaves of a mode, and those above it."""
    if not path.is_dir():
        point("mkdir", path)
        path.mkdir(mode, parents=True, exist_ok=True)


def sync_folder(path: Path) -> None:
    """Make the names inside a folder durable."""
    point("fsync", path)
    handle = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
