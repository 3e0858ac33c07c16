"""What an audit of a long history costs, beside what git and a reader of YAML need for the same bytes."""

from __future__ import annotations

import resource
import statistics
import subprocess
import sys
import time
from pathlib import Path

from bench.history import make
from bench.register import argv, environment

#: The limit: walk the history, fetch every version of every record, read its YAML, and nothing else.
_LIMIT = """
import sys
from pathlib import Path
from partnerkit.store.git.repository import Git
from partnerkit.store.git.trees import read_blobs
from partnerkit.store.git.walk import landed_since, walk
from partnerkit.store.yaml.reader import read
git = Git.discover(Path(sys.argv[1]))
steps = list(walk(git, landed_since(git, "HEAD", None), "records/"))
blobs = read_blobs(git, [one.oid for step in steps for one in step.changes if one.oid])
for step in steps:
    for one in step.changes:
        if one.oid and one.path.endswith(".yaml"):
            read(blobs[one.oid], one.path)
"""


def trail(folder: Path, commits: int, rounds: int) -> list[str]:
    """Lines of the report: cold, with nothing new, and the memory, as multiples of the limit and of cold."""
    sys.stderr.write(f"making a history of {commits:,} commits\n")
    made = make(folder / "trail", commits)
    lines = {
        "limit": [sys.executable, "-c", _LIMIT, str(made.root)],
        "cold": argv(made.root, "audit", "--full"),
        "again": argv(made.root, "audit"),
    }
    _once(lines["again"])  # fills what the third one reads
    seconds: dict[str, list[float]] = {name: [] for name in lines}
    for number in range(rounds):
        for name, line in lines.items():
            seconds[name].append(_once(line))
        sys.stderr.write(f"\raudit: round {number + 1} of {rounds}")
    sys.stderr.write("\n")
    of = {name: statistics.median(found) for name, found in seconds.items()}
    memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    rows = [
        (f"`audit --full`, as a multiple of reading the same ({of['limit']:.1f} s)", of["cold"] / of["limit"], 2.5),
        ("`audit` with nothing new, as a part of `audit --full`", of["again"] / of["cold"], 0.15),
        ("memory at most, in MB", memory, 300),
    ]
    what = f"{commits:,} commits over {made.records:,} partnerships"
    table = [f"| {name} | {figure:.{0 if goal > 10 else 2}f} | {goal} |" for name, figure, goal in rows]  # noqa: PLR2004 - large figures are whole
    return [
        f"{what}; medians of {rounds} rounds side by side.",
        "",
        "| audit | figure | goal |",
        "|---|---:|---:|",
        *table,
    ]


def _once(line: list[str]) -> float:
    began = time.perf_counter()
    ended = subprocess.run(line, env=environment(), capture_output=True, check=False)
    if ended.returncode != 0:
        sys.exit(f"{' '.join(line)} ended with {ended.returncode}: {ended.stdout.decode()}{ended.stderr.decode()}")
    return time.perf_counter() - began
