"""What stands at the end of a history, judged: anew only where something that a record was judged from is another.

A record is judged from its file, the rules, other files and records that it names, and the moment. Whoever asks for
them is listened to, so that what is kept says all of it. Where nothing was found, what was still to come is no question
any more later. Where something was found, or more was asked for than can be named, nothing is kept.
"""

from __future__ import annotations

import functools
import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime

from partnerkit.dataclass import dataclass, field
from partnerkit.findings import Finding
from partnerkit.jobs.listening import listening
from partnerkit.kinds.expunging import listed
from partnerkit.register import RecordFile, Register
from partnerkit.rules.said import statements_stand_once
from partnerkit.rules.standing import judge_trail
from partnerkit.rules.trusted import COUNTED, Facts, counted, facts, summed
from partnerkit.steps import statements
from partnerkit.store.git.entries import Entry
from partnerkit.store.git.trees import demand_blobs
from partnerkit.store.layout import is_rule, record_paths
from partnerkit.store.record_paths import RECORDS
from partnerkit.store.replay import Replay
from partnerkit.store.verdict_cache import VerdictCache


@dataclass(frozen=True, slots=True)
class Stood:
    """A record that was judged, and of which nothing was found.

    Attributes:
        at: the moment at which it was.
        files: the files beside its own from which it was judged: mode and blob of each, or nothing.
        others: likewise the other records: path and blob of each, or nothing.
        entries: the ids of its entries.
        said: the ids of its statements that stand.
        counts: how much of it rests on trust, as `COUNTED` names it; None where that has to be named one by one.
        lists: whether it says that text was expunged from it.
    """

    at: str
    files: dict[str, list[str | None] | None]
    others: dict[str, list[str] | None]
    entries: list[str]
    said: list[str]
    counts: list[int] | None
    lists: bool

    def as_text(self) -> str:
        """It as text, to be kept."""
        row = [self.at, self.files, self.others, self.entries, self.said, self.counts, self.lists]
        return json.dumps(row, separators=(",", ":"))

    def holds(self, replay: Replay, places: Mapping[str, tuple[str, str]], now: datetime) -> bool:
        """Whether all from which it was judged is the same now."""
        return (
            datetime.fromisoformat(self.at) <= now
            and all(_entry(replay.files.get(path)) == was for path, was in self.files.items())
            and all(_place(places.get(other)) == was for other, was in self.others.items())
        )


def _entry(found: Entry | None) -> list[str | None] | None:
    return [found.mode, found.oid] if found is not None else None


def _place(found: tuple[str, str] | None) -> list[str] | None:
    return [*found] if found is not None else None


class Kept:
    """What is kept of the records of a tree, each by its path and blob, and by the rules that stand in that tree.

    Attributes:
        anew: whether all is to be judged anew, and nothing kept.
        rows: what is kept, by the record's id.
        places: path and blob of each of these.
    """

    def __init__(self, cache: VerdictCache | None, files: Mapping[str, Entry]) -> None:
        """Look for what is kept.

        Args:
            cache: where; None where all is to be judged anew.
            files: the files of the tree.
        """
        rules = "".join(f"{path}\0{one.mode} {one.oid}\0" for path, one in sorted(files.items()) if is_rule(path))
        begun = hashlib.sha256(rules.encode())
        places = {one: (path, files[path].oid or "") for one, path in record_paths(dict(files)).items()}
        self.anew = cache is None
        self._cache = cache
        self._rules = {path: one for path, one in files.items() if is_rule(path)}
        self._keys = {one: _key(begun, *place) for one, place in places.items()} if cache is not None else {}
        known = cache.stood(list(self._keys.values())) if cache is not None else {}
        found = _rows([known.get(key) for key in self._keys.values()])
        self.rows = {one: row for one, row in zip(self._keys, found, strict=True) if row is not None}
        self.places = {one: place for one, place in places.items() if one in self.rows}

    @property
    def list_nothing(self) -> set[str]:
        """The records known to say of no text that it was expunged."""
        return {one for one, row in self.rows.items() if not row.lists}

    def readable(self, replay: Replay) -> frozenset[tuple[str, str]]:
        """Path and blob of the records that are known to be readable by the rules of that moment."""
        same = {path: one for path, one in replay.files.items() if is_rule(path)} == self._rules
        return frozenset(self.places.values()) if same else frozenset()

    def keep(self, new: Mapping[str, Stood]) -> None:
        """Keep these too; what no record of the tree goes by is kept no more."""
        if self._cache is not None and new:
            rows = [(self._keys[one], row.as_text()) for one, row in new.items() if one in self._keys]
            self._cache.keep_standing(rows, set(self._keys.values()))


