"""What participants said, in sum: each question by all and by groups, and what is not told; as text and as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

from partnerkit.reports.page import Page


class Withheld(Protocol):
    """What is not told."""

    @property
    def question(self) -> str:
        """Of which question."""

    @property
    def group(self) -> str | None:
        """Of which group; None: of all."""

    @property
    def why(self) -> str:
        """Why."""


def as_page(entries: Sequence[dict[str, Any]]) -> Page:
    """A line for each question and group: the mean, and over how many answers."""
    rows = [
        (
            one["name"],
            _group(entry) or "all",
            str(one["average"]),
            f"over {one.get('answers', entry['answers'])}",
        )
        for entry in entries
        for one in entry["results"]
    ]
    return Page().table(rows, indent="  ")


def _group(entry: dict[str, Any]) -> str | None:
    found: str | None = entry.get("role") or entry.get("programme")
    return found


def as_data(entries: Sequence[dict[str, Any]], withheld: Sequence[Withheld], unread: Sequence[str]) -> dict[str, Any]:
    """The same for other programs."""
    left = [{"question": one.question, "group": one.group, "why": one.why} for one in withheld]
    return {"rows": [], "feedback": list(entries), "withheld": left, "not_read": list(unread)}
