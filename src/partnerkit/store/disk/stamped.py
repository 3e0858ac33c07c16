"""Files and folders as the system knows them: what was not changed since is known without being read."""

from __future__ import annotations

import os
import stat
from pathlib import Path

#: Mode, inode, size and times of what lies at a path, and of that to which a link there leads; empty for nothing.
Stamp = tuple[int, ...]

#: How far the clock of a file system may lag behind, in nanoseconds: one that counts whole seconds lags by them.
_LAG, _COARSE_LAG, _SECOND = 20_000_000, 2_000_000_000, 1_000_000_000
_CHANGED = 4

#: The mode of a folder in which its owner alone puts things, however lenient the user's mask is.
CLOSED = 0o755


def stamped(path: str | os.PathLike[str]) -> Stamp:
    """Stamp what lies at a path. The system sets the last of its times at every change, and nobody else can.

    Raises:
        OSError: nobody may look there.
    """
    try:
        found = _of_stat(os.lstat(path))
        return found + _of_stat(Path(path).stat()) if stat.S_ISLNK(found[0]) else found
    except (FileNotFoundError, NotADirectoryError):
        return ()


def _of_stat(found: os.stat_result) -> Stamp:
    """Stamp what the system says of one thing."""
    return (found.st_mode, found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns)


def is_there(path: Path) -> bool:
    """Tell whether a file lies at a path; to whoever may not look there, none does."""
    try:
        return path.is_file()
    except OSError:
        return False


def is_mine(found: os.stat_result) -> bool:
    """Tell of what the system says of something whether it is this user's, and nobody else could have written it."""
    return found.st_uid == os.geteuid() and not found.st_mode & (stat.S_IWGRP | stat.S_IWOTH)


def is_open_to_others(path: Path) -> bool:
    """Tell of a folder of this user's whether others could put anything there, so that `own_folder` refuses it."""
    found = path.stat() if path.is_dir() else None
    return found is not None and found.st_uid == os.geteuid() and not is_mine(found)


def own_folder(path: Path) -> None:
    """Have a folder in which nobody else can put anything, made where there is none.

    Raises:
        OSError: it cannot be made, or others could write there.
    """
    path.mkdir(CLOSED, parents=True, exist_ok=True)
    if not is_mine(path.stat()):
        raise PermissionError(f"others could have written in {path}")


def is_older(stamp: Stamp, began: int) -> bool:
    """Tell whether it was surely like that when something began, at a moment in nanoseconds."""
    return all(was_before(one, began) for one in stamp[_CHANGED :: _CHANGED + 1])


def was_before(changed: int, began: int) -> bool:
    """Tell of the moment at which something was changed whether it surely lies before another, both in nanoseconds."""
    return changed < began - (_LAG if changed % _SECOND else _COARSE_LAG)