class Meant(Mapping[str, str]):
    """What blobs mean, as JSON, as far as that is kept; asked for when the first of them is."""

    def __init__(self, cache: VerdictCache, blobs: list[str]) -> None:
        self._cache = cache
        self._blobs = blobs

    @functools.cached_property
    def _meant(self) -> dict[str, str]:
        return self._cache.meant(self._blobs)

    def __getitem__(self, blob: str) -> str:
        return self._meant[blob]

    def __iter__(self) -> Iterator[str]:
        return iter(self._meant)

    def __len__(self) -> int:
        return len(self._meant)


def _key(begun: hashlib._Hash, path: str, blob: str) -> str:
    found = begun.copy()
    found.update(f"{path}\0{blob}".encode("utf-8", "surrogateescape"))
    return found.hexdigest()


def _rows(texts: Iterable[str | None]) -> Iterator[Stood | None]:
    """What texts say; what somebody else wrote says nothing."""
    for text in texts:
        try:
            yield _row(json.loads(text)) if text is not None else None
        except (ValueError, TypeError, AttributeError):
            yield None


def _row(data: list[object]) -> Stood | None:
    one = Stood(*data)  # type: ignore[arg-type]  # what came off the disk: its types are looked at next
    datetime.fromisoformat(one.at)
    lists = (one.entries, one.said, one.counts if one.counts is not None else [0] * len(COUNTED))
    whole = all(isinstance(each, list) for each in lists) and len(lists[-1]) == len(COUNTED)
    return one if whole and isinstance(one.files, dict) and isinstance(one.others, dict) else None


@dataclass
class Standing:
    """What stands at the end, judged.

    Attributes:
        register: the register.
        findings: what contradicts itself.
        known: the records that were judged and of which nothing was found.
        ids: the ids of all records.
    """

    register: Register
    findings: list[Finding]
    known: dict[str, Stood] = field(default_factory=dict)
    ids: list[str] | None = None

    def facts(self, only: set[str] | None) -> Facts:
        """What rests on trust, in all of it or in the records named."""
        counts = {one: row.counts for one, row in self.known.items() if row.counts is not None}
        if only is not None or self.ids is None:
            return facts(self.register, only)
        return summed(facts(self.register, [one for one in self.ids if one not in counts]), counts.values())

    def beside(self, landed: set[tuple[str, str]]) -> Iterator[RecordFile]:
        """The records that may have entries beside those (record and id), by id."""
        for one in sorted(self.register.records if self.ids is None else self.ids):
            if one in self.known and all((one, each) in landed for each in self.known[one].entries):
                continue
            record = self.register.records.get(one)
            if record is not None:
                yield record


def judge_what_stands(
    replay: Replay, kept: Kept, now: datetime, through: Callable[[list[str]], Iterable[str]]
) -> Standing | None:
    """Judge every record as it stands, but for those judged already from the same; None before there are rules.

    Args:
        replay: at the end of the history.
        kept: what is known of the records there.
        now: the latest moment at which anything can have been recorded.
        through: goes through the ids, for whoever wants to say how far it is.

    Raises:
        CannotWorkError: git lacks a file.
    """
    register = replay.now()
    if register is None:
        return None
    if kept.anew:
        return judged_whole(register, now, through)
    ledger = replay.ledger
    places = ledger.places()
    old = {} if ledger.later else kept.rows
    known = {one: row for one, row in old.items() if one in places and row.holds(replay, places, now)}
    demand_blobs(replay.git, [was[1] for row in known.values() for was in row.files.values() if was and was[1]])
    left = [one for one in places if one not in known]
    ledger.at_hand(left)
    listens, heard = listening(register)
    found: list[Finding] = []
    new: dict[str, Stood] = {}
    said = Counter(one for row in known.values() for one in row.said)
    for one in through(sorted(each for each in left if each in register.records)):
        heard.begin()
        mine = judge_trail(listens, now, {one})
        counts = facts(listens, {one})
        record = register.records[one]
        standing = {each.said.id for each in statements(record) if each.said.withdrawn is None}
        said.update(standing)
        found += mine
        files = {path: _entry(replay.files.get(path)) for path in heard.files}
        if mine or heard.beyond or not all(path.startswith(RECORDS) for path in files):
            continue
        new[one] = Stood(
            now.isoformat(),
            files,
            {other: _place(places.get(other)) for other in heard.others - {one}},
            [each.id for each in record.model.history],
            sorted(standing),
            counted(counts),
            bool(listed(record.data)),
        )
    if any(times > 1 for times in said.values()):
        found += statements_stand_once(register)
    if not ledger.later:
        kept.keep(new)
    return Standing(register, found, known | new, list(places))


def judged_whole(register: Register, now: datetime, through: Callable[[list[str]], Iterable[str]] = iter) -> Standing:
    """Every record of a register judged as it stands."""
    return Standing(register, judge_trail(register, now, None, through))
