"""What `check` answered before, told again without the rest of the command: Typer alone costs more than all of it.

Only the plainest lines are understood here, in which each word can mean but one thing. Every other, and every answer
that is not there, is left to the command itself, which says the same.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

TYPE_CHECKING = False  # known to type checkers by its name: importing typing costs more than it is worth here
if TYPE_CHECKING:
    from partnerkit.jobs.answered import Answered
    from partnerkit.jobs.kept_answers import KeptAnswers, Question

#: Before the command and after it: the words that take a value, and those that take none.
_BEFORE, _TAKING, _ALONE = ("-C", "--today"), ("--base", "--head"), ("--changed", "--json")
_NEVER = ("CI", "GIT_QUARANTINE_PATH")

#: What was looked up on the way to the command, which puts the answer there once it has it.
_looked_up: list[KeptAnswers] = []


def quickly(arguments: list[str]) -> int | None:
    """Tell again what was answered to a line; its exit code, or None where the command itself has to be asked."""
    _looked_up.clear()
    words = _read(arguments)
    if words is None or sys.stdout.isatty():
        return None
    start = Path(words.get("-C", "."))
    question = _question(words)
    kept = answers(start, question) if question is not None and start.is_dir() else None
    if kept is None:
        return None
    told = kept.known("json" if "--json" in words else "text")
    if told is None:
        _looked_up.append(kept)
        return None
    from partnerkit.reports.page import say

    say(told[1])
    return told[0]


def answers(start: Path, question: Question) -> KeptAnswers | None:
    """What is kept of the answers to a question; None where nothing is, because the clone is used once."""
    if used_once():
        return None
    from partnerkit.jobs.kept_answers import KeptAnswers

    found = _looked_up.pop() if _looked_up else None
    return found if found is not None and found.question == question else KeptAnswers(start, question)


def used_once() -> bool:
    """Whether the clone is used once, by others perhaps: nothing is kept there, and nothing that was is believed."""
    return any(name in os.environ for name in _NEVER)


def _read(arguments: list[str]) -> dict[str, str] | None:
    """The words of a line by their options; None where any could mean something else."""
    found: dict[str, str] = {}
    rest = [*reversed(arguments)]
    taking: tuple[str, ...] = _BEFORE
    while rest:
        word = rest.pop()
        if word == "check" and taking is _BEFORE:
            taking = _TAKING
        elif word in found or (taking is _BEFORE and word not in taking):
            return None
        elif word in taking and rest and rest[-1][:1] not in {"-", ""}:
            found[word] = rest.pop()
        elif word in _ALONE and taking is _TAKING:
            found[word] = ""
        else:
            return None
    return found if taking is _TAKING else None


def _question(words: dict[str, str]) -> Question | None:
    from datetime import date

    from partnerkit.jobs.kept_answers import Question

    try:
        day = date.fromisoformat(words["--today"]) if "--today" in words else None
    except ValueError:
        return None
    found = Question(words.get("--base"), words.get("--head"), "--changed" in words, day)
    return found if found.is_whole and (day is None or day.isoformat() == words["--today"]) else None


def forms(answered: Answered) -> dict[str, str]:
    """An answer as it is told to programs that know partnerkit, as it stands in a pipe, and as a value."""
    from partnerkit.reports import findings as report
    from partnerkit.reports.encode import as_json

    return {
        "value": answered.as_text(),
        "text": report.checked(answered.findings, answered.looked_at, answered.expunged).plain(),
        "json": as_json(report.as_json(answered.findings, answered.expunged)) + "\n",
    }
