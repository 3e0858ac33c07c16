"""Registers in the states that scenarios start from: the journey is played once a session, and copied on the way."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from tests.place import Place
from tests.scenarios.journey import play


@dataclass
class Played:
    """What came of the journey: a register for every state it names, and what `check` said after each command."""

    start: str
    states: dict[str, Path] = field(default_factory=dict)
    said: list[tuple[tuple[str, ...], list[dict[str, Any]]]] = field(default_factory=list)


@pytest.fixture(scope="session")
def played(_made: Path, tmp_path_factory: pytest.TempPathFactory) -> Played:
    home = tmp_path_factory.mktemp("states")
    place = Place(home / "journey")
    shutil.copytree(_made, place.root, symlinks=True)
    found = Played(place.git("rev-parse", "HEAD").strip())
    for command in play(place):
        place.day = command.day
        found.said.append((command.words, place.findings()))
        if command.reached is not None:
            found.states[command.reached] = home / command.reached
            shutil.copytree(place.root, home / command.reached, symlinks=True)
    return found


@pytest.fixture
def at(played: Played, tmp_path: Path) -> Callable[[str], Place]:
    """A register in a named state of the journey, the day after its end."""

    def copied(state: str) -> Place:
        root = tmp_path / state
        shutil.copytree(played.states[state], root, symlinks=True)
        return Place(root, day="2026-07-01")

    return copied
