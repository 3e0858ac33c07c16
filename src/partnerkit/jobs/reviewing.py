"""Reviews of a month, a quarter or a year, for one record or for many: filled in as far as the register knows."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from partnerkit.dataclass import dataclass, field
from partnerkit.errors import WrongCallError, told_of
from partnerkit.jobs.figures import as_reviewed, counted_by
from partnerkit.jobs.named_record import record, source
from partnerkit.jobs.periods import Period, Reviewed, prefilled, rhythm, rhythms, there
from partnerkit.jobs.wanted import Wanted
from partnerkit.kinds.catalogue import KINDS
from partnerkit.kinds.problems import an
from partnerkit.policies.lifecycle import POLICY
from partnerkit.policies.policy import Policy
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
    sweep = _Sweep(register, now, kind, over, notes)
    for one in wanted:
        if not every and (ended := _ended(sweep, one)) is not None:
            notes.append(f"{ended.in_words}; it is left out")
            continue
        with told_of(one.row):
            filled = _over(sweep, one, every=every)
        found += [filled] if filled is not None else []
    if not found:
        notes += dict.fromkeys(sweep.unasked)
    return found


@dataclass(frozen=True, slots=True)
class _Sweep:
    """What is the same for each of the records that are made.

    Attributes:
        register: where they are to be made.
        now: when.
        kind: their kind.
        over: the period.
        notes: what a person should know.
        unasked: of which subjects no such record is asked.
    """

    register: Register
    now: datetime
    kind: str
    over: Period
    notes: list[str]
    unasked: list[str] = field(default_factory=list)


def _over(sweep: _Sweep, one: Wanted, *, every: bool) -> Wanted | None:
    subject = _subject(sweep, one)
    name = one.values.get("rhythm") or rhythm(subject, sweep.kind, sweep.over.length)
    if name is None:
        message, mend = _unasked(sweep, subject)
        if every:
            raise WrongCallError(message, mend)
        sweep.unasked.append(f"{message}: {mend}")
        return None
    known = there(sweep.register, subject, sweep.kind, name, sweep.over)
    if known is not None:
        sweep.notes.append(f"{subject.id} has {known.id} already")
        return None
    return _filled(sweep, subject, name, one)


def _unasked(sweep: _Sweep, subject: Reviewed) -> tuple[str, str]:
    """That no record is asked for over a period of that length; the rhythms that there are, and a line for one."""
    kind, policy = sweep.kind, subject.policy.policy
    message = f"{policy} asks for no {kind} of {an(subject.kind)} every {sweep.over.length}"
    key = KINDS[kind].subject or ""
    names = list(dict.fromkeys(name for name, _every in rhythms(subject, kind)))
    if not names:
        return message, line("policy", "show", policy)
    days = ("from=<from>", "until=<until>")
    command = line("new", kind, f"<{KINDS[kind].named_by}>", f"{key}=<id>", f"rhythm={names[0]}", *days)
    return f"{message}; its rhythms there: {', '.join(names)}", command


def _ended(sweep: _Sweep, one: Wanted) -> Over | None:
    """That the record was over before the period was, so that nothing is said of all of it."""
    subject = _subject(sweep, one).record
    found = end_of(sweep.register, subject, sweep.now) if subject is not None else None
    said = {"until": sweep.over.last.isoformat(), **one.values}
    return found if found is not None and not found.allows(sweep.kind, said) else None


def _subject(sweep: _Sweep, one: Wanted) -> Reviewed:
    register, kind = sweep.register, sweep.kind
    key = KINDS[kind].subject or ""
    if key not in one.values:
        raise WrongCallError(f"say to which record the {kind} belongs", f"{key}=<id>, or --where stage=active")
    named = one.values[key]
    if POLICY in KINDS[kind].subjects and named in register.policies:
        return Reviewed(named, POLICY, register.policies[named].policy)
    found = record(register, named)
    return Reviewed(found.id, found.kind, source(register, found).policy, found)


def _filled(sweep: _Sweep, subject: Reviewed, name: str, one: Wanted) -> Wanted:
    over = sweep.over
    typed = {"rhythm": name, "from": over.first.isoformat(), "until": over.last.isoformat(), **one.values}
    title = one.name or f"{name.replace('-', ' ').capitalize()} {sweep.kind} {over.label}"
    known = prefilled(sweep.register, subject, sweep.kind, over)
    if subject.record is None:
        known |= _figures(sweep, subject.policy, known.get("figures", []))
    return Wanted(title, typed, known, one.row)


def _figures(sweep: _Sweep, policy: Policy, added_up: list[dict[str, Any]]) -> dict[str, Any]:
    """The figures of a policy: as it says how they are counted, the others as shorter reviews have them."""
    today = sweep.register.day(sweep.now)
    counted = as_reviewed(sweep.register, policy, sweep.kind, sweep.over, today, sweep.notes)
    figures = [*counted, *(one for one in added_up if one["name"] not in counted_by(policy))]
    return {"figures": figures} if figures or added_up else {}
