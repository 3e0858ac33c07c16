"""Whole answers and whole findings, to be compared: what is missing, who has it, the line that mends it, the notes."""

from __future__ import annotations

from typing import Any

from partnerkit.rules.question import Answer

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
