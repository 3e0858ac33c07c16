"""Values of data that surely are right, made without pydantic: it is asked only where that cannot be said.

To start it costs more than a short command does else, and nearly all data are right. What is made here is what the
model would make; nothing is made of what it might refuse, read otherwise, or take for something else.
"""

from __future__ import annotations

import functools
import types
import typing
from collections.abc import Callable, Collection, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any, Literal, TypeVar, get_args, get_origin

from partnerkit.kinds.bounds import tests_of
from partnerkit.kinds.duration import Duration
from partnerkit.kinds.modelled import BaseModel, made
from partnerkit.kinds.said import UNIONS, Check, Said
from partnerkit.tuples import NamedTuple

ModelT = TypeVar("ModelT", bound=BaseModel)

#: Makes a typed value of one as it stands in a file.
_Make = Callable[[Any], Any]

#: Types of which a value is one, or none.
_PLAIN = frozenset({bool, int, date, datetime, Decimal, Duration, types.NoneType})

#: Words of what reads a value as it stands in a file, whatever its annotation takes.
_READS = frozenset({"PlainValidator", "BeforeValidator"})


class _UnsureError(ValueError):
    """Only the model itself can say."""


class _Keys(dict[str, tuple[str, _Make]]):
    """How each key is read, found out when one is first met: few data say something in every field."""

    def __init__(self, infos: Mapping[str, Any]) -> None:
        super().__init__()
        self._infos = {info.alias: (name, info) for name, info in infos.items()}

    def __missing__(self, key: str) -> tuple[str, _Make]:
        if key not in self._infos:
            raise _UnsureError
        name, info = self._infos[key]
        self[key] = name, _marked(info.annotation, info.metadata)
        return self[key]


class _Plan(NamedTuple):
    """How a model is made: how each key is read, those that must be there, what else fields hold, what judges it."""

    keys: _Keys
    needed: frozenset[str]
    absent: Mapping[str, Any]
    news: Mapping[str, Callable[[], Any]]
    checks: tuple[Callable[[Any], Any], ...]


def sure(model: type[ModelT], data: Any) -> ModelT | None:
    """The value that a model makes of data; None where only the model itself can say."""
    try:
        return typing.cast("ModelT", _made(model, data))
    except (ValueError, TypeError, AssertionError):  # what judges refuses: how it says so is the model's business
        return None


def surely_takes(model: type[BaseModel], key: str, value: Any) -> bool:
    """Whether a field surely takes a value, whatever the others hold; else only the model itself can say."""
    try:
        plan_of(model).keys[key][1](value)
    except (ValueError, TypeError, AssertionError):
        return False
    return True


def _made(model: type[BaseModel], data: Any) -> Any:
    if type(data) is not dict:
        raise _UnsureError
    plan = plan_of(model)
    values = dict(plan.absent)
    given = set[str]()
    keys = plan.keys
    for key, value in data.items():
        name, make = keys[key]
        values[name] = make(value)
        given.add(name)
    return whole(model, plan, values, given)


def whole(model: type[BaseModel], plan: _Plan, values: dict[str, Any], given: set[str]) -> Any:
    """A value of a model, of which what is said in the fields is made already.

    Raises:
        ValueError, TypeError, AssertionError: only the model itself can say.
    """
    if not plan.needed <= given:
        raise _UnsureError
    for name, new in plan.news.items():
        if name not in given:
            values[name] = new()
    found = made(model, values, given)
    for check in plan.checks:
        if check(found) is not found:
            raise _UnsureError
    return found


@functools.cache
def plan_of(model: type[BaseModel]) -> _Plan:
    """How a model is made."""
    infos: Mapping[str, Any] = model.model_fields
    checks: dict[str, Check] = {}
    for one in reversed(model.__mro__):
        checks |= vars(one).get("own_checks", {})
    return _Plan(
        _Keys(infos),
        frozenset(name for name, info in infos.items() if info.is_required()),
        {name: None if info.default is ... else info.default for name, info in infos.items()},
        {name: _new(info.default_factory) for name, info in infos.items() if info.default_factory},
        tuple(one.function for one in checks.values()),
    )


def _new(factory: Any) -> Callable[[], Any]:
    """What makes the value of a field anew for each where nothing is said; of a model, that of no data."""
    return functools.partial(_made, factory, {}) if _is_model(factory) else typing.cast("Callable[[], Any]", factory)


def _maker(annotation: Any) -> _Make:
    """What makes a value of an annotation, and of nothing else."""
    origin, args = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return _marked(args[0], args[1:])
    if origin in UNIONS:
        return _one_of(args)
    if origin is list:
        return _list(_maker(args[0]))
    if origin is dict:
        return _dict(_maker(args[0]), _maker(args[1]))
    if origin is Literal:
        return _literal(args)
    if _is_model(annotation):
        return functools.partial(_made, annotation)
    special = _SPECIAL.get(annotation)
    return special or (functools.partial(_plain, annotation) if annotation in _PLAIN else _never)


