"""What was measured, for people (RESULTS.md) and for programs (results.json beside it)."""

from __future__ import annotations

import json
import os
import platform
import subprocess
from collections.abc import Mapping, Sequence
from importlib import metadata
from pathlib import Path
from typing import Any

from bench.goals import Figures, NotMeasuredError, Verdict
from bench.measure import BARE, Case

PACKAGES = ("typer", "pydantic", "pydantic-core", "ruamel.yaml", "rich", "GitPython", "PyYAML")

_SUMMED_UP = "what is kept of each commit summed up, so that a report reads no verdict of one that changed nothing"

#: What would bring a missed goal nearer, by the case that it is about; said of nothing that is not missed.
WOULD_HELP = {
    "--version": "an interpreter that starts without `site`; the rest is the entry point's own file",
    "--help": "fewer options said on the first page: nearly all of it is Typer's import",
    "completion": "what is offered kept by the folder's time: listing 10,000 names is half of it",
    "show ID": "fewer modules: more than half of it is loading code, and most of that the standard library's (paths, "
    "typing, regular expressions, decimals)",
    "log ID": "fewer modules: a third is the standard library's, and as much our own",
    "gates ID": "fewer modules, as of `show`; the names of HEAD's records kept by the id of their tree",
    "check ID": "the names of HEAD's records kept by the id of their tree: they are what grows; then fewer modules",
    "advance ID": "fewer modules, and one git process for a commit; git's own index of all files, and the names of "
    "HEAD's records, are what grows",
    "list, anew": "a compiled reader: what is kept of each record is gone then, and every file is read",
    "list KIND": "fewer modules where the answer is known: git's three processes are half of it",
    "today": "fewer modules where the answer is known: git's three processes are half of it",
    "check, cold, one core": "a compiled reader and compiled rules: typing, reading and the rules that always apply "
    "take about as much each, and none of them can be left out",
    "check-jsonschema": "the same as of a cold `check`; it judges one file by one schema, without history or links",
    "yamale": "the same as of a cold `check` on one core; it works on both",
    "check": "lines understood without Python where the answer is known",
    "check a revision": "lines understood without Python where the answer is known",
    "check, cold": "the start, the rules read and what is kept, which one process does alone",
    "check, 1 changed": "the start of a command that judges, over half of it, which only a process that stays would "
    "save; git's two looks at all files as one, which its settings make different ones, and what attributes do to "
    "each asked before the files are listed: it is waited for before anything is judged",
    "check, 100 changed": "the start of a command that judges, as after one change; then each changed record read and "
    "typed once, where HEAD's version of it is read too",
    "check --base": "nothing that a fresh clone could know: it judges all that stands; `--changed` is for that",
    "check --base --changed": "the start of a command that judges, and what grows with the names of all records",
    "advance, one commit": "drafts made on all cores, which needs a proof that no gate asks for a record moved before "
    "it: an edit with all its checks and the proof of a second reader is dearer than the bytes that git stores",
    "advance, many commits": "the same as in one commit: git's part is small beside judging",
    "export site": "the audit's own memory, on which that of the site lies: verdicts that are held by commit and "
    "told one by one",
    "audit of a register": "the entries of verdicts held as kept rows, and made only where they are told",
    "audit": _SUMMED_UP,
    "audit, 1 new": _SUMMED_UP,
    "audit, cold": "its start, of which most is done before the second process begins; less made of each commit: two "
    "views of the register, and its verdict as text",
}

_COMMON = "what the profile below names first, done later or kept by content"


def document(verdicts: Sequence[Verdict], cases: Sequence[Case], about: Mapping[str, Any], told: Sequence[str]) -> str:
    """The whole of RESULTS.md."""
    reached = sum(one.reached for one in verdicts)
    measured = sum(one.figure is not None for one in verdicts)
    how = (
        f"Made by `python -m bench`. P is `{BARE}` in the same run, here {about['bare']:.0f} ms. Every round runs "
        f"every case once, as a process of its own: {about['rounds']} rounds (fewer where the table says so), medians "
        "(of what others are held against as a limit the quickest round), "
        f"and what a tenth and nine tenths of the rounds stayed below. The load was {about['load']} at the "
        "end; ratios of a busy machine say less than those of a quiet one."
    )
    count = (
        f"{reached} of {len(verdicts)} goals are reached, {measured - reached} missed, "
        f"{len(verdicts) - measured} not measured."
    )
    head = ["# What commands cost", "", how, "", f"{about['versions']}.", "", count, "", "## Goals", ""]
    head += goal_table(verdicts)
    missed = ["", "## What would reach the missed ones", "", *_missed(verdicts)]
    rows = ["", "## Every case", "", *case_table(cases)]
    return "\n".join([*head, *missed, *rows, "", "## Where the time goes", "", *told]) + "\n"


