"""Write a site into a folder: only what changed is touched, and what is no page of it any more goes."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from partnerkit.errors import CannotWorkError, WrongCallError
from partnerkit.jobs.desk import Desk
from partnerkit.store.disk.files import remove, write_atomic
from partnerkit.store.records import RECORDS

#: Names every file of a site with the digest of its bytes: by it the next build knows what is its own.
LISTED = "site-files.json"
_SCHEMA = "partnerkit.site-files/1"


@dataclass(frozen=True, slots=True)
class Built:
    """What came of building a site.

    Attributes:
        folder: where it is, as it was named.
        pages: how many files it has.
        written: those that are new or have changed.
        removed: those that were there and are none of it any more.
    """

    folder: Path
    pages: int
    written: list[str]
    removed: list[str]


def demand_place(desk: Desk, folder: Path) -> None:
    """Whether a site can be built in a folder: it is empty, or holds one that was built before.

    Raises:
        WrongCallError: it is no folder, holds other files, or belongs to the register or to git.
    """
    there = folder.absolute().resolve()
    if there == desk.git.root.resolve() or is_registers(desk, folder):
        raise WrongCallError(f"{folder} belongs to the register itself", "--out with a folder of its own: --out site")
    if there.exists() and not there.is_dir():
        raise WrongCallError(f"{folder} is a file", "--out with a folder")
    if there.is_dir() and any(there.iterdir()) and not (there / LISTED).is_file():
        message = f"{folder} holds other files than a site that was built before: none of them is touched"
        raise WrongCallError(message, "--out with an empty folder, or one that is not there yet")


def is_registers(desk: Desk, path: Path) -> bool:
    """Whether what would be written lies among the register's own files, or git's."""
    root, there = desk.git.root.resolve(), path.absolute().resolve()
    within = there.relative_to(root).parts if there.is_relative_to(root) else ()
    return bool(within) and within[0] in {RECORDS.rstrip("/"), ".git", "schemas"}


def write(folder: Path, files: Iterable[tuple[str, bytes]]) -> Built:
    """Write the files of a site; those that are there with the same bytes stay untouched, to the time they carry.

    Raises:
        CannotWorkError: the disk refuses, or the list of what was built before cannot be read.
    """
    try:
        return _written(folder, files)
    except OSError as error:
        message = f"{error.filename or folder} cannot be written: {error.strerror}"
        raise CannotWorkError(
            message, "make room, or name another folder; building it again mends what is half done"
        ) from error


def _written(folder: Path, files: Iterable[tuple[str, bytes]]) -> Built:
    before = _listed(folder)
    folder.mkdir(parents=True, exist_ok=True)
    now: dict[str, str] = {}
    written = []
    for name, data in files:
        now[name] = hashlib.sha256(data).hexdigest()
        path = folder / name
        if before.get(name) == now[name] and path.is_file() and path.read_bytes() == data:
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        write_atomic(path, data, sync=False)
        written.append(name)
    removed = sorted(before.keys() - now)
    for name in removed:
        remove(folder / name)
    _list(folder, now, before)
    return Built(folder, len(now), written, removed)


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
        return {name: str(digest) for name, digest in dict(data["files"]).items() if _is_inside(name)}
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        message = f"{path} does not list the files of a site: nothing is written, for what is there may be somebody's"
        raise CannotWorkError(message, f"take {folder} away, or name another folder") from error


def _is_inside(name: str) -> bool:
    """Whether a name leads into the folder: what somebody wrote into the list removes nothing elsewhere."""
    parts = PurePosixPath(name).parts
    return bool(parts) and not PurePosixPath(name).is_absolute() and ".." not in parts
