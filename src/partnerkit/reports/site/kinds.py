"""What kinds of records are called on a page."""

from __future__ import annotations

from partnerkit.kinds.catalogue import KINDS


def plural(kind: str) -> str:
    """The name of many of a kind: that of their folder, `pairings` as `Pairings`."""
    return KINDS[kind].folder.capitalize()
