"""Something worked out of each of several records, with all on which that rests."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable
from typing import TypeVar

from partnerkit.jobs.desk import Desk
from partnerkit.jobs.indexed import Link, links_of
from partnerkit.jobs.listening import Heard, Listening, listening
from partnerkit.register import RecordFile, Register
from partnerkit.tuples import NamedTuple

Of = TypeVar("Of")


class Rests(NamedTuple):
    """On what something rests that was worked out of a record.

    Attributes:
        words: on what it rests.
        sure: whether that is all.
        until: the day from which on it may be another, as ISO 8601 writes it.
        looked: the links by which it was asked for records.
        names: the words for what the record names by the links that all of them were looked through for.
    """

    words: frozenset[str]
    sure: bool
    until: str
    looked: frozenset[Link]
    names: frozenset[str]


def listened(
    desk: Desk,
    register: Register,
    ids: Iterable[str],
    looked: frozenset[Link] | None,
    work: Callable[[Listening, Heard, str], Of],
) -> tuple[dict[str, tuple[Of, Rests]], frozenset[Link]]:
    """What comes of each record, by its id; and the links that every one of them was looked through for.

    Each record is looked through at its turn, and again where others ask by links that were not known then.

    Args:
        desk: where and when.
        register: the register.
        ids: the ids of the records.
        looked: the links that they are looked through for; None for those by which anything was asked for.
        work: works it out of a register that listens; it may tell the listener of days.
    """
    listens, heard = listening(register, desk.now)
    every: set[Link] = set(looked or ())
    links = Counter(kind for kind, _keys in every)
    sought: dict[str, tuple[str, int]] = {}
    found: dict[str, tuple[Of, Rests]] = {}
    for one in ids:
        heard.begin()
        mine = work(listens, heard, one)
        record = register.records[one]
        new = heard.looked - every if looked is None else ()
        every.update(new)
        links.update(kind for kind, _keys in new)
        sought[one] = record.kind, links[record.kind]
        found[one] = mine, Rests(*heard.rests(one), heard.lasts, frozenset(heard.looked), _names(record, every))
    for one in [one for one, (kind, known) in sought.items() if known < links[kind]]:
        mine, rests = found[one]
        found[one] = mine, rests._replace(names=_names(register.records[one], every))
    return found, frozenset(every)


def _names(record: RecordFile, links: Collection[Link]) -> frozenset[str]:
    return frozenset(links_of(record, links))
