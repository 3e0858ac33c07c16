"""Which files two trees hold differently: only folders that differ are opened, each once, and no process is started."""

from __future__ import annotations

import functools
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
    for name in now.unlike(was) if isinstance(now, Folder) and isinstance(was, Folder) else {*was, *now}:
        old, new = was.get(name), now.get(name)
        path = f"{start}{name}"
        if _is_folder(old) or _is_folder(new):
            yield from _below(before, after, f"{path}/")
        old, new = _file(old), _file(new)
        if old != new:
            yield Difference(path, old, new)


def _is_folder(entry: Entry | None) -> bool:
    return entry is not None and entry.mode == FOLDER


def _file(entry: Entry | None) -> Entry | None:
    return None if _is_folder(entry) else entry
