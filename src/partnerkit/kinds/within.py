"""What a model knows at a path of keys: the models that may stand there, and what a field of them may say."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Annotated, Any, Literal, get_args, get_origin

from partnerkit.kinds.modelled import BaseModel, FieldInfo


def models_at(annotation: Any, keys: tuple[str | int, ...]) -> list[type[BaseModel]]:
    """The models that may stand at a path below an annotation; several where it leaves a choice."""
    origin, args = get_origin(annotation), get_args(annotation)
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        if not keys:
            return [annotation]
        known = {name: info.annotation for name, info in keys_of(annotation).items()}
        if keys[0] in known:
            return models_at(known[str(keys[0])], keys[1:])
        return models_at(annotation, keys[1:]) if keys[0] == annotation.__name__ else []
    if origin is Annotated:
        return models_at(args[0], keys)
    if origin in {list, dict}:
        return models_at(args[-1], keys[1:]) if keys else []
    return [found for part in args for found in models_at(part, keys)]


def keys_of(model: type[BaseModel]) -> dict[str, FieldInfo]:
    """The fields of a model, by their keys."""
    return {info.alias or name: info for name, info in model.model_fields.items()}


def needed_in(annotation: Any, keys: tuple[str | int, ...]) -> list[str]:
    """The keys that the block at a path needs; none where no block stands there."""
    blocks = models_at(annotation, keys)[:1]
    return [key for block in blocks for key, info in keys_of(block).items() if info.is_required()]


def choices_at(annotation: Any, keys: tuple[str | int, ...]) -> list[str]:
    """What the field at a path has to be one of; nothing where it may say more than words that are listed."""
    said = list(_leaves(annotation, keys))
    return [str(word) for one in said if get_origin(one) is Literal for word in get_args(one)]


def is_day(annotation: Any, keys: tuple[str | int, ...]) -> bool:
    """Whether the field at a path is a day."""
    return date in _leaves(annotation, keys)


def _leaves(annotation: Any, keys: tuple[str | int, ...]) -> Iterator[Any]:
    """What the field at a path may be, each way by itself; a list or a map is one of them."""
    for model in models_at(annotation, keys[:-1]):
        info = keys_of(model).get(str(keys[-1]))
        yield from _ways(info.annotation) if info is not None else ()


def _ways(annotation: Any) -> Iterator[Any]:
    origin, args = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        yield from _ways(args[0])
    elif origin in {None, Literal, list, dict}:
        yield annotation
    else:
        for part in args:
            yield from _ways(part)
