"""Where a file that somebody asked for may be written: in a folder that is there, over nothing but files of theirs."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from partnerkit.errors import WrongCallError
from partnerkit.jobs.desk import Desk
from partnerkit.store.disk.files import remove, write_atomic, write_new
from partnerkit.store.record_paths import RECORDS

#: The word that stands for the screen.
SCREEN = Path("-")

#: What there can be beside files: none of it is replaced by one.
_OTHERS = {
    stat.S_ISDIR: "a folder",
    stat.S_ISCHR: "a device",
    stat.S_ISBLK: "a device",
    stat.S_ISFIFO: "a pipe",
    stat.S_ISSOCK: "a socket",
}

_MEND = "--out with a file of its own, such as ../<file>"

_KEPT = {RECORDS.rstrip("/"), "schemas"}


def demand_writable(desk: Desk, path: Path) -> Path:
    """Whether a file can be written there: nothing is there, or a file of somebody's own.

    Args:
        desk: where the register is.
        path: the file, as it was named.

    Returns:
        where that is: links are followed, so that what they lead to is written, and not they.

    Raises:
        WrongCallError: what is there is no file, its folder is not there, or it belongs to the register or to git.
    """
    if path == SCREEN:
        raise WrongCallError("this is written to a file: - would be the screen", "--out <file>")
    try:
        there = path.absolute().resolve()
        _demand_elsewhere(desk, path)
        found = there.stat().st_mode if os.path.lexists(there) else None
        named = next((name for fits, name in _OTHERS.items() if found is not None and fits(found)), None)
        if named is not None:
            raise WrongCallError(f"{path} is {named}, and no file", "--out <file>")
        if not there.parent.is_dir():
            raise WrongCallError(f"the folder {path.parent} does not exist", "make it first, or name another one")
    except (OSError, RuntimeError) as error:
        said = error.strerror if isinstance(error, OSError) else "its links lead round in a circle"
        raise WrongCallError(f"{path} cannot be written: {said}", "--out <file>") from error
    demand_foreign(desk, path)
    return there


def demand_foreign(desk: Desk, path: Path) -> None:
    """Whether a place belongs neither to the register nor to git.

    Raises:
        WrongCallError: it does; nothing but the register's own commands writes there.
    """
    _demand_elsewhere(desk, path)
    inside = desk.inside(path)
    if inside is not None and not desk.git.is_bare() and _is_tracked(desk, inside):
        raise WrongCallError(f"{path} belongs to the register: nothing is written over it", _MEND)


def _demand_elsewhere(desk: Desk, path: Path) -> None:
    """Whether a place lies where files of somebody's own may lie at all, whatever is there.

    Raises:
        WrongCallError: it does not.
    """
    if is_registers(desk, path):
        inside = desk.inside(path) or ""
        kept = inside.partition("/")[0] if not desk.git.is_bare() else ""
        where = f"{kept}/" if kept.casefold() in _KEPT else "git's own folder"
        message = f"{path} belongs to the register: nothing but its own commands writes in {where}"
        raise WrongCallError(message, _MEND)


def is_registers(desk: Desk, path: Path) -> bool:
    """Whether a place lies among the records and schemas of the register, or in git's own folder."""
    there, inside = path.absolute().resolve(), desk.inside(path)
    if ".git" in {part.casefold() for part in there.parts} or there.is_relative_to(desk.git.git_path("HEAD").parent):
        return True
    return inside is not None and not desk.git.is_bare() and inside.partition("/")[0].casefold() in _KEPT


def _is_tracked(desk: Desk, inside: str) -> bool:
    """Whether git keeps a file, or files below it."""
    return bool(desk.git.run("ls-files", "-z", "--", inside).fields)


def demand_room(desk: Desk, path: Path) -> None:
    """Whether a file will be written there, tried with an empty one beside it: before anything is recorded of it.

    Raises:
        WrongCallError: it will not.
    """
    where = demand_writable(desk, path)
    beside = where.with_name(f".{where.name}.tmp")
    try:
        remove(beside)
        write_new(beside, b"")
        remove(beside)
    except OSError as error:
        raise _unwritable(path, error) from error


def write(desk: Desk, data: bytes, path: Path, *, private: bool = False) -> None:
    """Write a file that somebody asked for; where it is private, its owner alone can read it.

    Raises:
        WrongCallError: it cannot be written there.
    """
    where = demand_writable(desk, path)
    try:
        write_atomic(where, data, mode=0o600 if private else None)
    except OSError as error:
        raise _unwritable(path, error) from error


def _unwritable(path: Path, error: OSError) -> WrongCallError:
    return WrongCallError(f"{path} cannot be written: {error.strerror}", "name a file in a folder that you may write")
