"""Where the time of a command goes: by package while importing, by part of the work afterwards."""

from __future__ import annotations

import re
import subprocess
import sys
from collections import Counter

from bench.register import COMMAND, Made, argv, environment

# The work by function: what of the whole is spent inside it, whatever it calls.
PARTS = {
    "git processes": [("store/git/repository.py", "run")],
    "reading YAML": [("store/yaml/reader.py", "read")],
    "building and checking models": [("kinds/modelled.py", "model_validate")],
    "the policy's consistency": [("policies/consistency.py", "problems")],
    "second opinion of ruamel.yaml": [("store/yaml/opinion.py", "second_reading")],
    "what falls due": [("obligations/gathered.py", "obligations")],
    "judging the step": [("jobs/landing.py", "judged")],
    "making the commit": [("store/commit/atomic.py", "commit")],
}

#: As where nothing was asked before, and nothing is kept.
_FIRST = {"CI": "true"}

_PROFILED = """
import cProfile, pstats, sys
from partnerkit.cli.main import run
profile = cProfile.Profile()
try:
    profile.runcall(run, sys.argv[1:])
except SystemExit:
    pass
stats = pstats.Stats(profile).stats
whole = max(row[3] for row in stats.values())
for (file, _line, name), row in stats.items():
    sys.stderr.write(f"{row[3] / whole} {name} {file}\\n")
"""


def imports(made: Made, *words: str) -> Counter[str]:
    """The share of each package in the time that importing takes."""
    rest = argv(made.root, *words)[len(COMMAND) :]
    ended = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "partnerkit", *rest],
        env=environment() | _FIRST,
        capture_output=True,
        text=True,
        check=True,
    )
    found: Counter[str] = Counter()
    for line in re.findall(r"import time:\s+(\d+) \|\s+\d+ \|\s+(\S+)", ended.stderr):
        found[line[1].partition(".")[0]] += int(line[0])
    return found


def work(made: Made, *words: str) -> dict[str, float]:
    """The share of each part of the work in the whole, imports included, under a profiler."""
    rest = argv(made.root, *words)[len(COMMAND) :]
    ended = subprocess.run(
        [sys.executable, "-c", _PROFILED, *rest], env=environment() | _FIRST, capture_output=True, text=True, check=True
    )
    rows = [line.split(" ", 2) for line in ended.stderr.splitlines() if line.count(" ") >= 2]  # noqa: PLR2004 - said once, here
    shares = {"importing": max(float(share) for share, name, _ in rows if name == "_find_and_load")}
    for part, places in PARTS.items():
        shares[part] = sum(
            float(share) for share, name, file in rows if any(name == n and file.endswith(f) for f, n in places)
        )
    return shares
