"""Register: everything true in one tree at one moment. Look-ups only; nothing here reads or judges."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import date, datetime
from functools import cached_property
from typing import Any

from partnerkit.dataclass import dataclass, field, field_names, replace
from partnerkit.kinds.catalogue import KINDS
from partnerkit.kinds.entries import Entry
from partnerkit.kinds.expunging import Listed, explained, marked
from partnerkit.kinds.record import Record
from partnerkit.kinds.roster import Roster
from partnerkit.kinds.settings import Settings
from partnerkit.kinds.ssh import Signed
from partnerkit.policies.policy import Policy

SETTINGS_PATH = "records/register.yaml"
ROSTER_PATH = "records/people.yaml"
POLICIES_FOLDER = "records/policies/"

Keys = tuple[str | int, ...]

Place = Callable[[Keys], tuple[int, int]]


def ids_at(data: Any, keys: list[str]) -> list[str]:
    """The ids to which the keys lead, through lists into each of their items."""
    if isinstance(data, list):
        return [found for item in data for found in ids_at(item, keys)]
    if keys:
        return ids_at(data.get(keys[0]), keys[1:]) if isinstance(data, dict) else []
    return [data] if isinstance(data, str) else []


def nowhere(_keys: Keys) -> tuple[int, int]:
    """The place of everything in a value that was never read from a file."""
    return (1, 1)


@dataclass(frozen=True, slots=True)
class RecordFile:
    """A record as it was read.

    Attributes:
        path: its file, from the top of the repository.
        data: the parsed YAML as written; digests are made of it.
        model: the same as a typed value.
        place: line and column of the value at a path of keys.
        found: what was worked out about it once, and is asked by many rules.
        later: the expungings that only later versions of it list, where those are known.
    """

    path: str
    data: dict[str, Any]
    model: Record
    place: Place = field(default=nowhere, compare=False)
    later: Listed = field(default=(), compare=False)
    found: dict[str, Any] = field(init=False, default_factory=dict, compare=False, repr=False)

    @property
    def id(self) -> str:
        """Its id."""
        return self.model.id

    def marked_later(self, part: Any) -> frozenset[str]:
        """The expungings whose markers stand in a part of it, and which only later versions list.

        There are such where its history was rewritten, to take the text out of earlier versions too.
        """
        return marked(part) & explained(self.later) if self.later else frozenset()

    @property
    def kind(self) -> str:
        """Its kind."""
        return self.model.kind

    @property
    def stage(self) -> str:
        """Where it stands."""
        return self.model.stage

    @property
    def policy(self) -> str:
        """The id of the policy that governs it."""
        return self.model.policy

    @property
    def subject(self) -> str | None:
        """The id of the record it belongs to, or None."""
        key = KINDS[self.kind].subject
        found = self.data.get(key) if key else None
        return found if isinstance(found, str) else None

    @property
    def name(self) -> str:
        """Its name in words."""
        return str(self.data.get(KINDS[self.kind].named_by, self.id))

    @property
    def came(self) -> Entry:
        """The entry by which it came to where it stands: a correction moves nothing."""
        moving = (entry for entry in reversed(self.model.history) if entry.type != "correct")
        return next(moving, self.model.history[0])

    def by(self, moment: datetime) -> RecordFile | None:
        """The record with the history that it had by a moment, its fields as they are now; None where it had none."""
        count = max((seq for seq, entry in enumerate(self.model.history, 1) if entry.at <= moment), default=0)
        if count == len(self.model.history):
            return self
        if count == 0:
            return None
        stage = self.model.history[count - 1].to
        data = {**self.data, "stage": stage, "history": self.data["history"][:count]}
        return replace(
            self, data=data, model=self.model.model_copy(update={"stage": stage, "history": self.model.history[:count]})
        )


@dataclass(frozen=True, slots=True)
class PolicyFile:
    """A policy as it was read; `found` is what was worked out about it once, and is asked of many records."""

    path: str
    data: dict[str, Any]
    policy: Policy
    place: Place = field(default=nowhere, compare=False)
    found: dict[Any, Any] = field(init=False, default_factory=dict, compare=False, repr=False)


@dataclass(frozen=True)
class Register:
    """One tree of records, the rules that stand beside them, and facts about its files.

    Attributes:
        settings: register.yaml.
        roster: people.yaml.
        policies: the policies in force, by id.
        records: the records, by id; may read them only when they are asked for.
        digests: `sha256:` digest of a file of the tree, or None where there is none.
        ids_of: the ids of the records of a kind.
        broken: ids of records that are there and could not be read.
        rules: digests of the files that say what is legal (settings, roster, policies), by path.
        former: what a file of a policy said in the commits that landed so far, latest first.
        signed: with which key a statement as written was signed, if it was.
        reads: the bytes of a file of the tree, or None where there is none.
        earlier: what the file of a record said in the commits that landed so far, latest first.
        drafted: what a file of the tree says that is the text of a policy and not in force; None where it is none.
        mentioning: the ids of the records of a kind that may name an id, so that no other need be read; None where
            nobody can say.
        gone: what records said last that landed so far and are not there, by the id that they had; None of what nobody
            can read.
    """

    settings: Settings
    roster: Roster
    policies: Mapping[str, PolicyFile]
    records: Mapping[str, RecordFile]
    digests: Callable[[str], str | None] = lambda _path: None
    rules: Mapping[str, str] = field(default_factory=dict)
    ids_of: Callable[[str], list[str]] | None = None
    broken: AbstractSet[str] = frozenset()
    former: Callable[[str], Sequence[PolicyFile]] = lambda _path: ()
    signed: Callable[[dict[str, Any]], Signed] = lambda _said: Signed(unable="nobody was asked")
    reads: Callable[[str], bytes | None] = lambda _path: None
    earlier: Callable[[str], Iterable[dict[str, Any]]] = lambda _path: ()
    drafted: Callable[[str], PolicyFile | None] = lambda _path: None
    mentioning: Callable[[str, str], list[str]] | None = None
    gone: Callable[[], Mapping[str, RecordFile | None]] = dict

    def policy_of(self, record: RecordFile) -> Policy | None:
        """The policy that governs a record, or None where the register lacks it."""
        found = self.policies.get(record.model.policy)
        return found.policy if found else None

    def separation(self, policy: str) -> str:
        """Whether deciders under a policy must be others than proposers and parties: off, warn or require."""
        return self.policies[policy].policy.separation_of_duties or self.settings.trust.separation_of_duties

    def linked(self, record_id: str, kind: str) -> list[RecordFile]:
        """The records of a kind that belong to a record, by id."""
        return [record for record in self.may_name(record_id, kind) if record.subject == record_id]

    def naming(self, record_id: str, kind: str, field: str) -> list[RecordFile]:
        """The records of a kind of which a field names a record, by id."""
        return [
            record for record in self.may_name(record_id, kind) if record_id in ids_at(record.data, field.split("."))
        ]

    def may_name(self, record_id: str, kind: str | None = None) -> Iterator[RecordFile]:
        """The records of a kind (all where None), by id, but for some that do not name an id."""
        if self.mentioning is None:
            yield from self.of_kind(kind)
            return
        for one in sorted({one for each in ((kind,) if kind else KINDS) for one in self.mentioning(each, record_id)}):
            yield self.records[one]

    def of_kind(self, kind: str | None) -> Iterator[RecordFile]:
        """The records of a kind (all where None), by id."""
        ids = self.ids_of(kind) if self.ids_of and kind else list(self.records)
        for record_id in sorted(ids):
            record = self.records.get(record_id)
            if record is not None and (kind is None or record.kind == kind):
                yield record

    def several(self, ids: Iterable[str]) -> Iterator[RecordFile]:
        """The records that have these ids, in that order."""
        return (self.records[one] for one in ids)

    def since(self, record: RecordFile) -> date:
        """Since which day a record stands where it does: adopted ones since before the register knew them."""
        last = record.came
        return last.since or self.day(last.at)

    def day(self, moment: datetime) -> date:
        """The calendar day of a moment in the register's time zone."""
        return moment.astimezone(self.settings.zone).date()

    @cached_property
    def births(self) -> Mapping[str, RecordFile]:
        """The records by the entry with which each began: it stays whatever they are called."""
        return {one.model.history[0].id: one for one in self.of_kind(None)}

    def by(self, moment: datetime) -> Register:
        """All of it, read, with the histories that its records had by a moment."""
        return self._read({one.id: then for one in self.of_kind(None) if (then := one.by(moment)) is not None})

    def whole(self) -> Snapshot:
        """All of it, read."""
        return self._read({one.id: one for one in self.of_kind(None)})

    def _read(self, records: dict[str, RecordFile]) -> Snapshot:
        same = {name: getattr(self, name) for name in field_names(Register)}
        lookups = {"ids_of": None, "mentioning": None}
        return Snapshot(**same | lookups | {"records": records, "broken": frozenset(self.broken)})