def goal_table(verdicts: Sequence[Verdict]) -> list[str]:
    """One row a goal."""
    rows = [
        f"| {one.goal.name} | {one.goal.limit} | {one.goal.goal} | {_figure(one)} | {one.said} |" for one in verdicts
    ]
    return ["| operation | held against | goal | measured | verdict |", "|---|---|---|---:|---|", *rows]


def _figure(one: Verdict) -> str:
    return "" if one.figure is None else f"{one.figure:.{0 if abs(one.figure) >= 100 else 2}f}"  # noqa: PLR2004 - large figures are whole


def short(kept: Mapping[str, Any]) -> list[str]:
    """The short form for the README, from results.json."""
    rows = [f"| {one['name']} | {one['goal']} | {one['figure']} | {one['verdict']} |" for one in kept["goals"]]
    said = (
        f"P is a bare Python, {kept['bare']:.0f} ms on the machine of this run; all of it: [bench](bench/RESULTS.md)."
    )
    return [said, "", "| operation | goal | measured | verdict |", "|---|---|---:|---|", *rows]


def kept(verdicts: Sequence[Verdict], about: Mapping[str, Any]) -> str:
    """What results.json holds."""
    goals = [
        {"name": one.goal.name, "goal": one.goal.goal, "figure": _figure(one), "verdict": one.said.partition(":")[0]}
        for one in verdicts
    ]
    return json.dumps({**about, "goals": goals}, indent=2, ensure_ascii=False) + "\n"


def _missed(verdicts: Sequence[Verdict]) -> list[str]:
    missed = [one for one in verdicts if one.figure is not None and not one.reached]
    if not missed:
        return ["None is missed."]
    lines = ["Not measured here, but where the profiles below point:", ""]
    return lines + [
        f"- {one.goal.name}, {one.said}: {WOULD_HELP.get(one.goal.cases[0][0], _COMMON)}." for one in missed
    ]


def case_table(cases: Sequence[Case]) -> list[str]:
    """One row a case, with its spread and memory."""
    figures = Figures(cases)
    lines = ["| case | size | median, ms | p10-p90, ms | P | MB | rounds |", "|---|---:|---:|---:|---:|---:|---:|"]
    for case in cases:
        size = "" if case.records is None else f"{case.records:,}"
        try:
            bare = figures.bare(case.name, case.records)
        except NotMeasuredError:
            lines.append(f"| {case.name} | {size} | {case.failed.replace('|', '/') or 'was not run'} | | | | |")
            continue
        low, high = (f"{one * 1000:,.0f}" for one in case.spread)
        cells = f"{case.median * 1000:,.0f} | {low}-{high} | {bare:.1f} | {case.memory:.0f} | {len(case.seconds)}"
        lines.append(f"| {case.name} | {size} | {cells} |")
    return lines


def about(cases: Sequence[Case], rounds: int, there: Mapping[str, str]) -> dict[str, Any]:
    """Versions, and what the run was."""
    git = subprocess.run(["git", "--version"], capture_output=True, text=True, check=True).stdout.split()[2]
    python = f"{platform.python_implementation()} {platform.python_version()}"
    packages = {**{name: metadata.version(name) for name in PACKAGES}, **there}
    versions = ", ".join([python, f"git {git}", *(f"{name} {version}" for name, version in packages.items())])
    return {
        "versions": f"{versions}; {os.cpu_count()} cores, {platform.system()}",
        "bare": Figures(cases).seconds(BARE) * 1000,
        "rounds": rounds,
        "load": f"{os.getloadavg()[0]:.1f}",
    }


def write(text: str, data: str, out: Path) -> None:
    """Both, side by side."""
    out.write_text(text, encoding="utf-8")
    out.with_name("results.json").write_text(data, encoding="utf-8")
