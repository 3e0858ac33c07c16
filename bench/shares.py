"""Where the time of a case goes that missed its goal: the case itself under a profiler, with all that it found kept."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from bench.goals import Verdict
from bench.measure import Case, on_cores
from bench.register import COMMAND, environment

#: A function of a profile: its file, its line and its name.
_Function = tuple[str, int, str]

#: What the work is called, by where its code lies; of what lies nowhere here it is counted who called it.
_ROOMS = {
    "partnerkit/store/yaml/": "reading and writing YAML",
    "/yaml/": "reading and writing YAML",
    "/ruamel/": "the second reader of YAML",
    "/pydantic": "typing values",
    "partnerkit/kinds/": "typing values",
    "partnerkit/store/git/": "git",
    "partnerkit/store/commit/": "making commits",
    "partnerkit/store/verdict_cache": "what was kept",
    "partnerkit/store/disk/": "what was kept",
    "partnerkit/store/": "files and trees",
    "partnerkit/rules/": "the rules",
    "partnerkit/conditions": "the rules",
    "partnerkit/policies/": "the policy",
    "partnerkit/obligations/": "what falls due",
    "partnerkit/jobs/": "putting it together",
    "partnerkit/reports/": "telling it",
    "partnerkit/cli/": "telling it",
    "/typer/": "Typer",
    "/jinja2/": "pages",
}
_LOADING, _REST = "loading code", "the rest"

#: Less than so much of the whole is not named.
_LEAST = 0.03

_PROFILED = """
import cProfile, json, pstats, sys
from partnerkit.cli.main import run
profile = cProfile.Profile()
try:
    profile.runcall(run, sys.argv[2:])
except SystemExit:
    pass
rows = [[who, row[2], [[by, one[2]] for by, one in row[4].items()]] for who, row in pstats.Stats(profile).stats.items()]
with open(sys.argv[1], "w") as out:
    json.dump(rows, out)
"""


def told(verdicts: Sequence[Verdict], cases: Sequence[Case]) -> Iterator[str]:
    """A line for each case of ours that missed a goal: by what its first process spent its time on."""
    by_name = {(case.name, case.records): case for case in cases}
    missed = dict.fromkeys(one.goal.cases[0] for one in verdicts if one.figure is not None and not one.reached)
    yield (
        "Each as it was measured, under a profiler, of what the first process does and waits for. Its own start "
        "(one P) is not in it, and small functions look dearer there than they are."
    )
    yield ""
    for case in filter(None, map(by_name.get, missed)):
        if case.argv(1)[: len(COMMAND)] == COMMAND:
            rooms = spent(_profile(case))
            whole = sum(rooms.values())
            most = sorted(rooms.items(), key=lambda one: -one[1])
            parts = [f"{room} {one / whole:.0%}" for room, one in most if one / whole >= _LEAST]
            at = "" if case.records is None else f", {case.records:,}"
            yield f"- `{case.name}`{at}: {', '.join(parts)}."


def _profile(case: Case) -> list[Any]:
    """A profile of one more round of a case, as it is measured."""
    number = len(case.seconds) + 1
    case.before(number)
    with tempfile.TemporaryDirectory() as name:
        out = Path(name) / "profile"
        line = [sys.executable, "-c", _PROFILED, str(out), *case.argv(number)[len(COMMAND) :]]
        env = environment() | case.extra
        subprocess.run(on_cores(case.cores, line), env=env, cwd=case.cwd, capture_output=True, check=True)
        rows: list[Any] = json.loads(out.read_text(encoding="utf-8"))
    case.after(number)
    return rows


def spent(rows: Sequence[Any]) -> dict[str, float]:
    """Seconds by what they were spent on.

    Args:
        rows: of a profile: each function, its own time, and of that the part on behalf of each that called it.
    """
    callers: dict[_Function, list[tuple[_Function, float]]] = {
        _named(who): [(_named(by), one) for by, one in by_whom] for who, _own, by_whom in rows
    }
    left: dict[_Function, float] = {_named(who): own for who, own, _by in rows}
    found: dict[str, float] = defaultdict(float)
    for _hop in range(40):  # what a library does for itself is handed on to who asked it, as far as that takes
        handed: dict[_Function, float] = defaultdict(float)
        for who, seconds in left.items():
            room, by_whom = _room(who), callers.get(who, [])
            whole = sum(one for _by, one in by_whom)
            if room or not whole:
                found[room or _REST] += seconds
                continue
            for by, one in by_whom:
                handed[by] += seconds * one / whole
        left = handed
    found[_REST] += sum(left.values())
    return dict(found)


def _named(who: Sequence[Any]) -> _Function:
    file, line, name = who
    return file, line, name


def _room(who: _Function) -> str:
    file, _line, name = who
    if name == "<module>" or "importlib" in file or "import_" in name or "__build_class__" in name:
        return _LOADING
    return next((room for part, room in _ROOMS.items() if part in file), "")
