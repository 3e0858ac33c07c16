"""What came to the private place: whose, and never what."""

from __future__ import annotations

from typing import Any, Protocol

from partnerkit.reports.page import WELL, Page, Span

_SHOWN = 5


class Place(Protocol):
    """Where it lies."""

    @property
    def shown(self) -> str:
        """Its file, as people call it."""


class Done(Protocol):
    """What came of it."""

    @property
    def place(self) -> Place:
        """Where that is."""

    @property
    def new(self) -> list[str]:
        """The ids that it did not know before."""

    @property
    def changed(self) -> list[str]:
        """Those of whom it knows more, or less, than before."""


def as_page(done: Done, unknown: list[str], *, dry_run: bool) -> Page:
    """Whose names came, and where they are."""
    page = Page()
    if not done.new and not done.changed:
        return page.add(f"{done.place.shown} says that already")
    for ids, does in ((done.new, "new"), (done.changed, "changed")):
        if ids:
            mark = Span("would be kept: ", "yellow") if dry_run else Span("✓ ", WELL)
            more = f" and {len(ids) - _SHOWN} more" if len(ids) > _SHOWN else ""
            page.add(mark, f"{', '.join(ids[:_SHOWN])}{more}: {does} in {done.place.shown}; nothing of it is committed")
    for person in unknown:
        page.add(Span("  ! ", "yellow"), f"no record and no roster names {person} yet")
    return page


def as_json(done: Done, unknown: list[str], *, dry_run: bool) -> dict[str, Any]:
    """The same for other programs."""
    return {
        "schema": "partnerkit.person-name/1",
        "dry_run": dry_run,
        "file": done.place.shown,
        "new": done.new,
        "changed": done.changed,
        "unknown": unknown,
    }
