"""Typed values from data that is known to be valid: nothing is judged again, so no validator has to be built.

What comes out is equal to what the model would make of the data. Only for data that the model itself let through
before, and which nobody else can have put there since.
"""

from __future__ import annotations

import contextlib
import functools
import itertools
import types
import typing
from collections.abc import Callable, Mapping
from typing import Annotated, Any, Literal, TypeVar, get_args, get_origin

from partnerkit.kinds.modelled import BaseModel, made
from partnerkit.kinds.said import UNIONS, Said
from partnerkit.tuples import NamedTuple

ModelT = TypeVar("ModelT", bound=BaseModel)

#: Makes a typed value of one as it stands in a file; None where both are the same.
_Make = Callable[[Any], Any] | None

#: So many values are made without pydantic, where that can be: to judge one more is quicker once it has begun, and it
#: begins as slowly as some thousands are made. Where it is known that there are as many it begins at once.
MANY = 2_000
_made_without = itertools.count()

#: What holds others, and what can be told from it in a file.
_SHAPES: dict[Any, type] = {dict: dict, list: list}


class _Keys(dict[str, tuple[str, _Make]]):
    """How each key is read, found out when one is first met: few data say something in every field."""

    def __init__(self, infos: Mapping[str, Any]) -> None:
        super().__init__()
        self._infos = {info.alias: (name, info) for name, info in infos.items()}

    def __missing__(self, key: str) -> tuple[str, _Make]:
        name, info = self._infos[key]
        self[key] = name, _marked(_maker(info.annotation), info.metadata)
        return self[key]

    def name(self, key: str) -> str:
        """The name of a field by its key."""
        return self._infos[key][0]

    def value(self, key: str, said: Any) -> Any:
        """What stands at a key, typed."""
        _name, make = self[key]
        return said if make is None else make(said)


class _Plan(NamedTuple):
    """How a model is made: what its fields hold where nothing is said, and how each key is read."""

    absent: dict[str, Any]
    news: tuple[tuple[str, Callable[[], Any]], ...]
    keys: _Keys
    late: bool


def trusted(model: type[ModelT], data: Mapping[str, Any]) -> ModelT:
    """The value that a model makes of data which it let through before.

    Raises:
        ValueError: what the data names is not there any more, such as a time zone.
    """
    plan = _plan(model)
    if plan.late:
        return typing.cast("ModelT", _made_late(model, plan, data))
    values, given = dict(plan.absent), set[str]()
    for key, value in data.items():
        name, make = plan.keys[key]
        values[name] = value if make is None else make(value)
        given.add(name)
    for name, new in plan.news:
        if name not in given:
            values[name] = new()
    return typing.cast("ModelT", made(model, values, given))


def _made_late(model: type[Any], plan: _Plan, data: Mapping[str, Any]) -> Any:
    """The same of a model whose fields are made when they are asked for."""
    values, waiting = dict(plan.absent), dict[str, Callable[[], Any]]()
    for key, value in data.items():
        name = plan.keys.name(key)
        del values[name]
        waiting[name] = functools.partial(plan.keys.value, key, value)
    given = set(waiting)
    for name, new in plan.news:
        if name not in given:
            values[name] = new()
    return made(model, values, given, waiting)


def typed(
    model: type[ModelT], data: Any, *, judged: bool, many: bool = False, was: tuple[dict[str, Any], Any] | None = None
) -> ModelT:
    """The value that a model makes of data, which may have been judged before.

    Args:
        model: the model.
        data: the data.
        judged: whether it let them through before.
        many: whether it is one of so many that pydantic is the quicker way.
        was: other data and their value: of a part that both data hold the value is taken over, which is quicker still.

    Raises:
        pydantic.ValidationError: the model does not let them through.
    """
    if judged:
        with contextlib.suppress(ValueError):  # something that they name is not there any more: it is told below
            return trusted(model, data)
    if was is not None and type(was[1]) is model:
        from partnerkit.kinds.sure_again import sure_again  # noqa: PLC0415 - only histories have earlier versions

        found = sure_again(model, data, *was)
    else:
        from partnerkit.kinds.sure import sure  # noqa: PLC0415 - not for what is known to be right

        found = sure(model, data) if not many and next(_made_without) < MANY else None
    return found if found is not None else model.model_validate(data)


