"""Named tuples whose annotations nobody reads: `typing` compiles each of them as its class is made.

The first thing that a command compiles costs as much as the import of five modules, and most compile nothing else.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

__all__ = ["NamedTuple"]

if TYPE_CHECKING:
    from typing import NamedTuple
else:
    from collections import namedtuple

    class _Making(type):
        """Makes a tuple of what a class says."""

        def __new__(mcs, name: str, bases: tuple[type, ...], space: dict[str, Any]) -> type:
            """As `typing` makes it; the first of all, below which the others are declared, is a class itself."""
            if not bases:
                return super().__new__(mcs, name, bases, space)
            notes = space.get("__annotations__", {})
            defaults = [space.pop(one) for one in notes if one in space]
            made = namedtuple(  # noqa: PYI024 - that of typing is what this stands for
                name, notes, defaults=defaults, module=space["__module__"]
            )
            for word, said in space.items():
                setattr(made, word, said)
            return made

    class NamedTuple(metaclass=_Making):
        """A tuple whose fields have names, as in `typing`."""
