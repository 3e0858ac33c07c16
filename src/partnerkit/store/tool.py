"""What judges, by name: with another version of it nothing that was kept counts."""

from __future__ import annotations

import functools
import marshal
import os
import sys
from collections.abc import Iterator
from importlib.machinery import ModuleSpec, PathFinder
from importlib.util import find_spec
from pathlib import Path

from partnerkit.hashing import fingerprint

#: The version of marshal that writes a value as it is, whoever else holds it.
_AS_VALUES = 2

#: What reads and types for this package: another version of it may read otherwise.
_READERS = ("partnerkit", "pydantic", "pydantic_core", "yaml", "ruamel.yaml", "jinja2")


@functools.cache
def stamp() -> str:
    """A digest of what judges: of the files of this package, the readers it uses, and Python.

    A file is known by where it is, its size and the time that the system sets at every change: reading all of them
    would cost more than what is kept saves.
    """
    said: list[object] = [sys.version]
    for name in _READERS:
        at = _found(name)
        said.append((at.origin, *_known(Path(at.origin).stat())) if at is not None and at.origin else None)
    said += sorted(_sources(str(Path(__file__).parent.parent)))
    return fingerprint(marshal.dumps(said, _AS_VALUES))


def _found(name: str) -> ModuleSpec | None:
    """Where a package lies, of which nothing is imported."""
    outer, _, inner = name.rpartition(".")
    around = find_spec(outer) if inner != name else None
    return PathFinder.find_spec(name, around.submodule_search_locations) if around is not None else find_spec(name)


def _sources(top: str) -> Iterator[tuple[str | int, ...]]:
    """Every file of the package that says something."""
    folders = [top]
    while folders:
        folder = folders.pop()
        for entry in os.scandir(folder):
            if not entry.is_dir():
                yield (folder, entry.name, *_known(entry.stat()))
            elif entry.name != "__pycache__":
                folders.append(entry.path)


def _known(found: os.stat_result) -> tuple[int, int, int]:
    """A file as the system knows it, which sets its last time at every change."""
    return found.st_ino, found.st_size, found.st_ctime_ns
