"""Demands on records that a field names, such as the applications by which the participants came in."""

from __future__ import annotations

from typing import Any

from partnerkit.policies.demands import NamedDemand
from partnerkit.register import RecordFile
from partnerkit.rules.commands import line
from partnerkit.rules.question import Answer, Question, suppliers
from partnerkit.steps import value_at


def named(question: Question, demand: NamedDemand) -> Answer:
    """Every record named is there, stands where it must and agrees with what names it."""
    above, _, key = demand.field.rpartition(".")
    found = value_at(question.record.data, above) if above else question.record.data
    items = [item for item in (found if isinstance(found, list) else [found]) if isinstance(item, dict)]
    reasons: list[str] = []
    relies: list[str] = []
    first: RecordFile | None = None
    for item in items:
        other_id = item.get(key)
        if other_id is None:
            reasons += [] if demand.optional else [f"{item.get('id', demand.field)} names none"]
            continue
        other = question.links.records.get(str(other_id))
        why = _against(question, demand, item, other, str(other_id))
        reasons += [why] if why else []
        relies += [other.id] if other is not None else []
        first = first or (other if why else None)
    if not reasons and (relies or demand.optional):
        return Answer(met=True, relies_on=relies)
    roles, people = suppliers(question)
    ask = f"{question.requirement.ask} " if question.requirement.ask else ""
    where = f"{demand.kind} in {' or '.join(demand.in_)}"
    missing = f"{ask}Missing: {where} ({'; '.join(reasons) or f'{demand.field} names none'})"
    command = line("gates", first.id) if first else line("set", question.record.id, _setting(demand, above))
    return Answer(False, missing, [], [], roles, people, command)


def _setting(demand: NamedDemand, above: str) -> str:
    place = above or demand.field
    return f"{place}=<{place}>"


def _against(
    question: Question, demand: NamedDemand, item: dict[str, Any], other: RecordFile | None, other_id: str
) -> str | None:
    """Why a record named does not serve, or None."""
    if other_id == question.record.id:
        return f"{other_id} names itself"
    if other is None or other.kind != demand.kind or question.stage_of(other) in {None, "void"}:
        return f"there is no {demand.kind} {other_id}"
    if question.stage_of(other) not in demand.in_:
        return f"{other_id} is in {question.stage_of(other)}"
    for own, theirs in demand.same.items():
        value = _own(question, demand, item, own)
        held = value_at(other.data, theirs)
        if value is None or value not in (held if isinstance(held, list) else [held]):
            return f"{own} is {value}, and {theirs} of {other_id} is {_shown(held)}"
    return None


def _own(question: Question, demand: NamedDemand, item: dict[str, Any], path: str) -> Any:
    """A field of the item that names the other, or else of the record."""
    above = demand.field.rpartition(".")[0]
    inside = f"{above}."
    return (
        value_at(item, path.removeprefix(inside))
        if above and path.startswith(inside)
        else value_at(question.record.data, path)
    )


def _shown(held: Any) -> str:
    return ", ".join(str(one) for one in held) if isinstance(held, list) else str(held)
