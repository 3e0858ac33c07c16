"""Who may see what a record says, what of it is content, and how content is named that is kept elsewhere."""

from __future__ import annotations

import types
import typing
from collections.abc import Iterator
from typing import Annotated, Any, Literal, get_args, get_origin

from partnerkit.kinds.modelled import BaseModel
from partnerkit.kinds.parts import PROSE
from partnerkit.pattern import pattern

Keys = tuple[str | int, ...]
Classification = Literal["public", "internal", "confidential", "restricted"]

#: What a record or a field is where nobody says otherwise, and what a register may hold.
USUAL: Classification = "internal"

_RANK = {level: rank for rank, level in enumerate(get_args(Classification))}

#: Where something is kept, in one word, and the digest of its bytes.
_REFERENCE = pattern(r"\S{1,500} sha256:[0-9a-f]{64}\Z")


def above(level: Any, limit: Classification) -> bool:
    """Whether a classification is stricter than another; what is none is not."""
    return isinstance(level, str) and _RANK.get(level, -1) > _RANK[limit]


def is_reference(text: str) -> bool:
    """Whether a text only says where something is kept, and the digest of its bytes: `vault/deal.pdf sha256:…`."""
    return _REFERENCE.match(text) is not None


def prose(model: type[BaseModel], data: dict[str, Any]) -> Iterator[tuple[Keys, str]]:
    """Every text of a record that says something itself, with the keys that lead to it.

    Names, ids, choices, days, numbers and pointers to where something can be seen are none.
    """
    return marked_texts(model, data, PROSE)


def marked_texts(model: type[BaseModel], data: dict[str, Any], mark: object) -> Iterator[tuple[Keys, str]]:
    """Every text of a record that its kind marks so, with the keys that lead to it."""
    for name, info in model.model_fields.items():
        key = info.alias or name
        if key not in data:
            continue
        marked = any(one is mark for one in info.metadata)
        annotation: Any = Annotated[str, mark] if marked else info.annotation
        for keys, text in _below(annotation, data[key], mark):
            yield (key, *keys), text


def _below(annotation: Any, value: Any, mark: object) -> Iterator[tuple[Keys, str]]:
    origin, args = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        if isinstance(value, str):
            yield from [((), value)] if any(one is mark for one in args[1:]) else []
        else:
            yield from _below(args[0], value, mark)
    elif isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield from marked_texts(annotation, value, mark) if isinstance(value, dict) else ()
    elif origin is list or origin is dict:
        items = enumerate(value) if isinstance(value, list) else value.items() if isinstance(value, dict) else ()
        for key, item in items:
            for keys, text in _below(args[-1], item, mark):
                yield (key, *keys), text
    elif origin in {typing.Union, types.UnionType}:
        yield from next((found for part in args if (found := list(_below(part, value, mark)))), [])
