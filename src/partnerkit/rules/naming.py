"""Where a text names a record: by its id in whatever letters, as a word or as a part of one."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any

#: What can be an id, or hold one. Ids have small letters; who writes one may not.
WORD = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]*")

#: Where a word has parts: at hyphens, and where a capital letter stands after a small one.
_SEAM = re.compile(r"(-|(?<=[a-z0-9])(?=[A-Z]))")

#: As part of a longer word, a shorter id names nothing, nor does one without a letter: days are full of them.
_SHORTEST = 3

#: An id has 80 characters at most, and so many parts.
_PARTS = 40


def parts_of(word: str) -> tuple[list[str], list[str]]:
    """The parts of a word, and what stands before each of them."""
    pieces = _SEAM.split(word)
    return pieces[::2], ["", *pieces[1::2]]


def ids_in(parts: Sequence[str], is_id: Callable[[str], bool]) -> Iterator[tuple[int, int, str]]:
    """Which ids stand in a word of several parts, and in which of them: of those that lie in a longer one only that.

    Args:
        parts: the parts of the word.
        is_id: whether something is one.
    """
    reached, small = 0, [part.lower() for part in parts]
    for start in range(len(small)):
        for end in range(min(start + _PARTS, len(small)), max(start, reached), -1):
            run = "-".join(small[start:end])
            if is_id(run) and _names(run):
                yield start, end, run
                reached = end
                break


def words_in(value: Any) -> Iterator[str]:
    """Every word of a value that can hold an id, in its keys too, in small letters."""
    if isinstance(value, str):
        yield from WORD.findall(value.lower())
    elif isinstance(value, dict):
        for key, part in value.items():
            yield from words_in(str(key))
            yield from words_in(part)
    elif isinstance(value, list):
        for part in value:
            yield from words_in(part)


def keys_in(value: Any) -> Iterator[str]:
    """Every key of a value, at any depth."""
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    yield from map(str, value if isinstance(value, dict) else ())
    for part in parts:
        yield from keys_in(part)


def _names(run: str) -> bool:
    return len(run) >= _SHORTEST and not run.replace("-", "").isdigit()
