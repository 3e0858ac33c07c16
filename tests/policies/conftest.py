"""A register under each pack: made once a session by the real command, then copied."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.place import Place
from tests.policies.packs import pack

Under = Callable[[str], Place]


@pytest.fixture(scope="session")
def _under_packs(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    made: dict[str, Path] = {}

    def root(name: str) -> Path:
        if name not in made:
            made[name] = tmp_path_factory.mktemp("under") / "register"
            made[name].mkdir()
            place = Place(made[name])
            place.git("init", "-q", "-b", "main")
            role = next(iter(pack(name).roles))
            place.do("init", "--name", "Test", "--policy", name, "--person", "p-rosa", "--role", role)
        return made[name]

    return root


@pytest.fixture
def under(_under_packs: Callable[[str], Path], tmp_path: Path) -> Under:
    """A register under a pack, with p-rosa on its roster and no record: `under("OTS-PG")`."""

    def copied(name: str) -> Place:
        root = tmp_path / "under"
        shutil.copytree(_under_packs(name), root, symlinks=True)
        return Place(root)

    return copied
