"""Every case in turn, round after round, so that a slow moment of the machine hits all of them alike."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bench.register import environment

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

    def once(self, number: int) -> None:
        """Run it, unless it could not run before."""
        if self.failed:
            return
        self.before(number)
        seconds, memory, code, said = _run(self, number)
        self.after(number)
        if code not in self.ends:
            self.failed = f"ended with {code}: {' '.join(said.split())[-200:]}"
            return
        self.seconds.append(seconds)
        self.memory = max(self.memory, memory)


def _run(case: Case, number: int) -> tuple[float, float, int, str]:
    """Seconds, MB, exit code and the end of what it said; the file for it is in memory where there is one."""
    env = environment() | case.extra
    with tempfile.TemporaryFile() as out, Path(case.stdin or os.devnull).open("rb") as given:
        began = time.perf_counter()
        process = subprocess.Popen(
            on_cores(case.cores, case.argv(number)), env=env, cwd=case.cwd, stdin=given, stdout=out, stderr=out
        )
        _, status, used = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - began
        process.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0, os.SEEK_END)
        out.seek(max(0, out.tell() - 2000))
        said = out.read().decode(errors="replace")
    unit = 1024 * 1024 if sys.platform == "darwin" else 1024
    return seconds, used.ru_maxrss / unit, process.returncode, said


def on_cores(cores: int | None, line: list[str]) -> list[str]:
    """A command line that runs on so many cores."""
    return line if cores is None else ["taskset", "-c", ",".join(str(core) for core in range(cores)), *line]


def measure(cases: Sequence[Case], rounds: int) -> None:
    """Take the time of every case in every round; the first round of all only warms up what runs in every one."""
    for number in range(rounds + 1):
        for case in cases:
            if case.most is None or 1 <= number <= case.most:
                case.once(number)
        sys.stderr.write(f"\rround {number} of {rounds}")
        sys.stderr.flush()
    sys.stderr.write("\n")
    for case in cases:
        if case.most is None and case.seconds:
            del case.seconds[0]
