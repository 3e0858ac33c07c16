"""All records of a register as they stand, judged: many of them by several processes at once."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from partnerkit.dataclass import dataclass
from partnerkit.findings import as_row, from_row
from partnerkit.jobs.desk import Desk
from partnerkit.jobs.in_parts import InParts, are_many, by_several
from partnerkit.jobs.indexed import Link
from partnerkit.jobs.judging_records import Each, Judged, judge_each
from partnerkit.jobs.reading_ahead import read_ahead, verify_ahead
from partnerkit.register import Register
from partnerkit.store.load import Loaded
from partnerkit.tuples import NamedTuple


def judged_all(desk: Desk, loaded: Loaded, register: Register, *, heard: bool) -> tuple[Register, Each]:
    """Judge all records; and the register of which to ask more: it is read, or what was not is when it is asked for.

    Args:
        desk: where and when.
        loaded: the tree.
        register: its register, of which records are read as they are asked for.
        heard: whether it is told on what each rests.
    """
    ids = sorted(loaded.records.paths)
    if are_many(ids):
        mine = InParts(desk, loaded, ids, "records judged", heard)
        return register, _divided(_Share(mine, register))
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
    """What one process judges of all records."""

    mine: InParts
    register: Register

    def leave(self) -> None:
        """Be in another process."""
        self.mine.desk.leave()

    def do(self, parts: Iterator[int]) -> _Done:
        """Judge them."""
        mine, desk = self.mine, self.mine.desk
        ids = mine.taken(parts, lambda some: verify_ahead(mine.loaded, some))
        each = judge_each(desk, self.register, ids, None, heard=mine.noting)
        lists = {one for one, judged in each.judged.items() if judged.lists}
        return _Done(each, mine.odd | lists, desk.git.looked)

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


def _divided(share: _Share) -> Each:
    mine, records = share.mine, share.mine.loaded.records
    judged: dict[str, Judged] = {}
    looked: list[frozenset[Link]] = []
    for each, odd, files in by_several(mine, share):
        judged |= each.judged
        looked += [each.looked] if each.judged else []
        records.load(sorted(odd))
        mine.desk.git.looked |= files
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
