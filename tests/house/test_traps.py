"""Every trap of the written policies that belongs here has a test whose docstring names it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

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
    "T18": "those who are supported are a group: no field, and no words, for one of them",
    "T19": "a name that must be spelt right, and what must not be taken for it",
    "T20": "unofficial help is allowed, and must not look official",
    "T21": "free of charge: partners know it; a fee is a warning",
    "T22": "shared among partners is not open to sponsors",
    "T23": "a policy without version, date, owner or review of its own",
    "T25": "how long somebody has been a member counts on the day of the application, the boundary included",
    "T26": "one record never mixes two policies",
    "T27": "evidence grows old, and says so before it is missed",
    "T28": "causes that the written list lacks: another with its reason, and a term that runs out",
    "T29": "hooks are skipped and commits dated back: the server judges all the same",
    "T30": "words that readers of YAML take for different things are quoted",
}

#: Those whose home is a part that is still to be built, and what of them is tested already.
LATER = {
    "T16": "aggregates of feedback that are imported; that few answers never enter is tested",
    "T17": "the store of people outside history; that records hold opaque ids is tested",
    "T24": "metrics; that every figure has its definition is tested",
}


def named() -> Iterator[str]:
    """Every trap that the docstring of a test names."""
    for path in sorted(TESTS.rglob("test_*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
                yield from re.findall(r"\bT[0-9]{1,2}\b", ast.get_docstring(node) or "")


def test_every_trap_is_placed() -> None:
    assert sorted([*HERE, *LATER], key=lambda one: int(one[1:])) == [f"T{number}" for number in range(1, 31)]


@pytest.mark.parametrize("trap", HERE)
def test_a_test_names_it(trap: str) -> None:
    assert trap in set(named()), f"no test's docstring names {trap}: {HERE[trap]}"


def test_no_test_names_a_trap_that_nobody_knows() -> None:
    assert set(named()) - {*HERE, *LATER} == set()
