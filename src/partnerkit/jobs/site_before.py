"""Where it is kept what the pages of a site rested on: each sort of readers has its own."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

from partnerkit.jobs.desk import Desk
from partnerkit.kinds.classified import Classification
from partnerkit.store.pages_before import PagesBefore


@contextlib.contextmanager
def pages_before(desk: Desk, level: Classification) -> Iterator[PagesBefore]:
    """What is known of the pages that readers of a level were made before, as long as this lasts."""
    git = desk.git
    pages = PagesBefore(git.git_path(f"partnerkit/site-{level}.sqlite") if git.remembers else None)
    try:
        yield pages
    finally:
        pages.close()
