"""What a record owes, as text: kept for the next time, or told to another process."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import fields
from datetime import date
from sys import intern
from typing import Any

from partnerkit.obligations.alone import Owes, Together
from partnerkit.obligations.obligation import Obligation
from partnerkit.obligations.outlook import Facts

_DAYS, _SEVERAL = frozenset({"due", "since", "first", "begins", "ends"}), frozenset({"people", "sweep"})


def as_text(said: Owes) -> str:
    """What a record owes, in JSON."""
    return json.dumps([said.facts, _plain(said.first), said.needs, [_said(one) for one in said.owed]])


def as_words(said: Together) -> Any:
    """What records owe together, in words of JSON."""
    first = {policy: day.isoformat() for policy, day in said.first.items()}
    return [
        said.facts,
        first,
        sorted(said.needs),
        {name: [_said(one) for one in mine] for name, mine in said.owed.items()},
    ]


def _said(one: Obligation) -> dict[str, Any]:
    return {field.name: _plain(getattr(one, field.name)) for field in _FIELDS if _says(one, field)}


def _says(one: Obligation, field: Any) -> bool:
    return bool(getattr(one, field.name) != field.default)


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def from_text(facts: list[str], first: str | None, needs: list[list[str]], owed: list[dict[str, Any]]) -> Owes:
    """What a record owes, from what that JSON says."""
    day = date.fromisoformat(first) if first is not None else None
    return Owes(_facts(facts), day, [(policy, role) for policy, role in needs], [_obligation(one) for one in owed])


def from_words(told: Any) -> Together:
    """What records owe together, from those words."""
    facts, first, needs, owed = told
    return Together(
        {name: _facts(one) for name, one in facts.items()},
        {policy: date.fromisoformat(day) for policy, day in first.items()},
        {(policy, role) for policy, role in needs},
        {name: [_obligation(one) for one in mine] for name, mine in owed.items()},
    )


def _facts(said: Iterable[str]) -> Facts:
    """What many records say of themselves is held once."""
    return Facts(*map(intern, said))


def _obligation(said: Mapping[str, Any]) -> Obligation:
    return Obligation(**{key: _typed(key, value) for key, value in said.items()})


def _typed(key: str, value: Any) -> Any:
    if value is None:
        return None
    return date.fromisoformat(value) if key in _DAYS else tuple(value) if key in _SEVERAL else value


_FIELDS = fields(Obligation)
