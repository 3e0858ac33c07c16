"""What falls due with a change, and what it settles: the obligations of the records concerned, before and after."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date

from partnerkit.dataclass import replace
from partnerkit.kinds.catalogue import KINDS
from partnerkit.kinds.duration import Duration
from partnerkit.obligations.dated import dated
from partnerkit.obligations.gathered import obligations, outlook
from partnerkit.obligations.notices import notices
from partnerkit.obligations.obligation import Obligation
from partnerkit.obligations.outlook import day_at
from partnerkit.register import RecordFile, Register
from partnerkit.steps import value_at

#: How far ahead is looked for what a change brings.
AHEAD = Duration.parse("P1Y")

#: How far ahead is looked for the day to which something moved.
_FAR = Duration.parse("P100Y")

#: What falls due once, on a day that the record says.
_ONCE = frozenset({"milestone", "expiry", "notice"})

#: What fell due, and the same on its other day.
Moved = tuple[Obligation, Obligation]

#: What is told elsewhere: what gates need, and what no record owes.
_ELSEWHERE = frozenset({"decision", "draft", "vacancy", "amendment", "policy-review", "gap"})


def owed(register: Register, day: date, among: Mapping[str, RecordFile], whose: Collection[str]) -> list[Obligation]:
    """What some records owe, as far as these and those beside them say.

    Args:
        register: where they stand.
        day: the day from which it is seen.
        among: the records that are read, by id: all others are left aside, however many there are.
        whose: the ids of the records of which it is asked.
    """
    found = obligations(outlook(_only(register, among), day, AHEAD))
    return [one for one in found if one.record in whose and one.source not in _ELSEWHERE]


def _only(register: Register, among: Mapping[str, RecordFile]) -> Register:
    return replace(register, records=among, ids_of=None, mentioning=None, broken=frozenset())


def moved(went: list[Obligation], register: Register, day: date, among: Mapping[str, RecordFile]) -> list[Moved]:
    """Of what falls due no more as it did: what falls due on another day, however far away.

    Args:
        went: what does no more.
        register: where the records stand now.
        day: the day from which it is seen.
        among: the records that are read.
    """
    sources = {one.source for one in went}
    if sources.isdisjoint(_ONCE):
        return []
    far = outlook(_only(register, among), day, _FAR)
    now: dict[tuple[str, ...], list[Obligation]] = {}
    for one in (one for source in (dated, notices) for one in source(far)):
        now.setdefault(_thing(one), []).append(one)
    both = ((one, now.get(_thing(one), [])) for one in went if one.source in _ONCE)
    return [(one, ones[0]) for one, ones in both if len(ones) == 1]


def _thing(one: Obligation) -> tuple[str, ...]:
    """What is due, whatever the day."""
    return one.record, one.source, one.what, one.title if one.source == "milestone" else ""


def told_by(register: Register, one: Obligation, among: list[RecordFile]) -> RecordFile:
    """Of the records that belong to the one that owes something: the one that settles it, else the first."""
    found = register.policies.get(one.policy)
    cadence = found.policy.cadences.get(one.what) if found is not None and one.source == "cadence" else None
    if cadence is None:
        return among[0]
    kind, _, sort = cadence.settled_by.partition("/")
    return max(among, key=lambda each: _settles(each, kind, sort, one))


def _settles(record: RecordFile, kind: str, sort: str, one: Obligation) -> tuple[bool, bool]:
    """Whether a record is of the sort that settles something, and whether it speaks of its time."""
    if record.kind != kind or (sort and value_at(record.data, KINDS[kind].sort or "") != sort):
        return False, False
    last = day_at(record.data, (KINDS[kind].period or (None, None))[1])
    return True, last is not None and (one.begins or date.min) <= last <= (one.ends or date.max)


def came_and_went(was: list[Obligation], now: list[Obligation]) -> tuple[list[Obligation], list[Obligation]]:
    """What falls due now and did not before, and what did and does no more."""
    old, new = {one.id for one in was}, {one.id for one in now}
    return [one for one in now if one.id not in old], [one for one in was if one.id not in new]
