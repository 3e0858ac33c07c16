"""Write a site into a folder: only what changed is touched, and what is no page of it any more goes.

What no build wrote is somebody's: nothing is written over it, whatever it is called.

Whatever is written is known before it is: an interrupted build leaves a list of what it began, by which the next one
finds it and takes away what is none of its own.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path, PurePosixPath
from sys import intern

from partnerkit.dataclass import dataclass
from partnerkit.errors import CannotWorkError, WrongCallError
from partnerkit.jobs.site_place import BEGUN, LISTED, LOCKED
from partnerkit.jobs.site_putting import Files, demand_inside, put_all
from partnerkit.store.disk.files import remove, write_atomic
from partnerkit.store.disk.lock import Lock
from partnerkit.tuples import NamedTuple

_SCHEMA = "partnerkit.site-files/1"

#: So many files are named where many are in the way.
_NAMED = 3


class Before(NamedTuple):
    """The digests that files of builds before can have, by name.

    Attributes:
        listed: those of the last build that came to its end.
        begun: those that one which was interrupted had begun to write.
    """

    listed: Mapping[str, str]
    begun: dict[str, set[str]]

    @property
    def names(self) -> set[str]:
        """The names of all of them."""
        return {*self.listed, *self.begun}

    def has(self, name: str, digest: str | None) -> bool:
        """Whether a file can have a digest."""
        return digest is not None and (digest == self.listed.get(name) or digest in self.begun.get(name, ()))

    def one(self, name: str) -> str:
        """One of those that a file can have."""
        return self.listed.get(name) or min(self.begun[name])


@dataclass(frozen=True, slots=True)
class Built:
    """What came of building a site.

    Attributes:
        folder: where it is, as it was named.
        pages: how many files it has.
        written: those that are new or have changed.
        removed: those that were there and are none of it any more.
        left: those that are none of it any more, and were changed by somebody since they were built.
    """

    folder: Path
    pages: int
    written: list[str]
    removed: list[str]
    left: list[str]


def write(folder: Path, files: Files) -> Built:
    """Write the files of a site; those that are there with the same bytes stay untouched, to the time they carry.

    Raises:
        WrongCallError: a part of the folder leads elsewhere, or what no build wrote stands where a page will.
        CannotWorkError: the disk refuses, another build is at work there, or the list of what was built before cannot
            be read.
    """
    try:
        with Lock.take(folder / LOCKED, wait=0) as lock:
            _demand_held(lock)
            try:
                return _written(folder, files)
            finally:
                remove(lock.path)
    except OSError as error:
        message = f"{error.filename or folder} cannot be written: {error.strerror}"
        raise CannotWorkError(
            message, "make room, or name another folder; building it again mends what is half done"
        ) from error


def _demand_held(lock: Lock) -> None:
    """Whether the lock is still the one that others meet: a build that ends takes its own away."""
    if not lock.path.exists() or not os.path.samestat(os.fstat(lock.fd), lock.path.stat()):
        message = f"another build has just ended in {lock.path.parent}; nothing changed"
        raise CannotWorkError(message, "try again")


def _written(folder: Path, files: Files) -> Built:
    listed, begun = _listed(folder), list(_begun(folder))
    before = Before(listed, {})
    for name, digest in begun:
        before.begun.setdefault(name, set()).add(digest)
    names = files.names()
    now, written = put_all(folder, files, names, _own(folder, names, before))
    for name, _digest in begun:
        _take_half(folder, name)
    gone = [(name, _taken(folder, name, before)) for name in sorted(before.names.difference(now))]
    left = [name for name, taken in gone if taken is False]
    _list(folder, now | {name: before.one(name) for name in left}, listed)
    remove(folder / BEGUN)
    return Built(folder, len(now), written, [name for name, taken in gone if taken], left)


def _own(folder: Path, names: Iterable[str], before: Before) -> dict[str, str]:
    """The digests of the files that stand where pages will, each as a build before wrote it.

    Raises:
        WrongCallError: one of them no build wrote, or somebody changed it since.
    """
    found, others = {}, []
    for name in names:
        demand_inside(folder, name)
        path = folder / name
        if path.is_file():
            found[name] = intern(hashlib.sha256(path.read_bytes()).hexdigest())
        if path.exists() and not before.has(name, found.get(name)):
            others.append(name)
    if others:
        more = f" and {len(others) - _NAMED} more" if len(others) > _NAMED else ""
        message = f"{folder} holds what no build wrote, or somebody changed since: {', '.join(others[:_NAMED])}{more}"
        raise WrongCallError(f"{message}; nothing is written over it", "move it away, or --out with another folder")
    return found


def _taken(folder: Path, name: str, before: Before) -> bool | None:
    """Take away a file of a build before, and its folder with the last; False where it is not what was built.

    None where there is none.
    """
    demand_inside(folder, name)
    path = folder / name
    if not path.is_file():
        return None
    ours = before.has(name, hashlib.sha256(path.read_bytes()).hexdigest())
    if ours:
        remove(path)
        if path.parent != folder:
            with contextlib.suppress(OSError):  # something else is in it
                path.parent.rmdir()
    return ours


def _take_half(folder: Path, name: str) -> None:
    """Take away what was written of a file before a build was interrupted."""
    demand_inside(folder, name)
    path = folder / name
    remove(path.with_name(f".{path.name}.tmp"))


def _begun(folder: Path) -> Iterator[tuple[str, str]]:
    """What an interrupted build had begun to write: names, each with its digest; a line half written is none."""
    path = folder / BEGUN
    text = path.read_text(encoding="utf-8", errors="replace") if path.is_file() else ""
    for line in text.split("\n")[:-1]:
        digest, _, name = line.partition(" ")
        if _is_inside(name):
            yield name, digest


def _list(folder: Path, now: dict[str, str], before: dict[str, str]) -> None:
    if now != before:
        text = json.dumps({"schema": _SCHEMA, "files": dict(sorted(now.items()))}, indent=1)
        write_atomic(folder / LISTED, f"{text}\n".encode(), sync=False)


def _listed(folder: Path) -> dict[str, str]:
    """The files of the site that was built there before, each with its digest."""
    path = folder / LISTED
    if not path.is_file():
        return {}
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        return {intern(name): intern(str(digest)) for name, digest in dict(data["files"]).items() if _is_inside(name)}
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        message = f"{path} does not list the files of a site: nothing is written, for what is there may be somebody's"
        raise CannotWorkError(message, f"take {folder} away, or name another folder") from error


def _is_inside(name: str) -> bool:
    """Whether a name leads into the folder: what somebody wrote into the list removes nothing elsewhere."""
    parts = PurePosixPath(name).parts
    return bool(parts) and not PurePosixPath(name).is_absolute() and ".." not in parts
