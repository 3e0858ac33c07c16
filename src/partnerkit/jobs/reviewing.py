"""Reviews of a month, a quarter or a year, for one record or for many: filled in as far as the register knows."""

from __future__ import annotations

from datetime import datetime

from partnerkit.errors import WrongCallError, told_of
from partnerkit.jobs.finding_records import record, source
from partnerkit.jobs.periods import Period, prefilled, rhythm, there
from partnerkit.jobs.wanted import Wanted
from partnerkit.kinds.catalogue import KINDS
from partnerkit.kinds.problems import an
from partnerkit.register import RecordFile, Register
from partnerkit.rules.over import Over
from partnerkit.rules.over import over as end_of


def over_period(
    register: Register, now: datetime, kind: str, wanted: list[Wanted], over: Period, notes: list[str], *, every: bool
) -> list[Wanted]:
    """The records over a period that are not there yet, with what can be said before anybody looks.

    Args:
        register: where they are to be made.
        now: when.
        kind: their kind.
        wanted: one for each subject.
        over: the period.
        notes: takes what a person should know, such as what is there already.
        every: whether each subject must be one of which the policy asks such a record, and may; else others are passed
            over.

    Raises:
        WrongCallError: the kind is about no period, or the policy wants none of that length.
    """
    if not {"rhythm", "from_", "until"} <= set(KINDS[kind].model_fields):
        raise WrongCallError(
            f"{an(kind)} is about no period", "partnerkit new review --month 2026-11 --where stage=active"
        )
    found = []
    for one in wanted:
        if not every and (ended := _ended(register, now, kind, one, over)) is not None:
            notes.append(f"{ended.in_words}; it is left out")
            continue
        with told_of(one.row):
            filled = _over(register, kind, one, over, notes, every=every)
        found += [filled] if filled is not None else []
    return found


def _over(register: Register, kind: str, one: Wanted, over: Period, notes: list[str], *, every: bool) -> Wanted | None:
    subject = _subject(register, kind, one)
    name = one.values.get("rhythm") or rhythm(source(register, subject).policy, kind, subject, over.length)
    if name is None and every:
        policy = subject.model.policy
        message = f"{policy} asks for no {kind} of {an(subject.kind)} every {over.length}"
        raise WrongCallError(message, f"partnerkit policy show {policy}")
    if name is None:
        return None
    known = there(register, subject, kind, name, over)
    if known is not None:
        notes.append(f"{subject.id} has {known.id} already")
        return None
    return _filled(register, kind, subject, name, one, over)


def _ended(register: Register, now: datetime, kind: str, one: Wanted, over: Period) -> Over | None:
    """That the record was over before the period was, so that nothing is said of all of it."""
    found = end_of(register, _subject(register, kind, one), now)
    said = {"until": over.last.isoformat(), **one.values}
    return found if found is not None and not found.allows(kind, said) else None


def _subject(register: Register, kind: str, one: Wanted) -> RecordFile:
    key = KINDS[kind].subject or ""
    if key not in one.values:
        raise WrongCallError(f"say to which record the {kind} belongs", f"{key}=<id>, or --where stage=active")
    return record(register, one.values[key])


def _filled(register: Register, kind: str, subject: RecordFile, name: str, one: Wanted, over: Period) -> Wanted:
    typed = {"rhythm": name, "from": over.first.isoformat(), "until": over.last.isoformat(), **one.values}
    title = one.name or f"{name.replace('-', ' ').capitalize()} {kind} {over.label}"
    return Wanted(title, typed, prefilled(register, source(register, subject).policy, subject, kind, over), one.row)
