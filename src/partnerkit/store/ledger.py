"""Records that change as history is gone through, each version read once, and looked up by what they belong to."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

from partnerkit.dataclass import dataclass, replace
from partnerkit.errors import CannotWorkError
from partnerkit.findings import Finding
from partnerkit.kinds.expunging import Listed, explained, listed
from partnerkit.register import RecordFile, Register
from partnerkit.store.checked import Models, checked
from partnerkit.store.git.entries import FILE, Entry
from partnerkit.store.record_paths import folder_kind, record_id
from partnerkit.store.yaml.nodes import Document
from partnerkit.store.yaml.reader import Places, read

Fetch = Callable[[Iterable[str]], dict[str, bytes]]


class Ledger(Mapping[str, RecordFile]):
    """The records at one moment of a history; each is read when it is first asked for.

    Attributes:
        models: the models of the policies in force.
        later: the expungings that the records list in the end, by id.
        kept: what blobs mean that were read at another time, as JSON.
    """

    def __init__(self, fetch: Fetch, later: Mapping[str, Listed] | None = None) -> None:
        self.models = Models({})
        self.later = later or {}
        self.kept: Mapping[str, str] = {}
        self._fetch = fetch
        self._blobs: dict[str, bytes] = {}
        self._coming: dict[str, bytes] = {}
        self._places: dict[str, dict[str, str]] = {}  # id → path → blob
        self._documents: dict[str, Document] = {}
        self._read: dict[str, RecordFile] = {}
        self._broken: set[str] = set()
        self._lost: dict[str, RecordFile] = {}
        self._kinds: dict[str, set[str]] = {}  # kind of the folder → ids
        self._below: dict[tuple[str, str], set[str]] = {}  # subject, kind → ids
        self._whole: set[str] = set()  # kinds of which every record was read

    def expect(self, blobs: Iterable[str]) -> None:
        """Fetch blobs, to be asked for after the next call; at hand are those of the last."""
        self._blobs, self._coming = self._coming, self._fetch(blobs)

    def place(self, path: str, entry: Entry | None) -> None:
        """Note that a file has come, changed or gone (None)."""
        found = record_id(path)
        if found is None:
            return
        self._forget(found)
        places = self._places.setdefault(found, {})
        places.pop(path, None)
        if entry is not None and entry.mode == FILE and entry.oid is not None:
            places[path] = entry.oid
        kind = folder_kind(path) or ""
        if places:
            self._kinds.setdefault(kind, set()).add(found)
        else:
            del self._places[found]
            self._kinds.get(kind, set()).discard(found)

    def meanings(self) -> Iterator[tuple[str, str]]:
        """What the blobs of the records that were read mean, as JSON, but for those of which it is known already."""
        blobs = {one: self._where(one)[1] for one in self._read}
        return ((oid, json.dumps(self._documents[one].data)) for one, oid in blobs.items() if oid not in self.kept)

    def read(self, ids: Iterable[str]) -> list[Finding]:
        """Read records that changed, and say what is wrong with them."""
        return [finding for one in sorted(ids) for finding in self._load(one)]

    def read_all(self, but: Collection[tuple[str, str]] = ()) -> list[Finding]:
        """Read every record that was not read yet, and say what is wrong with them.

        Args:
            but: path and blob of those that are known to be readable.
        """
        ids = [one for one in self._places if self._where(one) not in but]
        self.at_hand(ids)
        return self.read(ids)

    def unreadable(self, but: Collection[tuple[str, str]] = ()) -> set[str]:
        """The records that cannot be read, once every one was looked at; `but` as `read_all` has it."""
        self.read_all(but)
        return self.broken

    def places(self) -> dict[str, tuple[str, str]]:
        """Path and blob of every record, by id."""
        return {one: self._where(one) for one in self._places}

    def twice(self, ids: Iterable[str]) -> Iterator[tuple[str, list[str]]]:
        """Those of some records for which there are several files, with these files."""
        return ((one, sorted(self._places[one])) for one in sorted(ids) if len(self._places.get(one, ())) > 1)

    @property
    def broken(self) -> set[str]:
        """The records that could not be read."""
        return set(self._broken)

    def latest(self, record_id: str) -> RecordFile | None:
        """The record; where it is gone or cannot be read, the last version that could be."""
        return self.get(record_id) or self._lost.get(record_id)

    def first_readable(self, record_id: str, blobs: Mapping[str, str]) -> RecordFile | None:
        """The first of several versions of a record (blob to path) that can be read."""
        for oid, path in blobs.items():
            document, _findings = read(self._fetch([oid])[oid], path)
            record = self._checked(document)[0] if document is not None else None
            if record is not None:
                self._lost[record_id] = record
                return record
        return None

    def change_models(self, models: Models) -> None:
        """Read every record by other models from now on; its file is not read again."""
        self.models = models
        for one in list(self._read):
            self._forget(one, document=False)
        self._whole.clear()
        self._broken = {one for one in self._broken if one not in self._documents}

    def linked(self, subject: str, kind: str) -> list[RecordFile]:
        """The records of a kind that belong to a record, by id."""
        self._read_kind(kind)
        return [self._read[one] for one in sorted(self._below.get((subject, kind), ()))]

    def of_kind(self, kind: str) -> list[RecordFile]:
        """The records of a kind, by id."""
        self._read_kind(kind)
        return [self._read[one] for one in sorted(self._kinds.get(kind, ())) if one in self._read]

    def __getitem__(self, record_id: str) -> RecordFile:
        if record_id not in self._read:
            self._load(record_id)
        return self._read[record_id]

    def __contains__(self, record_id: object) -> bool:
        return isinstance(record_id, str) and self.get(record_id) is not None

    def __iter__(self) -> Iterator[str]:
        every = list(self._places)
        self.at_hand(every)
        return (one for one in every if one in self)

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def at_hand(self, ids: Iterable[str]) -> None:
        """Fetch what is still to be read of several records at once."""
        unread = [one for one in ids if one not in self._read and one not in self._broken]
        blobs = {self._where(one)[1] for one in unread if one not in self._documents}
        if blobs - set(self._blobs):
            self._blobs |= self._fetch(blobs - set(self._blobs))

    def _read_kind(self, kind: str) -> None:
        if kind in self._whole:
            return
        ids = list(self._kinds.get(kind, ()))
        self.at_hand(ids)
        for one in ids:
            self._load(one)
        self._whole.add(kind)

    def _where(self, record_id: str) -> tuple[str, str]:
        """Path and blob of a record; of two files with one id the first, as in any tree."""
        return min(self._places[record_id].items())

    def _load(self, record_id: str) -> list[Finding]:
        if record_id in self._read or record_id in self._broken or record_id not in self._places:
            return []
        path, oid = self._where(record_id)
        document, findings = self._documents.get(record_id), list[Finding]()
        if document is None:
            raw = self._blobs[oid] if oid in self._blobs else self._fetch([oid])[oid]
            document, findings = (self._known(path, raw, oid), []) if oid in self.kept else read(raw, path)
        record = None
        if document is not None:
            self._documents[record_id] = document
            try:
                record, findings = self._checked(document)
            except CannotWorkError as newer:
                findings = [Finding("newer-format", f"{newer}; it was not understood", file=path, record=record_id)]
        if record is None:
            self._broken.add(record_id)
            return [replace(one, record=record_id) for one in findings]
        self._read[record_id] = record
        self._lost.pop(record_id, None)
        if record.subject is not None:
            self._below.setdefault((record.subject, record.kind), set()).add(record_id)
        return findings

    def _known(self, path: str, raw: bytes, oid: str) -> Document:
        """A file of which is known what it means; where something stands in it is found when that is asked."""
        text = raw.decode()
        return Document(path, text, json.loads(self.kept[oid]), Places(text))

    def _checked(self, document: Document) -> tuple[RecordFile | None, list[Finding]]:
        """A version of a record, with the expungings that only later ones of it list."""
        record, findings = checked(document, self.models)
        if record is not None and record.id in self.later:
            known = explained(listed(record.data))
            record = replace(record, later=tuple(one for one in self.later[record.id] if one.get("id") not in known))
        return record, findings

    def _forget(self, record_id: str, *, document: bool = True) -> None:
        self._broken.discard(record_id)
        if document:
            self._documents.pop(record_id, None)
        record = self._read.pop(record_id, None)
        if record is None:
            return
        self._lost[record_id] = record
        if record.subject is not None:
            self._below[record.subject, record.kind].discard(record_id)


class Then(Mapping[str, RecordFile]):
    """The records as they were before a step: a ledger, but for those that the step changed."""

    def __init__(self, ledger: Ledger, olds: Mapping[str, RecordFile | None]) -> None:
        self._ledger = ledger
        self._olds = olds

    def linked(self, subject: str, kind: str) -> list[RecordFile]:
        """The records of a kind that belong to a record, by id."""
        return self._with_olds(self._ledger.linked(subject, kind), lambda one: one.subject == subject, kind)

    def of_kind(self, kind: str) -> list[RecordFile]:
        """The records of a kind, by id."""
        return self._with_olds(self._ledger.of_kind(kind), lambda _one: True, kind)

    def _with_olds(self, now: list[RecordFile], wanted: Callable[[RecordFile], bool], kind: str) -> list[RecordFile]:
        kept = [one for one in now if one.id not in self._olds]
        olds = [one for one in self._olds.values() if one is not None and one.kind == kind and wanted(one)]
        return sorted([*kept, *olds], key=lambda one: one.id)

    def __getitem__(self, record_id: str) -> RecordFile:
        if record_id not in self._olds:
            return self._ledger[record_id]
        found = self._olds[record_id]
        if found is None:
            raise KeyError(record_id)
        return found

    def __contains__(self, record_id: object) -> bool:
        return isinstance(record_id, str) and self.get(record_id) is not None

    def __iter__(self) -> Iterator[str]:
        ids = {*self._ledger, *self._olds}
        return (one for one in sorted(ids) if one in self)

    def __len__(self) -> int:
        return sum(1 for _ in self)


@dataclass(frozen=True)
class Moment(Register):
    """A register at a moment of its history: what belongs to what is looked up."""

    records: Ledger | Then

    def linked(self, record_id: str, kind: str) -> list[RecordFile]:
        """The records of a kind that belong to a record, by id."""
        return self.records.linked(record_id, kind)

    def of_kind(self, kind: str | None) -> Iterator[RecordFile]:
        """The records of a kind (all where None), by id."""
        if kind is not None:
            return iter(self.records.of_kind(kind))
        return iter([self.records[one] for one in sorted(self.records)])
