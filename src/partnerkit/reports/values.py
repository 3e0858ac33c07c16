"""A value of a record in few words, on one line."""

from __future__ import annotations

from typing import Any


def brief(value: Any) -> str:
    """A value on one line: blocks in brackets, lists with commas."""
    if isinstance(value, dict):
        return "(" + ", ".join(f"{key} {brief(part)}" for key, part in value.items()) + ")"
    if isinstance(value, list):
        return ", ".join(brief(part) for part in value)
    return (
        {True: "yes", False: "no", None: "-"}.get(value, str(value))
        if isinstance(value, bool) or value is None
        else str(value)
    )
