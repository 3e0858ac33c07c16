"""`python -m bench.matching [--people N …]`: the matching beside others that can be installed, on the same people.

Each package has an environment of its own, made in a folder that is thrown away: two of them install a module of the
same name. What is measured is the time of the processor, and the memory of the whole process.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import venv
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
RESULTS = HERE / "MATCHING.md"

#: Packages beside partnerkit, each with the script that gives it the points, and for how many people it is asked.
OTHERS = {
    "mentor-match": ("7.0.1", "mentor_match.py", 1000),
    "matching": ("1.4.3", "stable.py", 1000),
}

#: Circles: how many mentors, mentees, and hours of a week at four of which each is free; 0: nobody says.
CIRCLES = [("10", "40", "14"), ("40", "200", "0"), ("40", "200", "28"), ("200", "1000", "56")]


def main() -> None:
    """Measure, and write MATCHING.md."""
    parser = argparse.ArgumentParser(prog="python -m bench.matching", description="Measure the matching.")
    parser.add_argument("--people", type=int, nargs="+", default=[50, 200, 1000, 5000], help="how many on each side")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="bench-") as name:
        folder = Path(name)
        pythons = {package: _environment(folder / package, f"{package}=={row[0]}") for package, row in OTHERS.items()}
        rows: list[str] = []
        own, beside = list[str](), list[str]()
        for count in given.people:
            points = folder / f"points-{count}.json"
            plain = _measured(sys.executable, "own.py", str(count), "plain", str(points))
            compiled = _measured(sys.executable, "own.py", str(count), "scipy")
            own.append(_own(count, plain))
            beside.append(_with_scipy(count, compiled))
            rows.append(_row(count, "partnerkit", plain))
            for package, (version, script, most) in OTHERS.items():
                if count <= most:
                    rows.append(_row(count, f"{package} {version}", _measured(pythons[package], script, str(points))))
    circles = [_circles(words, _measured(sys.executable, "circles.py", *words)) for words in CIRCLES]
    RESULTS.write_text(_document(rows, own, beside, circles), encoding="utf-8")
    print("\n".join([*rows, *circles]))


def _environment(folder: Path, package: str) -> str:
    """The Python of a new environment with one package."""
    sys.stderr.write(f"installing {package}\n")
    venv.create(folder, with_pip=True)
    python = folder / "bin" / "python"
    subprocess.run([python, "-m", "pip", "install", "--quiet", package], check=True)
    return str(python)


def _measured(python: str, script: str, *words: str) -> dict[str, Any]:
    """What a script prints, with the memory of its process at most, in MB."""
    sys.stderr.write(f"{script} {' '.join(Path(one).name for one in words)}\n")
    env = {**os.environ, "PYTHONPATH": str(HERE.parent)} if python == sys.executable else dict(os.environ)
    with subprocess.Popen(
        [python, str(HERE / "matchers" / script), *words], stdout=subprocess.PIPE, env=env
    ) as process:
        assert process.stdout is not None  # noqa: S101 - it was asked for
        out = process.stdout.read()
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        return {}
    found: dict[str, Any] = json.loads(out)
    return {**found, "memory": used.ru_maxrss // 1024}


def _row(count: int, name: str, found: dict[str, Any]) -> str:
    if not found:
        return f"| {count:,} | {name} | - | - | - | fails | - |"
    seconds = found["solve"] + found.get("tell", 0)
    return (
        f"| {count:,} | {name} | {found['placed']:,} | {found['lowest']} | {found['total']:,} "
        f"| {seconds:.2f} s | {found['memory']:,} MB |"
    )


def _own(count: int, found: dict[str, Any]) -> str:
    whole = sum(found[part] for part in ("points", "solve", "tell"))
    return (
        f"| {count:,} | {found['pairs']:,} | {found['points']:.2f} | {found['solve']:.2f} | {found['tell']:.2f} "
        f"| {whole:.2f} | {found['verify']:.2f} | {found['memory']:,} |"
    )


def _with_scipy(count: int, found: dict[str, Any]) -> str:
    alone = found["solver"]
    multiple = (found["solve"] + found["tell"]) / alone
    return f"{_own(count, found)} {alone:.3f} | {multiple:.1f} |"


def _circles(words: tuple[str, ...], found: dict[str, Any]) -> str:
    beside = found["milp"]
    ratio = f"{found['solve'] / beside['seconds']:.2f}"
    other = "none found" if "placed" not in beside else f"{beside['placed']:,} / {beside['total']:,}"
    most = f"{found['placed-at-most']:,} / {found['total-at-most']:,}"
    return (
        f"| {words[0]} | {words[1]} | {words[2]} | {found['pairs']:,} | {found['cases']:,} | {found['solve']:.1f} "
        f"| {found['verify']:.2f} | {found['placed']:,} / {found['total']:,} | {most} | {found['proven'] or 'nothing'} "
        f"| {other}{'' if beside.get('optimal') else ' (stopped)'} | {beside['seconds']:.1f} | {ratio} |"
    )


_PAGE = """\
# The matching, measured

Made by `python -m bench.matching` ({python}). Seconds of processor time, in one run each, beside reading the files. The
people are drawn by chance: 40 skills, ten time zones, three evenings a week; as many mentors with room for one as
mentees. Every package is given the same pairs and the same points, in an environment of its own.

| people on each side | package | placed | lowest points | total | time to match | memory |
|---:|---|---:|---:|---:|---:|---:|
{rows}

The time of partnerkit includes the explanation of everybody who is left, and the certificate. The package `matching`
looks for a stable answer; mentor-match adds up points alone.

## What it costs

Seconds in plain Python: the points of every pair, the answer, its explanation and certificate, all of it, and `verify`.

| people on each side | possible pairs | points | answer | told | all | verify | MB |
|---:|---:|---:|---:|---:|---:|---:|---:|
{own}

The same with the extra `match`, however few they are; the answer includes importing scipy, about 0.3 s.
Then the time of scipy's own one search over the final costs, and the answer with what is told of it as a multiple.

| people on each side | possible pairs | points | answer | told | all | verify | MB | scipy alone | multiple |
|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|
{beside}

## Circles

Circles of 3 to 6 of people of eight subjects who are free at four of so many hours of a week (0: nobody says when).
Seconds of processor time of the search by all aims, and of `verify`. Beside it scipy's `milp` (HiGHS), which is given
the lowest points that were found and looks for as many placed and the highest sum alone, for 60 seconds at most; and
its time; the ratio is that of the search to it.

| mentors | mentees | hours | pairs | cases | search | verify | placed / total | at most | proven | milp | its | ratio |
|---:|---:|---:|---:|---:|---:|---:|---:|---:|---|---:|---:|---:|
{circles}
"""


def _document(rows: list[str], own: list[str], beside: list[str], circles: list[str]) -> str:
    python = f"Python {sys.version.split()[0]}, {os.cpu_count()} cores"
    told = {"rows": rows, "own": own, "beside": beside, "circles": circles}
    return _PAGE.format(python=python, **{name: "\n".join(lines) for name, lines in told.items()})


if __name__ == "__main__":
    main()
