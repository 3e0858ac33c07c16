"""All records of a register as they stand, judged: many of them by several processes at once."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from partnerkit.dataclass import dataclass
from partnerkit.findings import as_row, from_row
from partnerkit.jobs.desk import Desk
from partnerkit.jobs.in_parts import InParts, are_many, as_links, made_of_each
from partnerkit.jobs.judging_records import Each, Judged, judge_each
from partnerkit.jobs.reading_ahead import read_ahead, verify_ahead
from partnerkit.register import Register
from partnerkit.store.load import Loaded


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
        mine = InParts(desk, loaded, ids, "records judged", heard, lambda some: verify_ahead(loaded, some))
        return register, Each(*made_of_each(mine, _Judging(desk, register, heard)))
    read_ahead(desk, loaded, ids)
    whole = register.whole()
    return whole, judge_each(desk, whole, desk.judging(ids), None, heard=heard)


@dataclass(frozen=True)
class _Judging:
    """Judges each of many records."""

    desk: Desk
    register: Register
    listens: bool

    def of(self, ids: Iterator[str]) -> Each:
        """What is found of some."""
        return judge_each(self.desk, self.register, ids, None, heard=self.listens)

    def is_odd(self, one: Judged) -> bool:
        """Whether a record lists what was expunged."""
        return one.lists

    def told(self, one: Judged) -> Any:
        """What was found, in words of JSON."""
        findings, said, lists, words, looked, sure, until, names = one
        rows = [as_row(each) for each in findings]
        return [rows, sorted(said), lists, sorted(words), sorted(looked), sure, until, sorted(names)]

    def heard(self, told: Any) -> Judged:
        """What was found, as it was told."""
        rows, said, lists, words, looked, sure, until, names = told
        found = [from_row(row) for row in rows]
        sets = frozenset(words), as_links(looked)
        return Judged(found, frozenset(said), lists, *sets, sure, until, frozenset(names))
