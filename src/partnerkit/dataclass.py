"""Dataclasses whose methods are written when the first value is made: most commands make values of few classes.

`dataclasses` composes and compiles the methods of every class as its module is imported, which took a tenth of the time
of a short command. A class that is decorated here is a dataclass like any other from its first value on, or from when
somebody asks for its fields.
"""

from __future__ import annotations

import dataclasses
import types
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

__all__ = ["dataclass"]

_FIELDS = "__dataclass_fields__"


class _Late:
    """Stands where a dataclass has its fields until somebody asks for them."""

    def __init__(self, asked: dict[str, Any], defaults: dict[str, Any]) -> None:
        self._asked = asked
        self._defaults = defaults

    def __get__(self, _value: object, cls: type[Any]) -> Any:
        """Make it a dataclass, and say its fields."""
        owner = next(one for one in cls.__mro__ if vars(one).get(_FIELDS) is self)
        self.make(owner)
        return getattr(cls, _FIELDS)

    def make(self, cls: type[Any]) -> None:
        """Write the methods of the class."""
        delattr(cls, _FIELDS)
        delattr(cls, "__init__")
        slots = {name: vars(cls)[name] for name in self._defaults if name in vars(cls)}
        for name, default in self._defaults.items():
            setattr(cls, name, default)
        dataclasses.dataclass(**self._asked)(cls)
        for name in self._defaults:
            if name in slots:
                setattr(cls, name, slots[name])


def _state(self: Any) -> list[Any]:
    """The values of its fields, in their order."""
    return [getattr(self, one.name) for one in dataclasses.fields(self)]


def _set_state(self: Any, state: list[Any]) -> None:
    for one, value in zip(dataclasses.fields(self), state, strict=True):
        object.__setattr__(self, one.name, value)


def _late(cls: type[Any], *, slots: bool, **asked: Any) -> type[Any]:
    """The class with a first `__init__` that makes it a dataclass."""
    space = dict(vars(cls))
    defaults: dict[str, Any] = {}
    if slots:
        own = [name for name, said in space.get("__annotations__", {}).items() if "ClassVar" not in str(said)]
        defaults = {name: space.pop(name) for name in own if name in space}
        above = {name for one in cls.__mro__[1:] for name in vars(one).get("__slots__", ())}
        space["__slots__"] = tuple(name for name in own if name not in above)
        if asked.get("frozen"):  # else nobody could copy it
            space = {"__getstate__": _state, "__setstate__": _set_state, **space}
        for name in ("__dict__", "__weakref__"):
            space.pop(name, None)
        made: type[Any] = types.new_class(cls.__name__, cls.__bases__, exec_body=lambda body: body.update(space))
        made.__qualname__ = cls.__qualname__
        cls = made
    late = _Late(asked, defaults)

    def __init__(self: Any, *given: Any, **named: Any) -> None:  # noqa: N807 - of the class
        late.make(cls)
        type(self).__init__(self, *given, **named)

    setattr(cls, _FIELDS, late)
    cls.__init__ = __init__
    return cls


if TYPE_CHECKING:
    from dataclasses import dataclass
else:

    def dataclass(cls: type[Any] | None = None, /, *, slots: bool = False, **asked: Any) -> Any:
        """Make a class a dataclass once a value of it is made."""

        def late(cls: type[Any]) -> type[Any]:
            return _late(cls, slots=slots, **asked)

        decorate: Callable[[type[Any]], type[Any]] = late
        return decorate if cls is None else decorate(cls)
