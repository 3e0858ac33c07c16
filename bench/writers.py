"""How many stage changes land in a second when eight write at once, beside how many commits git itself makes."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

from bench.register import Made, environment, make

_WRITERS = 8

#: One writer: it takes its record to and fro. Its start is not counted, so it waits for a line first.
_WRITER = """
import contextlib, io, sys
from partnerkit.cli import main
from partnerkit.cli.options import OPTIONS, Options
root, record, count = sys.argv[1:]
from partnerkit.jobs import advance
print("ready", flush=True)
sys.stdin.readline()
landed, said = 0, io.StringIO()
while landed < int(count):
    for stage in ("withdrawn", "proposed"):
        OPTIONS.restore(Options())
        with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
            try:
                code = main.run(["-C", root, "advance", record, stage, "--reason", "to and fro"])
            except SystemExit as ended:
                code = ended.code
        if code not in (0, 1):
            sys.exit(said.getvalue())
        landed += not code
print(landed, flush=True)
"""


def writers(folder: Path, each: int) -> list[str]:
    """Lines of the report: advances a second, on records of their own and on one, beside commits by git."""
    rows = []
    for what, same in (("each its own record", False), ("all the same record", True)):
        sys.stderr.write(f"{_WRITERS} writers, {what}\n")
        made = make(folder / f"writers-{'same' if same else 'own'}", 10)
        rate = _advances(made, each, same=same)
        rows.append((what, rate, _commits(made, 40)))
    return [
        f"{_WRITERS} processes in one clone, {each} advances each or a few more; their start is not counted.",
        "",
        "| writers | advances a second | `git commit` a second, by one process after another |",
        "|---|---:|---:|",
        *(f"| {what} | {rate:.0f} | {commits:.0f} |" for what, rate, commits in rows),
    ]


def _advances(made: Made, each: int, *, same: bool) -> float:
    names = ["acme"] if same else [f"writer-{number}" for number in range(_WRITERS)]
    for name in names if not same else []:
        made.run("new", "partnership", name, "type=cloud-providers", f"id={name}")
    running = []
    for number in range(_WRITERS):
        line = [sys.executable, "-c", _WRITER, str(made.root), names[number % len(names)], str(each)]
        running.append(
            subprocess.Popen(line, env=environment(), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        )
    for one in running:
        _line_of(one)
    began = time.perf_counter()
    for one in running:
        if one.stdin is not None:
            one.stdin.write("go\n")
            one.stdin.flush()
    landed = sum(int(_line_of(one)) for one in running)
    seconds = time.perf_counter() - began
    if any(one.wait() for one in running):
        sys.exit("a writer could not go on")
    return landed / seconds


def _line_of(process: subprocess.Popen[str]) -> str:
    found = process.stdout.readline() if process.stdout is not None else ""
    return found or sys.exit("a writer could not go on")


def _commits(made: Made, count: int) -> float:
    line = ["git", "-C", str(made.root), "commit", "-q", "--allow-empty", "-m", "nothing"]
    began = time.perf_counter()
    for _ in range(count):
        subprocess.run(line, env=environment(), check=True)
    return count / (time.perf_counter() - began)
