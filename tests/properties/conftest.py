"""The legal steps on which chance works, made once for all of these tests."""

from __future__ import annotations

import gc
from dataclasses import dataclass
from pathlib import Path

import pytest
from tests.made import copied
from tests.properties.supply import Commit, build


@dataclass(frozen=True)
class Supplied:
    """A register made by the commands, and every commit of it."""

    root: Path
    commits: list[Commit]

    def copy(self, root: Path) -> Path:
        """Its repository, to be written into."""
        copied(self.root, root)
        return root


@pytest.fixture(scope="session")
def supplied(few: Path, tmp_path_factory: pytest.TempPathFactory) -> Supplied:
    """The example register without its cohort, and some ways that it does not take."""
    root = tmp_path_factory.mktemp("supply") / "register"
    found = Supplied(root, build(few, root))
    gc.collect()
    gc.freeze()  # it stays to the end: nobody needs to look through it for garbage again and again
    return found
