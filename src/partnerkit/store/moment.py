"""A register of which few records are held at a time: what belongs to what is looked up by whoever holds them."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from datetime import datetime
from functools import cached_property
from operator import attrgetter
from typing import TypeAlias

from partnerkit.dataclass import dataclass, replace
from partnerkit.register import RecordFile, Register, ids_at
from partnerkit.store.ledger import Ledger
from partnerkit.store.passing import Passing, Shared

_ID = attrgetter("id")


class Then(Mapping[str, RecordFile]):
    """The records as they were before a step: a ledger, but for those that the step changed."""

    def __init__(self, ledger: Ledger, olds: Mapping[str, RecordFile | None]) -> None:
        self._ledger = ledger
        self._olds = olds

    def linked(self, subject: str, kind: str) -> list[RecordFile]:
        """The records of a kind that belong to a record, by id."""
        return [*self._with_olds(self._ledger.linked(subject, kind), lambda one: one.subject == subject, kind)]

    def naming(self, named: str, kind: str, field: str) -> list[RecordFile]:
        """The records of a kind of which a field names a record or somebody, by id."""
        keys, found = field.split("."), self._ledger.naming(named, kind, field)
        return [*self._with_olds(found, lambda one: named in ids_at(one.data, keys), kind)]

    def of_kind(self, kind: str) -> Iterator[RecordFile]:
        """The records of a kind, by id."""
        return self._with_olds(self._ledger.of_kind(kind), lambda _one: True, kind)

    def at_hand(self, ids: Iterable[str]) -> Iterator[str]:
        """Give the ids of records that are asked for one after the other."""
        return self._ledger.at_hand(ids)

    def _with_olds(
        self, now: Iterable[RecordFile], wanted: Callable[[RecordFile], bool], kind: str
    ) -> Iterator[RecordFile]:
        kept = (one for one in now if one.id not in self._olds)
        olds = (one for one in self._olds.values() if one is not None and one.kind == kind and wanted(one))
        return heapq.merge(kept, sorted(olds, key=_ID), key=_ID)

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


class Each(Mapping[str, RecordFile]):
    """Records, each as something makes of it whenever it is asked for: nothing is held of it."""

    def __init__(
        self, records: Records, ids: AbstractSet[str], made: Callable[[RecordFile], RecordFile | None]
    ) -> None:
        """Make them.

        Args:
            records: the records.
            ids: the ids of those of which something is made.
            made: makes it; its id, its kind and what it belongs to stay.
        """
        self._records = records
        self._ids = ids
        self._made = made

    def linked(self, subject: str, kind: str) -> list[RecordFile]:
        """The records of a kind that belong to a record, by id."""
        return [*self._each(self._records.linked(subject, kind))]

    def naming(self, named: str, kind: str, field: str) -> list[RecordFile]:
        """The records of a kind of which a field names a record or somebody, by id."""
        keys, found = field.split("."), self._records.naming(named, kind, field)
        return [one for one in self._each(found) if named in ids_at(one.data, keys)]

    def of_kind(self, kind: str) -> Iterator[RecordFile]:
        """The records of a kind, by id."""
        return self._each(self._records.of_kind(kind))

    def at_hand(self, ids: Iterable[str]) -> Iterator[str]:
        """Give the ids of records that are asked for one after the other."""
        return self._records.at_hand(ids)

    def _each(self, records: Iterable[RecordFile]) -> Iterator[RecordFile]:
        return (made for one in records if one.id in self._ids and (made := self._made(one)) is not None)

    def __getitem__(self, record_id: str) -> RecordFile:
        made = self._made(self._records[record_id]) if record_id in self._ids else None
        if made is None:
            raise KeyError(record_id)
        return made

    def __contains__(self, record_id: object) -> bool:
        return record_id in self._ids

    def __iter__(self) -> Iterator[str]:
        return iter(sorted(self._ids))

    def __len__(self) -> int:
        return len(self._ids)


#: Records of which few are held at a time.
Records: TypeAlias = "Ledger | Then | Passing | Shared | Each"


class _Born(Mapping[str, RecordFile]):
    """Records by the entry with which each began."""

    def __init__(self, records: Records, ids: Mapping[str, str]) -> None:
        self._records = records
        self._ids = ids

    def __getitem__(self, entry: str) -> RecordFile:
        return self._records[self._ids[entry]]

    def __iter__(self) -> Iterator[str]:
        return iter(self._ids)

    def __len__(self) -> int:
        return len(self._ids)


@dataclass(frozen=True)
class Moment(Register):
    """A register of which few records are held at a time."""

    records: Records

    def linked(self, record_id: str, kind: str) -> list[RecordFile]:
        """The records of a kind that belong to a record, by id."""
        return self.records.linked(record_id, kind)

    def naming(self, record_id: str, kind: str, field: str) -> list[RecordFile]:
        """The records of a kind of which a field names a record, by id."""
        return self.records.naming(record_id, kind, field)

    def of_kind(self, kind: str | None) -> Iterator[RecordFile]:
        """The records of a kind (all where None), by id."""
        if kind is not None:
            return self.records.of_kind(kind)
        return self.several(sorted(self.records))

    def several(self, ids: Iterable[str]) -> Iterator[RecordFile]:
        """The records that have these ids, in that order."""
        return (self.records[one] for one in self.records.at_hand(ids))

    @cached_property
    def births(self) -> Mapping[str, RecordFile]:
        """The records by the entry with which each began."""
        return _Born(self.records, {one.model.history[0].id: one.id for one in self.of_kind(None)})

    def by(self, moment: datetime) -> Moment:
        """All of it with the histories that its records had by a moment; the same, where they had no others."""
        ids, same = set[str](), True
        for one in self.of_kind(None):
            then = one.by(moment)
            same &= then is one
            ids |= {one.id} if then is not None else set()
        if same:
            return self
        return replace(self, records=Each(self.records, ids, lambda one: one.by(moment)))
