"""Source: what parties answered where a gate asks each of them, as long as it is not what the gate demands."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from partnerkit.obligations.obligation import Obligation
from partnerkit.obligations.outlook import Outlook, cited, in_words
from partnerkit.register import RecordFile
from partnerkit.rules.commands import WHY, line
from partnerkit.rules.gate import applies, ask
from partnerkit.rules.look import situation_of
from partnerkit.rules.question import Question

if TYPE_CHECKING:
    from partnerkit.rules.demands.worded import Word


def answered(outlook: Outlook) -> Iterator[Obligation]:
    """Answers of parties that do not count: who is not sure yet is waited for, and of a no somebody is told."""
    for policy in outlook.policies:
        demands = {name: one.acknowledged for name, one in policy.requirements.items()}
        asking = {name for name, demand in demands.items() if demand is not None and demand.answers}
        for record in outlook.records(policy) if asking else ():
            ways = [way for way in outlook.ways(policy, record) if asking & set(way.needs)]
            needed = {name: way.to for way in ways for name in way.needs if name in asking}
            for name, to in needed.items():
                yield from _of_question(outlook, record, name, to)


def _of_question(outlook: Outlook, record: RecordFile, name: str, to: str) -> Iterator[Obligation]:
    question = ask(situation_of(outlook.look(record)), to, name)
    demand = question.requirement.acknowledged
    if demand is None or not applies(question):
        return
    from partnerkit.rules.demands.worded import (  # noqa: PLC0415 - as all that answers demands
        answering,
        asked_of,
        words,
    )

    spoken = words(question, demand)
    for party in asked_of(question, demand):
        if party in spoken and not spoken[party].counts:
            one = spoken[party]
            elsewhere = line("advance", record.id, one.leads_to, *WHY) if one.leads_to else None
            yield _obligation(outlook, question, one, elsewhere or answering(question, demand, party))


def _obligation(outlook: Outlook, question: Question, word: Word, command: str) -> Obligation:
    requirement, record = question.requirement, question.record
    role = requirement.who[0] if requirement.who else None
    return outlook.owed(
        question.policy,
        record,
        "answer",
        question.name,
        requirement.title or in_words(question.name),
        words=word.in_words,
        suffix=(word.party,),
        waiting=word.waits,
        since=question.rules.day(word.said.at),
        clause=cited(question.policy, requirement.clauses),
        role=role,
        people=outlook.watchers(record) or outlook.holders(question.policy, role, record),
        person=word.party if word.waits else None,
        command=command,
    )
