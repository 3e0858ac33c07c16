"""Demands on what the record itself states: fields, comparisons, time in a stage, notice, a reason, linked records."""

from __future__ import annotations

from datetime import date
from typing import Any

from partnerkit.conditions import holds
from partnerkit.kinds.duration import Duration
from partnerkit.kinds.readable import as_day, as_duration, as_number
from partnerkit.policies.amending import DIGEST
from partnerkit.policies.demands import MOMENTS, REACHED, TODAY, CompareDemand, DwellDemand, NoticeDemand
from partnerkit.policies.hints import with_hint
from partnerkit.rules.commands import WHY, line
from partnerkit.rules.conditions import in_words
from partnerkit.rules.filling import filling
from partnerkit.rules.proposing import is_amendment, proposing
from partnerkit.rules.question import Answer, Question, suppliers
from partnerkit.steps import is_filled, locked_fields, value_at


def _ask(question: Question) -> str:
    return f"{question.requirement.ask} " if question.requirement.ask else ""


def filled(question: Question, paths: list[str]) -> Answer:
    """Every field holds something."""
    absent = [path for path in paths if not is_filled(value_at(question.record.data, path))]
    wrong = [why for path in paths if path not in absent and (why := unfit(question, path)) is not None]
    if wrong and not absent:
        roles, people = suppliers(question)
        command = line("set", question.record.id, *(f"{path}=<{path}>" for path in paths if unfit(question, path)))
        return Answer(False, f"{_ask(question)}{'; '.join(wrong)}", [], [], roles, people, command)
    if not absent:
        return Answer(met=True)
    roles, people = suppliers(question)
    command = filling(question.record.id, question.record.kind, absent, question.policy)
    if DIGEST in absent and is_amendment(question.policy, question.record):
        command = proposing(question.record.id)
    words = ", ".join(with_hint(question.policy, question.record.kind, path) for path in absent)
    return Answer(False, f"{_ask(question)}Missing: {words}", [], [], roles, people, command)


def unfit(question: Question, path: str) -> str | None:
    """Why the person whom a record names for a role cannot be: the roster does not give it to them."""
    above, _, role = path.rpartition(".")
    person = value_at(question.record.data, path)
    if above != "roles" or role not in question.policy.roles or not isinstance(person, str):
        return None
    if question.roster.holds(person, role, question.day):
        return None
    return f"{path} names {person}, who does not hold the role {role} on {question.day}"


def empty(question: Question, paths: list[str]) -> Answer:
    """None of the fields holds anything."""
    there = [path for path in paths if is_filled(value_at(question.record.data, path))]
    if not there:
        return Answer(met=True)
    roles, people = suppliers(question)
    command = line("set", question.record.id, *(f"{path}=" for path in there))
    missing = f"{_ask(question)}To be left empty: {', '.join(there)}"
    return Answer(False, missing, [], [], roles, people, command)


def matches(question: Question, condition: dict[str, Any]) -> Answer:
    """Every field is as the condition says."""
    data = question.record.data
    wrong = {path: wanted for path, wanted in condition.items() if not holds({path: wanted}, data)}
    if not wrong:
        return Answer(met=True)
    roles, people = suppliers(question)
    words = "; ".join(f"{path} {in_words(wanted)} (it is {_said(data, path)})" for path, wanted in wrong.items())
    command = line("set", question.record.id, *(f"{path}=<{path}>" for path in wrong))
    return Answer(False, f"{_ask(question)}Missing: {words}", [], [], roles, people, command)


def _said(data: dict[str, Any], path: str) -> str:
    value = value_at(data, path)
    if isinstance(value, bool):
        return str(value).lower()
    return str(value) if isinstance(value, str | int) else "filled" if is_filled(value) else "empty"


def compare(question: Question, demand: CompareDemand) -> Answer:
    """A day lies long enough before another and not too long, or a number within its bounds; a boundary is met."""
    notes = question.notes(demand.at_least, demand.at_most, demand.minimum, demand.maximum)
    value = value_at(question.record.data, demand.field)
    why = _days_outside(question, demand, demand.before) if demand.before else _number_outside(question, demand, value)
    if why is None:
        return Answer(met=True, notes=notes)
    roles, people = suppliers(question)
    command = filling(question.record.id, question.record.kind, to_be_set(question, demand), question.policy)
    return Answer(False, f"{_ask(question)}Missing: {why}", [], [], roles, people, command, notes)


