"""Where the file of a record lies: what its path says of it."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator, Sized

from partnerkit.kinds.catalogue import FOLDERS
from partnerkit.pattern import pattern

RECORDS = "records/"

#: Where a register keeps templates of its own; those in a folder of a policy are for its records alone.
TEMPLATES = f"{RECORDS}templates/"

#: Where the file of a record lies: in one of the folders for them, or others below it. It is called by its id.
_FOLDER = pattern(rf"(?:{RECORDS})?(?:{'|'.join(map(re.escape, FOLDERS))})(?:/.*)?", re.DOTALL)
_FILE, _FILES = (pattern(rf"([a-z0-9][a-z0-9-]*)\.yaml{end}") for end in ("", r"\x00"))

#: So many records are worked out as quickly as it is asked what changed.
_FEW = 200


def are_few(records: Sized) -> bool:
    """Whether records are so few that nothing is kept of what was worked out of each."""
    return len(records) <= _FEW


def folder_kind(path: str) -> str | None:
    """The kind that the folder of a path is for, or None."""
    folder, below, _name = path.removeprefix(RECORDS).partition("/")
    return FOLDERS.get(folder) if below else None


def id_of(path: str) -> str:
    """The id that a record file's name gives."""
    return path.rpartition("/")[2].removesuffix(".yaml")


def record_id(path: str) -> str | None:
    """The id of the record that a file is, by its path; None where it can be none."""
    folder, _, name = path.rpartition("/")
    found = _FILE.fullmatch(name) if _holds_records(folder) else None
    return found[1] if found else None


def ids_in(folder: str, names: list[str]) -> list[str] | None:
    """The ids of the records that the files of a folder are, in their order; None where one of them is no record.

    Of ten thousand they are read off at once: no name holds a NUL.

    Args:
        folder: its path, a slash at its end.
        names: what the files are called.
    """
    if not _holds_records(folder.removesuffix("/")):
        return None
    said = "\0".join([*names, ""])
    found: list[str] = _FILES.findall(said)
    whole = len(found) == len(names) and sum(map(len, found)) + len(".yaml\0") * len(found) == len(said)
    return found if whole else None


def with_ids(paths: Iterable[str]) -> Iterator[tuple[str, str | None]]:
    """Paths, each with the id of the record that its file is; what a folder is for is asked once for all in it."""
    folder, holds = "", _holds_records("")
    for path in paths:
        cut = path.rfind("/") + 1
        if path[:cut] != folder:
            folder, holds = path[:cut], _holds_records(path[:cut].removesuffix("/"))
        found = _FILE.fullmatch(path, cut) if holds else None
        yield path, found[1] if found else None


@functools.lru_cache(maxsize=1024)
def _holds_records(folder: str) -> bool:
    """Whether a folder is one in which records are; ten thousand may lie in the same."""
    return _FOLDER.fullmatch(folder) is not None
