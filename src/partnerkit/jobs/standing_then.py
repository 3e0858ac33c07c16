"""A whole register as it stands, or as it stood at the end of a day or in a commit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from partnerkit.jobs.as_of import at_present, commit_of
from partnerkit.jobs.desk import Desk
from partnerkit.obligations.outlook import end_of
from partnerkit.register import Register, Snapshot
from partnerkit.rules.former import as_known, today_of
from partnerkit.store.records import Records


@dataclass(frozen=True, slots=True)
class Then:
    """A register at a moment.

    Attributes:
        register: the register, read whole; of former days without what was expunged since.
        day: the day that it shows.
        moment: the moment at which it is judged.
        latest: the latest moment at which anything in it can have been recorded.
    """

    register: Register
    day: date
    moment: datetime
    latest: datetime


def standing_then(desk: Desk, as_of: str | None) -> Then:
    """The register in the working tree, or as it stood.

    Raises:
        WrongCallError: an unknown day or revision, or there was no register.
        CannotWorkError: there is no register, or its rules cannot be read.
    """
    if as_of is None:
        register = _read(desk.working_tree().demand())
        return Then(register, desk.today(register), desk.now, desk.latest)
    commit = commit_of(desk, as_of)
    register = standing_in(desk, commit.oid)
    day = _asked(as_of) or register.day(commit.date)
    end = end_of(register, day)
    return Then(register, day, end, end)


def _asked(as_of: str) -> date | None:
    """The day that was asked for; None where it was a commit."""
    try:
        return date.fromisoformat(as_of)
    except ValueError:
        return None


def _read(register: Register) -> Register:
    """The same with every record read, git being asked but once."""
    if isinstance(register.records, Records):
        register.records.load(register.records.paths)
    return register


def standing_in(desk: Desk, commit: str) -> Register:
    """The register in a commit, read whole, as it may be shown today: what was expunged or classified since counts.

    Raises:
        CannotWorkError: its rules cannot be read.
    """
    then, now = _read(desk.tree_of(commit)[1].demand()), at_present(desk).register
    now = _read(now) if now is not None else None
    found = {one.id: as_known(one, today_of(one, now)) for one in then.of_kind(None)}
    return Snapshot(**{**vars(then), "records": found, "ids_of": None, "mentioning": None})
