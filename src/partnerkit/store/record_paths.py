"""Where the file of a record lies: what its path says of it."""

from __future__ import annotations

import re

from partnerkit.kinds.catalogue import FOLDERS
from partnerkit.pattern import pattern

RECORDS = "records/"

#: The file of a record: one of the folders for them, others below it, and its id.
_FILE = pattern(rf"(?:{RECORDS})?(?:{'|'.join(map(re.escape, FOLDERS))})/(?:.*/)?([a-z0-9][a-z0-9-]*)\.yaml", re.DOTALL)


def folder_kind(path: str) -> str | None:
    """The kind that the folder of a path is for, or None."""
    folder, below, _name = path.removeprefix(RECORDS).partition("/")
    return FOLDERS.get(folder) if below else None


def id_of(path: str) -> str:
    """The id that a record file's name gives."""
    return path.rpartition("/")[2].removesuffix(".yaml")


def record_id(path: str) -> str | None:
    """The id of the record that a file is, by its path; None where it can be none."""
    found = _FILE.fullmatch(path)
    return found[1] if found else None
