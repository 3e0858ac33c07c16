"""Source: what falls due again and again, or once on the way."""

from __future__ import annotations

from collections.abc import Iterator

from partnerkit.obligations.obligation import Obligation
from partnerkit.obligations.outlook import Outlook
from partnerkit.obligations.owed import owing


def cadences(outlook: Outlook) -> Iterator[Obligation]:
    """Of each cadence and whoever owes it: the latest open occurrence, which counts those before it, and the next."""
    every = list(owing(outlook))
    if every:
        from partnerkit.obligations.recurring import latest  # noqa: PLC0415 - a new record owes nothing again and again

        for owed in every:
            yield from latest(outlook, owed)
