"""On what the pages of records rested when they were made last."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from partnerkit.publishing.beside import Asked
from partnerkit.tuples import NamedTuple


class Page(NamedTuple):
    """What is known of the page of a record.

    Attributes:
        rests: a digest of all that it rested on (`Site.rests`).
        asked: what it asked of what stands beside the record (`Beside.heard`).
        digest: that of its bytes.
    """

    rests: str
    asked: Sequence[Asked]
    digest: str


class Before(Protocol):
    """Knows the pages that were made before."""

    def of(self, record_id: str) -> Page | None:
        """What is known of the page of a record; None where nothing is."""

    def keep(self, record_id: str, page: Page) -> None:
        """Remember what is known now."""

    def leave(self) -> None:
        """Be in another process than before."""

    def put(self) -> None:
        """Put away what is to be remembered."""
