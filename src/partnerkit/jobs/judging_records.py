"""Records judged one by one, each with all on which that rests."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from itertools import chain

from partnerkit.dataclass import replace
from partnerkit.findings import Finding
from partnerkit.jobs.desk import Desk
from partnerkit.jobs.indexed import Link
from partnerkit.jobs.listened import listened
from partnerkit.jobs.listening import Heard, Listening
from partnerkit.kinds.expunging import listed
from partnerkit.register import RecordFile, Register
from partnerkit.rules.said import statements_stand_once
from partnerkit.rules.standing import judge_record
from partnerkit.steps import statements
from partnerkit.store.standing_index import NEVER, ONCE, StandingIndex
from partnerkit.tuples import NamedTuple


class Judged(NamedTuple):
    """A record, judged.

    Attributes:
        findings: what was found.
        said: the words for the statements that stand in it.
        lists: whether it lists what was expunged from it.
        words: on what it rests.
        looked: the links by which it was asked for records.
        sure: whether that is all on which it rests.
        until: the day from which on something else may be found, as ISO 8601 writes it.
        names: the words for what it names by the links that all of them were looked through for.
    """

    findings: list[Finding]
    said: frozenset[str]
    lists: bool
    words: frozenset[str] = frozenset()
    looked: frozenset[Link] = frozenset()
    sure: bool = False
    until: str = NEVER
    names: frozenset[str] = frozenset()


class Each(NamedTuple):
    """Records, judged.

    Attributes:
        judged: what was found of each, by its id.
        looked: the links that every one of them was looked through for.
    """

    judged: dict[str, Judged]
    looked: frozenset[Link] = frozenset()

    @property
    def findings(self) -> list[Finding]:
        """What was found of all of them."""
        return [found for _one, judged in sorted(self.judged.items()) for found in judged.findings]

    @property
    def said(self) -> dict[str, frozenset[str]]:
        """The words for the statements that stand in each."""
        return {one: judged.said for one, judged in self.judged.items()}


def judge_each(
    desk: Desk, register: Register, ids: Iterable[str], looked: frozenset[Link] | None, *, heard: bool = True
) -> Each:
    """Judge records as they stand, those that can be read.

    Args:
        desk: where and when.
        register: the register.
        ids: the ids of the records.
        looked: the links that they are looked through for; None for those by which anything was asked for.
        heard: whether it is told on what each rests.
    """
    each = (one for one in ids if one in register.records)
    return _listened(desk, register, each, looked) if heard else _judged(desk, register, each)


def _judged(desk: Desk, register: Register, ids: Iterable[str]) -> Each:
    found: dict[str, Judged] = {}
    for one in ids:
        mine = list(judge_record(register, desk.now, one, desk.latest))
        found[one] = Judged(mine, *_says(register.records[one]))
    return Each(found)


def _listened(desk: Desk, register: Register, ids: Iterable[str], looked: frozenset[Link] | None) -> Each:
    def judge(listens: Listening, _heard: Heard, one: str) -> Judged:
        return Judged(list(judge_record(listens, desk.now, one, desk.latest)), *_says(register.records[one]))

    found, every = listened(desk, register, ids, looked, judge)
    return Each({one: judged._replace(**rests._asdict()) for one, (judged, rests) in found.items()}, every)


def _says(record: RecordFile) -> tuple[frozenset[str], bool]:
    return frozenset(said_in(record)), bool(listed(record.data))


def said_in(record: RecordFile) -> set[str]:
    """The words for the statements that stand in a record."""
    return {f"{ONCE}{one.said.id}" for one in statements(record) if one.said.withdrawn is None}


def said_twice(
    register: Register, index: StandingIndex | None, said: Mapping[str, Collection[str]], others: Collection[str]
) -> list[Finding]:
    """Statements that stand in several records.

    Args:
        register: the register.
        index: tells what stands in the records that are not judged anew; None where all are.
        said: the words for what stands in those that are, by their ids.
        others: the ids of those that are not.
    """
    times = Counter(chain.from_iterable(said.values()))
    known = index.repeated() | index.homes(times.keys()) if index is not None else {}
    homes = {word: ids.intersection(others) for word, ids in known.items()}
    times.update({word: len(ids) for word, ids in homes.items()})
    twice = {word for word, count in times.items() if count > 1}
    copies = {one for one, words in said.items() if not twice.isdisjoint(words)}
    copies.update(*(homes[word] for word in twice & homes.keys()))
    some = {one: register.records[one] for one in sorted(copies)}
    return list(statements_stand_once(replace(register, records=some, ids_of=None, mentioning=None))) if some else []
