"""What can be filled in so that a requirement is met, for each sort of demand; what nobody fills in has no cell."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from partnerkit.conditions import holds
from partnerkit.dataclass import replace
from partnerkit.jobs.adding import FILE
from partnerkit.jobs.sheet_fillable import (
    MOST_ITEMS,
    Cell,
    cells_of_field,
    cells_of_item,
    cells_of_line,
    either,
)
from partnerkit.policies.amending import DIGEST
from partnerkit.policies.demands import MOMENTS, TODAY
from partnerkit.policies.values import Match
from partnerkit.rules.conditions import satisfying
from partnerkit.rules.demands.counted import of_the_sort
from partnerkit.rules.demands.stated import to_be_set, unfit
from partnerkit.rules.gate import answer, applies
from partnerkit.rules.question import Answer, Question
from partnerkit.steps import blocks_at, is_filled, parties_at, value_at

#: The kind of evidence that is an account in words.
_WORDS = "note"


def cells_for(question: Question, given: Answer) -> Iterator[Cell]:
    """The cells by which a requirement can be met."""
    make = _BY_TYPE.get(question.requirement.type)
    for one in make(question, given) if make else ():
        yield replace(one, asked_by=question.name)


def _said(question: Question, keys: Mapping[str, str], party: str | None = None) -> Iterator[Cell]:
    """Cells of one statement: its keys, each with what it takes."""
    for key, takes in keys.items():
        yield Cell(f"{question.name}.{key}", takes, "", added=question.name, key=key, party=party)


def _evidence(question: Question, _given: Answer) -> Iterator[Cell]:
    demand = question.requirement.evidence
    if demand is None:  # pragma: no cover - asked by its type
        return
    words = _WORDS in demand.kinds and not demand.with_digest
    outcomes = [*demand.outcomes, *(["not-needed"] if demand.not_needed else [])]
    keys = {"summary": "a sentence"} if words else {FILE: "a file" if demand.with_digest else "a file or a link"}
    yield from _said(question, keys | ({"outcome": either(outcomes)} if demand.outcomes else {}))


def _period(question: Question, _given: Answer) -> Iterator[Cell]:
    yield from _said(question, {"kind": "opened or closed", "summary": "closed: what came in"})


def _scores(question: Question, _given: Answer) -> Iterator[Cell]:
    if question.requirement.scores is not None:
        card = question.policy.scorecards[question.requirement.scores.card]
        points = f"{card.least} to {card.most}"
        scale = {True: points, False: f"{points}, a colon and why"}
        yield from _said(question, {key: scale[one.points_only] for key, one in card.criteria.items()})


def _acknowledged(question: Question, given: Answer) -> Iterator[Cell]:
    demand = question.requirement.acknowledged
    answers = list(demand.answers) if demand else []
    keys = {"answer": either(answers)} if answers else {"text": "what they say, such as yes"}
    for party in given.absent:
        yield from _said(question, keys, party)


def _signed(question: Question, given: Answer) -> Iterator[Cell]:
    demand = question.requirement.signed
    parties = parties_at(question.record.data, demand.by_each) if demand else []
    for party in given.absent or parties:  # while there is no document, nobody is absent by name
        yield from _said(question, {"method": "how, such as e-signature"}, party)


def _filled(question: Question, _given: Answer) -> Iterator[Cell]:
    for path in question.requirement.filled or []:
        if path != DIGEST and (not is_filled(value_at(question.record.data, path)) or unfit(question, path)):
            yield from cells_of_field(question, path)


def _compared(question: Question, _given: Answer) -> Iterator[Cell]:
    demand = question.requirement.compare
    both = [path for path in (demand.field, demand.before) if path and path not in MOMENTS] if demand else []
    absent = [path for path in both if not is_filled(value_at(question.record.data, path))]
    if demand is not None:
        waits = demand.before == TODAY and not absent  # the day is said, and has not come
        for path in [] if waits else absent or to_be_set(question, demand):
            yield from cells_of_field(question, path)


def _matches(question: Question, _given: Answer) -> Iterator[Cell]:
    for path, wanted in (question.requirement.matches or {}).items():
        if not holds({path: wanted}, question.record.data):
            yield from cells_of_field(question, path)


def _noticed(question: Question, _given: Answer) -> Iterator[Cell]:
    demand = question.requirement.notice
    for path in (demand.given, demand.effective) if demand else ():
        if not is_filled(value_at(question.record.data, path)):
            yield from cells_of_field(question, path)


def _listed(question: Question, _given: Answer) -> Iterator[Cell]:
    """Items that are not as they must be, each by its id; where there are too few, a new line."""
    demand = question.requirement.listed
    if demand is None:  # pragma: no cover - asked by its type
        return
    where = demand.where or {}
    most, there = question.value(demand.at_most), of_the_sort(question, demand)
    if most is not None and len(there) > most:
        parts = [key for key, wanted in where.items() if isinstance(wanted, Match) and wanted.not_ is not None]
        for item in [one for one in there if "id" in one][:MOST_ITEMS]:
            yield from cells_of_item(question, demand.field, str(item["id"]), parts[-1:])
        return
    wanted = satisfying(where)
    *sort, last = wanted or [""]
    items = [one for one in blocks_at(question.record.data, demand.field) if "id" in one and sort]
    near = [one for one in items if all(one.get(key) == wanted[key] for key in sort) and one.get(last) != wanted[last]]
    for item in near[:MOST_ITEMS]:
        yield from cells_of_item(question, demand.field, str(item["id"]), [last], _wanted(where, last))
    if not near:
        given = {key: wanted[key] for key in sort} if sort else wanted
        yield from cells_of_line(question, demand.field, given, next(iter(given.values()), None), {})


def _wanted(where: Mapping[str, Any], key: str) -> str | None:
    found = where.get(key)
    values = found.is_ if isinstance(found, Match) else found
    return either(values if isinstance(values, list) else [values]) if values is not None else None


def _each(question: Question, given: Answer) -> Iterator[Cell]:
    """A new line about each item that nobody has spoken to yet."""
    demand = question.requirement.each
    name, _, key = demand.by.partition(".") if demand else ("", "", "")
    if demand is None or not key or not given.absent:
        return
    for item in given.absent[:MOST_ITEMS]:
        yield from cells_of_line(question, name, {**satisfying(demand.where or {}), key: item}, item, {})


def _any_of(question: Question, _given: Answer) -> Iterator[Cell]:
    for name in question.requirement.any_of or []:
        other = replace(question, name=name, requirement=question.policy.requirements[name])
        if applies(other):
            for one in cells_for(other, answer(other)):
                yield replace(one, takes=f"{one.takes} (one of {either(question.requirement.any_of or [])} suffices)")


_BY_TYPE: dict[str, Callable[[Question, Answer], Iterable[Cell]]] = {
    "evidence": _evidence,
    "period": _period,
    "scores": _scores,
    "acknowledged": _acknowledged,
    "signed": _signed,
    "filled": _filled,
    "compare": _compared,
    "matches": _matches,
    "notice": _noticed,
    "listed": _listed,
    "each": _each,
    "any-of": _any_of,
}
