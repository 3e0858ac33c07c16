"""What kinds of records are called on a page."""

from __future__ import annotations

from partnerkit.kinds.catalogue import KINDS


def plural(kind: str) -> str:
    """The name of many of a kind: that of their folder, `pairings` as `Pairings`."""
    return KINDS[kind].folder.capitalize()


def list_name(kind: str, number: int = 1) -> str:
    """The page on which the records of a kind are listed, or one of its further pages."""
    return f"{KINDS[kind].folder}{f'-{number}' if number > 1 else ''}.html"
