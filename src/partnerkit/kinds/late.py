"""Late: what is made, or imported, when it is asked for, each once."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from importlib import import_module
from typing import Any, TypeVar

V = TypeVar("V")


class Late(Mapping[str, V]):
    """The keys are known from the start, in their order; what stands at one may never be asked for."""

    def __init__(self, keys: Iterable[str], make: Callable[[str], V]) -> None:
        """Make what stands at a key by a function."""
        self._keys = dict.fromkeys(keys)
        self._make = make
        self._made: dict[str, V] = {}

    def __getitem__(self, key: str) -> V:
        if key not in self._made:
            if key not in self._keys:
                raise KeyError(key)
            self._made[key] = self._make(key)
        return self._made[key]

    def __contains__(self, key: object) -> bool:
        return key in self._keys

    def __iter__(self) -> Iterator[str]:
        return iter(self._keys)

    def __len__(self) -> int:
        return len(self._keys)


def imported_late(module: str, **places: str) -> Callable[[str], Any]:
    """A module's `__getattr__`: names of other modules that only annotations of its models say.

    Each is imported when such an annotation is first read: most data say nothing in most fields.

    Args:
        module: the name of the module itself.
        places: the names, each with the module where it is.
    """

    def imported(name: str) -> Any:
        if name not in places:
            raise AttributeError(f"module {module!r} has no attribute {name!r}")
        found = getattr(import_module(places[name]), name)
        setattr(sys.modules[module], name, found)
        return found

    return imported
