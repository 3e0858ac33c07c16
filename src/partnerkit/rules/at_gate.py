"""A case at its gate: the record as it was at the entry, and a requirement that it does not meet as a finding."""

from __future__ import annotations

from datetime import datetime

from partnerkit.findings import Finding
from partnerkit.rules.case import Case
from partnerkit.rules.gate import Asked, Situation
from partnerkit.rules.places import at
from partnerkit.rules.question import who_may


def situation(case: Case) -> Situation:
    """The record at the entry, for the gate."""
    moves = [entry for entry in case.earlier if entry.get("type") != "correct"]
    since = moves[-1] if moves else case.raw
    before = case.before.records.get(case.record.id) if case.before and case.record.id in case.before.records else None
    return Situation(
        record=case.record,
        named_before=before,
        rules=case.rules,
        links=case.after,
        source=case.source,
        moment=case.entry.at,
        since=datetime.fromisoformat(str(since["at"])),
        reason=case.entry.reason,
        relied=case.entry.relies_on,
        earlier=case.earlier,
        stands=case.stands,
    )


def refusal(case: Case, asked: Asked) -> Finding:
    """A requirement of the gate that is not met, as a finding."""
    question, answer = asked.question, asked.answer
    policy = question.policy
    who = f" From: {' or '.join(answer.roles)} ({who_may(question, answer)})." if answer.roles else ""
    return at(
        case.record,
        ("history", case.index),
        "requirement-unmet",
        f"{case.entry.from_} → {case.entry.to} needs {question.name}. {answer.missing}.{who}",
        clause=", ".join(policy.full(clause) for clause in question.requirement.clauses),
        mend=answer.command,
    )
