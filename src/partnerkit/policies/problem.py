"""Problem: something in a policy that contradicts the rest of it."""

from __future__ import annotations

from collections.abc import Iterable

from partnerkit.kinds.problems import did_you_mean
from partnerkit.tuples import NamedTuple


class Problem(NamedTuple):
    """Something in a policy that contradicts the rest of it: where (a path of keys), and what."""

    path: tuple[str | int, ...]
    message: str


def unknown(what: str, word: str, known: Iterable[str]) -> str:
    """That a word means nothing here, and what may have been meant."""
    return f"there is no {what} {word!r} here{did_you_mean(word, known)}"
