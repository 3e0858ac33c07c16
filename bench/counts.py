"""How many instructions a command takes: they repeat on a busy machine, where seconds do not."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from bench.cases import LOOKED_AT
from bench.register import COMMAND, environment

#: Takes the instructions of a command line in a folder; None where it could not.
Counter = Callable[[Sequence[str], Path], int | None]

#: Commands that start little: valgrind makes each of them fifty times as slow.
SMALL = {
    "--version": ("--version",),
    "--help": ("--help",),
    "show ID": ("show", LOOKED_AT),
    "gates ID": ("gates", LOOKED_AT),
    "check ID": ("check", LOOKED_AT),
}

BARE = (sys.executable, "-c", "pass")


def with_perf(line: Sequence[str], folder: Path) -> int | None:
    """By the counters of the processor, which costs nothing; many virtual machines have none."""
    said = _said(["perf", "stat", "-x,", "-e", "instructions:u", *line], folder)
    found = re.search(r"^(\d+),", said, re.MULTILINE)
    return int(found[1]) if found else None


def with_valgrind(line: Sequence[str], folder: Path) -> int | None:
    """By running the program in a machine of valgrind's own; processes that it starts are not counted."""
    quiet = ("--tool=cachegrind", "--cache-sim=no", "--cachegrind-out-file=/dev/null")
    found = re.search(r"I\s+refs:\s+([\d,]+)", _said(["valgrind", *quiet, *line], folder))
    return int(found[1].replace(",", "")) if found else None


def _said(line: Sequence[str], folder: Path) -> str:
    env = environment() | {"PYTHONHASHSEED": "0"}
    return subprocess.run(line, cwd=folder, env=env, capture_output=True, text=True, check=False).stderr


def counter(folder: Path) -> tuple[str, Counter] | None:
    """The cheapest that works here, and its name."""
    for name, one in (("perf", with_perf), ("valgrind", with_valgrind)):
        if shutil.which(name) and one(BARE, folder) is not None:
            return name, one
    return None


def ratios(count: Counter, folder: Path) -> Iterator[tuple[str, float]]:
    """Each small command as a multiple of a bare interpreter; each was asked before, as most are."""
    bare = count(BARE, folder)
    for name, words in SMALL.items():
        subprocess.run([*COMMAND, *words], cwd=folder, env=environment(), capture_output=True, check=False)
        found = count([*COMMAND, *words], folder)
        if bare and found:
            yield name, found / bare


def counted(folder: Path) -> list[str]:
    """Lines of the report."""
    found = counter(folder)
    if found is None:
        return ["Not measured: neither perf nor valgrind counts instructions here."]
    name, count = found
    rows = [f"| `{command}` | {ratio:.2f} |" for command, ratio in ratios(count, folder)]
    return [f"Counted by {name}, as multiples of a bare Python.", "", "| command | P |", "|---|---:|", *rows]
