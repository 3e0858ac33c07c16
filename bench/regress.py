"""`python -m bench.regress [--keep]`: whether a small command got dearer than bench/baseline.json allows.

Everything is a multiple of a bare interpreter on the same machine: of its instructions where they can be counted, and
of its processor time, interleaved, where a register is read. It needs no network and no other program.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

from bench.counts import BARE, counter, ratios
from bench.history import register_of
from bench.register import COMMAND, argv, environment

BASELINE = Path(__file__).with_name("baseline.json")

#: How much dearer a command may be than the baseline: instructions repeat within a few per cent, times do not.
BOUNDS = {"instructions": 1.25, "time": 1.6}

_RECORDS, _ROUNDS = 20, 7


def main(words: list[str] | None = None) -> int:
    """Measure, print the trend, and say whether all stays within the bounds."""
    parser = argparse.ArgumentParser(prog="python -m bench.regress", description="Compare with what commands cost.")
    parser.add_argument("--keep", action="store_true", help="what is measured now is the baseline from here on")
    given = parser.parse_args(words)
    found = measured()
    if given.keep:
        BASELINE.write_text(json.dumps(found, indent=2) + "\n", encoding="utf-8")
    baseline = json.loads(BASELINE.read_text(encoding="utf-8"))
    lines, slower = trend(baseline, found)
    if slower:  # something else may have been at work: what is dearer is so twice
        again = measured()
        lines, slower = trend(baseline, {name: min(found[name], again.get(name, found[name])) for name in found})
    print("\n".join(lines))
    return 1 if slower else 0


def trend(baseline: Mapping[str, float], found: Mapping[str, float]) -> tuple[list[str], list[str]]:
    """A line for each with what it was, is, and their ratio; and the names of those beyond their bound.

    What the baseline has and this machine cannot measure is said, and is no fault of the code.
    """
    lines, slower = [f"{'':34}{'baseline':>10}{'now':>10}{'ratio':>8}{'bound':>8}"], list[str]()
    for name, was in baseline.items():
        bound = BOUNDS[name.rpartition(", ")[2]]
        if name not in found:
            lines.append(f"{name:34}{was:>10.2f}   not measured here")
            continue
        ratio = found[name] / was
        lines.append(f"{name:34}{was:>10.2f}{found[name]:>10.2f}{ratio:>8.2f}{bound:>8.2f}")
        if ratio > bound:
            lines[-1] += "  dearer than that"
            slower.append(name)
    return lines, slower


def measured() -> dict[str, float]:
    """Multiples of a bare interpreter, by command and by what was taken."""
    with tempfile.TemporaryDirectory(prefix="regress-") as folder:
        root = register_of(Path(folder) / "register", _RECORDS).root
        counting = counter(root)
        counts = {} if counting is None else dict(ratios(counting[1], root))
        return {f"{name}, instructions": ratio for name, ratio in counts.items()} | _times(root)


def _times(root: Path) -> dict[str, float]:
    lines = {
        "": list(BARE),
        "--version": [*COMMAND, "--version"],
        "--help": [*COMMAND, "--help"],
        "show ID": argv(root, "show", "partner-1"),
        "gates ID": argv(root, "gates", "partner-1"),
        "check": argv(root, "check"),
        "check, cold": argv(root, "check", "--no-cache"),
    }
    taken: dict[str, list[float]] = {name: [] for name in lines}
    for number in range(_ROUNDS + 1):
        for name, line in lines.items():
            seconds = _processor(line)
            if number:
                taken[name].append(seconds)
    bare = statistics.median(taken.pop(""))
    return {f"{name}, time": round(statistics.median(seconds) / bare, 2) for name, seconds in taken.items()}


def _processor(line: list[str]) -> float:
    """Seconds of the processor: who else uses the machine matters less than by the clock."""
    process = subprocess.Popen(line, env=environment(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        sys.exit(f"{' '.join(line)} ended with {process.returncode}")
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    sys.exit(main())
