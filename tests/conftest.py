"""Registers for tests: made once a session by the real command, then copied; and the figures that tests bring back."""

from __future__ import annotations

import shutil
from collections import Counter, defaultdict
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


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Add up and print what tests recorded as `figures`: {what: {word: number}}."""
    figures: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for report in terminalreporter.getreports("passed"):
        for what, numbers in dict(report.user_properties).get("figures", {}).items():
            figures[what].update(numbers)
    for what, numbers in figures.items():
        terminalreporter.write_line(f"{what}: {', '.join(f'{number} {word}' for word, number in numbers.items())}")
