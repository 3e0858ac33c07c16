"""What all records of a site owe, and what of it was done in time: of many it is worked out by several processes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import chain
from typing import Any

from partnerkit.dataclass import dataclass
from partnerkit.jobs.desk import Desk
from partnerkit.jobs.in_parts import are_many
from partnerkit.jobs.owed_told import as_words, from_words
from partnerkit.obligations.alone import Together, of_records, owes, together
from partnerkit.obligations.obligation import Obligation
from partnerkit.obligations.one_record import OneRecord
from partnerkit.obligations.outlook import Outlook
from partnerkit.publishing.punctual import Punctual, added, punctual
from partnerkit.rules.sight import Sight
from partnerkit.store.divided import Parts, divided, processes
from partnerkit.tuples import NamedTuple

#: So many records are looked at, one after the other, by one process.
_AT_ONCE = 250


def owed_and_kept(desk: Desk, outlook: Outlook, since: date, seen: Sight) -> tuple[list[Obligation], list[Punctual]]:
    """What is late, due, coming or waiting; and how often what repeats was kept of what fell due after a day.

    Args:
        desk: where and when.
        outlook: the register on a day.
        since: the last day before what is counted.
        seen: what readers may see: what they may not know is not counted.
    """
    ids = sorted(outlook.register.records)
    parts = Parts(ids, _AT_ONCE)
    found = divided(parts.many, processes() if are_many(ids) else 1, _Share(desk, outlook, since, seen, parts))
    every = Together.of()
    for done in found:
        every.add(done.owed)
    rest, owed = together(outlook.register, outlook.day, outlook.until, every)
    of_policies = punctual([rest], since, seen.shows)
    return owed, added(chain(of_policies, *(done.kept for done in found)))


class _Done(NamedTuple):
    """What came of it in one process: what its records owe, and what of that was kept."""

    owed: Together
    kept: list[Punctual]


@dataclass(frozen=True)
class _Share:
    """What one process looks at."""

    desk: Desk
    outlook: Outlook
    since: date
    seen: Sight
    parts: Parts

    def leave(self) -> None:
        """Be in another process."""
        self.desk.leave()

    def do(self, parts: Iterator[int]) -> _Done:
        """Look at some parts."""
        owed = Together.of()
        return _Done(owed, punctual(self._looked_at(parts, owed), self.since, self.seen.shows))

    def _looked_at(self, parts: Iterator[int], owed: Together) -> Iterator[OneRecord]:
        """Each of their records alone; takes what it owes."""
        ids = (one for part in parts for one in self.parts.part(part))
        for one in of_records(self.outlook, ids):
            owed.take(one.record.id, owes(one))
            yield one

    def told(self, done: _Done) -> Any:
        """What came of it, in words of JSON."""
        return [as_words(done.owed), done.kept]

    def heard(self, told: Any) -> _Done:
        """What came of it, as it was told."""
        owed, kept = told
        return _Done(from_words(owed), [Punctual(*one) for one in kept])
