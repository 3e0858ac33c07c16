"""Event: an obligation on its day in somebody's calendar."""

from __future__ import annotations

from datetime import date

from partnerkit.dataclass import dataclass
from partnerkit.obligations.obligation import Obligation


@dataclass(frozen=True, slots=True)
class Event:
    """One all-day event.

    Attributes:
        uid: names it in every calendar, whatever its day.
        day: the day on which it stands.
        owed: what is to be done.
        obligation: its id, as readers may know it.
        name: what the record is called: its name in words, or its id.
        title: what is to be done, in words.
        command: the line that does it, or leads to it; None where it would tell too much.
        owes: who owes it, where each of several does, or is waited for; as they may be called.
        people: who can do it, as they may be called.
        settled: whether it is not to be done any more.
        alarms: how many days before its day somebody is reminded.
    """

    uid: str
    day: date
    owed: Obligation
    obligation: str
    name: str
    title: str
    command: str | None = None
    owes: str | None = None
    people: tuple[str, ...] = ()
    settled: bool = False
    alarms: tuple[int, ...] = ()
