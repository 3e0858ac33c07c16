"""The bounds of a field as tests of its values: how long, how much, of which form."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from partnerkit.pattern import pattern

#: Whether a value lies within a bound.
Test = Callable[[Any], bool]

#: What is said of a field and bounds nothing.
_NO_BOUNDS = frozenset({"description", "examples", "alias"})

#: How a class of letters is named in a form.
_CLASS = pattern(r"\\[a-zA-Z]")


def tests_of(said: Mapping[str, Any]) -> list[Test] | None:
    """What tells of a value whether it lies within what is said of a field, by pydantic's names.

    None where something is said of which only pydantic knows what it means.
    """
    bounds = {name: bound for name, bound in said.items() if name not in _NO_BOUNDS}
    return [_BOUNDS[name](bound) for name, bound in bounds.items()] if bounds.keys() <= _BOUNDS.keys() else None


def _like(said: str) -> Test:
    """Whether a text has a form: pydantic asks another library, which means the same by it.

    Not all letters are the same to both where the form names a class of them by a letter.
    """
    search, classes = re.compile(said).search, _CLASS.search(said) is not None
    return lambda value: (value.isascii() or not classes) and value.isprintable() and search(value) is not None


_BOUNDS: dict[str, Callable[[Any], Test]] = {
    "pattern": _like,
    "max_length": lambda most: lambda value: len(value) <= most,
    "min_length": lambda least: lambda value: len(value) >= least,
    "ge": lambda least: lambda value: value >= least,
    "gt": lambda least: lambda value: value > least,
    "le": lambda most: lambda value: value <= most,
}
