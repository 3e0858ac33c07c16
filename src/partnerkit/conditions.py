"""Whether what a record says is as a condition of a policy wants it."""

from __future__ import annotations

from typing import Any

from partnerkit.policies.values import Match
from partnerkit.steps import is_filled, value_at


def holds(condition: dict[str, Any], data: dict[str, Any]) -> bool:
    """Whether every field of the condition is as it says. A list matches where one of its items does."""
    return all(_one(wanted, value_at(data, path)) for path, wanted in condition.items())


def _one(wanted: Any, value: Any) -> bool:
    if not isinstance(wanted, Match):
        return _equal(wanted, value)
    if wanted.filled is not None and is_filled(value) != wanted.filled:
        return False
    if wanted.is_ is not None and not _equal(wanted.is_, value):
        return False
    return wanted.not_ is None or not _equal(wanted.not_, value)


def _equal(wanted: Any, value: Any) -> bool:
    choices = wanted if isinstance(wanted, list) else [wanted]
    values = value if isinstance(value, list) else [value]
    return any(type(choice) is type(item) and choice == item for choice in choices for item in values)
