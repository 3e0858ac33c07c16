"""Records judged one by one, each with all on which that rests."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import NamedTuple

from partnerkit.dataclass import replace
from partnerkit.findings import Finding
from partnerkit.jobs import listening
from partnerkit.jobs.desk import Desk
from partnerkit.jobs.indexed import Link
from partnerkit.jobs.listening import Heard
from partnerkit.jobs.listening import listening as listens_to
from partnerkit.register import RecordFile, Register
from partnerkit.rules.said import statements_stand_once
from partnerkit.rules.standing import judge_record
from partnerkit.steps import statements
from partnerkit.store.record_paths import RECORDS
from partnerkit.store.standing_index import NEVER, StandingIndex

#: The word for what rests on what the rules said before; and how that for a statement begins.
PAST, _SAID = "p/", "s/"


class Judged(NamedTuple):
    """A record, judged.

    Attributes:
        findings: what was found.
        words: on what it rests.
        looked: the links by which it was asked for records.
        sure: whether that is all on which it rests.
        until: the day from which on something else may be found, as ISO 8601 writes it.
    """

    findings: list[Finding]
    words: frozenset[str]
    looked: frozenset[Link]
    sure: bool
    until: str


def judge_each(desk: Desk, register: Register, ids: Iterable[str]) -> dict[str, Judged]:
    """Judge records as they stand, those that can be read."""
    listens, heard = listens_to(register, desk.now)
    found: dict[str, Judged] = {}
    for one in desk.judging(sorted(each for each in ids if each in register.records)):
        heard.begin()
        mine = list(judge_record(listens, desk.now, one, desk.latest))
        found[one] = _judged(one, mine, heard)
    return found


def _judged(record_id: str, findings: list[Finding], heard: Heard) -> Judged:
    words = {listening.of_record(other) for other in heard.others if other != record_id}
    words.update(listening.of_file(path) for path in heard.files)
    words |= heard.links
    words |= {PAST} if heard.past else set()
    sure = not heard.more and all(path.startswith(RECORDS) for path in heard.files)
    until = heard.until.isoformat() if heard.until is not None else NEVER
    return Judged(findings, frozenset(words), frozenset(heard.looked), sure, until)


def said_in(record: RecordFile) -> set[str]:
    """The words for the statements that stand in a record."""
    return {f"{_SAID}{one.said.id}" for one in statements(record) if one.said.withdrawn is None}


def said_twice(
    register: Register, index: StandingIndex | None, left: Collection[str], paths: Collection[str]
) -> list[Finding]:
    """Statements that stand in several records.

    Args:
        register: the register.
        index: tells what stands in the records that are not judged anew; None where all are.
        left: those that are.
        paths: the ids of all records.
    """
    mine = {one: said_in(register.records[one]) for one in left if one in register.records}
    wanted = {word for words in mine.values() for word in words}
    known = index.repeated(_SAID) | index.homes(wanted) if index is not None else {}
    homes = {word: {one for one in ids if one in paths and one not in left} for word, ids in known.items()}
    for one, words in mine.items():
        for word in words:
            homes.setdefault(word, set()).add(one)
    copies = {one for ids in homes.values() if len(ids) > 1 for one in ids}
    some = {one: register.records[one] for one in sorted(copies)}
    return list(statements_stand_once(replace(register, records=some, ids_of=None, mentioning=None))) if some else []
