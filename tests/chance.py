"""How much of what chance makes: as usual, or so many times as much before a release."""

from __future__ import annotations

import os

#: PARTNERKIT_TIMES multiplies the examples of every property.
TIMES = int(os.environ.get("PARTNERKIT_TIMES", "1"))


def examples(usual: int) -> int:
    """How many examples a property is tried on."""
    return usual * TIMES
