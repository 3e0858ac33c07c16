"""Dataclasses whose methods are written when they are first used: most commands make values of few classes.

`dataclasses` composes and compiles every method of every class as its module is imported, and imports much for it: a
fifth of the time of a short command. A class that is decorated here behaves as it does there, and is one of its
dataclasses for whoever asks for its fields.
"""

from __future__ import annotations

import itertools
import types
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

__all__ = ["asdict", "dataclass", "field", "field_names", "replace"]

_FIELDS = "__dataclass_fields__"
#: So many values of a class are made field by field: to write what makes them takes as long as to make so many.
_FEW = 20
_ORDERED = {"__lt__": "<", "__le__": "<=", "__gt__": ">", "__ge__": ">="}


class _Unset:
    """Stands where nothing was given."""


_UNSET: Any = _Unset()


class _Field:
    """What is said of a field beside its type."""

    def __init__(self, said: dict[str, Any]) -> None:
        self.said = said
        self.default = said.get("default", _UNSET)
        self.factory = said.get("default_factory", _UNSET)
        self.init: bool = said.get("init", True)
        self.repr: bool = said.get("repr", True)
        self.compare: bool = said.get("compare", True)
        self.kw_only: bool = said.get("kw_only", False)

    def parameter(self, name: str) -> str:
        """As a parameter of the first method."""
        return name if self.default is _UNSET is self.factory else f"{name}=_default_{name}"

    def value(self, name: str) -> str | None:
        """What it becomes there; None where it stays without a value."""
        if self.factory is _UNSET:
            return name if self.init else None if self.default is _UNSET else f"_default_{name}"
        return f"_factory_{name}() if {name} is _unset else {name}" if self.init else f"_factory_{name}()"


