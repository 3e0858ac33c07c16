"""Demands on records that name the one that is asked of, such as the pairings of a mentor: there are not too many."""

from __future__ import annotations

from partnerkit.conditions import holds
from partnerkit.policies.demands import NamedByDemand
from partnerkit.register import RecordFile
from partnerkit.rules.commands import line
from partnerkit.rules.conditions import in_short
from partnerkit.rules.question import Answer, Question, suppliers
from partnerkit.steps import blocks_at, value_at


def named_by(question: Question, demand: NamedByDemand) -> Answer:
    """Not too many records, or items of a list of theirs, that name this one and stand where they count."""
    path = demand.bound_in
    notes = question.notes(demand.at_most)
    most = value_at(question.record.data, path) if path else question.value(demand.at_most)
    others = question.links.naming(question.record.id, demand.kind, demand.by)
    counted = {one.id: many for one in others if (many := _counted(question, demand, one))}
    if not isinstance(most, int) or sum(counted.values()) <= most:
        return Answer(met=True, notes=notes)
    roles, people = suppliers(question)
    ask = f"{question.requirement.ask} " if question.requirement.ask else ""
    what = demand.count or demand.kind
    sort = f" where {in_short(demand.where)}" if demand.where else ""
    where = ", ".join(f"{many} in {one}" if demand.count else one for one, many in counted.items())
    bound = f"{path} is {most}" if path else f"at most {most} may be there"
    missing = f"{ask}{what}{sort}: {sum(counted.values())} ({where}), and {bound}"
    command = line("set", question.record.id, f"{path}=<{path}>") if path else line("gates", list(counted)[-1])
    return Answer(False, missing, [], [], roles, people, command)


def _counted(question: Question, demand: NamedByDemand, other: RecordFile) -> int:
    """How many a record that names this one adds: itself, or the items of its list."""
    if question.stage_of(other) not in demand.in_:
        return 0
    items = blocks_at(other.data, demand.count) if demand.count else [other.data]
    return sum(1 for one in items if demand.where is None or holds(demand.where, one))
