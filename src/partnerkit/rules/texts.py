"""The texts that stand at a path of a record."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from partnerkit.register import Keys


def texts_at(data: dict[str, Any], path: str) -> Iterator[tuple[Keys, str]]:
    """Every text at or below a path, with the keys that lead to it; the path leads through lists into each item."""
    yield from _texts(data, path.split("."), ())


def _texts(value: Any, path: list[str], keys: Keys) -> Iterator[tuple[Keys, str]]:
    if isinstance(value, list):
        for index, item in enumerate(value):
            yield from _texts(item, path, (*keys, index))
    elif isinstance(value, dict):
        for key in path[:1] or value:
            if key in value:
                yield from _texts(value[key], path[1:], (*keys, key))
    elif isinstance(value, str) and not path:
        yield keys, value
