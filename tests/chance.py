"""How much of what chance makes: as usual, or so many times as much before a release."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")

#: PARTNERKIT_TIMES multiplies the examples of every property.
TIMES = int(os.environ.get("PARTNERKIT_TIMES", "1"))

#: The usual run tries the same examples wherever it is done, so that it is red for what was changed; campaigns try others.
USUAL = TIMES == 1 and "PARTNERKIT_SEED" not in os.environ


def examples(usual: int) -> int:
    """How many examples a property is tried on."""
    return usual * TIMES


def every_other(ways: Sequence[T], number: int) -> Sequence[T]:
    """The way in which the case of a number is tried, each in its turn; in a longer campaign every way."""
    return ways if TIMES > 1 else [ways[number % len(ways)]]
