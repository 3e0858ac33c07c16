"""Said: words of pydantic's as they stand in the models, and what they come to for each field."""

from __future__ import annotations

import types
import typing
from collections.abc import Callable
from typing import Annotated, Any, get_args, get_origin

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
        self._parts: tuple[Any, dict[str, Any], list[Any]] | None = None
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
        return (self._parts or self._read())[2]

    @property
    def description(self) -> str | None:
        """What it is, in words."""
        found: str | None = (self._parts or self._read())[1].get("description")
        return found

    @property
    def examples(self) -> list[Any] | None:
        """Values that it may have."""
        found: list[Any] | None = (self._parts or self._read())[1].get("examples")
        return found

    def _read(self) -> tuple[Any, dict[str, Any], list[Any]]:
        """The annotation, what `Field`s say of the field, and the marks."""
        hint = self._hint()
        marks: tuple[Any, ...] = get_args(hint)[1:] if get_origin(hint) is Annotated else ()
        said = [one for one in (*marks, self._given) if _is_said(one)]
        named = {key: value for one in said for key, value in one.named.items()}
        bounds = (_bounds(one) for one in (*marks, *([self._given] if _is_said(self._given) else [])))
        self._parts = (
            get_args(hint)[0] if marks else hint,
            named,
            [one for one in bounds if one is not None],
        )
        return self._parts

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
