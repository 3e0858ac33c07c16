"""Text taken out of a record in memory, as a command takes it out."""

from __future__ import annotations

import copy
from dataclasses import replace
from typing import Any

from partnerkit.kinds.expunging import listed, marker, texts
from partnerkit.register import Register
from partnerkit.rules.bonds import restatements
from partnerkit.rules.expunged import expunging_digest
from partnerkit.rules.look import Look
from partnerkit.steps import Step
from tests.policies.fulfil import MOMENT, ZERO, World
from tests.rules.bench import register
from tests.rules.placed import placed

X, Y = "x-000000000001", "x-000000000002"
AT = "2026-05-20T12:00:00Z"

#: What a record lists of an expunging, by somebody whose word is all that there is.
LISTED = {
    "id": X,
    "at": AT,
    "by": "p-bob",
    "reason": "A name.",
    "digest": "c1:" + "0" * 64,
    "places": 1,
    "previous": "c1:" + "0" * 64,
}


def taken_out(here: World, text: str, id_: str = X, **said: Any) -> World:
    """The record after a text was taken out of it, by a step that says truly what it did, but for what is given."""
    there = copy.copy(here)
    there.record = without(here.record, text, marker(id_))
    places = sum(text in one for _keys, one in texts(here.record))
    again = restatements(look(here), there.record)
    one = {"id": id_, "at": AT, "by": "p-bob", "reason": "A name.", "digest": ZERO["gate"], "places": places}
    one |= {"again": again, "previous": expunging_digest(listed(here.record))}
    there.record["expunged"] = [*here.record.get("expunged", []), one | said]
    return there


def without(value: Any, text: str, instead: str) -> Any:
    """A value with something else wherever a text stood."""
    if isinstance(value, dict):
        return {key: without(part, text, instead) for key, part in value.items()}
    if isinstance(value, list):
        return [without(part, text, instead) for part in value]
    return value.replace(text, instead) if isinstance(value, str) else value


def look(here: World, **changed: Any) -> Look:
    found = placed(register(here, **changed))
    return Look(found.records["subject"], found, found.policies["SMALL"], MOMENT, MOMENT)


def step(here: World, there: World, **changed: Any) -> Step:
    """The step from one version of the record to another."""
    return Step(placed(register(here)), placed(register(there)), **changed)


def at_first(there: World) -> Step:
    """The step with which the register begins."""
    return Step(None, placed(register(there)))


def empty(here: World) -> Register:
    """The register without any record."""
    return replace(register(here), records={})
