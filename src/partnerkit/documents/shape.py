"""What a template may read: the names of a document, down to the parts of what lists hold."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeAlias

from partnerkit.dataclass import dataclass, field

#: A text, a number, a yes or no.
LEAF = None


@dataclass(frozen=True, slots=True)
class Open:
    """Anything may stand below it: fields that a policy declares."""


@dataclass(frozen=True, slots=True)
class Each:
    """A list, and what each of its items has."""

    item: Shape


@dataclass(frozen=True, slots=True)
class Has:
    """Parts with names."""

    parts: Mapping[str, Shape] = field(default_factory=dict)


Shape: TypeAlias = Open | Each | Has | None

ANY = Open()


def texts(*names: str) -> Has:
    """Parts that are texts."""
    return Has(dict.fromkeys(names, LEAF))


def fits(value: Any, shape: Shape) -> bool:
    """Whether a value is of a shape, all of its parts and no other."""
    if isinstance(shape, Open):
        return True
    if isinstance(shape, Each):
        return isinstance(value, list) and all(fits(one, shape.item) for one in value)
    if isinstance(shape, Has):
        same = isinstance(value, dict) and value.keys() == shape.parts.keys()
        return same and all(fits(value[key], part) for key, part in shape.parts.items())
    return isinstance(value, str | int)
