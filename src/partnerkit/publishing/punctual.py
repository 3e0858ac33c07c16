"""Whether what falls due again and again was done in time: every occurrence of a span, by cadence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from datetime import date
from typing import Literal

from partnerkit.obligations.occurrences import Occurrence, occurrences
from partnerkit.obligations.outlook import Outlook, cited
from partnerkit.obligations.owed import Owed, owing
from partnerkit.obligations.settling import Done, done
from partnerkit.tuples import NamedTuple

Kept = Literal["in time", "late", "open"]


class Punctual(NamedTuple):
    """How often one cadence was kept.

    Attributes:
        policy: the policy that asks for it.
        cadence: the cadence's id.
        title: its name in words.
        clause: the clause, as messages name it.
        in_time: how many were done by the day on which they fell due.
        late: how many were done after it.
        open: how many have not been done, though their day is over.
    """

    policy: str
    cadence: str
    title: str
    clause: str | None
    in_time: int
    late: int
    open: int


def punctual(outlooks: Iterable[Outlook], since: date, shown: Callable[[str], bool]) -> list[Punctual]:
    """Of every cadence, how often it was kept of what fell due after `since` and before the day.

    Args:
        outlooks: the register on a day: of all of it, or one of each record and one of the policies.
        since: the last day before the span.
        shown: whether readers may know of a record. What others owe is not counted, nor what others settled; what a
            policy as a whole owes only where all are shown that could settle it.
    """
    found: dict[tuple[str, str], Counter[Kept]] = {}
    cadences: dict[tuple[str, str], Owed] = {}
    for outlook, owed in ((seen, owed) for seen in outlooks for owed in owing(seen)):
        if owed.cadence.restarts or not _may_count(outlook, owed, shown):
            continue
        key = (owed.policy.policy, owed.name)
        cadences[key] = owed
        so_far = done(outlook, owed)
        past = (one for one in occurrences(outlook, owed, so_far) if since < one.window.due < outlook.day)
        kept = (_kept(outlook, so_far, one) for one in past if not _settled_unseen(so_far, one, shown))
        found.setdefault(key, Counter()).update(kept)
    return [_told(cadences[key], counted) for key, counted in sorted(found.items()) if counted]


def added(several: Iterable[Punctual]) -> list[Punctual]:
    """The same of several parts of a register, added up."""
    found: dict[tuple[str, str], list[Punctual]] = {}
    for one in several:
        found.setdefault((one.policy, one.cadence), []).append(one)
    return [_added(some) for _key, some in sorted(found.items())]


def _added(some: list[Punctual]) -> Punctual:
    return some[0]._replace(
        in_time=sum(one.in_time for one in some),
        late=sum(one.late for one in some),
        open=sum(one.open for one in some),
    )


def _may_count(outlook: Outlook, owed: Owed, shown: Callable[[str], bool]) -> bool:
    if owed.record is not None:
        return shown(owed.record.id)
    return all(shown(one.id) for one in outlook.register.linked(owed.owner, owed.settles))


def _settled_unseen(so_far: Done, one: Occurrence, shown: Callable[[str], bool]) -> bool:
    speaking = (told.record for told in so_far.told if told.finished and told.speaks_for(one.window, one.person))
    return not all(shown(record.id) for record in speaking)


def _told(owed: Owed, counted: Counter[Kept]) -> Punctual:
    clause = cited(owed.policy, owed.cadence.clause)
    numbers = (counted["in time"], counted["late"], counted["open"])
    return Punctual(owed.policy.policy, owed.name, owed.title, clause, *numbers)


def _kept(outlook: Outlook, so_far: Done, one: Occurrence) -> Kept:
    if one.open:
        return "open"
    window, who = one.window, one.person
    if so_far.logged:
        days = (day for day, person in so_far.lines if day >= window.opens and who in {None, person})
    else:
        speaking = (told.record for told in so_far.told if told.finished and told.speaks_for(window, who))
        days = (outlook.register.day(record.came.at) for record in speaking)
    return "in time" if min(days) <= window.due else "late"
