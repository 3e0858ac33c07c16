"""Whole answers and whole findings, to be compared: what is missing, who has it, the line that mends it, the notes."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from partnerkit.findings import Finding
from partnerkit.register import Keys
from partnerkit.rules.look import Look
from partnerkit.rules.question import Answer
from tests.policies.fulfil import MOMENT, World
from tests.rules.bench import look

#: What a requirement says for people, beside what it demands: to be found in the answer.
TOLD: dict[str, Any] = {"ask": "Do it.", "who": ["board"]}

#: Everybody on the roster of the bench; all of them hold every role.
EVERYBODY = ["p-ann", "p-bob", "p-rosa"]


def lacking(missing: str, command: str | None, *notes: str, **more: Any) -> Answer:
    """The answer where the board is to supply what is missing."""
    given = {"roles": ["board"], "people": EVERYBODY, **more}
    return Answer(False, missing, command=command, notes=list(notes), **given)


def opened(data: dict[str, Any], **units: str) -> dict[str, Any]:
    """The policy with variables that nobody has set: `span="duration"`."""
    for name, unit in units.items():
        data["variables"][name] = {"unit": unit, "value": None, "clause": "§1.1", "question": f"Which {name}?"}
    return data


def note(name: str) -> str:
    """What is said about a variable that nobody has set."""
    return (
        f"SMALL leaves open (§1.1): Which {name}? Unset: nothing is counted until it is set. "
        f"Set it with: partnerkit policy set SMALL {name}=<value> --seen <seen>"
    )


def by_keys(keys: Keys) -> Any:
    """The place of everything is told by the keys that lead to it."""
    return keys, 1


def told(code: str, message: str, *keys: str | int, mend: str | None, **more: Any) -> Finding:
    """A whole finding about the record of the bench, at the keys."""
    line: Any = keys
    return Finding(code, message, file="subject", line=line, column=1, record="subject", mend=mend, **more)


def seen(here: World, now: datetime = MOMENT) -> Look:
    """The record as it stands, of which every place is told by its keys."""
    found = look(here, now)
    return replace(found, record=replace(found.record, place=by_keys))


def where(findings: list[Finding]) -> list[Any]:
    """The keys at which each of the findings is told."""
    return [one.line for one in findings]
