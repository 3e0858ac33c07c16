"""The table, for people."""

from __future__ import annotations

import os
import platform
import subprocess
from collections import Counter
from importlib import metadata

from bench.measure import BARE, READING, Case

PACKAGES = ("typer", "pydantic", "pydantic-core", "ruamel.yaml", "rich", "GitPython", "PyYAML")

WHAT_WOULD_HELP = """\
- A check of records without pydantic: importing it and building a dozen models is a large part of every command
  that reads a register. A validator generated once from the models (or a cache of the built ones) would remove it.
- Reading a policy anew for each command: parsed, modelled and held against itself, it costs more than all the rest of
  the work for one record. Its verdict by blob id, kept beside git's own caches, would make it free.
- `check` reads and judges every record each time; verdicts by blob id would leave only those that changed.
- The second opinion reads a whole record the first time in a process, though an edit touched a few lines; only entries
  that it has read are known from then on. Long histories pay for it.
- GitPython costs an import that is about as dear as all the processes it starts; the standard library could start
  them, with GitPython kept for discovery.
- pydantic looks through every installed distribution for plugins: `PYDANTIC_DISABLE_PLUGINS` would save that, but a
  variable set here would reach the user's hooks too.
"""


def table(cases: list[Case]) -> list[str]:
    """Rows of Markdown: one a command, one column a size of register."""
    bare = next(case.median for case in cases if case.name == BARE)
    sizes = sorted({case.records for case in cases if case.records})
    heads = [f"{size:,} records" for size in sizes]
    lines = [f"| command | {' | '.join(heads)} |", f"|---|{'---:|' * len(heads)}"]
    for name in dict.fromkeys(case.name for case in cases):
        of_name = {case.records: case for case in cases if case.name == name}
        cells = [_cell(of_name.get(size), bare) if None not in of_name else "" for size in sizes]
        if None in of_name:
            cells[0] = _cell(of_name[None], bare)
        lines.append(f"| `{name}` | {' | '.join(cells)} |")
    return lines


def _cell(case: Case | None, bare: float) -> str:
    return f"{case.median / bare:.1f}" if case else ""


def ratios(cases: list[Case]) -> list[str]:
    """What `today` costs as a multiple of reading the same files in a process of its own, for each size of register."""
    of = {(case.name, case.records): case.median for case in cases}
    found = {size: median / of[READING, size] for (name, size), median in of.items() if name == "today"}
    words = ", ".join(f"{ratio:.2f} ({size:,} records)" for size, ratio in sorted(found.items(), key=str))
    said = f"`today` as a multiple of reading every record and nothing else: {words}. Three of ten records are active."
    return ["", said]


def shares(title: str, of_imports: Counter[str], of_work: dict[str, float]) -> list[str]:
    """Where the time of one command goes, in one sentence each for imports and work."""
    whole = sum(of_imports.values())
    packages = [f"{name} {count / whole:.0%}" for name, count in of_imports.most_common(7)]
    parts = [f"{part} {share:.0%}" for part, share in of_work.items() if share >= 0.01]  # noqa: PLR2004 - said once, here
    return [
        f"- `{title}`: of the time for imports, {', '.join(packages)}.",
        f"  Of the whole under a profiler (parts overlap): {', '.join(parts)}.",
    ]


def document(
    cases: list[Case], rounds: int, notes: list[str], audited: list[str], landed: list[str], changed: list[str]
) -> str:
    """The whole of RESULTS.md."""
    bare = next(case.median for case in cases if case.name == BARE)
    git = subprocess.run(["git", "--version"], capture_output=True, text=True, check=True).stdout.split()[2]
    versions = ", ".join(f"{name} {metadata.version(name)}" for name in PACKAGES)
    how = (
        f"Made by `python -m bench`. Multiples of `{BARE}` in the same run (here {bare * 1000:.0f} ms): each figure is "
        f"the median of {rounds} rounds, in each of which every command ran once, as a process of its own."
    )
    python = f"{platform.python_implementation()} {platform.python_version()}"
    what = f"{python}, git {git}, {versions}; {os.cpu_count()} cores, {platform.system()}."
    head = ["# What commands cost", "", how, "", what, ""]
    where = ["", "## Where the time goes", "", *notes, "", "## What would help", "", WHAT_WOULD_HELP.rstrip()]
    pulled = ["", "## One record of many", "", *changed]
    trail = ["", "## The trail", "", *audited, "", "## Many writers", "", *landed]
    return "\n".join([*head, *table(cases), *ratios(cases), *pulled, *trail, *where]) + "\n"
