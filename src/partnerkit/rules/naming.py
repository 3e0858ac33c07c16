"""Where a text names a record: by its id, as a word or as a part of one that hyphens join."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any

#: What can be an id, or hold one.
WORD = re.compile(r"[a-z0-9][a-z0-9-]*")

#: As part of a longer word, a shorter id names nothing, nor does one without a letter: days are full of them.
_SHORTEST = 3

#: An id has 80 characters at most, and so many parts.
_PARTS = 40


def ids_in(parts: Sequence[str], is_id: Callable[[str], bool], *, whole: bool) -> Iterator[tuple[int, int]]:
    """Where ids stand in a word, as the places of its parts: of those that lie in a longer one only that.

    Args:
        parts: the word, as hyphens part it.
        is_id: whether something is one.
        whole: whether it can be an id by the whole of it alone, whatever that is like.
    """
    reached = 0
    for start in range(1 if whole else len(parts)):
        ends = range(min(start + _PARTS, len(parts)), max(start, reached), -1)
        for end in ends:
            run = "-".join(parts[start:end])
            if is_id(run) and (_names(run) if not whole else not any(parts[end:])):
                yield start, end
                reached = end
                break


def words_in(value: Any) -> Iterator[str]:
    """Every word of a value that can hold an id, in its keys too."""
    if isinstance(value, str):
        yield from WORD.findall(value)
    elif isinstance(value, dict):
        for key, part in value.items():
            yield from words_in(str(key))
            yield from words_in(part)
    elif isinstance(value, list):
        for part in value:
            yield from words_in(part)


def _names(run: str) -> bool:
    return len(run) >= _SHORTEST and not run.replace("-", "").isdigit()
