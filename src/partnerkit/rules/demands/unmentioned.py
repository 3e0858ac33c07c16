"""Demand that a name is left out wherever partners or the public read."""

from __future__ import annotations

from partnerkit.rules.commands import line
from partnerkit.rules.question import Answer, Question, suppliers
from partnerkit.rules.spelling import faced, mentions, shown
from partnerkit.rules.texts import settable, texts_at


def unmentioned(question: Question, names: list[str]) -> Answer:
    """No field that partners or the public read mentions one of the names, however it is spelt."""
    record, policy = question.record, question.policy
    found: dict[str, list[str]] = {}
    for rule in (policy.names[name] for name in names):
        for path in faced(policy, record.kind, rule):
            for keys, text in texts_at(record.data, path):
                found.setdefault(settable(record.data, keys), []).extend(mentions(text, rule))
    said = {place: list(dict.fromkeys(told)) for place, told in found.items() if told}
    if not said:
        return Answer(met=True)
    roles, people = suppliers(question)
    ask = f"{question.requirement.ask} " if question.requirement.ask else ""
    words = "; ".join(f"{place} says {', '.join(f'“{shown(one)}”' for one in told)}" for place, told in said.items())
    command = line("set", record.id, *(f"{place}=<{place}>" for place in said))
    return Answer(False, f"{ask}To be left out: {words}", [], [], roles, people, command)
