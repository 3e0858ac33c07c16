"""What is known of a record whatever of it was read."""

from __future__ import annotations

from typing import Protocol


class Summary(Protocol):
    """A record of which something is asked, whatever of it was read."""

    @property
    def id(self) -> str:
        """Its id."""

    @property
    def kind(self) -> str:
        """Its kind."""

    @property
    def stage(self) -> str:
        """Where it stands."""

    @property
    def policy(self) -> str:
        """The id of the policy that governs it."""
