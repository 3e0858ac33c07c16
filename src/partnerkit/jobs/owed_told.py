"""What a record owes, as text: kept for the next time, or told to another process."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import fields
from datetime import date
from typing import Any

from partnerkit.obligations.alone import Owes
from partnerkit.obligations.obligation import Obligation
from partnerkit.obligations.outlook import Facts

_DAYS, _SEVERAL = frozenset({"due", "since", "first", "begins", "ends"}), frozenset({"people", "sweep"})


def as_text(said: Owes) -> str:
    """What a record owes, in JSON."""
    owed = [{one.name: _plain(getattr(each, one.name)) for one in _FIELDS if _says(each, one)} for each in said.owed]
    return json.dumps([said.facts, _plain(said.first), said.needs, owed])


def _says(one: Obligation, field: Any) -> bool:
    return bool(getattr(one, field.name) != field.default)


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def from_text(facts: list[str], first: str | None, needs: list[list[str]], owed: list[dict[str, Any]]) -> Owes:
    """What a record owes, from what that JSON says."""
    day = date.fromisoformat(first) if first is not None else None
    return Owes(Facts(*facts), day, [(policy, role) for policy, role in needs], [_obligation(one) for one in owed])


def _obligation(said: Mapping[str, Any]) -> Obligation:
    return Obligation(**{key: _typed(key, value) for key, value in said.items()})


def _typed(key: str, value: Any) -> Any:
    if value is None:
        return None
    return date.fromisoformat(value) if key in _DAYS else tuple(value) if key in _SEVERAL else value


_FIELDS = fields(Obligation)
