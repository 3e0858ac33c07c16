"""What the next stage of a record needs, for a person and for other programs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from partnerkit.policies.policy import Policy
from partnerkit.register import RecordFile
from partnerkit.reports.logged import heading
from partnerkit.reports.page import WELL, Page, Span
from partnerkit.rules.commands import line
from partnerkit.rules.gate import Asked
from partnerkit.rules.question import who_may

SCHEMA = "partnerkit.gates/1"


def as_page(
    record: RecordFile, to: str | None, asked: list[Asked], others: Mapping[str, int], warnings: list[str]
) -> Page:
    """One line for each thing that is there, a few for each that is missing, then what else is possible.

    Before them what no longer stands of what earlier gates rest on.
    """
    page = heading(record)
    for warning in warnings:
        page.add(Span("  ! ", "yellow"), warning)
    if to is None and not others:
        return page.add(f"{record.stage} is an end: no way leads on.")
    if to is None:
        page.add(f"{record.stage}: no main way leads on from here. Ways there are, each with what it lacks:")
        for stage, count in others.items():
            page.add(f"  {stage} ({_missing(count)})   ", Span(line("gates", record.id, stage), "green"))
        return page
    met = sum(one.answer.met for one in asked)
    page.add(Span(f"{record.stage} → {to}", "bold"), f"   {met} of {len(asked)} met")
    page.add()
    width = max((len(one.question.name) for one in asked), default=0)
    for one in asked:
        _requirement(page, one, width)
    notes = list(dict.fromkeys(note for one in asked if not _advised(one) for note in one.answer.notes))
    for note in notes:
        page.add(Span("  ! ", "yellow"), note)
    if others:
        page.add()
        possible = ", ".join(f"{stage} ({_missing(count)})" for stage, count in others.items())
        page.add(Span("also possible: ", "dim"), possible)
    page.add(Span("Next: ", "bold"), Span(_next(record, to, asked), "green"))
    return page


def _missing(count: int) -> str:
    return "open" if count == 0 else f"{count} missing"


def _requirement(page: Page, one: Asked, width: int) -> None:
    question, answer = one.question, one.answer
    clauses = ", ".join(question.requirement.clauses)
    mark = Span("  ✓ ", WELL) if answer.met else Span("  ✗ ", "red")
    mark = Span("  ! ", "yellow") if _advised(one) else mark
    by = "waived by " + ", ".join(answer.uses) if answer.waived else ", ".join([*answer.uses, *answer.relies_on])
    page.add(mark, question.name.ljust(width + 2), Span(clauses, "cyan"), f"   {by}" if answer.met and by else "")
    if answer.missing is None:
        return
    page.add(f"      {answer.missing}{' (advice: it refuses nothing)' if _advised(one) else ''}")
    if answer.roles:
        page.add("      ", Span(f"from {' or '.join(answer.roles)}: {who_may(question, answer)}", "dim"))
    if answer.command:
        page.add("      ", Span(answer.command, "green"))


def _advised(one: Asked) -> bool:
    """Whether it is unmet, and only advice."""
    return one.answer.met and one.answer.missing is not None


def _next(record: RecordFile, to: str, asked: list[Asked]) -> str:
    unmet = [one.answer.command for one in asked if not one.answer.met]
    if not unmet:
        main = [record.id] if _is_main(asked, to) else [record.id, to]
        return line("advance", *main)
    return next(
        (command for command in unmet if command), "wait: only time or somebody outside supplies what is missing"
    )


def _is_main(asked: list[Asked], to: str) -> bool:
    if not asked:
        return False
    question = asked[0].question
    lifecycle = question.policy.lifecycles[question.record.kind]
    return any(way.main and way.to == to for way in lifecycle.leaving(question.record.stage))


def as_json(
    record: RecordFile,
    policy: Policy,
    to: str | None,
    asked: list[Asked],
    others: Mapping[str, int],
    warnings: list[str],
) -> dict[str, Any]:
    """The same for other programs; the schema is fixed."""
    return {
        "schema": SCHEMA,
        "id": record.id,
        "kind": record.kind,
        "stage": record.stage,
        "to": to,
        "alternatives": list(others),
        "open": to is not None and all(one.answer.met for one in asked),
        "requirements": [_data(policy, one) for one in asked],
        "notes": warnings,
    }


def _data(policy: Policy, one: Asked) -> dict[str, Any]:
    question, answer = one.question, one.answer
    return {
        "id": question.name,
        "clause": ", ".join(policy.full(clause) for clause in question.requirement.clauses),
        "type": question.requirement.type,
        "met": answer.met,
        "waived": answer.waived,
        "missing": None if answer.met else answer.missing,  # advice that nobody followed stands in the notes
        "who": answer.roles,
        "as": answer.people,
        "command": None if answer.met else answer.command,
        "advisory": question.requirement.advisory,
        "notes": answer.notes,
    }
