"""kill -9: how many commands, at what moments, and the figures of what came of it.

PARTNERKIT_KILLS says how many `advance` are killed (20; 2,000 before a release), half of them amid a hook runner like
pre-commit. They are shared out over test items, so that all cores take part. PARTNERKIT_SEED repeats a run.
"""

from __future__ import annotations

import contextlib
import json
import os
import random
import signal
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Protocol

import pytest

from tests.store.repos import Repo

USUAL = 20
KILLS = int(os.environ.get("PARTNERKIT_KILLS", USUAL))
SEED = os.environ.get("PARTNERKIT_SEED") or str(random.SystemRandom().randrange(10**6))
#: A long campaign: everything else, too, is done at its full length.
LONG = KILLS > USUAL
#: How many commands one test item kills.
SHARE = 20

#: pytest's record_property.
Record = Callable[[str, object], None]

hooked = pytest.mark.parametrize("hooked", [False, True], ids=["no hooks", "like pre-commit"])


def shares(kills: int) -> pytest.MarkDecorator:
    """Test items that together kill so many, with hooks and again without: each gets its number and its share."""
    half = max(1, kills // 2)
    parts = [min(SHARE, half - begin) for begin in range(0, half, SHARE)]
    return pytest.mark.parametrize(("part", "share"), list(enumerate(parts)))


def chances(*what: object) -> random.Random:
    """Chance that is the same again with the same seed, and another for every test."""
    return random.Random("/".join(map(str, (SEED, *what))))  # noqa: S311 - kills need no secrecy


def one_in_three(end: int, *what: object) -> range:
    """The numbers of instants at which something happens: one in three, others each time; every one in a long run."""
    return range(1, end) if LONG else range(chances(*what).randint(1, 3), end, 3)


@dataclass(frozen=True)
class Commit:
    """What shows of a commit in progress from outside."""

    root: Path

    @property
    def journal(self) -> Path:
        return self.root / ".git/partnerkit/journal.json"

    @property
    def begun(self) -> bool:
        return any(self.journal.parent.glob("run-*"))

    @property
    def died(self) -> str:
        """How far a commit had come whose command is dead."""
        if not self.journal.exists():
            return "preparing" if self.begun else "outside a commit"
        found = json.loads(self.journal.read_text())
        if found["phase"] == "hooks":
            return "in hooks"
        return "landed, unfinished" if found["new"] == Repo(self.root).git("rev-parse", "HEAD").strip() else "landing"

    def reached(self, phase: str) -> bool:
        return {"start": True, "commit": self.begun, "journal": self.journal.exists()}[phase]

    def wait(self, phase: str, process: Process) -> None:
        """Until a command has come so far, or has ended."""
        while not self.reached(phase) and process.poll() is None:
            time.sleep(0.0005)


PHASES = ("start", "commit", "journal")


def spans(commit: Commit, process: Process) -> dict[str, float]:
    """How many seconds each phase of a whole command takes: all of it, its commit, the part that has a journal."""
    moments: dict[str, list[float]] = {phase: [] for phase in PHASES}
    while process.poll() is None:
        for phase in PHASES:
            if commit.reached(phase):
                moments[phase].append(time.monotonic())
        time.sleep(0.0005)
    return {phase: seen[-1] - seen[0] if seen else 0.0 for phase, seen in moments.items()}


def strike(process: Process, chance: random.Random) -> str:
    """Kill a command with its children, or (one in four) it alone; what it had said."""
    if chance.random() < 1 / 4:
        process.kill()
    elif process.returncode is None:  # else its group's number may be somebody else's by now
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
    return end(process)


def end(process: Process) -> str:
    """Wait for a process; what it said."""
    # An orphaned hook may hold the pipe open: what is read is what the command itself said.
    process.wait()
    assert process.stderr
    os.set_blocking(process.stderr.fileno(), False)
    words = process.stderr.read() or b""
    process.stderr.close()
    return words.decode()


class Process(Protocol):
    """What is killed here: a process started by its name, or one forked off another that has loaded everything."""

    pid: int
    stderr: IO[bytes] | None

    @property
    def returncode(self) -> int | None: ...
    def poll(self) -> int | None: ...
    def kill(self) -> None: ...
    def wait(self) -> int: ...


class Tally:
    """What the kills of a test item came upon."""

    def __init__(self, wanted: int) -> None:
        self.wanted = wanted
        self.found: Counter[str] = Counter()

    def rounds(self) -> Iterator[int]:
        """Numbers of kills: as many as are wanted; on a busy machine go on until one hit a commit."""
        for number in range(max(5 * self.wanted, 100)):
            if number >= self.wanted and self._hit:
                return
            yield number
        assert self._hit, "no kill ever hit a commit in progress: the test tests nothing"

    @property
    def _hit(self) -> bool:
        return bool(self.found.keys() & {"in hooks", "landing", "landed, unfinished"})

    def figures(self, hooked: bool) -> dict[str, int]:
        """Add these up over all test items and print them at the end (tests/conftest.py does)."""
        kills = self.found.total()
        return {"killed with kill -9": kills, "amid a hook runner": kills * hooked, **dict(sorted(self.found.items()))}
