"""Demands on lists: every item of one is spoken to by another."""

from __future__ import annotations

from typing import Any

from partnerkit.conditions import holds
from partnerkit.kinds.catalogue import KINDS
from partnerkit.policies.demands import EachDemand
from partnerkit.register import RecordFile
from partnerkit.rules.commands import line
from partnerkit.rules.conditions import satisfying
from partnerkit.rules.filling import adding
from partnerkit.rules.question import Answer, Question, suppliers
from partnerkit.steps import blocks_at, value_at


def each(question: Question, demand: EachDemand) -> Answer:
    """Every item of the list is named where this record speaks to them."""
    sources = _sources(question, demand)
    wanted = {str(item["id"]): source for source in sources for item in _items(source, demand.items)}
    named = _named(question.record, demand)
    absent = [item for item in wanted if item not in named]
    if not absent and len(wanted) >= question.count(demand.at_least):
        relies = [source.id for source in sources if source.id != question.record.id and source.kind == demand.of]
        return Answer(met=True, relies_on=relies)
    roles, people = suppliers(question)
    ask = f"{question.requirement.ask} " if question.requirement.ask else ""
    if absent:
        missing = f"{ask}Missing in {demand.by.partition('.')[0]}: {', '.join(absent)}"
        command = _speaking(question, demand, absent[0])
        return Answer(False, missing, [], [], roles, people, command, absent=tuple(absent))
    there = f"there is {len(wanted)} of {question.count(demand.at_least)}" if wanted else "there are none"
    missing = f"{ask}Missing: {demand.items} of {_whose(question, demand)} ({there})"
    return Answer(False, missing, [], [], roles, people, _filling(question, demand, sources))


def _sources(question: Question, demand: EachDemand) -> list[RecordFile]:
    """The records whose items must be spoken to."""
    if demand.of == "self":
        return [question.record]
    subject = question.links.records.get(question.record.subject or "")
    if demand.of == "subject":
        return [subject] if subject is not None else []
    if subject is not None and subject.kind == demand.of:
        return [subject] if _counts(question, demand, subject) else []
    roots = [question.record, *([subject] if subject is not None else [])]
    found = [one for root in roots for one in question.links.linked(root.id, demand.of)]
    return [one for one in found if _counts(question, demand, one)]


def _counts(question: Question, demand: EachDemand, source: RecordFile) -> bool:
    stage = question.stage_of(source)
    return stage not in {None, "void"} and (not demand.in_ or stage in demand.in_)


def _items(source: RecordFile, path: str) -> list[dict[str, Any]]:
    return [item for item in blocks_at(source.data, path) if "id" in item]


def _named(record: RecordFile, demand: EachDemand) -> set[str]:
    """The items that the record speaks to."""
    field, _, key = demand.by.partition(".")
    found = value_at(record.data, field)
    if demand.where is not None and isinstance(found, list):
        found = [item for item in found if isinstance(item, dict) and holds(demand.where, item)]
    return _texts(value_at(found, key) if key else found)


def _texts(found: Any) -> set[str]:
    if isinstance(found, list):
        return {text for item in found for text in _texts(item)}
    return {found} if isinstance(found, str) else set()


def _whose(question: Question, demand: EachDemand) -> str:
    if demand.of == "self":
        return question.record.id
    if demand.of == "subject":
        return question.record.subject or "the record it belongs to"
    return f"{demand.of} in {' or '.join(demand.in_)}" if demand.in_ else demand.of


def _speaking(question: Question, demand: EachDemand, item: str) -> str:
    """The line by which the record speaks to an item; where no line can be added, the whole list is set."""
    record, (field, _, key) = question.record, demand.by.partition(".")
    given = {**satisfying(demand.where or {}), key: item}
    added = adding(record.id, record.kind, field, question.policy, given) if key else None
    return added or line("set", record.id, f"{field}=<{field}>")


def _filling(question: Question, demand: EachDemand, sources: list[RecordFile]) -> str:
    """The line that fills the list, or makes the record that would hold it."""
    if sources:
        return line("set", sources[0].id, f"{demand.items}=<{demand.items}>")
    if demand.of in KINDS:
        return line("list", demand.of)
    return line("show", question.record.id)
