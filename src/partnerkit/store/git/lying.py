"""The files of a working tree as they lie on the disk, by their names; links are named, never followed."""

from __future__ import annotations

import functools
import os
import stat
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from partnerkit.kinds.late import Late
from partnerkit.store.git.entries import FILE, LINK, PROGRAM, REPOSITORY, UNKNOWN, Entry, Listing

#: So many links has a folder that holds no other, where folders are counted so: its name, and its own of itself.
_LINKS = 2


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
    """The files below a folder that is there; only those that are no plain files are looked at already.

    A folder of which the file system says that it holds no other is read when its names are asked for: to find one
    file among ten thousand, they are not listed.
    """
    folders: dict[str, set[str]] = {}
    unread: list[str] = []
    odd: dict[str, Entry] = {}
    todo = [prefix]
    while todo:
        start = todo.pop()
        folders[start], inside = _names(top, start, odd)
        if inside:
            counts = _counts_folders(os.lstat(top + start), inside)
            for name in inside:
                (unread if counts(os.lstat(f"{top}{start}{name}")) else todo).append(f"{start}{name}/")
    if not unread:
        return Listing(folders, functools.partial(_entries, top, odd))

    def read(start: str) -> set[str]:
        if start not in folders:
            folders[start] = _names(top, start, odd)[0]
        return folders[start]

    late = Late([*folders, *unread], read)
    return Listing(late, functools.partial(_entries, top, odd), lies=functools.partial(_lies, top, folders, late))


def _names(top: str, start: str, odd: dict[str, Entry]) -> tuple[set[str], list[str]]:
    """The names of the files in a folder, of which those that are no plain ones are told, and those of its folders."""
    try:
        with os.scandir(top + start) as listing:
            every = list(listing)
    except (FileNotFoundError, NotADirectoryError):  # it went since it was named
        every = []
    names = {one.name for one in every if one.is_file(follow_symlinks=False)}
    inside = []
    for one in every if len(names) < len(every) else ():
        if one.name not in names and one.name != ".git":
            entry = entry_at(one)
            if entry is not None:
                odd[start + one.name] = entry
                names.add(one.name)
            elif one.is_dir(follow_symlinks=False):
                inside.append(one.name)
    names.discard(".git")
    return names, inside


def _counts_folders(found: os.stat_result, inside: Sequence[str]) -> Callable[[os.stat_result], bool]:
    """Tells of a folder whether it surely holds no other, by its links: one of its own, one of its name, one of each.

    Not every file system counts so: this one does where it is right of the folder around, which holds some.
    """
    counted = found.st_nlink == _LINKS + len(inside)
    return lambda one: counted and one.st_dev == found.st_dev and one.st_nlink == _LINKS


def _lies(top: str, read: Mapping[str, set[str]], folders: Mapping[str, set[str]], start: str, name: str) -> bool:
    """Whether a file of exactly this name lies in a folder: where one more may be meant, the folder's names say.

    Args:
        top: the top of the working tree, with a slash at its end.
        read: the names of the files in the folders that were read already.
        folders: those of all.
        start: the folder.
        name: the name.
    """
    if start not in folders or "/" in name or name == ".git":
        return False
    if start not in read and name.isascii():
        try:
            is_folder = stat.S_ISDIR(os.lstat(f"{top}{start}{name}").st_mode)
        except (FileNotFoundError, NotADirectoryError, ValueError):
            return False
        except OSError:  # a name that no disk could hold, or a folder in which nobody may look: its names say
            is_folder = True
        other = name.swapcase()
        if not is_folder and (other == name or not os.path.lexists(f"{top}{start}{other}")):
            return True
    return name in folders[start]


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
