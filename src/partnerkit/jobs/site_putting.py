"""Make the files of a site and write those that are other ones: many of them by several processes at once."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path, PurePosixPath
from sys import intern
from typing import Any, Protocol

from partnerkit.dataclass import dataclass
from partnerkit.jobs.site_place import BEGUN, demand_no_link
from partnerkit.store.disk.files import append, write_atomic
from partnerkit.store.divided import Parts, divided, processes
from partnerkit.tuples import NamedTuple

#: From so many files on another process is worth what it costs.
_MANY = 500

#: So many are made at a time, one after the other.
_AT_ONCE = 25


class File(Protocol):
    """A file of a site."""

    def known(self) -> str | None:
        """The digest of its bytes, where that is known without making them."""

    def make(self) -> bytes:
        """Its bytes."""

    def made(self, digest: str) -> None:
        """Hear the digest of the bytes that were made."""


class Files(Protocol):
    """The files of a site, by name."""

    def names(self) -> Sequence[str]:
        """Their names; those that take longest to make first."""

    def file(self, name: str) -> File:
        """One of them."""

    def leave(self) -> None:
        """Be in another process than before."""

    def end(self) -> None:
        """All that one process is to make is made."""


class Put(NamedTuple):
    """What came of it.

    Attributes:
        now: the digest of the bytes that each file has now, by its name.
        written: the names of those that are new or have changed.
    """

    now: dict[str, str]
    written: list[str]


def put_all(folder: Path, files: Files, names: Sequence[str], there: Mapping[str, str]) -> Put:
    """Make files, and write those of which other bytes are there.

    Args:
        folder: where.
        files: makes them.
        names: their names.
        there: the digests of what is there.

    Raises:
        WrongCallError: one of them would be written elsewhere.
        OSError: the disk refuses.
    """
    parts = Parts(names, _AT_ONCE)
    found = divided(parts.many, processes() if len(names) >= _MANY else 1, _Share(folder, files, parts, there))
    now = {name: digest for put in found for name, digest in put.now.items()}
    written = {name for put in found for name in put.written}
    return Put(now, [name for name in names if name in written])


@dataclass(frozen=True)
class _Share:
    """What one process puts there: part after part of the names, as long as there is one."""

    folder: Path
    files: Files
    names: Parts
    there: Mapping[str, str]

    def leave(self) -> None:
        """Be in another process."""
        self.files.leave()

    def do(self, parts: Iterator[int]) -> Put:
        """Put them there."""
        found = Put({}, [])
        for part in parts:
            for name in self.names.part(part):
                if self._put(name, found.now):
                    found.written.append(name)
        self.files.end()
        return found

    def told(self, done: Put) -> Any:
        """What came of it, in words of JSON."""
        return done

    def heard(self, told: Any) -> Put:
        """What came of it, as it was told."""
        now, written = told
        return Put({intern(name): intern(digest) for name, digest in now.items()}, written)

    def _put(self, name: str, now: dict[str, str]) -> bool:
        """Make a file and write it where other bytes are there; whether they are."""
        file, there = self.files.file(name), self.there.get(name)
        known = file.known()
        if known is not None and known == there:
            now[name] = intern(known)
            return False
        data = file.make()
        now[name] = intern(hashlib.sha256(data).hexdigest())
        file.made(now[name])
        demand_inside(self.folder, name)
        if now[name] == there:
            return False
        append(self.folder / BEGUN, f"{now[name]} {name}\n".encode())
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        write_atomic(path, data, sync=False)
        return True


def demand_inside(folder: Path, name: str) -> None:
    """Whether what a name leads to lies in the folder.

    Raises:
        WrongCallError: it or a folder above it is a link.
    """
    for part in (PurePosixPath(name), *PurePosixPath(name).parents[:-1]):
        demand_no_link(folder / part)
