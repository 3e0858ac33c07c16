"""The files of a working tree as they lie on the disk, by their names; links are named, never followed."""

from __future__ import annotations

import functools
import os
import stat
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from partnerkit.store.git.entries import FILE, LINK, PROGRAM, REPOSITORY, UNKNOWN, Entry, Listing


def lying(root: Path, prefix: str) -> Listing:
    """The files below a folder of a working tree, ignored ones too; symbolic links are named, never followed.

    A link or a file where a folder was expected is named, so that a rule can refuse it.

    Args:
        root: the top of the working tree.
        prefix: the folder, without a slash at its end; empty for the top.
    """
    here, parts = os.fspath(root), prefix.split("/") if prefix else []
    for index, part in enumerate(parts):
        here = f"{here}/{part}"
        entry = entry_at(here)
        if entry is not None:
            return Listing.of({"/".join(parts[: index + 1]): entry})
        if not Path(here).is_dir():
            return Listing.of({})
    return _below(f"{os.fspath(root)}/", f"{prefix}/" if prefix else "")


def _below(top: str, prefix: str) -> Listing:
    """The files below a folder that is there; only those that are no plain files are looked at already."""
    folders: dict[str, set[str]] = {}
    odd: dict[str, Entry] = {}
    todo = [prefix]
    while todo:
        start = todo.pop()
        with os.scandir(top + start) as listing:
            every = list(listing)
        names = folders[start] = {one.name for one in every if one.is_file(follow_symlinks=False)}
        for one in every if len(names) < len(every) else ():
            if one.name not in names and one.name != ".git":
                entry = entry_at(one)
                if entry is not None:
                    odd[start + one.name] = entry
                    names.add(one.name)
                elif one.is_dir(follow_symlinks=False):
                    todo.append(f"{start}{one.name}/")
        names.discard(".git")
    return Listing(folders, functools.partial(_entries, top, odd))


def _entries(top: str, odd: Mapping[str, Entry], paths: Iterable[str]) -> Iterator[Entry]:
    """What is at the paths of files that were there when they were listed: one that is gone since was a plain one."""
    for path in paths:
        try:
            yield odd[path] if path in odd else _of_mode(os.lstat(top + path).st_mode)
        except (FileNotFoundError, NotADirectoryError):
            yield Entry(FILE)


def entry_at(path: str | os.PathLike[str]) -> Entry | None:
    """What lies at a path, as git has it; None for a plain folder or nothing."""
    try:
        mode = os.lstat(path).st_mode
    except (FileNotFoundError, NotADirectoryError):
        return None
    if stat.S_ISDIR(mode):
        return Entry(REPOSITORY) if os.path.lexists(Path(path) / ".git") else None
    return _of_mode(mode)


@functools.cache
def _of_mode(mode: int) -> Entry:
    """What a file is whose mode the system says; ten thousand of them have the same."""
    if stat.S_ISLNK(mode):
        return Entry(LINK)
    if stat.S_ISREG(mode):
        return Entry(PROGRAM if mode & stat.S_IXUSR else FILE)
    return Entry(UNKNOWN)
