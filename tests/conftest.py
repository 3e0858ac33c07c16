"""Registers for tests: made once a session by the real command, then copied."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.place import Place, new_register, staffed


@pytest.fixture(scope="session")
def _made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("made") / "register"
    staffed(new_register(root))
    return root


@pytest.fixture
def place(_made: Path, tmp_path: Path) -> Place:
    """A register under OPS-05-03 with four people and no record."""
    root = tmp_path / "register"
    shutil.copytree(_made, root, symlinks=True)
    return Place(root)
