"""Registers that tests begin with, made by the real command: each once for all workers, and then copied."""

from __future__ import annotations

import fcntl
import json
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.place import Place
from tests.story import COMMANDS


class Made:
    """What one worker makes and every worker copies.

    Attributes:
        home: the folder that all workers share.
    """

    def __init__(self, home: Path) -> None:
        self.home = home
        home.mkdir(parents=True, exist_ok=True)

    def __call__(self, name: str, make: Callable[[Path], Any]) -> Path:
        """The register of a name: where none has made it yet, it is made.

        Args:
            name: what it is called.
            make: makes it in a folder that is not there yet.
        """
        root = self.home / name / "register"
        with self.alone(name):
            if not (self.home / name / "done").exists():
                shutil.rmtree(root, ignore_errors=True)
                root.parent.mkdir(exist_ok=True)
                make(root)
                packed(root)
                (self.home / name / "done").touch()
        return root

    def on(self, name: str, begun: Path, go_on: Callable[[Place], Any]) -> Path:
        """The register of a name, which goes on from another.

        Args:
            name: what it is called.
            begun: the other.
            go_on: what is done in a copy of it.
        """

        def make(root: Path) -> None:
            shutil.copytree(begun, root, symlinks=True)
            go_on(Place(root))

        return self(name, make)

    @contextmanager
    def alone(self, name: str) -> Iterator[None]:
        """While nobody else is at it."""
        with (self.home / f"{name}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield


def copied(made: Path, root: Path) -> None:
    """Copy a register as if git had written it now: what says that it was written before it came is not relied on yet.

    Args:
        made: the register.
        root: a folder that is not there yet.
    """
    shutil.copytree(made, root, symlinks=True, copy_function=_written)


def _written(source: str, target: str) -> None:
    shutil.copy(source, target)
    os.utime(target)


def packed(root: Path) -> None:
    """Make a register quick to copy: its objects in one pack, and no samples of hooks."""
    for sample in (root / ".git" / "hooks").glob("*.sample"):
        sample.unlink()
    Place(root).git("repack", "-adq")


class Played:
    """The story, played as far as somebody asked for: a register for every state it names, and the day it was reached."""

    def __init__(self, made: Made, begun: Path) -> None:
        self.made = made
        self.home = made.home / "story"
        self.place = Place(self.home / "now")
        with made.alone("story"):
            if not self.home.exists():
                shutil.copytree(begun, self.place.root, symlinks=True)
                self._keep(0, {})
        self.start = Place(begun).git("rev-parse", "HEAD").strip()

    def reach(self, state: str) -> tuple[Path, str]:
        """A register in which the story has come so far, and the day."""
        with self.made.alone("story"):
            number, days = json.loads((self.home / "played.json").read_text(encoding="utf-8"))
            while state not in days:
                command = COMMANDS[number]
                command.run(self.place)
                number += 1
                if command.reached is not None:
                    days[command.reached] = command.day
                    shutil.copytree(self.place.root, self.home / command.reached, symlinks=True)
                    packed(self.home / command.reached)
                self._keep(number, days)
        return self.home / state, days[state]

    def _keep(self, number: int, days: dict[str, str]) -> None:
        (self.home / "played.json").write_text(json.dumps([number, days]), encoding="utf-8")
