"""A register that listens: what rules ask of it beside one record and the rules themselves.

What was asked for is told in words, so that it can be looked up by what changed: the record `r/<id>`, the file
`f/<path>`, the records of a kind that belong to one (`b/<kind>/<id>`), those of which a field names somebody
(`n/<kind>/<field>/<id>`), or a whole kind (`k/<kind>`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from datetime import date, datetime
from typing import Any, TypeVar

from partnerkit.dataclass import dataclass, field, field_names
from partnerkit.jobs.heard_day import HeardDay
from partnerkit.kinds.ssh import Signed
from partnerkit.policies.policy import Policy
from partnerkit.register import RecordFile, Register
from partnerkit.store.record_paths import RECORDS
from partnerkit.store.standing_index import NEVER

T = TypeVar("T")

#: The word for what rests on what the rules said before.
PAST = "p/"


def of_record(record_id: str) -> str:
    """The word for a record."""
    return f"r/{record_id}"


def of_file(path: str) -> str:
    """The word for a file."""
    return f"f/{path}"


def of_kind(kind: str) -> str:
    """The word for all records of a kind."""
    return f"k/{kind}"


def below(kind: str, record_id: str) -> str:
    """The word for the records of a kind that belong to a record."""
    return f"b/{kind}/{record_id}"


def naming(kind: str, keys: str, named: str) -> str:
    """The word for the records of a kind of which a field names somebody or something."""
    return f"n/{kind}/{keys}/{named}"


@dataclass
class Heard:
    """What was asked for.

    Attributes:
        files: the files of which something was.
        others: the records that were, by their ids.
        links: the words for the records that were asked for by what they name.
        looked: kind and field of those that were asked for by a field.
        past: whether it was asked what the rules said before.
        verified: whether it was asked what a signature is worth.
        more: whether more was asked for than these: all records, what is gone, a signature that could not be verified.
        until: the first day on which what was asked of the day is answered otherwise; None where none is.
    """

    files: set[str] = field(default_factory=set)
    others: set[str] = field(default_factory=set)
    links: set[str] = field(default_factory=set)
    looked: set[tuple[str, str]] = field(default_factory=set)
    past: bool = False
    verified: bool = False
    more: bool = False
    until: date | None = None

    @property
    def beyond(self) -> bool:
        """Whether more was asked for than the files and records that are named."""
        return self.more or self.past or self.verified or bool(self.links)

    def rests(self, record_id: str) -> tuple[frozenset[str], bool]:
        """On what it rests what was asked of a record, in words; and whether that is all on which it does."""
        words = {of_record(one) for one in self.others if one != record_id} | self.links
        words.update(of_file(path) for path in self.files)
        sure = not self.more and all(path.startswith(RECORDS) for path in self.files)
        return frozenset(words | {PAST} if self.past else words), sure

    @property
    def lasts(self) -> str:
        """The first day on which what was asked of the day is answered otherwise, as ISO 8601 writes it."""
        return self.until.isoformat() if self.until is not None else NEVER

    def begin(self) -> None:
        """Forget what was asked for so far."""
        self.files, self.others, self.links, self.looked = set(), set(), set(), set()
        self.past, self.verified, self.more, self.until = False, False, False, None

    def other(self, record_id: object) -> None:
        """Somebody asked for a record."""
        if not isinstance(record_id, str):
            self.more = True
        elif record_id:  # nothing goes by no id, whatever changes
            self.others.add(record_id)

    def day(self, changes: date) -> None:
        """Somebody asked something of the day that is answered otherwise from another one on."""
        self.until = changes if self.until is None else min(self.until, changes)

    def all_of(self, asked: Callable[..., T]) -> Callable[..., T]:
        """A question that goes beyond single files and records."""

        def asks(*words: Any) -> T:
            self.more = True
            return asked(*words)

        return asks

    def former(self, asked: Callable[[str], T]) -> Callable[[str], T]:
        """A question of what the rules said before."""

        def asks(path: str) -> T:
            self.past = True
            return asked(path)

        return asks

    def signed(self, asked: Callable[[dict[str, Any]], Signed]) -> Callable[[dict[str, Any]], Signed]:
        """A question of what a signature is worth: where that can be told, it stays so."""

        def asks(said: dict[str, Any]) -> Signed:
            found, self.verified = asked(said), True
            self.more = self.more or found.unable is not None
            return found

        return asks

    def file(self, asked: Callable[[str], T]) -> Callable[[str], T]:
        """A question of one file."""

        def asks(path: str) -> T:
            self.files.add(path)
            return asked(path)

        return asks


@dataclass(frozen=True)
class Listening(Register):
    """A register that is asked in place of another one, and hears what it is asked."""

    asked: Register = field(kw_only=True)
    heard: Heard = field(kw_only=True)
    now: datetime | None = field(default=None, kw_only=True)

    def policy_of(self, record: RecordFile) -> Policy | None:
        """The policy that governs a record, or None where the register lacks it."""
        return self.asked.policy_of(record)

    def linked(self, record_id: str, kind: str) -> list[RecordFile]:
        """The records of a kind that belong to a record, by id."""
        self.heard.links.add(below(kind, record_id))
        return self._told(self.asked.linked(record_id, kind))

    def naming(self, record_id: str, kind: str, field: str) -> list[RecordFile]:
        """The records of a kind of which a field names a record, by id."""
        self.heard.links.add(naming(kind, field, record_id))
        self.heard.looked.add((kind, field))
        return self._told(self.asked.naming(record_id, kind, field))

    def of_kind(self, kind: str | None) -> Iterator[RecordFile]:
        """The records of a kind (all where None), by id."""
        if kind is None:
            self.heard.more = True
        else:
            self.heard.links.add(of_kind(kind))
        return self.asked.of_kind(kind)

    @property
    def births(self) -> Mapping[str, RecordFile]:
        """The records by the entry with which each began."""
        self.heard.more = True
        return self.asked.births

    def day(self, moment: datetime) -> date:
        """The calendar day of a moment; of the present one, a day that hears what it is asked."""
        found = self.asked.day(moment)
        return HeardDay.of(found, self.heard.day) if self.now is not None and moment >= self.now else found

    def _told(self, found: list[RecordFile]) -> list[RecordFile]:
        self.heard.others.update(one.id for one in found)
        return found


def listening(register: Register, now: datetime | None = None) -> tuple[Listening, Heard]:
    """The same register, and what was asked of it, which begins with nothing.

    Args:
        register: the register.
        now: the present moment, where it matters until when what is asked of its day is answered so.
    """
    heard = Heard()
    same: dict[str, Any] = {name: getattr(register, name) for name in field_names(Register)}
    for name in ("earlier", "gone"):
        same[name] = heard.all_of(same[name])
    same |= {"former": heard.former(register.former), "signed": heard.signed(register.signed)}
    for name in ("digests", "reads", "drafted"):
        same[name] = heard.file(same[name])
    same |= {"ids_of": None, "mentioning": None}
    same |= {"records": _Records(register.records, heard), "broken": _Broken(register.broken, heard)}
    return Listening(**same, asked=register, heard=heard, now=now), heard


class _Records(Mapping[str, RecordFile]):
    """Records; who asks for which is heard."""

    def __init__(self, records: Mapping[str, RecordFile], heard: Heard) -> None:
        self._records = records
        self._heard = heard

    def __getitem__(self, record_id: str) -> RecordFile:
        self._heard.other(record_id)
        return self._records[record_id]

    def __contains__(self, record_id: object) -> bool:
        self._heard.other(record_id)
        return record_id in self._records

    def __iter__(self) -> Iterator[str]:
        self._heard.more = True
        return iter(self._records)

    def __len__(self) -> int:
        self._heard.more = True
        return len(self._records)


class _Broken(AbstractSet[str]):
    """The ids of records that cannot be read; who asks for which is heard."""

    def __init__(self, broken: AbstractSet[str], heard: Heard) -> None:
        self._broken = broken
        self._heard = heard

    def __contains__(self, record_id: object) -> bool:
        self._heard.other(record_id)
        return record_id in self._broken

    def __iter__(self) -> Iterator[str]:
        self._heard.more = True
        return iter(self._broken)

    def __len__(self) -> int:
        self._heard.more = True
        return len(self._broken)
