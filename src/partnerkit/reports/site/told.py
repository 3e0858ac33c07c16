"""What came of building a site."""

from __future__ import annotations

from pathlib import Path
from shlex import quote
from typing import Any, Protocol

from partnerkit.publishing.site import Site
from partnerkit.reports.page import WELL, Page, Span


class Built(Protocol):
    """What came of it."""

    @property
    def folder(self) -> Path:
        """Where it is."""

    @property
    def pages(self) -> int:
        """How many files it has."""

    @property
    def written(self) -> list[str]:
        """Those that are new or have changed."""

    @property
    def removed(self) -> list[str]:
        """Those that are none of it any more."""

    @property
    def left(self) -> list[str]:
        """Those that are none of it any more, and were changed by somebody since they were built."""


def as_page(site: Site, built: Built) -> Page:
    """How many pages there are, of which day, and where to begin."""
    many = f"{len(site.records)} record{'' if len(site.records) == 1 else 's'}"
    gone = f", {len(built.removed)} removed" if built.removed else ""
    page = Page().add(
        Span("✓ ", WELL),
        f"{many} as of {site.day}, for {site.sight.level} readers: "
        f"{built.pages} files, {len(built.written)} written{gone}",
    )
    if not site.audited.proven:
        page.add(Span("  ! ", "yellow"), "the audit found what is not by the rules, and the first page says so")
    for name in built.left:
        page.add(Span("  ! ", "yellow"), f"{name} is no page any more, and was changed since: take it away by hand")
    return page.add(Span("Next: ", "bold"), f"open {quote(str(built.folder / 'index.html'))}")


def as_json(site: Site, built: Built) -> dict[str, Any]:
    """The same for other programs."""
    return {
        "schema": "partnerkit.site/1",
        "folder": str(built.folder),
        "day": str(site.day),
        "commit": site.audited.head.oid,
        "classification": site.sight.level,
        "proven": site.audited.proven,
        "records": len(site.records),
        "files": built.pages,
        "written": built.written,
        "removed": built.removed,
        "left": built.left,
    }
