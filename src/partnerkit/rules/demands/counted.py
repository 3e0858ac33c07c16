"""Demands on how many items of a sort a list holds."""

from __future__ import annotations

from typing import Any

from partnerkit.conditions import holds
from partnerkit.kinds.readable import as_day
from partnerkit.policies.demands import ListedDemand
from partnerkit.rules import filling
from partnerkit.rules.commands import line
from partnerkit.rules.conditions import in_short, satisfying
from partnerkit.rules.question import Answer, Question, suppliers
from partnerkit.steps import blocks_at


def counted(question: Question, demand: ListedDemand) -> Answer:
    """Enough items of the list are of the sort, and not too many."""
    notes = question.notes(demand.at_least, demand.at_most, demand.fresh_for)
    found = of_the_sort(question, demand)
    reasons = [why for item in found if (why := _against(question, demand, item))]
    good = len(found) - len(reasons)
    least, most = question.count(demand.at_least), question.value(demand.at_most)
    if good >= least and (most is None or len(found) <= most):
        return Answer(met=True, notes=notes)
    roles, people = suppliers(question)
    sort = f" where {in_short(demand.where)}" if demand.where else ""
    against = f" ({'; '.join(reasons)})" if reasons else ""
    ask = f"{question.requirement.ask} " if question.requirement.ask else ""
    if good < least:
        missing = f"{ask}Missing: {least - good} more of {least} in {demand.field}{sort}{against}"
        return Answer(False, missing, [], [], roles, people, adding(question, demand), notes)
    missing = f"{ask}In {demand.field}: {len(found)}{sort}, and at most {most} may be there"
    command = line("set", question.record.id, f"{demand.field}=<{demand.field}>")
    return Answer(False, missing, [], [], roles, people, command, notes)


def of_the_sort(question: Question, demand: ListedDemand) -> list[dict[str, Any]]:
    """The items of the list that are of the sort."""
    items = blocks_at(question.record.data, demand.field)
    return [item for item in items if demand.where is None or holds(demand.where, item)]


def _against(question: Question, demand: ListedDemand, item: dict[str, Any]) -> str | None:
    """Why an item of the sort does not count on the day, or None."""
    day = as_day(item.get("on"))
    if day is None:
        return None
    if day > question.day:
        return f"one is dated {day}, which is still to come"
    span = question.duration(demand.fresh_for)
    return f"one of {day} is older than {span}" if span is not None and span.after(day) < question.day else None


def adding(question: Question, demand: ListedDemand) -> str:
    """The line that brings an item to the last thing asked of it, adds one to a log, or fills the list."""
    wanted = satisfying(demand.where or {})
    *sort, last = wanted or [""]
    for item in blocks_at(question.record.data, demand.field):
        if (
            sort
            and "id" in item
            and all(item.get(path) == wanted[path] for path in sort)
            and item.get(last) != wanted[last]
        ):
            return line("set", question.record.id, f"{demand.field}.{item['id']}.{last}={wanted[last]}")
    record, field = question.record, demand.field
    added = filling.adding(record.id, record.kind, field, question.policy, wanted)
    return added or line("set", record.id, f"{field}=<{field}>")
