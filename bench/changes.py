"""What a branch costs that changes one record, in a small register and in a large one: `python -m bench.changes`."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

from bench.measure import Case, measure
from bench.register import Made, argv, environment, make

#: The record that changes.
ACTIVE = "active-1"

#: What looks at the branch: the reviewer's page, what a job runs on a pull request, and all that stands besides.
COMMANDS = {
    "diff main HEAD": ("diff", "main", "HEAD"),
    "check --base main --changed": ("check", "--base", "main", "--head", "HEAD", "--changed"),
    "check --base main": ("check", "--base", "main", "--head", "HEAD"),
}


def changes(folder: Path, sizes: Sequence[int], rounds: int) -> list[str]:
    """Rows of Markdown: each command in both registers side by side, and how many times as dear it is in the larger."""
    made = [_branched(make(folder / f"changed-{size}", size)) for size in sizes]
    cases = list(_cases(made))
    measure(cases, rounds)
    few, many = (f"{size:,} records" for size in sizes)
    found = {(case.name, case.records): case.median for case in cases}
    rows = [f"| | {few}, s | {many}, s | ratio |", "|---|---:|---:|---:|"]
    for name in COMMANDS:
        one, other = (found[name, size] for size in sizes)
        rows.append(f"| `{name}` | {one:.2f} | {other:.2f} | {other / one:.1f} |")
    said = f"A branch changes one record. Medians of {rounds} rounds side by side, each a process of its own."
    return [said, "", *rows]


def _branched(made: Made) -> Made:
    """A branch on which one active partnership gets a line of its log: what it owes hangs on records beside it."""
    switch = ["git", "checkout", "-q", "-b", "change"]
    subprocess.run(switch, cwd=made.root, env=environment(), check=True)
    made.run("add", ACTIVE, "communications", "kind=core-team-updates", "summary=All is well")
    return made


def _cases(made: list[Made]) -> Iterator[Case]:
    for name, words in COMMANDS.items():
        for one in made:
            yield Case(name, one.records, partial(_line, argv(one.root, *words)))


def _line(line: list[str], _round: int) -> list[str]:
    """The same command line in every round."""
    return line


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(prefix="bench-") as temporary:
        sys.stdout.write("\n".join(changes(Path(temporary), [1000, 10_000], 5)) + "\n")
