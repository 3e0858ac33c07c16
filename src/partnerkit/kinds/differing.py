"""What differs between two states of a value: leaf by leaf, blocks of a list by their ids."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from partnerkit.tuples import NamedTuple


class Differing(NamedTuple):
    """One place at which two states differ; None is what is not there."""

    path: str
    was: Any
    now: Any


def differing(was: Any, now: Any, path: str) -> Iterator[Differing]:
    """Every place at or below a path at which two states differ."""
    old, new = _parts(was), _parts(now)
    if old is None or new is None:
        if was != now:
            yield Differing(path, was, now)
        return
    for name in dict.fromkeys((*old, *new)):
        yield from differing(old.get(name), new.get(name), f"{path}.{name}")


def part_at(value: Any, path: str) -> Any:
    """What stands at a dotted path: a key of a block, or the id of an item of a list; None where nothing does."""
    current = value
    for name in path.split("."):
        current = (_parts(current) or {}).get(name)
    return current


def paths_of(value: Any, above: str = "") -> Iterator[str]:
    """Every path that leads somewhere in a value."""
    for name, part in (_parts(value) or {}).items():
        yield above + name
        yield from paths_of(part, f"{above}{name}.")


def _parts(value: Any) -> dict[str, Any] | None:
    """The parts of a block by key, of a list whose items all have ids by id; None of what is looked at as a whole."""
    if isinstance(value, dict):
        return {str(key): part for key, part in value.items()}
    if isinstance(value, list) and value:
        named = {str(one["id"]): one for one in value if isinstance(one, dict) and "id" in one}
        return named if len(named) == len(value) else None
    return None