class _Late:
    """Stands where a dataclass has its fields until somebody asks for them, and writes its methods.

    Attributes:
        fields: each with what is said of it, also those of the classes above.
    """

    def __init__(self, cls: type[Any], own: dict[str, _Field], *, frozen: bool, order: bool) -> None:
        self.cls, self.frozen, self.order = cls, frozen, order
        above = [vars(one)[_FIELDS] for one in reversed(cls.__mro__[1:]) if _FIELDS in vars(one)]
        self.fields = {name: one for late in above for name, one in late.fields.items()} | own
        self.types = {name: one for late in above for name, one in late.types.items()}
        self.types |= {name: cls.__annotations__[name] for name in own}

    def __get__(self, _value: object, _cls: type[Any]) -> Any:
        """Its fields, as `dataclasses` knows them."""
        import dataclasses  # noqa: PLC0415 - it imports much, and few ask

        space: dict[str, Any] = {name: dataclasses.field(**one.said) for name, one in self.fields.items()}
        shadow = type(
            self.cls.__name__, (), {**space, "__annotations__": self.types, "__module__": self.cls.__module__}
        )
        known = getattr(dataclasses.dataclass(shadow), _FIELDS)
        setattr(self.cls, _FIELDS, _Known(self, known))
        return known

    def write(self) -> None:
        """Have the methods of the class written when they are first used; the first once it has been, a few times."""
        cls: Any = self.cls
        said = vars(cls)
        cls.__init__ = self._filling()
        if "__match_args__" not in said:
            names = tuple(name for name, one in self.fields.items() if one.init and not one.kw_only)
            type.__setattr__(cls, "__match_args__", names)
        hashed = said.get("__hash__") is not None
        later = {"__repr__": self._repr, "__eq__": self._compare("==")}
        if self.order:
            later |= {name: self._compare(sign) for name, sign in _ORDERED.items()}
        if self.frozen:
            cls.__setattr__ = self._refusing("assign to", object.__setattr__)
            cls.__delattr__ = self._refusing("delete", object.__delattr__)
            later |= {} if hashed else {"__hash__": self._hash}
        elif not hashed:
            cls.__hash__ = None
        for name, compose in later.items():
            if vars(cls).get(name) is None:
                setattr(cls, name, self._later(name, compose))

    def _later(self, name: str, compose: Callable[[], Callable[..., Any]]) -> Callable[..., Any]:
        def first(one: Any, *others: Any) -> Any:
            written = compose()
            setattr(self.cls, name, written)
            return written(one, *others)

        return first

    def _filling(self) -> Callable[..., None]:
        """What makes the first values of the class: of most no more are made than it would take to write a method."""
        left = itertools.count(_FEW, -1)
        named = frozenset(name for name, one in self.fields.items() if one.init)
        plain = [name for name in self.fields if name in named and not self.fields[name].kw_only]
        unsaid = {name: one for name, one in self.fields.items() if one.default is not _UNSET is one.factory}
        absent = {name: one.default for name, one in unsaid.items()}
        news = {name: one.factory for name, one in self.fields.items() if one.factory is not _UNSET}
        needed = named - absent.keys() - news.keys()
        put = object.__setattr__ if self.frozen else setattr
        after = getattr(self.cls, "__post_init__", None)

        def fill(one: Any, /, *given: Any, **said: Any) -> None:
            values = {**dict(zip(plain, given, strict=False)), **said}
            fits = len(given) + len(said) == len(values) and needed <= values.keys() <= named
            if not fits or not next(left):
                self.cls.__init__ = self._init()
                self.cls.__init__(one, *given, **said)
                return
            for name in self.fields:
                if name in values:
                    put(one, name, values[name])
                elif name in news:
                    put(one, name, news[name]())
                elif name in absent:
                    put(one, name, absent[name])
            if after is not None:
                one.__post_init__()

        return fill

    def _init(self) -> Callable[..., None]:
        space: dict[str, Any] = {"_set": object.__setattr__, "_unset": _UNSET}
        plain, named, lines = ["self"], ["*"], []
        for name, one in self.fields.items():
            space[f"_factory_{name}"] = one.factory
            space[f"_default_{name}"] = _UNSET if one.default is _UNSET else one.default
            if one.init:
                (named if one.kw_only else plain).append(one.parameter(name))
            value = one.value(name)
            if value is not None:
                lines.append(f"_set(self, {name!r}, {value})" if self.frozen else f"self.{name} = {value}")
        if hasattr(self.cls, "__post_init__"):
            lines.append("self.__post_init__()")
        return self._written("__init__", [*plain, *(named if len(named) > 1 else [])], lines or ["pass"], space)

    def _repr(self) -> Callable[..., Any]:
        shown = ", ".join(f"{name}={{self.{name}!r}}" for name, one in self.fields.items() if one.repr)
        return self._written("__repr__", ["self"], [f"return f'{{type(self).__qualname__}}({shown})'"], {})

    def _hash(self) -> Callable[..., Any]:
        return self._written("__hash__", ["self"], [f"return hash({self._values('self')})"], {})

    def _compare(self, sign: str) -> Callable[[], Callable[..., Any]]:
        name = next((name for name, one in _ORDERED.items() if one == sign), "__eq__")

        def compose() -> Callable[..., Any]:
            lines = ["if other.__class__ is not self.__class__:", " return NotImplemented"]
            lines.append(f"return {self._values('self')} {sign} {self._values('other')}")
            return self._written(name, ["self", "other"], lines, {})

        return compose

    def _values(self, one: str) -> str:
        return f"({''.join(f'{one}.{name}, ' for name, said in self.fields.items() if said.compare)})"

    def _written(self, name: str, parameters: list[str], lines: list[str], space: dict[str, Any]) -> Callable[..., Any]:
        body = "\n ".join(lines)
        exec(f"def {name}({', '.join(parameters)}):\n {body}", space)  # noqa: S102 - of names of fields in our own source
        written: Callable[..., Any] = space[name]
        written.__qualname__ = f"{self.cls.__qualname__}.{name}"
        written.__module__ = self.cls.__module__
        return written

    def _refusing(self, what: str, otherwise: Callable[..., None]) -> Callable[..., None]:
        def refuse(one: Any, name: str, *value: Any) -> None:
            if type(one) is self.cls or name in self.fields:
                from dataclasses import FrozenInstanceError  # noqa: PLC0415 - likewise

                raise FrozenInstanceError(f"cannot {what} field {name!r}")
            otherwise(one, name, *value)

        return refuse


