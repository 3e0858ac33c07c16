"""Scenarios happen after the end of the story, whatever state they start from."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest

from tests.conftest import At
from tests.made import Made
from tests.place import Place
from tests.scenarios.amending import copied, decided, under_charter
from tests.scenarios.pulls.puller import Puller, base
from tests.scenarios.pulls.puller import copied as branched


@pytest.fixture
def at(at: At) -> At:
    """A register in a named state of the story, the day after its end."""
    return partial(at, day="2026-07-01")


@pytest.fixture(scope="session")
def _charter(made: Made) -> Path:
    return made("charter", under_charter)


@pytest.fixture
def here(_charter: Path, tmp_path: Path) -> Place:
    """A register under a charter that says how it is changed."""
    return copied(_charter, tmp_path / "register")


@pytest.fixture(scope="session")
def _decided(made: Made, _charter: Path) -> Path:
    return made("decided", lambda root: decided(copied(_charter, root)))


@pytest.fixture
def there(_decided: Path, tmp_path: Path) -> Place:
    """The same, with a case that is decided and of which the change has not landed."""
    return copied(_decided, tmp_path / "register")


@pytest.fixture(scope="session")
def pulled(made: Made) -> Path:
    """The register against which pull requests are made."""
    return made("pulled", base)


@pytest.fixture
def player(pulled: Path, tmp_path: Path, request: pytest.FixtureRequest) -> Puller:
    """A copy of it, to be worked on; what is made in it has other ids than in another test's."""
    return branched(pulled, tmp_path / "register", request.path.stem)


@pytest.fixture
def change(player: Puller) -> Puller:
    """The same, on a branch on which nothing has been done yet."""
    with player:
        player.git("checkout", "-q", "-b", "change")
    return player
