"""Values with which a template is tried before anybody needs it: every list with one item, or nothing at all."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from partnerkit.documents.marks import Mark
from partnerkit.documents.shape import Each, Has, Shape


class Anything(Mark):
    """Stands for a text, a number, or what nobody knows: it can be compared with all."""

    __slots__ = ("there",)
    there: bool

    @classmethod
    def that(cls, *, there: bool) -> Anything:
        """One that is there, or that says nothing."""
        found = cls("sample")
        found.there = there
        return found

    @property
    def shown(self) -> str:
        """What stands in the document: its name, where it is there."""
        return self.name if self.there else ""

    def __bool__(self) -> bool:
        """Whether something stands there."""
        return self.there

    def __lt__(self, _other: object) -> bool:
        """Whether it is less."""
        return self.there

    __le__ = __gt__ = __ge__ = __lt__


def tried(shape: Has, *, full: bool) -> Mapping[str, Any]:
    """A value for every name of a shape."""
    return {name: _value(part, full) for name, part in shape.parts.items()}


def _value(shape: Shape, full: bool) -> Any:
    if isinstance(shape, Has):
        return tried(shape, full=full)
    if isinstance(shape, Each):
        return [_value(shape.item, full)] if full else []
    return Anything.that(there=full)
