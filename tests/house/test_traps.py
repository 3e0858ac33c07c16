"""Every trap of the written policies that belongs here has a test whose docstring names it."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

TESTS = Path(__file__).resolve().parents[1]

#: The traps by number, as they are told in the list of requirements: what goes wrong for whoever reads the text fast.
HERE = {
    "T1": "a review that was due on the day the policy took effect is a warning, never an error",
    "T2": "a dotted day is none here, and an annual review counts from the approval",
    "T3": "flexible here and every two weeks there: who may leave the rhythm, and by whose word",
    "T4": "bi-weekly has two meanings: a rhythm is a duration",
    "T5": "meetings, check-ins and reviews are three streams; none settles another",
    "T6": "juniors mentor seniors, and a mentor needs three years: the years can be excused, by name",
    "T7": "who signs, and who only acknowledges",
    "T8": "half of three months or of six, ends of months, leap days, zones far east",
    "T9": "nobody is named who decides: the way waits until somebody is",
    "T10": "an agreement always, as the last step of a decision, or never",
    "T11": "numbers that the text does not give are variables, and gaps that can be listed",
    "T12": "seventeen reviews a year for each partnership: sweeps, drafts, reports added up",
    "T13": "one mailbox for every role decides nothing",
    "T14": "the same words for different steps: section-qualified ids",
    "T15": "what is confidential is not held in words",
    "T16": "feedback that names nobody, where every commit has an author: sums alone, over enough people",
    "T17": "what must be forgotten, where history forgets nothing: ids that tell nothing, and a place outside",
    "T18": "those who are supported are a group: no field, and no words, for one of them",
    "T19": "a name that must be spelt right, and what must not be taken for it",
    "T20": "unofficial help is allowed, and must not look official",
    "T21": "free of charge: partners know it; a fee is a warning",
    "T22": "shared among partners is not open to sponsors",
    "T23": "a policy without version, date, owner or review of its own",
    "T24": "figures that the text names and does not define: a definition beside each, and no 0 % over nobody",
    "T25": "how long somebody has been a member counts on the day of the application, the boundary included",
    "T26": "one record never mixes two policies",
    "T27": "evidence grows old, and says so before it is missed",
    "T28": "causes that the written list lacks: another with its reason, and a term that runs out",
    "T29": "hooks are skipped and commits dated back: the server judges all the same",
    "T30": "words that readers of YAML take for different things are quoted",
}


@cache
def named() -> frozenset[str]:
    """Every trap that the docstring of a test names."""
    found: set[str] = set()
    for path in sorted(TESTS.rglob("test_*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
                found.update(re.findall(r"\bT[0-9]{1,2}\b", ast.get_docstring(node) or ""))
    return frozenset(found)


def test_every_trap_is_placed() -> None:
    assert sorted(HERE, key=lambda one: int(one[1:])) == [f"T{number}" for number in range(1, 31)]


def test_a_test_names_each() -> None:
    unnamed = {trap: what for trap, what in HERE.items() if trap not in named()}
    assert not unnamed, f"no test's docstring names these: {unnamed}"


def test_no_test_names_a_trap_that_nobody_knows() -> None:
    assert named() - set(HERE) == set()
