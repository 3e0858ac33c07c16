"""The records of a tree that are gone through one after the other: however many there are, few are held at a time.

Of each it is held that it can be read and what it belongs to; what it says, of those that were asked for last.
"""

from __future__ import annotations

import heapq
from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import islice
from operator import attrgetter
from sys import intern

from partnerkit.register import RecordFile, ids_at
from partnerkit.store.records import Records

#: So many are held, where there are no more.
FEW = 10_000

#: Of more than that, so many are held, and as many again that were asked for before them.
HELD = 500

#: So many are read at a time.
_AT_ONCE = 250

_ID = attrgetter("id")


class Passing(Mapping[str, RecordFile]):
    """Some records of a tree; each is read once, to know whether it can be, and again when it is asked for later."""

    def __init__(self, records: Records, ids: Collection[str]) -> None:
        """Read them.

        Args:
            records: the records of the tree.
            ids: the ids of those that are gone through.
        """
        records.expect_many(len(ids))
        self._records = records
        self._most = len(ids) + 1 if len(ids) <= FEW else HELD
        self._held: dict[str, RecordFile] = {}
        self._before: dict[str, RecordFile] = {}  # those that go next
        self._kinds: dict[str, list[str]] = {}
        self._below: dict[tuple[str, str], list[str]] = {}
        self._naming: dict[tuple[str, str], dict[str, list[str]]] = {}
        self._there = frozenset(self._looked_through(ids))

    @property
    def broken(self) -> set[str]:
        """The ids of those that are there and cannot be read."""
        return self._records.broken

    def _looked_through(self, ids: Collection[str]) -> Iterator[str]:
        """Look at every record once, and note by what it is looked up."""
        for one in self._each(sorted(ids)):
            yield (name := intern(one.id))
            self._kinds.setdefault(intern(one.kind), []).append(name)
            if one.subject is not None:
                self._below.setdefault((intern(one.subject), intern(one.kind)), []).append(name)

    def __getitem__(self, record_id: str) -> RecordFile:
        if record_id not in self._held:
            self.bring([record_id])
        return self._held[record_id]

    def __contains__(self, record_id: object) -> bool:
        return record_id in self._there

    def __iter__(self) -> Iterator[str]:
        return iter(sorted(self._there))

    def __len__(self) -> int:
        return len(self._there)

    def linked(self, subject: str, kind: str) -> list[RecordFile]:
        """The records of a kind that belong to a record, by id."""
        return [*self._each(self._below.get((subject, kind), ()))]

    def naming(self, named: str, kind: str, field: str) -> list[RecordFile]:
        """The records of a kind of which a field names a record or somebody, by id."""
        if (kind, field) not in self._naming:
            index = self._naming[kind, field] = {}
            for one in self.of_kind(kind):
                for each in dict.fromkeys(ids_at(one.data, field.split("."))):
                    index.setdefault(each, []).append(one.id)
        return [*self._each(self._naming[kind, field].get(named, ()))]

    def of_kind(self, kind: str) -> Iterator[RecordFile]:
        """The records of a kind, by id."""
        return self._each(self._kinds.get(kind, ()))

    def at_hand(self, ids: Iterable[str]) -> Iterator[str]:
        """Give the ids of records that are asked for one after the other: some are read at once."""
        left = iter(ids)
        while several := list(islice(left, _AT_ONCE)):
            self.bring(several)
            yield from several

    def bring(self, ids: Iterable[str]) -> None:
        """Hold several that are asked for next; those that were asked for before the last ones go."""
        wanted = [one for one in ids if one not in self._held]
        self._held |= {one: self._before.pop(one) for one in wanted if one in self._before}
        unread = [one for one in wanted if one not in self._held]
        self._records.load(unread)
        self._held |= {one: found for one in unread if (found := self._records.get(one)) is not None}
        self._records.forget(unread)
        if len(self._held) >= self._most:
            self._before, self._held = self._held, {one: self._held[one] for one in wanted if one in self._held}

    def _each(self, ids: Iterable[str]) -> Iterator[RecordFile]:
        return (found for one in self.at_hand(ids) if (found := self.get(one)) is not None)


class Shared(Mapping[str, RecordFile]):
    """Records of a tree of which most files are as they are in another: these are read once for both."""

    def __init__(self, own: Passing, other: Passing, alike: set[str]) -> None:
        """Put them together.

        Args:
            own: those whose files are others.
            other: the records of the other tree.
            alike: the ids of those whose files are the same.
        """
        self._own = own
        self._other = other
        self._alike = alike

    @property
    def broken(self) -> set[str]:
        """The ids of those that are there and cannot be read."""
        return self._own.broken | (self._other.broken & self._alike)

    def linked(self, subject: str, kind: str) -> list[RecordFile]:
        """The records of a kind that belong to a record, by id."""
        return [*self._both(self._other.linked(subject, kind), self._own.linked(subject, kind))]

    def naming(self, named: str, kind: str, field: str) -> list[RecordFile]:
        """The records of a kind of which a field names a record or somebody, by id."""
        return [*self._both(self._other.naming(named, kind, field), self._own.naming(named, kind, field))]

    def of_kind(self, kind: str) -> Iterator[RecordFile]:
        """The records of a kind, by id."""
        return self._both(self._other.of_kind(kind), self._own.of_kind(kind))

    def at_hand(self, ids: Iterable[str]) -> Iterator[str]:
        """Give the ids of records that are asked for one after the other: some are read at once."""
        left = iter(ids)
        while several := list(islice(left, _AT_ONCE)):
            self._other.bring(self._alike.intersection(several))
            self._own.bring(one for one in several if one in self._own)
            yield from several

    def _both(self, others: Iterable[RecordFile], own: Iterable[RecordFile]) -> Iterator[RecordFile]:
        return heapq.merge((one for one in others if one.id in self._alike), own, key=_ID)

    def __getitem__(self, record_id: str) -> RecordFile:
        return self._other[record_id] if record_id in self._alike else self._own[record_id]

    def __contains__(self, record_id: object) -> bool:
        return record_id in self._own or (record_id in self._alike and record_id in self._other)

    def __iter__(self) -> Iterator[str]:
        return iter(sorted({*self._own, *self._alike.intersection(self._other)}))

    def __len__(self) -> int:
        return sum(1 for _ in self)
