"""What the pages of records rested on when they were made last: whose page rests on the same need not be made again.

Digests alone are kept, and ids. The file may be deleted at any time, and is passed over where others could have
written it.
"""

from __future__ import annotations

import contextlib
import json
import sqlite3
from collections.abc import Iterable
from pathlib import Path

from partnerkit.publishing.rested import Page
from partnerkit.store.disk.own_base import opened
from partnerkit.store.tool import stamp

_MADE = ["CREATE TABLE IF NOT EXISTS pages (id TEXT PRIMARY KEY, tool TEXT, rests TEXT, asked TEXT, digest TEXT)"]
_KEPT = "SELECT rests, asked, digest FROM pages WHERE id = ? AND tool = ?"

#: So many pages are put away at a time.
_AT_ONCE = 500


class PagesBefore:
    """Pages by the ids of their records; without a file that can be trusted it knows none and keeps none."""

    def __init__(self, path: Path | None) -> None:
        """Open a file.

        Args:
            path: the file; None where nothing is to be kept.
        """
        self._path = path
        self._left: list[sqlite3.Connection] = []
        self._base = self._opened()
        self._new: list[tuple[str, str, str, str, str]] = []

    def _opened(self) -> sqlite3.Connection | None:
        with contextlib.suppress(OSError, sqlite3.Error):
            if self._path is not None:
                base = opened(self._path, _MADE)
                base.execute("PRAGMA synchronous = OFF")  # it can be made again
                return base
        return None

    def leave(self) -> None:
        """Be in another process: what is open is the other's, and stays as it is."""
        self._left += [self._base] if self._base is not None else []
        self._base, self._new = self._opened(), []

    def of(self, record_id: str) -> Page | None:
        """What is known of the page of a record; None where nothing is."""
        with contextlib.suppress(sqlite3.Error, ValueError):
            rows = self._base.execute(_KEPT, (record_id, stamp())).fetchall() if self._base is not None else ()
            for rests, asked, digest in rows:
                return Page(rests, json.loads(asked), digest)
        return None

    def keep(self, record_id: str, page: Page) -> None:
        """Keep what is known of a page, as soon as there are some or they are put away."""
        self._new.append((record_id, stamp(), page.rests, json.dumps(page.asked), page.digest))
        if len(self._new) >= _AT_ONCE:
            self.put()

    def put(self) -> None:
        """Put away what was kept last."""
        rows, self._new = self._new, []
        with contextlib.suppress(sqlite3.Error):
            if self._base is not None and rows:
                with self._base:
                    self._base.executemany("INSERT OR REPLACE INTO pages VALUES (?, ?, ?, ?, ?)", rows)

    def only(self, ids: Iterable[str]) -> None:
        """Forget all pages but those of some records."""
        with contextlib.suppress(sqlite3.Error):
            if self._base is not None:
                gone = {one for (one,) in self._base.execute("SELECT id FROM pages")}.difference(ids)
                with self._base:
                    self._base.executemany("DELETE FROM pages WHERE id = ?", [(one,) for one in gone])

    def close(self) -> None:
        """Close the file."""
        if self._base is not None:
            self._base.close()
