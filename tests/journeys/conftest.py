"""Registers with one partnership at each stage, made once a session by the real command, then copied."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.journeys import telling
from tests.place import Place

At = Callable[[str], Place]


@pytest.fixture(scope="session")
def _stages(_made: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One copy of the register for each stage that `acme` reached, and for its agreement on the way."""
    home = tmp_path_factory.mktemp("stages")
    shutil.copytree(_made, home / "now", symlinks=True)
    place = Place(home / "now")

    def keep(stage: str) -> None:
        shutil.copytree(home / "now", home / stage, symlinks=True)

    telling.proposed(place)
    keep("proposed")
    for stage, way in telling.WAYS.items():
        way(place)
        place.do("advance", telling.ACME)
        keep(stage)
    telling.drafted(place)
    keep("drafted")
    telling.executed(place)
    telling.in_force(place)
    telling.activated(place)
    keep("active")
    return home


@pytest.fixture
def at(_stages: Path, tmp_path: Path) -> At:
    """A register in which `acme` stands at a stage: `at("decision")`; `drafted` is agreement with a drafted `acme-2026`."""

    def copied(stage: str) -> Place:
        root = tmp_path / f"register-{stage}"
        shutil.copytree(_stages / stage, root, symlinks=True)
        return Place(root)

    return copied