def to_be_set(question: Question, demand: CompareDemand) -> list[str]:
    """The field that is to be set: the one that is no day or number yet, else one that is not locked.

    Of two, that is the one that the requirement vouches for, or else the later: a plan is mended by its end.
    """
    paths = [path for path in (demand.field, demand.before) if path and path not in MOMENTS]
    absent = [path for path in paths if not is_filled(value_at(question.record.data, path))]
    locked = locked_fields(question.record, question.policy)
    covers = question.requirement.covers
    told = sorted(paths, key=lambda path: (path in locked, path not in covers, path == demand.field))
    return (absent or told)[:1]


def _day_at(question: Question, path: str) -> date | None:
    """The day that a path means: of a field, of the moment itself, or of the record's arrival in its stage."""
    moments = {TODAY: question.day, REACHED: question.rules.day(question.since)}
    return moments[path] if path in moments else as_day(value_at(question.record.data, path))


def _days_outside(question: Question, demand: CompareDemand, before: str) -> str | None:
    earlier, later = _day_at(question, demand.field), _day_at(question, before)
    if earlier is None or later is None:
        return f"{demand.field if earlier is None else before} is no day yet"
    least, most = question.duration(demand.at_least), question.duration(demand.at_most)
    if least is None and earlier > later:
        return f"{before} ({later}) is before {demand.field} ({earlier})"
    if least is not None and least.after(earlier) > later:
        return f"{demand.field} ({earlier}) is not {least} before {before} ({later})"
    if most is not None and (latest := most.after(earlier)) < later:
        return f"{before} ({later}) is more than {most} after {demand.field} ({earlier}): {latest} at the latest"
    return None


def _number_outside(question: Question, demand: CompareDemand, value: Any) -> str | None:
    """Why the number, or one of those in a list, is out of bounds."""
    if isinstance(value, list):
        return next((why for one in value if (why := _number_outside(question, demand, one)) is not None), None)
    number = as_number(value)
    if number is None:
        return f"{demand.field} is no number yet"
    least, most = question.value(demand.minimum), question.value(demand.maximum)
    if least is not None and number < least:
        return f"{demand.field} is {number}, and at least {least} is needed"
    if most is not None and number > most:
        return f"{demand.field} is {number}, and at most {most} is allowed"
    return None


def dwell(question: Question, demand: DwellDemand) -> Answer:
    """The record has stood in its stage for long enough."""
    notes = question.notes(demand.at_least)
    span = question.duration(demand.at_least)
    since = question.rules.day(question.since)
    if span is None or span.after(since) <= question.day:
        return Answer(met=True, notes=notes)
    return Answer(False, f"in {question.record.stage} since {since}, and until {span.after(since)} at least")


def notice(question: Question, demand: NoticeDemand) -> Answer:
    """Notice was given long enough before the end: as the policy says, or longer where an agreement does."""
    notes = question.notes(demand.at_least)
    given = as_day(value_at(question.record.data, demand.given))
    effective = as_day(value_at(question.record.data, demand.effective))
    roles, people = suppliers(question)
    absent = [p for p, v in ((demand.given, given), (demand.effective, effective)) if v is None]
    if given is None or effective is None:
        command = line("set", question.record.id, *(f"{path}=<{path}>" for path in absent))
        return Answer(False, f"{_ask(question)}Missing: {', '.join(absent)}", [], [], roles, people, command, notes)
    command = line("set", question.record.id, f"{demand.effective}=<{demand.effective}>")
    if given > question.day:
        missing = f"notice is dated {given}, which is still to come"
        return Answer(False, missing, [], [], roles, people, command, notes)
    spans = [*([span] if (span := question.duration(demand.at_least)) else []), *_agreed(question, demand)]
    ends = [(span.after(given), span) for span in spans]
    if ends and max(ends, key=lambda end: end[0])[0] > effective:
        earliest, span = max(ends, key=lambda end: end[0])
        missing = f"notice of {span} given on {given} ends it on {earliest} at the earliest, not on {effective}"
        return Answer(False, missing, [], [], roles, people, command, notes)
    return Answer(met=True, notes=[] if _agreed(question, demand) else notes)


def _agreed(question: Question, demand: NoticeDemand) -> list[Duration]:
    if demand.agreed_in is None:
        return []
    every = question.links.linked(question.record.id, demand.agreed_in.kind)
    binding = [record for record in every if question.stage_of(record) in demand.agreed_in.in_]
    found = [as_duration(value_at(record.data, demand.agreed_in.field)) for record in binding]
    return [span for span in found if span is not None]


def reason(question: Question, _demand: object) -> Answer:
    """The move says why."""
    if question.reason and question.reason.strip():
        return Answer(met=True)
    command = line("advance", question.record.id, question.to, *WHY)
    roles, people = suppliers(question)
    return Answer(False, f"{_ask(question)}Missing: the reason for the move", [], [], roles, people, command)
