"""What stands at the end of a history, judged: anew only where something that a record was judged from is another.

What is known of a record was noted by an audit before, or on the way to the end by this one.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from datetime import datetime
from itertools import islice

from partnerkit.dataclass import dataclass, field
from partnerkit.findings import Finding
from partnerkit.jobs.stood import Judge, Stood, read_rows, said_in
from partnerkit.register import RecordFile, Register
from partnerkit.rules.said import statements_stand_once
from partnerkit.rules.standing import judge_trail
from partnerkit.rules.trusted import COUNTED, Facts, facts, summed
from partnerkit.store.git.blobs import demand_blobs
from partnerkit.store.git.entries import Entry
from partnerkit.store.layout import is_rule, record_paths
from partnerkit.store.replay import Replay
from partnerkit.store.verdict_cache import VerdictCache

#: Of so many records it is kept at a time how they stand.
_KEPT_AT_ONCE = 1_000


class Kept:
    """What is kept of the records of a tree, each by its path and blob, and by the rules that stand in that tree.

    Attributes:
        files: the files of that tree.
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
        self.files = files
        self._cache = cache
        self._rules = {path: one for path, one in files.items() if is_rule(path)}
        self._keys = {one: _key(begun, *place) for one, place in places.items()} if cache is not None else {}
        known = cache.stood(list(self._keys.values())) if cache is not None else {}
        found = read_rows([known.get(key) for key in self._keys.values()])
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

    def holding(self, replay: Replay, now: datetime) -> dict[str, Stood]:
        """What is kept of records that were judged from what is the same now."""
        return {one: row for one, row in self.rows.items() if replay.ledger.where(one) and row.holds(replay, now)}

    def keep(self, new: list[tuple[str, Stood]]) -> None:
        """Keep these too."""
        if self._cache is not None:
            self._cache.add_standing((self._keys[one], row.as_text()) for one, row in new if one in self._keys)

    def keep_current(self) -> None:
        """Keep what no record of the tree goes by no more."""
        if self._cache is not None:
            self._cache.keep_standing([], set(self._keys.values()))


class Meant:
    """What blobs mean, as JSON, as far as that is kept of the files of a tree."""

    def __init__(self, cache: VerdictCache, blobs: list[str]) -> None:
        self._cache = cache
        self._blobs = frozenset(blobs)

    def __call__(self, blobs: list[str]) -> Mapping[str, str]:
        """What is kept of some blobs."""
        wanted = [one for one in blobs if one in self._blobs]
        return self._cache.meant(wanted) if wanted else {}


def _key(begun: hashlib._Hash, path: str, blob: str) -> str:
    found = begun.copy()
    found.update(f"{path}\0{blob}".encode("utf-8", "surrogateescape"))
    return found.hexdigest()


@dataclass
class Standing:
    """What stands at the end, judged.

    Attributes:
        register: the register.
        findings: what contradicts itself.
        ids: the ids of all records.
        entries: the ids of the entries of those of which nothing was found, by record, a space between them.
        counts: how much of records rests on trust, as `COUNTED` names it.
        counted: these records.
        twice: whether a statement stands twice.
    """

    register: Register
    findings: list[Finding]
    ids: Collection[str] | None = None
    entries: dict[str, str] = field(default_factory=dict)
    counts: list[int] = field(default_factory=lambda: [0] * len(COUNTED))
    counted: set[str] = field(default_factory=set)
    twice: bool = False
    _said: set[str] = field(default_factory=set)

    def knows(self, record_id: str, row: Stood) -> None:
        """Nothing was found of a record."""
        self.stand(row.said)
        self.entries[record_id] = " ".join(row.entries)
        if row.counts is not None:
            self.counted.add(record_id)
            self.counts = [one + more for one, more in zip(self.counts, row.counts, strict=True)]

    def stand(self, said: list[str]) -> None:
        """These statements stand in a record."""
        self.twice = self.twice or not self._said.isdisjoint(said)
        self._said.update(said)

    def facts(self, only: set[str] | None) -> Facts:
        """What rests on trust, in all of it or in the records named."""
        if only is not None or self.ids is None:
            return facts(self.register, only)
        found = facts(self.register, [one for one in self.ids if one not in self.counted])
        return summed(found, len(self.counted), self.counts)

    def beside(self, landed: set[tuple[str, str]]) -> Iterator[RecordFile]:
        """The records that may have entries beside those (record and id), by id."""
        for one in sorted(self.register.records if self.ids is None else self.ids):
            known = self.entries.get(one)
            if known is not None and all((one, each) in landed for each in known.split(" ")):
                continue
            record = self.register.records.get(one)
            if record is not None:
                yield record


def judge_what_stands(
    replay: Replay,
    kept: Kept,
    gathered: Mapping[str, str],
    now: datetime,
    through: Callable[[list[str]], Iterable[str]],
) -> Standing | None:
    """Judge every record as it stands, but for those judged already from the same; None before there are rules.

    Args:
        replay: at the end of the history.
        kept: what is known of the records there.
        gathered: what was noted of them on the way, as text.
        now: the latest moment at which anything can have been recorded.
        through: goes through the ids, for whoever wants to say how far it is.

    Raises:
        CannotWorkError: git lacks a file.
    """
    register, ledger = replay.now(), replay.ledger
    if register is None:
        return None
    ids = [*ledger.places()]
    found = Standing(register, [], ids)
    known = {} if ledger.later else kept.holding(replay, now)
    demand_blobs(replay.git, [was[1] for row in known.values() for was in row.files.values() if was and was[1]])
    for one, row in known.items():
        found.knows(one, row)
    left = sorted(one for one in ids if one not in known and (one in gathered or one in register.records))
    rows = _judged(found, replay, gathered, now, left, through)
    while new := list(islice(rows, _KEPT_AT_ONCE)):
        for one, row in new:
            found.knows(one, row)
        if not ledger.later:
            kept.keep(new)
    if left and not ledger.later:
        kept.keep_current()
    if found.twice:
        found.findings += statements_stand_once(register)
    return found


def _judged(
    found: Standing,
    replay: Replay,
    gathered: Mapping[str, str],
    now: datetime,
    ids: list[str],
    through: Callable[[list[str]], Iterable[str]],
) -> Iterator[tuple[str, Stood]]:
    """What is noted of some records: on the way, where that holds; else now, where all is named that it rests on."""
    left = []
    for one, row in zip(ids, read_rows(map(gathered.get, ids)), strict=True):
        if row is not None and row.holds(replay, now):
            yield one, row
        else:
            left.append(one)
    judge = Judge(replay, found.register, now)
    for one in replay.ledger.at_hand(through(left)):
        mine, row = judge.judged(one)
        found.findings += mine
        if row is None:
            found.stand(said_in(found.register, one))
        else:
            yield one, row


def judged_whole(register: Register, now: datetime, through: Callable[[list[str]], Iterable[str]] = iter) -> Standing:
    """Every record of a register judged as it stands."""
    return Standing(register, judge_trail(register, now, None, through))
