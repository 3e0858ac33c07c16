"""Every case in turn, round after round, so that a slow moment of the machine hits all of them alike."""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bench.register import environment
from bench.starter import NotStartedError, Starter

BARE = "python -c pass"


def _nothing(_round: int) -> None:
    """What most cases need before them and after them."""


@dataclass
class Case:
    """One thing that is measured.

    Attributes:
        name: what goals and tables call it.
        records: the size of the register; None where it has none.
        argv: the command line of a round.
        extra: variables added to the environment.
        cwd: where it runs.
        before: what is made ready for a round, not measured.
        after: what is put back after a round, not measured.
        stdin: a file that it reads.
        ends: the exit codes that count as having run: a linter that finds something has run.
        cores: on how many cores it may run; None: on all.
        most: so many rounds at most, for what is slow.
        limit: whether others are held against it as what no program can do quicker.
        seconds: what was measured, by round.
        memory: the maximum resident size of its largest process, in MB.
        failed: why there is no figure; empty where there is one.
    """

    name: str
    records: int | None
    argv: Callable[[int], list[str]]
    extra: dict[str, str] = field(default_factory=dict)
    cwd: Path | None = None
    before: Callable[[int], None] = _nothing
    after: Callable[[int], None] = _nothing
    stdin: Path | None = None
    ends: tuple[int, ...] = (0,)
    cores: int | None = None
    most: int | None = None
    limit: bool = False
    seconds: list[float] = field(default_factory=list)
    memory: float = 0.0
    failed: str = ""

    @property
    def median(self) -> float:
        """The middle of all rounds, in seconds."""
        return statistics.median(self.seconds)

    @property
    def figure(self) -> float:
        """What it took, in seconds: the middle of all rounds; of a limit the quickest, for a slow one is none."""
        return min(self.seconds) if self.limit else self.median

    @property
    def spread(self) -> tuple[float, float]:
        """What a tenth of the rounds stayed below, and what nine tenths did."""
        if len(self.seconds) == 1:
            return self.seconds[0], self.seconds[0]
        tenths = statistics.quantiles(self.seconds, n=10, method="inclusive")
        return tenths[0], tenths[-1]

    @property
    def size(self) -> str:
        """That of its register, to be said after its name."""
        return "" if self.records is None else f", {self.records:,}"

    def once(self, number: int, starter: Starter) -> None:
        """Run it, unless it could not run before."""
        if self.failed:
            return
        self.before(number)
        try:
            seconds, memory, code, said = _run(self, number, starter)
        except NotStartedError as error:
            self.failed = f"could not be started: {error}"
            return
        finally:
            self.after(number)
        if code not in self.ends:
            self.failed = f"ended with {code}: {' '.join(said.split())[-200:]}"
            return
        self.seconds.append(seconds)
        self.memory = max(self.memory, memory)


def _run(case: Case, number: int, starter: Starter) -> tuple[float, float, int, str]:
    """Seconds, MB, exit code and the end of what it said; the file for it is in memory where there is one."""
    with tempfile.NamedTemporaryFile() as out:
        given, told = Path(case.stdin or os.devnull), Path(out.name)
        line = on_cores(case.cores, case.argv(number))
        seconds, memory, status = starter.run(line, environment() | case.extra, case.cwd, given, told)
        out.seek(0, os.SEEK_END)
        out.seek(max(0, out.tell() - 2000))
        said = out.read().decode(errors="replace")
    return seconds, memory, os.waitstatus_to_exitcode(status), said


def on_cores(cores: int | None, line: list[str]) -> list[str]:
    """A command line that runs on so many cores."""
    return line if cores is None else ["taskset", "-c", ",".join(str(core) for core in range(cores)), *line]


def measure(cases: Sequence[Case], rounds: int) -> None:
    """Take the time of every case in every round; the first round of all only warms up what runs in every one."""
    with Starter() as starter:
        for number in range(rounds + 1):
            for case in cases:
                if case.most is None or 1 <= number <= case.most:
                    _tell(f"round {number} of {rounds}: {case.name}{case.size}")
                    case.once(number, starter)
            sys.stderr.write(f"{_AT_START}round {number} of {rounds}\n")
    for case in cases:
        if case.most is None and case.seconds:
            del case.seconds[0]


#: Goes to the beginning of the line of a terminal, and wipes it.
_AT_START = "\r\033[K" if sys.stderr.isatty() else ""


def _tell(what: str) -> None:
    """Say on one line of a terminal what is done now; in a file it would be hundreds."""
    if _AT_START:
        sys.stderr.write(f"{_AT_START}{what}")
        sys.stderr.flush()