@functools.cache
def _plan(model: type[BaseModel]) -> _Plan:
    infos: Mapping[str, Any] = model.model_fields
    news = tuple((name, _new(info.default_factory)) for name, info in infos.items() if info.default_factory)
    absent = {name: _absent(info.default) for name, info in infos.items()}
    return _Plan(absent, news, _Keys(infos), getattr(model, "made_late", False))


def _new(factory: Any) -> Callable[[], Any]:
    """What makes the value of a field anew for each where nothing is said; of a model, that of no data."""
    return functools.partial(trusted, factory, {}) if _is_model(factory) else typing.cast("Callable[[], Any]", factory)


def _is_model(annotation: Any) -> bool:
    return isinstance(annotation, type) and issubclass(annotation, BaseModel)


def _absent(default: Any) -> Any:
    """What a field holds where nothing is said; of those that must be given, nobody will ever see it."""
    if isinstance(default, list | dict | set):
        raise TypeError("what could change is made anew for each: say it as `default_factory`")
    return None if default is ... else default


def _marked(make: _Make, marks: typing.Iterable[Any]) -> _Make:
    """What makes a value, with the functions that stand at its annotation around it."""
    for mark in marks:
        word = mark.word if isinstance(mark, Said) else ""
        if word == "PlainValidator":
            make = mark.given[0]
        elif word == "BeforeValidator":
            make = _one_after_the_other(mark.given[0], make)
        elif word == "AfterValidator":
            make = _one_after_the_other(make, mark.given[0])
    return make


def _one_after_the_other(first: _Make, second: _Make) -> _Make:
    if first is None or second is None:
        return first or second
    return lambda value: second(first(value))


def _maker(annotation: Any) -> _Make:
    """What makes a value of an annotation."""
    origin, args = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return _marked(_maker(args[0]), args[1:])
    if origin in UNIONS:
        return _one_of([one for one in args if one is not types.NoneType])
    if origin is list:
        return _list(_maker(args[0]))
    if origin is dict:
        return _dict(_maker(args[0]), _maker(args[1]))
    if _is_model(annotation):
        return functools.partial(trusted, annotation)
    if origin is None or origin is Literal:
        return None
    raise TypeError(f"nobody said how a value of {annotation} is made")


def _list(make: _Make) -> _Make:
    return list if make is None else lambda value: [make(one) for one in value]


def _dict(key: _Make, make: _Make) -> _Make:
    if key is not None:
        raise TypeError("the keys of a mapping are words")
    return dict if make is None else lambda value: {name: make(one) for name, one in value.items()}


def _one_of(choices: list[Any]) -> _Make:
    """What makes a value of one of several annotations, told apart by what stands in the file: block, list or word."""
    found: dict[type | None, _Make] = {}
    for one in choices:
        shape, make = _shape(one), _maker(one)
        if found.setdefault(shape, make) is not make:
            raise TypeError(f"nobody could tell {' from '.join(map(str, choices))} in a file")
    if not any(found.values()):
        return None
    word = found.get(None)

    def make_one(value: Any) -> Any:
        make = found.get(type(value), word) if value is not None else None
        return value if make is None else make(value)

    return make_one


def _shape(annotation: Any) -> type | None:
    """What stands in a file for a value of an annotation: a mapping, a list, or (None) one word."""
    origin = get_origin(annotation)
    if origin is Annotated:
        return _shape(get_args(annotation)[0])
    if _is_model(annotation):
        return dict
    return _SHAPES.get(origin)
