"""Demands that people are kept apart, such as those who take part and whoever looks after them."""

from __future__ import annotations

from itertools import combinations

from partnerkit.policies.demands import ApartDemand
from partnerkit.rules.bound import bond
from partnerkit.rules.commands import line
from partnerkit.rules.question import Answer, Question, suppliers
from partnerkit.steps import people_at


def apart(question: Question, demand: ApartDemand) -> Answer:
    """Nobody is one of those from whom they are to be apart, or bound to one, before the step or after it."""
    own = people_at(question.record.data, demand.field)
    others = people_at(question.record.data, demand.from_) if demand.from_ else []
    pairs = [(one, other) for one in own for other in others] if demand.from_ else list(combinations(own, 2))
    reasons = [why for one, other in pairs if (why := _against(question, demand, one, other))]
    if not reasons:
        return Answer(met=True)
    roles, people = suppliers(question)
    ask = f"{question.requirement.ask} " if question.requirement.ask else ""
    field = demand.field.rpartition(".")[0] or demand.field
    command = line("set", question.record.id, f"{field}=<{field}>")
    return Answer(False, f"{ask}To be kept apart: {'; '.join(reasons)}", [], [], roles, people, command)


def _against(question: Question, demand: ApartDemand, one: str, other: str) -> str | None:
    """Why two people are not apart, or None."""
    if one == other:
        return f"{one} is named by {demand.field} and by {demand.from_}" if demand.from_ else f"{one} is named twice"
    why = bond((question.rules, question.links), one, other)
    return f"{one} and {other} {why}" if why else None
