"""Waivers: whether somebody who may says that a requirement need not be met."""

from __future__ import annotations

from datetime import date

from partnerkit.kinds.statements import Waiver
from partnerkit.rules.question import Question, scope_asked
from partnerkit.steps import Live, of_sort

#: The role of a waiver where the policy leaves open who may waive: such a waiver never counts.
NOBODY = "nobody"


def waiver(question: Question) -> Waiver | None:
    """A live waiver by somebody who may waive it, in force that day."""
    for found, said in of_sort(question.mine("waivers"), Waiver):
        in_force = question.day_of(found) <= question.day <= said.until
        if in_force and waiver_against(question, said, found) is None:
            return said
    return None


def may_waive(question: Question, day: date) -> list[str]:
    """Who held the role that waives the requirement on a day, for the scope that is asked."""
    waivable = question.requirement.waivable
    if waivable is None:
        return []
    role = question.value(waivable.by)  # nobody holds the role that nobody has named yet
    return question.roster.holders(role, day, scope_asked(question.record.data, waivable.scope))


def waiver_against(question: Question, said: Waiver, found: Live) -> tuple[str, str] | None:
    """The code and the reason why a waiver counts for nothing, whatever the day; None where it may count."""
    waivable, policy = question.requirement.waivable, question.policy.policy
    if waivable is None:
        return "not-waivable", f"{policy} lets nobody waive {question.name}"
    role, day = question.value(waivable.by), question.day_of(found)
    if role is None:
        return "role-not-held", f"{policy} does not say who may waive {question.name}, and nobody has set it"
    holders = may_waive(question, day)
    if said.role != role or said.by not in holders:
        message = f"{said.by} may not waive {question.name} on {day}: that takes the role {role}"
        return "role-not-held", f"{message} (held by {', '.join(holders) or 'nobody'})"
    longest = question.duration(waivable.for_at_most)
    if longest is not None and said.until > longest.after(day):
        return "waived-too-long", f"{question.name} may be waived for {longest} at most, until {longest.after(day)}"
    if question.separation == "require" and said.by in question.excluded:
        record = question.record.id
        return (
            "not-separate",
            f"{said.by} is the proposer of {record} or a party to it, and may not waive {question.name}",
        )
    return None
