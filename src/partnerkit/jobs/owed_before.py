"""What each record owes, kept from the last time: only where something else may be owed it is worked out anew."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

from partnerkit.dataclass import dataclass, field
from partnerkit.jobs.desk import Desk
from partnerkit.jobs.heard_day import HeardDay
from partnerkit.jobs.in_parts import InParts, are_many, as_links, made_of_each
from partnerkit.jobs.indexed import Link
from partnerkit.jobs.known_before import Worked, known_before, read_all
from partnerkit.jobs.known_place import place_of
from partnerkit.jobs.listened import Rests, listened
from partnerkit.jobs.listening import Heard, Listening
from partnerkit.jobs.lying import Lying
from partnerkit.jobs.owed_told import as_text, from_text
from partnerkit.kinds.duration import Duration
from partnerkit.obligations.alone import Together, owes, together
from partnerkit.obligations.gathered import ahead
from partnerkit.obligations.obligation import Obligation
from partnerkit.obligations.one_record import OneRecord
from partnerkit.obligations.outlook import Outlook, end_of
from partnerkit.register import Register
from partnerkit.store.load import Loaded
from partnerkit.store.standing_index import Lost

#: Where it is kept, in git's own folder; and how far ahead is looked for what is.
_FILE, _AHEAD = "partnerkit/owed.sqlite", "P30D"

_LONGEST_MONTH = 31
_ONE = timedelta(days=1)


def owed_before(desk: Desk, loaded: Loaded, within: Duration) -> tuple[Outlook, list[Obligation]] | None:
    """What falls due in the working tree; None where reading all of it is as quick, or surer.

    Args:
        desk: where and when.
        loaded: the working tree.
        within: how far ahead to look.
    """
    may = desk.git.remembers and within == Duration.parse(_AHEAD)
    place = place_of(desk, Lying(desk, loaded)) if may else None
    if place is None:
        return None
    with contextlib.suppress(Lost), known_before(place, _FILE) as known:
        many = known.was is None and are_many(known.left)
        register = place.register if many else known.register()
        working = _Working(desk, register, desk.today(place.register), within, known.looked)
        if many:
            mine = InParts(desk, loaded, sorted(known.left), "records looked at", noting=True)
            worked, links = made_of_each(mine, working)
        else:
            loaded.records.load(sorted(known.left))
            ids = [one for one in sorted(known.left) if one in register.records]
            worked, links = working.of(desk.each("records looked at", ids))
        if known.is_ahead:
            return None
        known.keep(worked, links)
        told = {one: row.told for one, row in known.kept.items()} | {one: found.told for one, found in worked.items()}
        said = {one: text for one, text in told.items() if text}
        owed = ((one, from_text(*each)) for one, each in zip(said, read_all(said.values()), strict=True))
        return together(register, working.day, ahead(working.day, within), Together.of(owed))
    return None


@dataclass(frozen=True)
class _Working:
    """Works out what each of many records owes.

    Attributes:
        desk: where and when.
        register: the register.
        day: the day.
        within: how far ahead.
        looked: the links that the records are looked through for; None for those by which anything is asked for.
        found: what was worked out of the policies.
    """

    desk: Desk
    register: Register
    day: date
    within: Duration
    looked: frozenset[Link] | None
    found: dict[tuple[str, ...], Any] = field(init=False, default_factory=dict)

    def of(self, ids: Iterable[str]) -> tuple[dict[str, Worked], frozenset[Link]]:
        """What some owe, and on what that rests."""
        end = end_of(self.register, self.day)
        found, links = listened(self.desk, self.register, ids, self.looked, partial(self._owes, end))
        return {one: _resting(told, rests) for one, (told, rests) in found.items()}, links

    def _owes(self, end: datetime, listens: Listening, heard: Heard, record_id: str) -> str:
        record, horizons, day = self.register.records[record_id], list[date](), self.day
        days = (HeardDay.of(day, heard.day), HeardDay.of(ahead(day, self.within), horizons.append))
        told = as_text(owes(OneRecord(listens, *days, self.found, record=record, end=end)))
        for one in horizons:
            heard.day(_reached(one, day, self.within))
        return told

    def is_odd(self, _one: Worked) -> bool:
        """None is."""
        return False

    def told(self, one: Worked) -> Any:
        """What a record owes, in words of JSON."""
        return [one.told, sorted(one.words), sorted(one.looked), one.sure, one.until, sorted(one.said)]

    def heard(self, told: Any) -> Worked:
        """What a record owes, as it was told."""
        text, words, looked, sure, until, said = told
        return Worked(text, frozenset(words), as_links(looked), sure, until, said=frozenset(said))


def _resting(told: str, rests: Rests) -> Worked:
    return Worked(told, rests.words, rests.looked, rests.sure, rests.until, said=rests.names)


def _reached(horizon: date, day: date, within: Duration) -> date:
    """The first day, or one before it, from which on a day that lies further ahead is seen; later than the day."""
    longest = timedelta(days=within.months * _LONGEST_MONTH + within.days)
    return max(horizon - longest, day + _ONE)
