"""Every command in turn, round after round, so that a slow moment of the machine hits all of them alike."""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from bench.register import COMMAND, LOOKED_AT, MOVING, SEEN, Made, argv, environment


@dataclass
class Case:
    """One thing that is measured.

    Attributes:
        name: what the table calls it.
        records: the size of the register; None where it has none.
        argv: the command line of a round.
        extra: variables added to the environment.
        seconds: what was measured, by round.
    """

    name: str
    records: int | None
    argv: Callable[[int], list[str]]
    extra: dict[str, str] = field(default_factory=dict)
    cwd: Path | None = None
    seconds: list[float] = field(default_factory=list)

    @property
    def median(self) -> float:
        """The middle of all rounds, in seconds."""
        return statistics.median(self.seconds)

    def once(self, number: int) -> None:
        began = time.perf_counter()
        ended = subprocess.run(
            self.argv(number), env=environment() | self.extra, cwd=self.cwd, capture_output=True, check=False
        )
        self.seconds.append(time.perf_counter() - began)
        if ended.returncode != 0:
            sys.exit(f"{self.name} ended with {ended.returncode}: {ended.stdout.decode()}{ended.stderr.decode()}")


BARE = "python -c pass"

#: Reading and checking every record, and nothing else: what `today` is compared with.
READING = "reading every record"
_READ = """
import sys
from pathlib import Path
from partnerkit.store.git.repository import Git
from partnerkit.store.git.trees import WorkingTree
from partnerkit.store.load import load
sys.exit(len(load(WorkingTree(Git.discover(Path(sys.argv[1])))).all_findings()))
"""


def without_register() -> Iterator[Case]:
    """What needs no register."""
    yield Case(BARE, None, lambda _: [sys.executable, "-c", "pass"])
    yield Case("git --version", None, lambda _: ["git", "--version"])
    yield Case("--version", None, lambda _: [*COMMAND, "--version"])
    yield Case("--help", None, lambda _: [*COMMAND, "--help"])


def in_register(made: Made) -> Iterator[Case]:
    """What is done in a register."""

    def case(name: str, *words: str) -> Case:
        return Case(name, made.records, lambda _: argv(made.root, *words))

    typed = {"_PARTNERKIT_COMPLETE": "complete_bash", "COMP_WORDS": f"partnerkit gates {MOVING[:2]}", "COMP_CWORD": "2"}
    yield Case("completion of an id", made.records, lambda _: COMMAND, typed, made.root)
    yield case("show ID", "show", LOOKED_AT)
    yield case("list", "list")
    yield case("gates ID", "gates", LOOKED_AT)
    yield case("today", "--today", SEEN, "today")
    yield Case(READING, made.records, lambda _: [sys.executable, "-c", _READ, str(made.root)])
    yield case("check", "check")
    yield Case("advance ID", made.records, lambda number: argv(made.root, *_to_and_fro(number)))
    evidence = ("due-diligence", "https://files.example/report.pdf", "outcome=pass")
    yield Case("add ID", made.records, lambda number: argv(made.root, "add", f"partner-{1 + number % 3}", *evidence))


def _to_and_fro(number: int) -> tuple[str, ...]:
    return ("advance", MOVING, "proposed" if number % 2 else "withdrawn", "--reason", "to and fro")


def measure(cases: list[Case], rounds: int) -> None:
    """Take the time of every case in every round; the first round of all only warms up."""
    for number in range(rounds + 1):
        for case in cases:
            case.once(number)
        sys.stderr.write(f"\rround {number} of {rounds}")
    sys.stderr.write("\n")
    for case in cases:
        del case.seconds[0]
