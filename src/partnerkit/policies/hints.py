"""Hints: what a field is to hold, in a few words, for whoever is to fill it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any, Literal, get_args, get_origin

from partnerkit.kinds.catalogue import KINDS
from partnerkit.kinds.duration import Duration
from partnerkit.kinds.modelled import BaseModel
from partnerkit.kinds.parts import Id, PersonId
from partnerkit.policies.policy import Policy
from partnerkit.policies.shapes import model_for

#: How many choices are told; of more, so many are told as examples.
_ALL, _SOME = 12, 4

_PLAIN: dict[Any, str] = {
    date: "a day",
    bool: "true or false",
    int: "a whole number",
    Decimal: "a number",
    Duration: "a duration such as P6M",
    PersonId: "the id of a person",
    Id: "the id of a record",
}


def hint(policy: Policy, kind: str, path: str) -> str | None:
    """What a record of the kind is to hold at a path; None where it is plain text, or nothing is known of it.

    For instance `continue, adjust or end`, `a day`, `a list of {id, text, supports}`.
    """
    if kind not in KINDS:
        return None
    annotation: Any = model_for(policy, kind)
    for segment in path.split("."):
        annotation = _below(annotation, segment)
    return _words(annotation)


def meaning(policy: Policy, kind: str, path: str) -> str | None:
    """What a field of a record of the kind means, as its model says it in a line; None where nothing is said."""
    above, _, key = path.rpartition(".")
    inner: Any = model_for(policy, kind)
    for segment in above.split(".") if above else ():
        inner = _below(inner, segment)
    inner = _single(inner)
    while get_origin(inner) is list:
        inner = _single(get_args(inner)[0])
    if not (isinstance(inner, type) and issubclass(inner, BaseModel)):
        return None
    infos = inner.model_fields.items()
    return next((info.description for name, info in infos if (info.alias or name) == key), None)


def with_hint(policy: Policy, kind: str, path: str) -> str:
    """The path, and in brackets what it is to hold."""
    found = hint(policy, kind, path)
    return f"{path} ({found})" if found else path


def _below(annotation: Any, segment: str) -> Any:
    """What stands at a key below an annotation, inside lists; None where nothing does."""
    inner = _single(annotation)
    while get_origin(inner) is list:
        inner = _single(get_args(inner)[0])
    if get_origin(inner) is dict:
        return get_args(inner)[1]
    if isinstance(inner, type) and issubclass(inner, BaseModel):
        infos = inner.model_fields.items()
        return next((info.annotation for name, info in infos if (info.alias or name) == segment), None)
    return None


def _single(annotation: Any) -> Any:
    """The annotation without None and without its constraints."""
    if annotation in _PLAIN or get_origin(annotation) in {list, dict, Literal}:
        return annotation
    args = [part for part in get_args(annotation) if part is not type(None)]
    return _single(args[0]) if args else annotation


def _words(annotation: Any) -> str | None:
    found = _single(annotation)
    origin, args = get_origin(found), get_args(found)
    if origin is Literal:
        return _choices([str(one) for one in args])
    if origin is list:
        inner = _words(args[0])
        return f"a list of {inner}" if inner else "a list"
    if origin is dict:
        keys = _words(args[0])
        return f"a block of key: value, the keys {keys}" if keys else "a block of key: value"
    if isinstance(found, type) and issubclass(found, BaseModel):
        keys = ", ".join(_key(info.alias or name, info.annotation) for name, info in found.model_fields.items())
        return f"{{{keys}}}"
    return _PLAIN.get(found)


def _key(name: str, annotation: Any) -> str:
    """A key of a block, with its choices where it has some."""
    found = _single(annotation)
    return f"{name}: {_words(found)}" if get_origin(found) is Literal else name


def _choices(words: list[str]) -> str:
    """`a, b or c`; of many, some."""
    if len(words) > _ALL:
        return f"{', '.join(words[:_SOME])} … ({len(words)} choices)"
    return " or ".join(part for part in (", ".join(words[:-1]), words[-1]) if part)
