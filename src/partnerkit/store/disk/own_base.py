"""A database that is ours alone: what others could have written is not opened, and a torn one is made again."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path

from partnerkit.store.disk.stamped import is_mine, own_folder

#: So many seconds it is waited for whoever writes at the same time, once for each file.
_PATIENCE = 5.0
_waited_for: set[Path] = set()


def opened(path: Path, tables: Iterable[str]) -> sqlite3.Connection:
    """Open a database, made where there is none.

    Args:
        path: the file.
        tables: the statements that make its tables.

    Raises:
        OSError: it cannot be made, or others could have written it.
        sqlite3.Error: it is no database, or somebody else is at work in it.
    """
    own_folder(path.parent)
    handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
    with os.fdopen(handle, "rb") as stream:
        found = os.fstat(stream.fileno())
    if not (is_mine(found) and all(map(_is_nobody_elses, _beside(path)))):
        raise PermissionError(f"others could have written {path}")
    base = sqlite3.connect(path, timeout=0.0 if path in _waited_for else _PATIENCE)
    try:
        for one in tables:
            base.execute(one)
    except sqlite3.DatabaseError as error:
        base.close()
        if isinstance(error, sqlite3.OperationalError):  # somebody else is at work in it
            _waited_for.add(path)
        else:
            path.unlink(missing_ok=True)  # torn or no database at all: it is made again the next time
        raise
    _waited_for.discard(path)
    return base


def _beside(path: Path) -> Iterator[Path]:
    """What SQLite takes for what it did not come to finish, and plays back into a database."""
    yield from (path.with_name(f"{path.name}{end}") for end in ("-journal", "-wal"))


def _is_nobody_elses(path: Path) -> bool:
    try:
        return is_mine(path.lstat())
    except FileNotFoundError:
        return True
