"""Values of data that surely are right, made with the parts of a value that was made before of nearly the same data."""

from __future__ import annotations

import functools
import itertools
import typing
from typing import Any, TypeVar

from partnerkit.kinds.modelled import BaseModel
from partnerkit.kinds.sure import each, plan_of, whole

ModelT = TypeVar("ModelT", bound=BaseModel)


def sure_again(model: type[ModelT], data: dict[str, Any], was: dict[str, Any], value: ModelT) -> ModelT | None:
    """The value that a model makes of data, as `sure` makes it; parts that other data hold too are not made again.

    Args:
        model: the model.
        data: the data.
        was: other data; what both hold is the very same object, and did not change.
        value: what the model made of these.
    """
    try:
        return typing.cast("ModelT", _made_again(model, data, was, value))
    except (ValueError, TypeError, AssertionError):
        return None


def _made_again(model: type[BaseModel], data: dict[str, Any], was: dict[str, Any], value: Any) -> Any:
    """What a model makes of data: of a part that is the very one from which a value was made before, it takes that."""
    plan, before = plan_of(model), value.__dict__
    values, given = dict(plan.absent), set[str]()
    for key, part in data.items():
        name, make = plan.keys[key]
        former = was.get(key, ...)
        if former is part:
            values[name] = before[name]
        elif type(former) is list and isinstance(make, functools.partial) and make.func is each:
            values[name] = _each_again(make, part, former, before[name])
        else:
            values[name] = make(part)
        given.add(name)
    return whole(model, plan, values, given)


def _each_again(make: functools.partial[Any], items: Any, were: list[Any], values: list[Any]) -> Any:
    """The same of a list: as far as it goes on as it was."""
    same = 0
    if type(items) is list:
        same = sum(1 for _ in itertools.takewhile(lambda two: two[0] is two[1], zip(items, were, strict=False)))
    return [*values[:same], *make(items[same:])] if same else make(items)
