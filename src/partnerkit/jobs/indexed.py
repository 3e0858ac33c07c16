"""A register of which is known which records name what: looked up, where a search would read every file."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import Any

from partnerkit.dataclass import dataclass, field, field_names
from partnerkit.jobs import listening
from partnerkit.register import RecordFile, Register, ids_at
from partnerkit.store.record_paths import folder_kind, record_id
from partnerkit.store.standing_index import StandingIndex

#: Kind and field by which records name others.
Link = tuple[str, str]

#: How the word for what a record names begins; without it, it is the word for who asks for that.
_NAMES = "="


@dataclass(frozen=True)
class Indexed(Register):
    """A register of which an index tells what names what, but for some records, which are looked at.

    Attributes:
        index: tells it.
        anew: the ids of the others.
        looked: the links of which it tells, beside what belongs to what.
    """

    index: StandingIndex = field(kw_only=True)
    anew: frozenset[str] = field(kw_only=True)
    looked: frozenset[Link] = field(kw_only=True)

    @classmethod
    def of(cls, register: Register, index: StandingIndex, anew: Collection[str], looked: Iterable[Link]) -> Indexed:
        """The same register, asked by way of an index."""
        same: dict[str, Any] = {name: getattr(register, name) for name in field_names(Register)}
        return cls(**same, index=index, anew=frozenset(anew), looked=frozenset(looked))

    def linked(self, record_id: str, kind: str) -> list[RecordFile]:
        """The records of a kind that belong to a record, by id."""
        may = self._may(listening.below(kind, record_id))
        return [one for one in may if one.kind == kind and one.subject == record_id]

    def naming(self, record_id: str, kind: str, field: str) -> list[RecordFile]:
        """The records of a kind of which a field names a record, by id."""
        if (kind, field) not in self.looked:
            return super().naming(record_id, kind, field)
        may = self._may(listening.naming(kind, field, record_id))
        return [one for one in may if one.kind == kind and record_id in ids_at(one.data, field.split("."))]

    def _may(self, word: str) -> Iterator[RecordFile]:
        found = sorted(self.anew.union(self.index.ids([_NAMES + word])))
        return (self.records[one] for one in found if one in self.records)


def links_of(record: RecordFile | None, looked: Iterable[Link]) -> set[str]:
    """The words for what a record names; none of one that is not there."""
    if record is None:
        return set()
    subject = record.subject
    found = {listening.below(record.kind, subject)} if subject is not None else set()
    for kind, keys in looked:
        if kind == record.kind:
            found |= {listening.naming(kind, keys, named) for named in ids_at(record.data, keys.split("."))}
    return {_NAMES + word for word in found}


def asked_by_change(paths: Iterable[str], words: Iterable[str]) -> set[str]:
    """The words of all that may ask for files that changed.

    Args:
        paths: the files.
        words: those of the records that they are: before the change, and after it.
    """
    found = {word.removeprefix(_NAMES) for word in words if word.startswith(_NAMES)}
    for path in paths:
        found.add(listening.of_file(path))
        one, kind = record_id(path), folder_kind(path)
        found |= {listening.of_record(one)} if one is not None else set()
        found |= {listening.of_kind(kind)} if kind is not None else set()
    return found
