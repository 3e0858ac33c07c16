"""A record that was judged as it stands: that nothing was found, and from what it was judged beside its own file.

A record is judged from its file, the rules, other files and records that it names, and the moment. Whoever asks for
them is listened to, so that what is noted says all of it. Where nothing was found, what was still to come is no
question any more later. Where something was found, or more was asked for than can be named, nothing is noted.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime

from partnerkit.dataclass import dataclass
from partnerkit.findings import Finding
from partnerkit.jobs.listening import listening
from partnerkit.kinds.expunging import listed
from partnerkit.register import Register
from partnerkit.rules.standing import judge_trail
from partnerkit.rules.trusted import COUNTED, counted, facts
from partnerkit.steps import statements
from partnerkit.store.git.entries import FILE, Entry
from partnerkit.store.record_paths import RECORDS
from partnerkit.store.replay import Replay


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

    def holds(self, replay: Replay, now: datetime) -> bool:
        """Whether all from which it was judged is the same now."""
        return (
            datetime.fromisoformat(self.at) <= now
            and all(_entry(replay.files.get(path)) == was for path, was in self.files.items())
            and all(_place(replay.ledger.where(other)) == was for other, was in self.others.items())
        )


def _entry(found: Entry | None) -> list[str | None] | None:
    return [found.mode, found.oid] if found is not None else None


def _place(found: tuple[str, str] | None) -> list[str] | None:
    return [*found] if found is not None else None


def read_rows(texts: Iterable[str | None]) -> Iterator[Stood | None]:
    """What texts say; what somebody else wrote says nothing."""
    for text in texts:
        try:
            yield _row(json.loads(text)) if text is not None else None
        except (ValueError, TypeError, AttributeError, RecursionError):
            yield None


def _row(data: list[object]) -> Stood | None:
    one = Stood(*data)  # type: ignore[arg-type]  # what came off the disk: its types are looked at next
    datetime.fromisoformat(one.at)
    lists = (one.entries, one.said, one.counts if one.counts is not None else [0] * len(COUNTED))
    whole = all(isinstance(each, list) for each in lists) and len(lists[-1]) == len(COUNTED)
    whole = whole and all(isinstance(each, str) for each in (*one.entries, *one.said))
    return one if whole and isinstance(one.files, dict) and isinstance(one.others, dict) else None


def said_in(register: Register, record_id: str) -> list[str]:
    """The ids of the statements that stand in a record."""
    standing = {each.said.id for each in statements(register.records[record_id]) if each.said.withdrawn is None}
    return sorted(standing)


class Judge:
    """Judges the records of a register as they stand at a moment, one after the other."""

    def __init__(self, replay: Replay, register: Register, now: datetime) -> None:
        self._replay = replay
        self._register = register
        self._now = now
        self._listens, self._heard = listening(register)

    def judged(self, record_id: str) -> tuple[list[Finding], Stood | None]:
        """What is found of a record; and where that is nothing, from what it was judged, if all of it can be named."""
        self._heard.begin()
        found = judge_trail(self._listens, self._now, {record_id})
        counts = facts(self._listens, {record_id})
        files = {path: _entry(self._replay.files.get(path)) for path in self._heard.files}
        if found or self._heard.beyond or not all(path.startswith(RECORDS) for path in files):
            return found, None
        others = {one: _place(self._replay.ledger.where(one)) for one in self._heard.others - {record_id}}
        record = self._register.records[record_id]
        entries, said = [each.id for each in record.model.history], said_in(self._register, record_id)
        at, lists = self._now.isoformat(), bool(listed(record.data))
        return [], Stood(at, files, others, entries, said, counted(counts), lists)


class Gathering:
    """Records that a step leaves as they stand at the end: what is noted of them then need not be asked again.

    Attributes:
        rows: what is noted, as text, by the record's id.
    """

    def __init__(self, replay: Replay, last: Mapping[str, Entry]) -> None:
        """Begin.

        Args:
            replay: the register as it goes through its history.
            last: the files as they are at the end; nothing is noted where there are none.
        """
        self.rows: dict[str, str] = {}
        self._replay = replay
        self._last = last

    def judged(self, register: Register, now: datetime, ids: set[str], *, rules: bool) -> list[Finding]:
        """Everything in which some records contradict themselves or the rules, after a step that concerns them.

        Args:
            register: the register after the step.
            now: the moment.
            ids: the ids of the records.
            rules: whether the step changed rules: then what was noted counts no more.
        """
        if rules:
            self.rows.clear()
        for one in ids & self.rows.keys():
            del self.rows[one]
        if not any(map(self._lasts, ids)):
            return judge_trail(register, now, ids)
        judge, found = Judge(self._replay, register, now), list[Finding]()
        for one in sorted(each for each in ids if each in register.records):
            mine, row = judge.judged(one) if self._lasts(one) else (judge_trail(register, now, {one}), None)
            found += mine
            if row is not None:
                self.rows[one] = row.as_text()
        return found

    def _lasts(self, record_id: str) -> bool:
        """Whether the file of a record is the one that stands at the end."""
        place = self._replay.ledger.where(record_id)
        return place is not None and self._last.get(place[0]) == Entry(FILE, place[1])
