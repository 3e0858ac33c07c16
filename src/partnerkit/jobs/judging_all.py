"""All records of a register as they stand, judged: many of them by several processes at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from partnerkit.dataclass import dataclass
from partnerkit.findings import as_row, from_row
from partnerkit.jobs.desk import Desk
from partnerkit.jobs.indexed import Link
from partnerkit.jobs.judging_records import Each, Judged, judge_each
from partnerkit.jobs.moments import latest_said
from partnerkit.jobs.reading_ahead import AT_ONCE, read_ahead, verify_ahead
from partnerkit.kinds.parts import moment_text
from partnerkit.register import Register
from partnerkit.store.divided import MOST_PARTS, divided, processes
from partnerkit.store.load import Loaded
from partnerkit.tuples import NamedTuple

#: From so many records on, another process is worth what it costs, for each makes the models of kinds anew; and not
#: all of them are held at once.
_MANY = 2_000


def judged_all(desk: Desk, loaded: Loaded, register: Register, *, heard: bool) -> tuple[Register, Each]:
    """Judge all records; and the register of which to ask more: it is read, or what was not is when it is asked for.

    Args:
        desk: where and when.
        loaded: the tree.
        register: its register, of which records are read as they are asked for.
        heard: whether it is told on what each rests.
    """
    ids = sorted(loaded.records.paths)
    if len(ids) >= _MANY:
        return register, _divided(_Share(desk, loaded, register, ids, heard), processes())
    read_ahead(desk, loaded, ids)
    whole = register.whole()
    return whole, judge_each(desk, whole, desk.judging(ids), None, heard=heard)


class _Done(NamedTuple):
    """What came of it in one process.

    Attributes:
        each: what was found of its records.
        odd: those of them at which the process that tells of all has to look too.
        files: the paths in the working tree that were read, or looked for.
    """

    each: Each
    odd: set[str]
    files: set[str]


@dataclass(frozen=True)
class _Share:
    """What one process judges of all records: part after part of their ids, as long as there is one."""

    desk: Desk
    loaded: Loaded
    register: Register
    ids: Sequence[str]
    heard_too: bool

    @property
    def size(self) -> int:
        """How many records a part has."""
        return max(AT_ONCE, -(-len(self.ids) // MOST_PARTS))

    @property
    def parts(self) -> int:
        """How many parts there are."""
        return -(-len(self.ids) // self.size)

    def leave(self) -> None:
        """Be in another process."""
        self.desk.leave()

    def do(self, parts: Iterator[int]) -> _Done:
        """Judge them."""
        said: dict[str, str] = {}
        each = judge_each(self.desk, self.register, self._taken(parts, said), None, heard=self.heard_too)
        return _Done(each, self._odd(said, each), self.desk.git.looked)

    def told(self, done: _Done) -> Any:
        """What was found, in words of JSON."""
        each, odd, files = done
        judged = {one: _as_told(found) for one, found in each.judged.items()}
        return [judged, sorted(each.looked), sorted(odd), sorted(files)]

    def heard(self, told: Any) -> _Done:
        """What was found, as it was told."""
        judged, looked, odd, files = told
        each = Each({one: _from_told(*row) for one, row in judged.items()}, _links(looked))
        return _Done(each, set(odd), set(files))

    def _taken(self, parts: Iterator[int], said: dict[str, str]) -> Iterator[str]:
        """The ids of the records of some parts, each part read as its turn comes, and forgotten when it is judged.

        Args:
            parts: the parts.
            said: takes the latest moment that each of them says.
        """
        records = self.loaded.records
        for part in parts:
            some = self.ids[part * self.size : (part + 1) * self.size]
            self.desk.watch("records judged", part * self.size, len(self.ids))
            records.load(some)
            verify_ahead(self.loaded, some)
            yield from some
            said |= {one: self._latest_said(one) for one in some}
            records.forget(some)
        self.desk.watch("records judged", len(self.ids), len(self.ids))

    def _latest_said(self, record_id: str) -> str:
        document = self.loaded.records.documents.get(record_id) if self.heard_too else None
        return latest_said(document) if document is not None else ""

    def _odd(self, said: dict[str, str], each: Each) -> set[str]:
        """Those that cannot be read, list what was expunged, or say a moment to come: at the least the latest one."""
        now, latest = moment_text(self.desk.now), max(said, key=said.__getitem__, default=None)
        odd = self.loaded.records.broken.intersection(said)
        odd |= {one for one, judged in each.judged.items() if judged.lists}
        return odd | {one for one, moment in said.items() if self.heard_too and (moment > now or one == latest)}


def _divided(share: _Share, among: int) -> Each:
    records = share.loaded.records
    records.expect_many(len(share.ids))
    judged: dict[str, Judged] = {}
    looked: list[frozenset[Link]] = []
    for each, odd, files in divided(share.parts, among, share):
        judged |= each.judged
        looked += [each.looked] if each.judged else []
        records.load(sorted(odd))
        share.desk.git.looked |= files
    return Each(judged, frozenset.intersection(*looked) if looked else frozenset())


def _as_told(judged: Judged) -> list[Any]:
    findings, said, lists, words, looked, sure, until, names = judged
    rows = [as_row(one) for one in findings]
    return [rows, sorted(said), lists, sorted(words), sorted(looked), sure, until, sorted(names)]


def _from_told(rows: Any, said: Any, lists: Any, words: Any, looked: Any, sure: Any, until: Any, names: Any) -> Judged:
    found = [from_row(row) for row in rows]
    return Judged(found, frozenset(said), lists, frozenset(words), _links(looked), sure, until, frozenset(names))


def _links(told: list[list[str]]) -> frozenset[Link]:
    return frozenset((kind, keys) for kind, keys in told)
