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
    """What a model says of one field; as much of pydantic's `FieldInfo` as is asked for here."""

    __slots__ = ("alias", "annotation", "default", "default_factory", "description", "examples", "metadata")

    def __init__(self, annotation: Any, given: Any, alias: str) -> None:
        """Gather it.

        Args:
            annotation: the field's annotation.
            given: what stands behind `=`; `...` where nothing does.
            alias: its key in a file, unless it says another.
        """
        marks: tuple[Any, ...] = get_args(annotation)[1:] if get_origin(annotation) is Annotated else ()
        self.annotation = get_args(annotation)[0] if marks else annotation
        said = [one for one in (*marks, given) if _is_said(one)]
        named = {key: value for one in said for key, value in one.named.items()}
        if given is not ... and not _is_said(given):
            named["default"] = given
        self.default = named.get("default", ...)
        self.default_factory = named.get("default_factory")
        self.description = named.get("description")
        self.examples = named.get("examples")
        self.alias = named.get("alias", alias)
        bounds = (_bounds(one) for one in (*marks, *([given] if _is_said(given) else [])))
        self.metadata = [one for one in bounds if one is not None]

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
