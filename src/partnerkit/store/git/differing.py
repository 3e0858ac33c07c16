"""Which files two trees hold differently: only folders that differ are opened, each once, and no process is started."""

from __future__ import annotations

import functools
import itertools
import os
from collections.abc import Iterator

from partnerkit.store.git.entries import FOLDER, Entry, Folder
from partnerkit.store.git.trees import CommitTree
from partnerkit.tuples import NamedTuple


class Difference(NamedTuple):
    """A file that differs: what stood at its path, and what stands there; None where nothing did or does."""

    path: str
    was: Entry | None
    now: Entry | None


@functools.lru_cache(maxsize=2)  # several ask it of the same two
def between(before: CommitTree, after: CommitTree) -> tuple[Difference, ...]:
    """The files that differ between two trees, in the order of git: a file that moved is gone here and new there."""
    return tuple(sorted(_below(before, after, ""), key=lambda one: os.fsencode(one.path)))


def _below(before: CommitTree, after: CommitTree, start: str) -> Iterator[Difference]:
    was, now = before.folder(start), after.folder(start)
    for name in unlike(was, now) if isinstance(now, Folder) and isinstance(was, Folder) else {*was, *now}:
        old, new = was.get(name), now.get(name)
        path = f"{start}{name}"
        if _is_folder(old) or _is_folder(new):
            yield from _below(before, after, f"{path}/")
        old, new = _file(old), _file(new)
        if old != new:
            yield Difference(path, old, new)


def unlike(was: Folder, now: Folder) -> set[str]:
    """The names under which two folders hold something else, or one of them nothing.

    Where plain files alone stand there, what git wrote is compared, and only that of which is read that differs.
    """
    if not (was.is_plain and now.is_plain):
        return {name for name, _held in dict(was).items() ^ dict(now).items()}
    first, last = was.same(now.data)
    if last > len(now) or was.starts[-1 - last] - len(was.data) != now.starts[-1 - last] - len(now.data):
        last = 0  # of two rows one ends like the other, and begins elsewhere
    return {name for name, _row in _rows(was, first, last) ^ _rows(now, first, last)}


def _rows(folder: Folder, first: int, last: int) -> set[tuple[str, bytes]]:
    """The plain files of a folder, each with what git wrote of it, but for so many at the beginning and at the end."""
    end = len(folder) - last
    starts = folder.starts[first : end + 1]
    rows = map(folder.data.__getitem__, map(slice, starts, starts[1:]))
    return set(zip(itertools.islice(folder, first, end), rows, strict=True))


def _is_folder(entry: Entry | None) -> bool:
    return entry is not None and entry.mode == FOLDER


def _file(entry: Entry | None) -> Entry | None:
    return None if _is_folder(entry) else entry
