"""Source: what must hold for as long as a stage lasts, and does not."""

from __future__ import annotations

from collections.abc import Iterator

from partnerkit.obligations.obligation import Obligation
from partnerkit.obligations.outlook import Outlook, cited, in_words
from partnerkit.rules.lasting import Unmet, unmet_standing


def standing(outlook: Outlook) -> Iterator[Obligation]:
    """Standing demands that are unmet: late once their time is over; where none is given, they are due at once."""
    for policy in outlook.policies:
        if policy.lasting:
            for record in outlook.records(policy):
                for unmet in unmet_standing(outlook.look(record)):
                    if outlook.sees(unmet.until):
                        yield _obligation(outlook, unmet)


def _obligation(outlook: Outlook, unmet: Unmet) -> Obligation:
    question, requirement = unmet.question, unmet.question.requirement
    return outlook.owed(
        question.policy,
        question.record,
        "standing",
        question.name,
        requirement.title or in_words(question.name),
        advice=requirement.advisory,
        due=unmet.until,
        since=outlook.register.day(question.since),
        clause=cited(question.policy, requirement.clauses),
        role=unmet.answer.roles[0] if len(unmet.answer.roles) == 1 else None,
        people=tuple(unmet.answer.people if unmet.answer.roles else outlook.watchers(question.record)),
        command=unmet.answer.command,
        note=unmet.answer.missing,
    )
