"""Packs, written policies and small policies for tests."""

from __future__ import annotations

import copy
import functools
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from pydantic import ValidationError

from partnerkit.policies.consistency import problems
from partnerkit.policies.policy import Policy

ROOT = Path(__file__).resolve().parents[2]
PACKS = ROOT / "src" / "partnerkit" / "policies" / "packs"
WRITTEN = ROOT.parent / "shared" / "policies"

#: The written policy behind each pack.
TEXTS = {
    "MANDALA-PCP": "MANDALA-partnership-and-collaboration-policy.md",
    "MEM-02-03": "MEM-02-03-mentorship-program-policy.md",
    "OPS-05-03": "OPS-05-03-partnership-policy.md",
    "OTS-PG": "OTS-partnership-guidelines.md",
}


def pack_data(name: str) -> dict[str, Any]:
    """A pack as parsed YAML, to be altered: dates are text, as everywhere in a register."""
    return copy.deepcopy(_parsed(name))


@functools.cache
def _parsed(name: str) -> dict[str, Any]:
    found = _textual(yaml.load((PACKS / f"{name}.yaml").read_text(encoding="utf-8"), yaml.CSafeLoader))
    assert isinstance(found, dict)
    return found


def pack_names() -> list[str]:
    """Every pack that is shipped."""
    return sorted(path.stem for path in PACKS.glob("*.yaml"))


@functools.cache
def pack(name: str) -> Policy:
    return Policy.model_validate(pack_data(name))


def written(name: str) -> str:
    """The text of a written policy; they belong to their owners, so a checkout need not have them."""
    path = WRITTEN / name
    if not path.is_file():
        pytest.skip(f"the written policy {name} is not beside this checkout: it belongs to its owners")
    return path.read_text(encoding="utf-8")


def _textual(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, dict):
        return {key: _textual(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_textual(item) for item in value]
    return value


_SMALL: dict[str, Any] = {
    "format": 1,
    "policy": "SMALL",
    "title": "A small policy",
    "pack-version": "1",
    "clauses": {
        "§1": {"title": "Choosing"},
        "§1.1": {"title": "Before", "points": ["proposal", "checks"]},
        "§1.2": {"title": "Tone", "narrative": "conduct between people"},
    },
    "roles": {"board": {"title": "Board"}},
    "variables": {
        "checks": {"unit": "count", "value": None, "clause": "§1.1/checks", "question": "How many?"},
        "decider": {"unit": "role", "value": None, "clause": "§1.1", "question": "Who?"},
    },
    "requirements": {
        "proposal": {"clause": "§1.1/proposal", "evidence": {"kinds": ["document"]}},
        "checks": {"clause": "§1.1/checks", "evidence": {"kinds": ["report"], "at-least": "$checks"}},
        "decision": {"clause": "§1.1", "approval": {"role": "$decider"}, "rests-on": ["checks"]},
    },
    "lifecycles": {
        "partnership": {
            "starts": "proposed",
            "stages": {"proposed": {"title": "Proposed"}, "active": {"title": "Active"}, "ended": {"title": "Ended"}},
            "transitions": [
                {"from": "proposed", "to": "active", "main": True, "needs": ["proposal", "checks", "decision"]},
                {"from": ["proposed", "active"], "to": "ended"},
            ],
        }
    },
}


def small() -> dict[str, Any]:
    """A policy that is right, to be made wrong."""
    return copy.deepcopy(_SMALL)


Change = Callable[[dict[str, Any]], object]


def told(change: Change) -> list[str]:
    """What the consistency of a changed small policy is told."""
    data = small()
    change(data)
    return [problem.message for problem in problems(Policy.model_validate(data))]


def refused(change: Change) -> str:
    """What the model says about a changed small policy, with the places."""
    data = small()
    change(data)
    with pytest.raises(ValidationError) as caught:
        Policy.model_validate(data)
    return "\n".join(f"{'.'.join(map(str, error['loc']))}: {error['msg']}" for error in caught.value.errors())
