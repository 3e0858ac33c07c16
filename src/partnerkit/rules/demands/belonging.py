"""Demands on records that belong to the one that is asked of: enough of them stand where they must."""

from __future__ import annotations

from datetime import date

from partnerkit.conditions import holds
from partnerkit.kinds.catalogue import KINDS
from partnerkit.kinds.readable import as_day
from partnerkit.policies.demands import LinkedDemand
from partnerkit.register import RecordFile
from partnerkit.rules.commands import line
from partnerkit.rules.conditions import open_to, satisfying
from partnerkit.rules.filling import needed
from partnerkit.rules.question import Answer, Question, suppliers
from partnerkit.steps import value_at


def linked(question: Question, demand: LinkedDemand) -> Answer:
    """Enough records that belong to this one stand where they must."""
    notes = question.notes(demand.at_least)
    every = [
        record
        for record in question.links.linked(question.record.id, demand.kind)
        if question.stage_of(record) not in {None, "void"}
        and (demand.where is None or holds(demand.where, record.data))
    ]
    there = [
        record for record in every if question.stage_of(record) in demand.in_ and _lately(question, demand, record)
    ]
    over = {record.id: f", and its last day was {day}" for record in every if (day := _over(question, demand, record))}
    ahead = {
        record.id: f", and its first day is {day}" for record in there if (day := _ahead(question, demand, record))
    }
    old = {
        one.id: f", and was before {question.record.id} came here"
        for one in every
        if not _lately(question, demand, one)
    }
    good = [record for record in there if record.id not in over and record.id not in ahead]
    wanted = question.count(demand.at_least)
    enough = len(good) >= wanted and (not demand.all_ or len(good) == len(every))
    if enough:
        adopted = [record.id for record in good if record.model.history[0].type == "adopt"]
        notes += [f"{other} was adopted as it stood, and never judged under the policy" for other in adopted]
        return Answer(met=True, relies_on=[record.id for record in good], notes=notes)
    roles, people = suppliers(question)
    ask = f"{question.requirement.ask} " if question.requirement.ask else ""
    where = " or ".join(demand.in_)
    others = [record for record in every if record not in good]
    standing = ", ".join(
        f"{one.id} is in {question.stage_of(one)}{(old | ahead | over).get(one.id, '')}" for one in others
    )
    missing = f"{ask}Missing: {demand.kind} in {where}" + (f" ({standing})" if standing else " (there is none)")
    on_the_way = [one for one in others if one.id not in old | over | ahead and _can_reach(question, one, demand)]
    left = on_the_way or (others if demand.all_ else [])
    waits = not left and bool(ahead)  # only time is missing
    command = line("gates", left[-1].id) if left else None if waits else _making(question, demand)
    return Answer(False, missing, [], [], roles, people, command, notes)


def _lately(question: Question, demand: LinkedDemand, record: RecordFile) -> bool:
    """Whether a record came to where it stands late enough to count."""
    past = [entry.at for entry in record.model.history if entry.at <= question.moment]
    return not demand.anew or (bool(past) and past[-1] >= question.since)


def _over(question: Question, demand: LinkedDemand, record: RecordFile) -> date | None:
    """The last day on which a record counted, where that is over."""
    last = as_day(value_at(record.data, demand.until)) if demand.until else None
    return last if last is not None and last < question.day else None


def _ahead(question: Question, demand: LinkedDemand, record: RecordFile) -> date | None:
    """The first day on which a record counts, where that is still to come."""
    first = as_day(value_at(record.data, demand.from_)) if demand.from_ else None
    return first if first is not None and question.day < first else None


def _can_reach(question: Question, record: RecordFile, demand: LinkedDemand) -> bool:
    """Whether a way leads from where the record stands to where it must: no way leads out of an end."""
    lifecycle = question.policy.lifecycles[demand.kind]
    seen: set[str] = set()
    todo = [record.stage]
    while todo:
        stage = todo.pop()
        seen.add(stage)
        ways = [way for way in lifecycle.leaving(stage) if open_to(way, record.data)]
        todo += [way.to for way in ways if way.to not in seen]
    return bool(seen & set(demand.in_))


def _making(question: Question, demand: LinkedDemand) -> str:
    """The line that makes a record of the kind that is missing, and of the sort that counts."""
    subject = KINDS[demand.kind].subject or "of"
    sort = satisfying(demand.where or {})
    fields = [f"{key}=<{demand.kind}.{key}>" for key in needed(question.policy, demand.kind) if key not in sort]
    given = (f"{path}={value}" for path, value in sort.items())
    return line("new", demand.kind, "<title>", f"{subject}={question.record.id}", *given, *fields)
