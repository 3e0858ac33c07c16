"""What judges, by name: with another version of it nothing that was kept counts."""

from __future__ import annotations

import functools
import os
import sys
from collections.abc import Iterator
from importlib.machinery import ModuleSpec, PathFinder
from importlib.util import find_spec
from pathlib import Path

from partnerkit.hashing import sha256

#: What reads and types for this package: another version of it may read otherwise.
_READERS = ("partnerkit", "pydantic", "pydantic_core", "yaml", "ruamel.yaml", "jinja2")


@functools.cache
def stamp() -> str:
    """A digest of what judges: of the files of this package, the readers it uses, and Python.

    A file is known by where it is, its size and its times, of which the system sets one at every change: reading all
    of them would cost more than what is kept saves.
    """
    said = [sys.version]
    for name in _READERS:
        at = _found(name)
        said.append(_known(at.origin, Path(at.origin).stat()) if at is not None and at.origin else "-")
    said += sorted(_sources(str(Path(__file__).parent.parent)))
    return sha256("\n".join(said).encode("utf-8", "surrogateescape")).hexdigest()


def _found(name: str) -> ModuleSpec | None:
    """Where a package lies, of which nothing is imported."""
    outer, _, inner = name.rpartition(".")
    around = find_spec(outer) if inner != name else None
    return PathFinder.find_spec(name, around.submodule_search_locations) if around is not None else find_spec(name)


def _sources(top: str) -> Iterator[str]:
    """Every file of the package that says something."""
    folders = [top]
    while folders:
        for entry in os.scandir(folders.pop()):
            if not entry.is_dir():
                yield _known(entry.path, entry.stat())
            elif entry.name != "__pycache__":
                folders.append(entry.path)


def _known(path: str, found: os.stat_result) -> str:
    """A file as the system knows it."""
    return f"{path}\0{found.st_ino} {found.st_size} {found.st_mtime_ns} {found.st_ctime_ns}"
