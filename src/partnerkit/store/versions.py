"""The files of records as history is gone through: where each lies, and what it says, read when that is asked for."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping

from partnerkit.findings import Finding
from partnerkit.store.checked import Models
from partnerkit.store.git.entries import FILE, Entry
from partnerkit.store.record_paths import folder_kind
from partnerkit.store.yaml.nodes import Document
from partnerkit.store.yaml.reader import Places, read
from partnerkit.tuples import NamedTuple

Fetch = Callable[[Iterable[str]], dict[str, bytes]]


class Version(NamedTuple):
    """A version of a record that could be read: its file, its blob, and by which models."""

    path: str
    blob: str
    models: Models


class Versions:
    """The files of records at one moment of a history, by the record's id.

    Attributes:
        meant: gives, as JSON, what those of some blobs mean of which that is kept.
    """

    def __init__(self, fetch: Fetch) -> None:
        self.meant: Callable[[list[str]], Mapping[str, str]] = lambda _blobs: {}
        self._fetch = fetch
        self._blobs: dict[str, bytes] = {}
        self._coming: dict[str, bytes] = {}
        self._near: dict[str, bytes] = {}
        self._near_meant: dict[str, str] = {}
        self._places: dict[str, tuple[tuple[str, str], ...]] = {}  # id → path and blob of each file
        self._kinds: dict[str, set[str]] = {}  # kind of the folder → ids

    def expect(self, blobs: Iterable[str]) -> None:
        """Fetch blobs, to be asked for after the next call; at hand are those of the last."""
        self._blobs, self._coming = self._coming, self._fetch(blobs)

    def where(self, record_id: str) -> tuple[str, str] | None:
        """Path and blob of a record; of two files with one id the first, as in any tree."""
        places = self._places.get(record_id)
        return min(places) if places else None

    def places(self) -> dict[str, tuple[str, str]]:
        """Path and blob of every record, by id."""
        return {one: self._where(one) for one in self._places}

    def twice(self, ids: Iterable[str]) -> Iterator[tuple[str, list[str]]]:
        """Those of some records for which there are several files, with these files."""
        several = ((one, self._places.get(one, ())) for one in sorted(ids))
        return ((one, sorted(path for path, _blob in places)) for one, places in several if len(places) > 1)

    def _put(self, record_id: str, path: str, entry: Entry | None) -> None:
        places = tuple(one for one in self._places.get(record_id, ()) if one[0] != path)
        if entry is not None and entry.mode == FILE and entry.oid is not None:
            places = (*places, (path, entry.oid))
        kind = folder_kind(path) or ""
        if places:
            self._places[record_id] = places
            self._kinds.setdefault(kind, set()).add(record_id)
        else:
            self._places.pop(record_id, None)
            self._kinds.get(kind, set()).discard(record_id)

    def _bring_near(self, ids: Iterable[str]) -> None:
        """Fetch what the files of some records hold at once, in place of the last ones."""
        blobs = [self._where(one)[1] for one in ids if one in self._places]
        self._near = self._fetch([one for one in blobs if one not in self._blobs])
        self._near_meant = {**self.meant(blobs)}

    def _where(self, record_id: str) -> tuple[str, str]:
        """Path and blob of a record; of two files with one id the first, as in any tree."""
        return min(self._places[record_id])

    def _opened(self, record_id: str, was: Document | None = None) -> tuple[Document | None, list[Finding], bool]:
        """What the file of a record says; where something stands in it is found when that is asked.

        Args:
            record_id: the record.
            was: an earlier version of the file, if there is one at hand.

        Returns:
            The document, or what is wrong with the file; and whether what it says was kept already.
        """
        path, oid = self._where(record_id)
        raw = self._blobs.get(oid) or self._near.get(oid) or self._fetch([oid])[oid]
        meant = self._near_meant.get(oid) or self.meant([oid]).get(oid)
        if meant is not None:
            text = raw.decode()
            return Document(path, text, json.loads(meant), Places(text)), [], True
        return *read(raw, path, was), False
