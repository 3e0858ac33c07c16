"""A register at a moment of its history, made of a ledger."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterable, Iterator, Mapping
from operator import attrgetter

from partnerkit.dataclass import dataclass
from partnerkit.register import RecordFile, Register, ids_at
from partnerkit.store.ledger import Ledger

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


@dataclass(frozen=True)
class Moment(Register):
    """A register at a moment of its history: what belongs to what is looked up."""

    records: Ledger | Then

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
        return (self.records[one] for one in self.records.at_hand(sorted(self.records)))
