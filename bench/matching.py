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


def main() -> None:
    """Measure, and write MATCHING.md."""
    parser = argparse.ArgumentParser(prog="python -m bench.matching", description="Measure the matching.")
    parser.add_argument("--people", type=int, nargs="+", default=[50, 200, 1000, 5000], help="how many on each side")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="bench-") as name:
        folder = Path(name)
        pythons = {package: _environment(folder / package, f"{package}=={row[0]}") for package, row in OTHERS.items()}
        rows: list[str] = []
        own: list[str] = []
        for count in given.people:
            points = folder / f"points-{count}.json"
            plain = _measured(sys.executable, "own.py", str(count), "plain", str(points))
            compiled = _measured(sys.executable, "own.py", str(count), "scipy")
            own.append(_own(count, plain, compiled))
            rows.append(_row(count, "partnerkit", plain))
            for package, (version, script, most) in OTHERS.items():
                if count <= most:
                    rows.append(_row(count, f"{package} {version}", _measured(pythons[package], script, str(points))))
    RESULTS.write_text(_document(rows, own), encoding="utf-8")
    print("\n".join(rows))


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


def _own(count: int, plain: dict[str, Any], compiled: dict[str, Any]) -> str:
    whole = sum(plain[part] for part in ("points", "solve", "tell"))
    beside = compiled["points"] + compiled["solve"] + compiled["tell"]
    ratio = beside / (compiled["points"] + compiled["solver"])
    return (
        f"| {count:,} | {plain['pairs']:,} | {plain['points']:.2f} | {plain['solve']:.2f} | {plain['tell']:.2f} "
        f"| {whole:.2f} | {plain['verify']:.2f} | {plain['memory']:,} | {compiled['solve']:.2f} | {ratio:.2f} |"
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

Seconds: the points of every pair, the answer, its explanation and certificate, all of it, and `verify`; the answer with
scipy, and all of it then as a multiple of the points and scipy's own time.

| people on each side | possible pairs | points | answer | told | all | verify | MB | with scipy | multiple |
|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|
{own}
"""


def _document(rows: list[str], own: list[str]) -> str:
    python = f"Python {sys.version.split()[0]}, {os.cpu_count()} cores"
    return _PAGE.format(python=python, rows="\n".join(rows), own="\n".join(own))


if __name__ == "__main__":
    main()