class _Known(_Late):
    """Has been asked for the fields."""

    def __init__(self, late: _Late, known: dict[str, Any]) -> None:
        self.fields, self.types, self._known = late.fields, late.types, known

    def __get__(self, _value: object, _cls: type[Any]) -> Any:
        """The fields, as `dataclasses` knows them."""
        return self._known


def _late_of(cls: type[Any]) -> _Late:
    found: _Late = next(vars(one)[_FIELDS] for one in cls.__mro__ if _FIELDS in vars(one))
    return found


def field_names(cls: type[Any]) -> tuple[str, ...]:
    """The fields of a class that is decorated here, in their order."""
    return tuple(_late_of(cls).fields)


def _state(self: Any) -> list[Any]:
    """The values of its fields, in their order."""
    return [getattr(self, name) for name in field_names(type(self))]


def _set_state(self: Any, state: list[Any]) -> None:
    for name, value in zip(field_names(type(self)), state, strict=True):
        object.__setattr__(self, name, value)


def _slotted(cls: type[Any], own: list[str], *, frozen: bool) -> type[Any]:
    """The same class, with a place for each of its fields and no other."""
    space = {name: said for name, said in vars(cls).items() if name not in {*own, "__dict__", "__weakref__"}}
    above = {name for one in cls.__mro__[1:] for name in vars(one).get("__slots__", ())}
    space["__slots__"] = tuple(name for name in own if name not in above)
    if frozen:  # else nobody could copy it
        space = {"__getstate__": _state, "__setstate__": _set_state, **space}
    made: type[Any] = types.new_class(cls.__name__, cls.__bases__, exec_body=lambda body: body.update(space))
    made.__qualname__ = cls.__qualname__
    return made


def _decorated(cls: type[Any], *, slots: bool, frozen: bool, order: bool) -> type[Any]:
    """The class with a first `__init__` that has its methods written."""
    names = [name for name, said in vars(cls).get("__annotations__", {}).items() if "ClassVar" not in str(said)]
    own: dict[str, _Field] = {}
    for name in names:
        given = vars(cls).get(name, _UNSET)
        own[name] = given if isinstance(given, _Field) else _Field({} if given is _UNSET else {"default": given})
        if given is own[name]:
            delattr(cls, name)
            if given.default is not _UNSET:
                setattr(cls, name, given.default)
    if slots:
        cls = _slotted(cls, names, frozen=frozen)
    late = _Late(cls, own, frozen=frozen, order=order)

    def __init__(self: Any, *given: Any, **named: Any) -> None:  # noqa: N807 - of the class
        late.write()
        cls.__init__(self, *given, **named)

    setattr(cls, _FIELDS, late)
    cls.__dataclass_params__ = types.SimpleNamespace(frozen=frozen)  # asked where one of `dataclasses` stands below
    cls.__init__ = __init__
    return cls


def _as_data(value: Any) -> Any:
    """A value as data: of one that is decorated here its fields by name, of lists and tuples what they hold."""
    if any(_FIELDS in vars(one) for one in type(value).__mro__):
        return {name: _as_data(getattr(value, name)) for name in field_names(type(value))}
    return type(value)(map(_as_data, value)) if type(value) in {list, tuple} else value


if TYPE_CHECKING:
    from dataclasses import asdict, dataclass, field, replace
else:

    def asdict(one: Any) -> dict[str, Any]:
        """The fields of a value by name, those of values within too, as in `dataclasses`; what else there is stays."""
        return _as_data(one)

    def dataclass(cls: Any = None, /, *, slots: bool = False, frozen: bool = False, order: bool = False) -> Any:
        """Make a class a dataclass, as that of `dataclasses` does."""

        def decorate(cls: type[Any]) -> type[Any]:
            return _decorated(cls, slots=slots, frozen=frozen, order=order)

        return decorate if cls is None else decorate(cls)

    def field(**said: Any) -> Any:
        """What is said of a field beside its type, as in `dataclasses`."""
        return _Field(said)

    def replace(one: Any, /, **changes: Any) -> Any:
        """The same value with some of its fields changed, as in `dataclasses`."""
        for name, said in _late_of(type(one)).fields.items():
            if said.init:
                changes.setdefault(name, getattr(one, name))
            elif name in changes:
                raise ValueError(f"{name!r} is not given from outside")
        return type(one)(**changes)
