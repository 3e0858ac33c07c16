"""The keys that records have by their kinds, at any depth: fields, and no names that somebody gave."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from typing import Any, get_args

from partnerkit.kinds.catalogue import KINDS
from partnerkit.kinds.modelled import BaseModel


@functools.cache
def declared() -> frozenset[str]:
    """Every key that the kinds declare."""
    return frozenset(key for model in _models(tuple(KINDS.values()), set()) for key in _keys(model))


def _keys(model: type[BaseModel]) -> Iterator[str]:
    return (info.alias or name for name, info in model.model_fields.items())


def _models(annotations: tuple[Any, ...], met: set[Any]) -> Iterator[type[BaseModel]]:
    """The models that annotations name, and those that these name."""
    for one in annotations:
        if not isinstance(one, type) or not issubclass(one, BaseModel):
            yield from _models(get_args(one), met)
        elif one not in met:
            met.add(one)
            yield one
            yield from _models(tuple(info.annotation for info in one.model_fields.values()), met)