@dataclass(frozen=True)
class Snapshot(Register):
    """A register that was read whole and no longer changes: what belongs to what is looked up, not searched for."""

    @cached_property
    def _by_kind(self) -> dict[str, list[RecordFile]]:
        found: dict[str, list[RecordFile]] = {}
        for _record_id, record in sorted(self.records.items()):
            found.setdefault(record.kind, []).append(record)
        return found

    @cached_property
    def _below(self) -> dict[tuple[str, str], list[RecordFile]]:
        found: dict[tuple[str, str], list[RecordFile]] = {}
        for kind, records in self._by_kind.items():
            for record in records:
                if record.subject is not None:
                    found.setdefault((record.subject, kind), []).append(record)
        return found

    @cached_property
    def _naming(self) -> dict[tuple[str, str], dict[str, list[RecordFile]]]:
        return {}

    def naming(self, record_id: str, kind: str, field: str) -> list[RecordFile]:
        """The records of a kind of which a field names a record, by id."""
        if (kind, field) not in self._naming:
            found: dict[str, list[RecordFile]] = {}
            for record in self.of_kind(kind):
                for named in dict.fromkeys(ids_at(record.data, field.split("."))):
                    found.setdefault(named, []).append(record)
            self._naming[kind, field] = found
        return list(self._naming[kind, field].get(record_id, ()))

    def linked(self, record_id: str, kind: str) -> list[RecordFile]:
        """The records of a kind that belong to a record, by id."""
        return list(self._below.get((record_id, kind), ()))

    def of_kind(self, kind: str | None) -> Iterator[RecordFile]:
        """The records of a kind (all where None), by id."""
        if kind is not None:
            return iter(self._by_kind.get(kind, ()))
        return iter([record for _record_id, record in sorted(self.records.items())])
