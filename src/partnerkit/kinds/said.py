"""Said: words of pydantic's as they stand in the models, and what they come to for each field."""

from __future__ import annotations

import types
import typing
from collections.abc import Callable
from typing import Any

UNIONS = (typing.Union, types.UnionType)


class Said:
    """A word of pydantic's with what was given to it."""

    __slots__ = ("given", "named", "word")

    def __init__(self, word: str, *given: Any, **named: Any) -> None:
        self.word = word
        self.given = given
        self.named = named


class Check:
    """A function that judges a whole value once it is made."""

    __slots__ = ("function",)

    def __init__(self, function: Callable[..., Any]) -> None:
        self.function = function


#: What a `Field` says about the field itself; all else that it says bounds the values.
_OF_THE_FIELD = frozenset({"default", "default_factory", "description", "examples", "alias"})


class Info:
    """What a model says of one field; as much of pydantic's `FieldInfo` as is asked for here.

    Its annotation is read when it is first asked for: most data say something in few of the fields that there are.
    """

    __slots__ = ("_given", "_hint", "_parts", "alias", "default", "default_factory")

    def __init__(self, hint: Callable[[], Any], given: Any, alias: str) -> None:
        """Gather it.

        Args:
            hint: reads the field's annotation, of which no mark says a default or a key.
            given: what stands behind `=`; `...` where nothing does.
            alias: its key in a file, unless it says another.
        """
        self._hint, self._given = hint, given
        self._parts: tuple[Any, list[Any]] | None = None
        named = given.named if _is_said(given) else {"default": given}
        self.default = named.get("default", ...)
        self.default_factory = named.get("default_factory")
        self.alias = named.get("alias", alias)

    @property
    def annotation(self) -> Any:
        """The annotation, without the marks around it."""
        return (self._parts or self._read())[0]

    @property
    def metadata(self) -> list[Any]:
        """The marks: what stands beside the annotation, and what bounds the values."""
        return (self._parts or self._read())[1]

    @property
    def description(self) -> str | None:
        """What it is, in words."""
        found: str | None = self._named("description")
        return found

    @property
    def examples(self) -> list[Any] | None:
        """Values that it may have."""
        found: list[Any] | None = self._named("examples")
        return found

    def _read(self) -> tuple[Any, list[Any]]:
        hint = self._hint()
        marks: tuple[Any, ...] = getattr(hint, "__metadata__", ())
        bounds = [found for one in (*marks, *self._said) if (found := _bounds(one)) is not None]
        self._parts = hint.__origin__ if marks else hint, bounds
        return self._parts

    @property
    def _said(self) -> tuple[Said, ...]:
        """What stands behind `=`, where that is a `Field`."""
        return (self._given,) if _is_said(self._given) else ()

    def _named(self, word: str) -> Any:
        """What a `Field` gives by a name: the one behind `=`, or else the last at the annotation."""
        every = (*getattr(self._hint(), "__metadata__", ()), *self._said)
        return next((one.named[word] for one in reversed(every) if _is_said(one) and word in one.named), None)

    def is_required(self) -> bool:
        """Whether it must be given."""
        return self.default is ... and self.default_factory is None


def _is_said(one: Any) -> bool:
    return isinstance(one, Said) and one.word == "Field"


def _bounds(mark: Any) -> Any:
    """A mark, of a `Field` only what bounds the values; None where nothing is left."""
    if not _is_said(mark):
        return mark
    named = {key: value for key, value in mark.named.items() if key not in _OF_THE_FIELD}
    return Said("Field", **named) if named else None
