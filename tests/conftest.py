"""Registers for tests: made once a session by the real command, then copied; and the figures that tests bring back."""

from __future__ import annotations

import fcntl
import os
import shutil
from collections import Counter, defaultdict
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Protocol

import pytest

from tests.house.make_records import make
from tests.house.tutorials import make_demo
from tests.place import Place, new_register, staffed
from tests.story import COMMANDS


class At(Protocol):
    """Gives a register in a state that the story names, on a day: that of the state, if none is named."""

    def __call__(self, state: str, day: str | None = None) -> Place: ...


class Played:
    """The story, played as far as somebody asked for: a register for every state it names, and the day it was reached."""

    def __init__(self, home: Path, made: Path) -> None:
        self.home = home
        self.place = Place(home / "now")
        shutil.copytree(made, self.place.root, symlinks=True)
        self.start = self.place.git("rev-parse", "HEAD").strip()
        self.days: dict[str, str] = {}
        self.commands = iter(COMMANDS)

    def reach(self, state: str) -> tuple[Path, str]:
        while state not in self.days:
            command = next(self.commands)
            command.run(self.place)
            if command.reached is not None:
                self.days[command.reached] = command.day
                _kept(self.place.root, self.home / command.reached)
        return self.home / state, self.days[state]


def _kept(root: Path, where: Path) -> None:
    """A copy that is quick to copy again: its objects in one pack, and no samples of hooks."""
    shutil.copytree(root, where, symlinks=True, ignore=shutil.ignore_patterns("*.sample"))
    Place(where).git("repack", "-adq")


@pytest.fixture(scope="session")
def _made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("made")
    _kept(staffed(new_register(home / "loose")).root, home / "register")
    return home / "register"


@pytest.fixture
def place(_made: Path, tmp_path: Path) -> Place:
    """A register under OPS-05-03 with four people and no record."""
    root = tmp_path / "register"
    shutil.copytree(_made, root, symlinks=True)
    return Place(root)


@pytest.fixture(scope="session")
def played(_made: Path, tmp_path_factory: pytest.TempPathFactory) -> Played:
    return Played(tmp_path_factory.mktemp("story"), _made)


@pytest.fixture
def at(played: Played, tmp_path: Path) -> At:
    """A register in which the story has come so far: `at("decision")`, `at("drafted")` (the agreement, not yet signed)."""

    def copied(state: str, day: str | None = None) -> Place:
        made, reached = played.reach(state)
        root = tmp_path / state
        shutil.copytree(made, root, symlinks=True)
        return Place(root, day=day or reached)

    return copied


@pytest.fixture(scope="session")
def example(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example register of this repository, made by the commands once for all workers: to be read or copied."""
    return _once(tmp_path_factory, "example", make)


@pytest.fixture(scope="session")
def few(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same without its cohort, whose steps repeat each other: every step is held against much."""
    return _once(tmp_path_factory, "few", partial(make, cohort=False))


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The register of `partnerkit demo`: to be copied."""
    return _once(tmp_path_factory, "demo", make_demo)


def _once(factory: pytest.TempPathFactory, name: str, make_: Callable[[Path], None]) -> Path:
    """A register that one worker makes for all."""
    base = factory.getbasetemp()
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    with (shared / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (shared / name).exists():
            make_(shared / f"{name}-unfinished")
            (shared / f"{name}-unfinished").rename(shared / name)
    return shared / name


#: Where the tests are that take longest.
_LONG = (
    "tests/properties/",
    "tests/faults/",
    "tests/policies/test_every_change_is_told.py",
    "tests/house/test_records.py",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest begin first: at the end nobody waits for one of them."""
    items.sort(key=lambda one: not one.nodeid.startswith(_LONG))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Add up and print what tests recorded as `figures`: {what: {word: number}}."""
    figures: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for report in terminalreporter.getreports("passed"):
        for what, numbers in dict(report.user_properties).get("figures", {}).items():
            figures[what].update(numbers)
    for what, numbers in figures.items():
        terminalreporter.write_line(f"{what}: {', '.join(f'{number} {word}' for word, number in numbers.items())}")
