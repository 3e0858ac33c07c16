"""Records that change as history is gone through, each version read once, and looked up by what they belong to.

Of every record it is held where it lies, and by what it is looked up; all that it says, of those that were asked for
last. One that is asked for again after them is read again.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from itertools import islice
from typing import TypeVar

from partnerkit.dataclass import replace
from partnerkit.errors import CannotWorkError
from partnerkit.findings import Finding
from partnerkit.kinds.expunging import Listed, explained, listed
from partnerkit.register import RecordFile, ids_at
from partnerkit.rules.fitting import inherit
from partnerkit.store.checked import Models, checked
from partnerkit.store.git.entries import Entry
from partnerkit.store.record_paths import RECORDS, record_id
from partnerkit.store.versions import Fetch, Version, Versions
from partnerkit.store.yaml.nodes import Document
from partnerkit.store.yaml.reader import read
from partnerkit.tuples import NamedTuple

KeyT = TypeVar("KeyT")

#: So many records are held at most, besides those of the step that is looked at, and those that were asked for before
#: them: as many again.
HELD = 1_000

#: So many are fetched at a time.
_AT_ONCE = 250


class _Held(NamedTuple):
    """A record that is held, with its file; and whether what its blob means was told already."""

    record: RecordFile
    document: Document
    told: bool


class Ledger(Versions, Mapping[str, RecordFile]):
    """The records at one moment of a history; each is read when it is first asked for.

    Attributes:
        models: the models of the policies in force.
        later: the expungings that the records list in the end, by id.
        tell: is told what blobs mean that are held no longer, as JSON; nobody where None.
    """

    def __init__(self, fetch: Fetch, later: Mapping[str, Listed] | None = None) -> None:
        super().__init__(fetch)
        self.models = Models({})
        self.later = later or {}
        self.tell: Callable[[list[tuple[str, str]]], None] | None = None
        self._readable: set[str] = set()  # those that were read
        self._broken: set[str] = set()
        self._mistyped: set[str] = set()  # those among them that other models may read
        self._lost: dict[str, Version] = {}
        self._step: dict[str, _Held] = {}  # those that the last step changed
        self._held: dict[str, _Held] = {}
        self._before: dict[str, _Held] = {}  # those that go next
        self._documents: dict[str, Document] = {}  # those to be read by other models
        self._were: dict[str, _Held] = {}  # those that the step changed, as they were
        self._whole: set[str] = set()  # kinds of which every record was read
        # By what records may be looked up, or could be before: subject and kind, evidence, or kind and field and name.
        self._below: dict[tuple[str, str], set[str]] = {}
        self._resting: dict[str, set[str]] = {}
        self._naming: dict[tuple[str, str], dict[str, set[str]]] = {}

    def place(self, path: str, entry: Entry | None) -> None:
        """Note that a file has come, changed or gone (None)."""
        found = record_id(path)
        if found is not None:
            self._forget(found)
            self._put(found, path, entry)

    def meanings(self) -> Iterator[tuple[str, str]]:
        """What the blobs of the records mean that are held, as JSON, but for those of which it is kept already."""
        return self._meanings([*self._step.values(), *self._held.values(), *self._before.values()])

    def read(self, ids: Iterable[str]) -> list[Finding]:
        """Read records that a step changed, and say what is wrong with them; they are held until the next one."""
        self._held |= self._step
        self._step = {}
        found: list[Finding] = []
        for one in sorted(ids):
            found += self._load(one)
            if one in self._held:
                self._step[one] = self._held.pop(one)
        self._were.clear()
        self._let_go()
        return found

    def read_all(self, but: Collection[tuple[str, str]] = ()) -> list[Finding]:
        """Read every record that was not read yet, and say what is wrong with them.

        Args:
            but: path and blob of those that are known to be readable.
        """
        ids = sorted(one for one in self._places if one not in self._readable and self._where(one) not in but)
        return [finding for one in self.at_hand(ids) for finding in self._load(one)]

    def unreadable(self, but: Collection[tuple[str, str]] = ()) -> set[str]:
        """The records that cannot be read, once every one was looked at; `but` as `read_all` has it."""
        self.read_all(but)
        return self.broken

    @property
    def broken(self) -> set[str]:
        """The records that could not be read."""
        return set(self._broken)

    def latest(self, record_id: str) -> RecordFile | None:
        """The record; where it is gone or cannot be read, the last version that could be."""
        found, last = self.get(record_id), self._lost.get(record_id)
        if found is not None or last is None:
            return found
        document, _findings = read(self._fetch([last.blob])[last.blob], last.path)
        return self._checked(document, last.models, judged=True)[0] if document is not None else None

    def first_readable(self, record_id: str, blobs: Mapping[str, str]) -> RecordFile | None:
        """The first of several versions of a record (blob to path) that can be read."""
        for oid, path in blobs.items():
            document, _findings = read(self._fetch([oid])[oid], path)
            record = self._checked(document, self.models)[0] if document is not None else None
            if record is not None:
                self._lost[record_id] = Version(path, oid, self.models)
                return record
        return None

    def change_models(self, models: Models) -> None:
        """Read every record by other models from now on; of those that are held the file is not read again."""
        for held in (self._before, self._held, self._step):
            self._documents |= {one: each.document for one, each in held.items()}
            held.clear()
        self._lost |= {one: Version(*self._where(one), self.models) for one in self._readable}
        self.models = models
        self._readable.clear()
        self._whole.clear()
        self._broken -= self._mistyped
        self._mistyped.clear()

    def linked(self, subject: str, kind: str) -> list[RecordFile]:
        """The records of a kind that belong to a record, by id."""
        self._read_kind(kind)
        found = self._there(self._below.get((subject, kind), ()))
        return [one for one in found if one.subject == subject]

    def naming(self, named: str, kind: str, field: str) -> list[RecordFile]:
        """The records of a kind of which a field names a record or somebody, by id."""
        self._read_kind(kind)
        if (kind, field) not in self._naming:
            index = self._naming[kind, field] = {}
            for one in self.of_kind(kind):
                _note(index, ids_at(one.data, field.split(".")), one.id)
        found = self._there(self._naming[kind, field].get(named, ()))
        return [one for one in found if named in ids_at(one.data, field.split("."))]

    def resting_on(self, paths: AbstractSet[str]) -> set[str]:
        """The ids of the records of which some evidence is one of these files."""
        self.read_all()
        found = self._there({one for path in paths for one in self._resting.get(path, ())})
        return {one.id for one in found if not paths.isdisjoint(_files_of(one))}

    def of_kind(self, kind: str) -> Iterator[RecordFile]:
        """The records of a kind, by id."""
        self._read_kind(kind)
        return self._there(self._kinds.get(kind, ()))

    def __getitem__(self, record_id: str) -> RecordFile:
        found = self._held.get(record_id) or self._step.get(record_id)
        if found is None:
            self._load(record_id)
            found = self._held.get(record_id) or self._again(record_id)
        return found.record

    def __contains__(self, record_id: object) -> bool:
        return isinstance(record_id, str) and (record_id in self._readable or self.get(record_id) is not None)

    def __iter__(self) -> Iterator[str]:
        self.read_all()
        return (one for one in list(self._places) if one in self._readable)

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def at_hand(self, ids: Iterable[str]) -> Iterator[str]:
        """Give the ids of records that are asked for one after the other: what is to be read of some comes at once."""
        left = iter(ids)
        while several := list(islice(left, _AT_ONCE)):
            held = self._held.keys() | self._before.keys() | self._step.keys() | self._documents.keys()
            self._bring_near(one for one in several if one not in held)
            yield from several

    def _there(self, ids: Iterable[str]) -> Iterator[RecordFile]:
        """Those of some records that could be read, by id."""
        return (self[one] for one in self.at_hand(sorted(self._readable.intersection(ids))))

    def _read_kind(self, kind: str) -> None:
        if kind not in self._whole:
            for one in self.at_hand([one for one in self._kinds.get(kind, ()) if one not in self._readable]):
                self._load(one)
            self._whole.add(kind)

    def _load(self, record_id: str) -> list[Finding]:
        """Read a record that was not read yet, and say what is wrong with it."""
        if record_id in self._readable or record_id in self._broken or record_id not in self._places:
            return []
        known = self._documents.pop(record_id, None)
        was = self._were.pop(record_id, None)
        document, findings, told = (
            self._opened(record_id, was.document if was is not None else None) if known is None else (known, [], False)
        )
        record = None
        if document is not None:
            try:
                record, findings = self._checked(document, self.models, was=was.record if was is not None else None)
            except CannotWorkError as newer:
                findings = [Finding("newer-format", f"{newer}; it was not understood", file=document.file)]
        if document is None or record is None:
            self._broken.add(record_id)
            self._mistyped |= {record_id} if document is not None else set()
            return [replace(one, record=record_id) for one in findings]
        self._readable.add(record_id)
        self._hold(record_id, _Held(record, document, told))
        self._lost.pop(record_id, None)
        self._look_up(record)
        return findings

    def _again(self, record_id: str) -> _Held:
        """A record that was read before.

        Raises:
            KeyError: it was not, for there is none, or it cannot be read.
        """
        if record_id not in self._readable:
            raise KeyError(record_id)
        found = self._before.pop(record_id, None)
        if found is None:
            document, _findings, _told = self._opened(record_id)
            record = self._checked(document, self.models, judged=True)[0] if document is not None else None
            if document is None or record is None:
                raise AssertionError("the same file was read before")
            found = _Held(record, document, told=True)
        self._hold(record_id, found)
        return found

    def _hold(self, record_id: str, held: _Held) -> None:
        self._let_go()
        self._held[record_id] = held

    def _let_go(self) -> None:
        """Hold those no longer that were asked for before the last ones, where these are many."""
        if len(self._held) >= HELD:
            gone, self._before, self._held = self._before, self._held, {}
            if self.tell is not None and gone:
                self.tell([*self._meanings(gone.values())])

    def _meanings(self, held: Iterable[_Held]) -> Iterator[tuple[str, str]]:
        return ((self._where(one.record.id)[1], json.dumps(one.document.data)) for one in held if not one.told)

    def _look_up(self, record: RecordFile) -> None:
        """Note by what a record is looked up; nothing is taken back, for it is looked at once more when it is found."""
        if record.subject is not None:
            _note(self._below, [(record.subject, record.kind)], record.id)
        _note(self._resting, _files_of(record), record.id)
        for (kind, field), index in self._naming.items():
            if kind == record.kind:
                _note(index, ids_at(record.data, field.split(".")), record.id)

    def _checked(
        self, document: Document, models: Models, *, judged: bool = False, was: RecordFile | None = None
    ) -> tuple[RecordFile | None, list[Finding]]:
        """A version of a record, with the expungings that only later ones of it list."""
        record, findings = checked(document, models, judged=judged, was=was)
        if record is not None and record.id in self.later:
            known = explained(listed(record.data))
            record = replace(record, later=tuple(one for one in self.later[record.id] if one.get("id") not in known))
        if record is not None and was is not None:
            inherit(was, record)
        return record, findings

    def _forget(self, record_id: str) -> None:
        if record_id in self._readable:
            self._lost[record_id] = Version(*self._where(record_id), self.models)
        for known in (self._readable, self._broken, self._mistyped):
            known.discard(record_id)
        self._documents.pop(record_id, None)
        for held in (self._step, self._held, self._before):
            found = held.pop(record_id, None)
            if found is not None:
                self._were[record_id] = found


def _note(index: dict[KeyT, set[str]], keys: Iterable[KeyT], record_id: str) -> None:
    for key in keys:
        index.setdefault(key, set()).add(record_id)


def _files_of(record: RecordFile) -> list[str]:
    """The files of the register that are evidence of a record."""
    refs = (one.get("ref") for one in record.data.get("evidence") or [])
    return [one for one in refs if isinstance(one, str) and one.startswith(RECORDS)]