def _is_model(annotation: Any) -> bool:
    return isinstance(annotation, type) and issubclass(annotation, BaseModel)


def _anything(value: Any) -> Any:
    return value


def _never(_value: Any) -> Any:
    raise _UnsureError


def _plain(wanted: type, value: Any) -> Any:
    if type(value) is not wanted:
        raise _UnsureError
    return value


def _text(value: Any) -> Any:
    """Text that every library can hold: none with half a character."""
    if type(value) is not str:
        raise _UnsureError
    if not value.isascii():
        value.encode()
    return value


def _number(value: Any) -> Any:
    """A number that is one: neither endless, nor what stands for none."""
    if type(value) is not Decimal or not value.is_finite():
        raise _UnsureError
    return value


_SPECIAL: dict[Any, _Make] = {str: _text, Decimal: _number, Any: _anything}


def _literal(choices: tuple[Any, ...]) -> _Make:
    known: dict[type, set[Any]] = {}
    for one in choices:
        known.setdefault(type(one), set()).add(one)

    def make(value: Any) -> Any:
        if value not in known.get(type(value), ()):
            raise _UnsureError
        return value

    return make


def _list(make: _Make) -> _Make:
    return functools.partial(each, make)


def each(make: _Make, value: Any) -> Any:
    """A list of which each item is made."""
    if type(value) is not list:
        raise _UnsureError
    return [make(one) for one in value]


def _dict(key: _Make, make: _Make) -> _Make:
    def make_each(value: Any) -> Any:
        if type(value) is not dict:
            raise _UnsureError
        return {key(name): make(one) for name, one in value.items()}

    return make_each


def _one_of(choices: tuple[Any, ...]) -> _Make:
    """What makes a value of the one of several annotations that takes it; of more, where they make the same of it."""
    makes = [(_types(one), _maker(one)) for one in choices]
    known: dict[type, _Make] = {}

    def make(value: Any) -> Any:
        mine = type(value)
        if mine not in known:
            known[mine] = _only_one([make for types_, make in makes if types_ is None or mine in types_])
        return known[mine](value)

    return make


def _only_one(makes: list[_Make]) -> _Make:
    """What makes a value of the one of these that takes it; where more do and make different things of it, nobody."""
    if len(makes) == 1:
        return makes[0]

    def make(value: Any) -> Any:
        found: list[Any] = []
        for one in makes:
            try:
                found.append(one(value))
            except (ValueError, TypeError, AssertionError):
                continue
        if not found or any(one is not found[0] for one in found):
            raise _UnsureError
        return found[0]

    return make


def _types(annotation: Any) -> Collection[type] | None:
    """The types of which a value may be, as it stands in a file, that an annotation takes; None for any."""
    origin, args = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        reads = any(isinstance(one, Said) and one.word in _READS for one in args[1:])
        return None if reads else _types(args[0])
    if origin is Literal:
        return {type(one) for one in args}
    if origin in {list, dict}:
        return {origin}
    if _is_model(annotation):
        return {dict}
    return {annotation} if annotation is str or annotation in _PLAIN else None


def _marked(annotation: Any, marks: typing.Iterable[Any]) -> _Make:
    """What makes a value, with the functions and the bounds that stand at its annotation around it."""
    makes = [_maker(annotation)]
    for mark in marks:
        if not isinstance(mark, Said) or mark.word == "WithJsonSchema":
            continue
        if mark.word == "PlainValidator":
            makes = [mark.given[0]]
        elif mark.word == "BeforeValidator":
            makes.insert(0, mark.given[0])
        elif mark.word == "AfterValidator":
            makes.append(mark.given[0])
        else:
            makes.append(_bounds(mark) if mark.word == "Field" else _never)
    return _one_after_the_other(makes)


def _one_after_the_other(makes: list[_Make]) -> _Make:
    if len(makes) == 1:
        return makes[0]
    if len(makes) == 2:  # noqa: PLR2004 - most are
        first, second = makes
        return lambda value: second(first(value))
    first, *others = makes

    def make(value: Any) -> Any:
        value = first(value)
        for one in others:
            value = one(value)
        return value

    return make


def _bounds(mark: Said) -> _Make:
    """What lets a value through that lies within the bounds."""
    tests = tests_of(mark.named)
    if tests is None:
        return _never

    def within(value: Any) -> Any:
        for test in tests:
            if not test(value):
                raise _UnsureError
        return value

    return within
