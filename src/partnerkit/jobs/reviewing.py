"""Reviews of a month, a quarter or a year, for one record or for many: filled in as far as the register knows."""

from __future__ import annotations

from datetime import datetime

from partnerkit.errors import WrongCallError, told_of
from partnerkit.jobs.figures import as_reviewed, counted_by
from partnerkit.jobs.finding_records import record, source
from partnerkit.jobs.periods import Period, Reviewed, prefilled, rhythm, rhythms, there
from partnerkit.jobs.wanted import Wanted
from partnerkit.kinds.catalogue import KINDS
from partnerkit.kinds.problems import an
from partnerkit.policies.lifecycle import POLICY
from partnerkit.register import Register
from partnerkit.rules.commands import line
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
            over, and told of where nothing else is.

    Raises:
        WrongCallError: the kind is about no period, or the policy wants none of that length.
    """
    if not {"rhythm", "from_", "until"} <= set(KINDS[kind].model_fields):
        raise WrongCallError(
            f"{an(kind)} is about no period", "partnerkit new review --month 2026-11 --where stage=active"
        )
    found = []
    unasked: list[str] = []
    for one in wanted:
        if not every and (ended := _ended(register, now, kind, one, over)) is not None:
            notes.append(f"{ended.in_words}; it is left out")
            continue
        with told_of(one.row):
            filled = _over(register, now, kind, one, over, notes, unasked, every=every)
        found += [filled] if filled is not None else []
    if not found:
        notes += dict.fromkeys(unasked)
    return found


def _over(
    register: Register,
    now: datetime,
    kind: str,
    one: Wanted,
    over: Period,
    notes: list[str],
    unasked: list[str],
    *,
    every: bool,
) -> Wanted | None:
    subject = _subject(register, kind, one)
    name = one.values.get("rhythm") or rhythm(subject, kind, over.length)
    if name is None:
        message, mend = _unasked(subject, kind, over)
        if every:
            raise WrongCallError(message, mend)
        unasked.append(f"{message}: {mend}")
        return None
    known = there(register, subject, kind, name, over)
    if known is not None:
        notes.append(f"{subject.id} has {known.id} already")
        return None
    return _filled(register, now, kind, subject, name, one, over, notes)


def _unasked(subject: Reviewed, kind: str, over: Period) -> tuple[str, str]:
    """That no record is asked for over a period of that length; the rhythms that there are, and a line for one."""
    policy = subject.policy.policy
    message = f"{policy} asks for no {kind} of {an(subject.kind)} every {over.length}"
    key = KINDS[kind].subject or ""
    names = list(dict.fromkeys(name for name, _every in rhythms(subject, kind)))
    if not names:
        return message, line("policy", "show", policy)
    days = ("from=<from>", "until=<until>")
    command = line("new", kind, f"<{KINDS[kind].named_by}>", f"{key}=<id>", f"rhythm={names[0]}", *days)
    return f"{message}; its rhythms there: {', '.join(names)}", command


def _ended(register: Register, now: datetime, kind: str, one: Wanted, over: Period) -> Over | None:
    """That the record was over before the period was, so that nothing is said of all of it."""
    subject = _subject(register, kind, one).record
    found = end_of(register, subject, now) if subject is not None else None
    said = {"until": over.last.isoformat(), **one.values}
    return found if found is not None and not found.allows(kind, said) else None


def _subject(register: Register, kind: str, one: Wanted) -> Reviewed:
    key = KINDS[kind].subject or ""
    if key not in one.values:
        raise WrongCallError(f"say to which record the {kind} belongs", f"{key}=<id>, or --where stage=active")
    named = one.values[key]
    if POLICY in KINDS[kind].subjects and named in register.policies:
        return Reviewed(named, POLICY, register.policies[named].policy)
    found = record(register, named)
    return Reviewed(found.id, found.kind, source(register, found).policy, found)


def _filled(
    register: Register,
    now: datetime,
    kind: str,
    subject: Reviewed,
    name: str,
    one: Wanted,
    over: Period,
    notes: list[str],
) -> Wanted:
    typed = {"rhythm": name, "from": over.first.isoformat(), "until": over.last.isoformat(), **one.values}
    title = one.name or f"{name.replace('-', ' ').capitalize()} {kind} {over.label}"
    known = prefilled(register, subject, kind, over)
    if subject.record is None:
        counted = as_reviewed(register, subject.policy, kind, over, register.day(now), notes)
        names = counted_by(subject.policy)
        figures = [*counted, *(one for one in known.pop("figures", []) if one["name"] not in names)]
        known |= {"figures": figures} if figures else {}
    return Wanted(title, typed, known, one.row)
