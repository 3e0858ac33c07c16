"""What each record owes, kept from the last time: only where something else may be owed it is worked out anew."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Mapping
from dataclasses import fields
from datetime import date, datetime, timedelta
from typing import Any

from partnerkit.jobs import listening
from partnerkit.jobs.desk import Desk
from partnerkit.jobs.heard_day import HeardDay
from partnerkit.jobs.known_before import KnownBefore, Worked, known_before, read_all
from partnerkit.jobs.known_place import place_of
from partnerkit.jobs.listening import Heard, Listening
from partnerkit.jobs.lying import Lying
from partnerkit.kinds.duration import Duration
from partnerkit.obligations.alone import Owes, owes, together
from partnerkit.obligations.gathered import ahead
from partnerkit.obligations.obligation import Obligation
from partnerkit.obligations.one_record import OneRecord
from partnerkit.obligations.outlook import Facts, Outlook, end_of
from partnerkit.register import Register
from partnerkit.store.load import Loaded
from partnerkit.store.standing_index import Lost
from partnerkit.tuples import NamedTuple

#: Where it is kept, in git's own folder; and how far ahead is looked for what is.
_FILE, _AHEAD = "partnerkit/owed.sqlite", "P30D"

_DAYS, _SEVERAL = frozenset({"due", "since", "first", "begins", "ends"}), frozenset({"people", "sweep"})
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
        loaded.records.load(sorted(known.left))
        if known.is_ahead:
            return None
        register, day = known.register(), desk.today(place.register)
        every = _each(known, register, day, within)
        return together(register, day, ahead(day, within), every.items())
    return None


def _each(known: KnownBefore, register: Register, day: date, within: Duration) -> dict[str, Owes]:
    """What every record owes; what was not known before is kept."""
    desk = known.place.desk
    listens, heard = listening.listening(register, desk.now)
    first = _Asking(listens, heard, day, within, end_of(register, day), {})
    ids = sorted(one for one in known.left if one in register.records)
    worked = {one: _worked(first, one) for one in desk.each("records looked at", ids)}
    known.keep(register, worked)
    told = {one: row.told for one, row in known.kept.items()} | {one: found.told for one, found in worked.items()}
    known_of = {one: text for one, text in told.items() if text}
    return {one: _read(*said) for one, said in zip(known_of, read_all(known_of.values()), strict=True)}


class _Asking(NamedTuple):
    """A register that listens, the day on which it is asked, how far ahead, and what was worked out of its policies."""

    register: Listening
    heard: Heard
    day: date
    within: Duration
    end: datetime
    found: dict[tuple[str, ...], Any]


def _worked(asking: _Asking, record_id: str) -> Worked:
    """What a record owes, and on what that rests."""
    listens, heard, day = asking.register, asking.heard, asking.day
    heard.begin()
    record, horizons = listens.asked.records[record_id], list[date]()
    days = (HeardDay.of(day, heard.day), HeardDay.of(ahead(day, asking.within), horizons.append))
    seen = OneRecord(listens, *days, asking.found, record=record, end=asking.end)
    told = _written(owes(seen))
    for one in horizons:
        heard.day(_reached(one, day, asking.within))
    words, sure = heard.rests(record_id)
    return Worked(told, words, frozenset(heard.looked), sure, heard.lasts)


def _reached(horizon: date, day: date, within: Duration) -> date:
    """The first day, or one before it, from which on a day that lies further ahead is seen; later than the day."""
    longest = timedelta(days=within.months * _LONGEST_MONTH + within.days)
    return max(horizon - longest, day + _ONE)


def _written(said: Owes) -> str:
    owed = [{one.name: _plain(getattr(each, one.name)) for one in _FIELDS if _says(each, one)} for each in said.owed]
    return json.dumps([said.facts, _plain(said.first), said.needs, owed])


def _says(one: Obligation, field: Any) -> bool:
    return bool(getattr(one, field.name) != field.default)


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _read(facts: list[str], first: str | None, needs: list[list[str]], owed: list[dict[str, Any]]) -> Owes:
    day = date.fromisoformat(first) if first is not None else None
    return Owes(Facts(*facts), day, [(policy, role) for policy, role in needs], [_obligation(one) for one in owed])


def _obligation(said: Mapping[str, Any]) -> Obligation:
    return Obligation(**{key: _typed(key, value) for key, value in said.items()})


def _typed(key: str, value: Any) -> Any:
    if value is None:
        return None
    return date.fromisoformat(value) if key in _DAYS else tuple(value) if key in _SEVERAL else value


_FIELDS = fields(Obligation)
