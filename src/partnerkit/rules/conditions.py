"""Conditions on fields in words, and what would satisfy them: `when` of a requirement, `where` of a linked demand."""

from __future__ import annotations

from typing import Any

from partnerkit.conditions import holds
from partnerkit.policies.lifecycle import Transition
from partnerkit.policies.values import Match


def in_words(wanted: Any) -> str:
    """What one field is to be, for people: `is official or unofficial`."""
    if not isinstance(wanted, Match):
        return f"is {_or(wanted)}"
    parts = [] if wanted.filled is None else ["is filled" if wanted.filled else "is empty"]
    parts += [f"is {_or(wanted.is_)}"] if wanted.is_ is not None else []
    parts += [f"is not {_or(wanted.not_)}"] if wanted.not_ is not None else []
    return " and ".join(parts)


def _or(wanted: Any) -> str:
    values = wanted if isinstance(wanted, list) else [wanted]
    return " or ".join(str(value).lower() if isinstance(value, bool) else str(value) for value in values)


def in_short(condition: dict[str, Any]) -> str:
    """A whole condition for people: `kind is professional, status is received or verified`."""
    return ", ".join(f"{path} {in_words(wanted)}" for path, wanted in condition.items())


def open_to(way: Transition, data: dict[str, Any]) -> bool:
    """Whether a way of the lifecycle is one for this record."""
    return way.when is None or holds(way.when, data)


def satisfying(condition: dict[str, Any]) -> dict[str, str]:
    """For each field of a condition a value that satisfies it, where it names one."""
    return {path: word for path, wanted in condition.items() if (word := _word(wanted)) is not None}


def _word(wanted: Any) -> str | None:
    """A value that satisfies a condition on a field, where it names one."""
    values = wanted.is_ if isinstance(wanted, Match) else wanted
    first = values[0] if isinstance(values, list) else values
    return None if first is None else str(first).lower() if isinstance(first, bool) else str(first)
