"""The files below a folder: their names at once, and what each of them is where that is asked for."""

from __future__ import annotations

import functools
import os
import stat
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from partnerkit.store.git.entries import FILE, LINK, PROGRAM, REPOSITORY, UNKNOWN, Entry


class Listing:
    """The files below a folder, as they were named when it was listed.

    Attributes:
        folders: the names of the files in each folder, by its path with a slash at its end; the top has none.
    """

    def __init__(self, folders: Mapping[str, set[str]], entry: Callable[[str], Entry | None]) -> None:
        """Hold names.

        Args:
            folders: the names.
            entry: says what is at a path that is among them; None where nothing is any more.
        """
        self.folders = folders
        self._entry = entry

    @classmethod
    def of(cls, files: Mapping[str, Entry]) -> Listing:
        """The listing of files that are known."""
        folders: dict[str, set[str]] = {}
        for path in files:
            cut = path.rfind("/") + 1
            folders.setdefault(path[:cut], set()).add(path[cut:])
        return cls(folders, files.get)

    def __contains__(self, path: str) -> bool:
        """Whether a file is among them."""
        cut = path.rfind("/") + 1
        return path[cut:] in self.folders.get(path[:cut], ())

    def files(self, among: Callable[[str], bool] | None = None) -> dict[str, Entry]:
        """The files by path, in order.

        Args:
            among: says of a folder whether its files are asked for; those of all where None.
        """
        folders = self.folders if among is None else [one for one in self.folders if among(one)]
        return self._at(start + name for start in folders for name in self.folders[start])

    def named(self, name: str) -> dict[str, Entry]:
        """The files of one name in whatever folder, by path, in order."""
        return self._at(start + name for start, names in self.folders.items() if name in names)

    def _at(self, paths: Iterable[str]) -> dict[str, Entry]:
        entry = self._entry
        return {path: one for path in sorted(paths) if (one := entry(path)) is not None}


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
    return _below(here, f"{prefix}/" if prefix else "")


def _below(top: str, prefix: str) -> Listing:
    """The files below a folder that is there; only those that are no plain files are looked at already."""
    folders: dict[str, set[str]] = {}
    odd: dict[str, Entry] = {}
    todo = [prefix]
    while todo:
        start = todo.pop()
        names = folders[start] = set()
        with os.scandir(f"{top}/{start.removeprefix(prefix)}") as listing:
            for one in listing:
                if one.is_file(follow_symlinks=False):
                    names.add(one.name)
                elif one.name != ".git":
                    entry = entry_at(one)
                    if entry is not None:
                        odd[start + one.name] = entry
                        names.add(one.name)
                    elif one.is_dir(follow_symlinks=False):
                        todo.append(f"{start}{one.name}/")
        names.discard(".git")
    return Listing(folders, functools.partial(_entry, top, len(prefix), odd))


def _entry(top: str, cut: int, odd: Mapping[str, Entry], path: str) -> Entry:
    """What is at the path of a file that was there when it was listed: one that is gone since was a plain one."""
    if path in odd:
        return odd[path]
    try:
        return _of_mode(os.lstat(f"{top}/{path[cut:]}").st_mode)
    except (FileNotFoundError, NotADirectoryError):
        return Entry(FILE)


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
