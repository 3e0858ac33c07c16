"""Rules for lines of logs: whom they name takes part in the record, and what they tell of came after its first day."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from datetime import date

from partnerkit.dataclass import replace
from partnerkit.findings import Finding
from partnerkit.kinds.catalogue import KINDS
from partnerkit.kinds.dated import Happened, Marked, MarkT, TakesPart, marked
from partnerkit.kinds.problems import did_you_mean
from partnerkit.register import RecordFile
from partnerkit.rules.commands import line
from partnerkit.rules.compared import altered, pairs
from partnerkit.rules.look import Look
from partnerkit.rules.places import at
from partnerkit.steps import Step, people_at, value_at


def lines_fit_the_record(look: Look) -> Iterator[Finding]:
    """A line that fits the record no longer, or came in unjudged, is a warning: what has landed stays."""
    yield from (replace(one, severity="warning") for one in _unfit(look.record, None, look.record.data.keys()))


def new_lines_fit_the_record(step: Step, only: set[str] | None) -> Iterator[Finding]:
    """A step brings in no line about somebody who takes no part, or about a day before the first."""
    for old, new in pairs(step, only):
        if new is not None:
            yield from _unfit(new, old, altered(step, old, new))


def _unfit(record: RecordFile, old: RecordFile | None, parts: AbstractSet[str]) -> Iterator[Finding]:
    """The lines of logs among some parts that do not fit, but for those that stood there before."""
    for field, whole in _logs_of(record, TakesPart, parts):
        people = people_at(record.data, whole.listed_in)
        for index, item in _lines(record, field, old):
            named = item.get(field.key)
            for person in named if isinstance(named, list) else [named]:
                if isinstance(person, str) and person not in people:
                    yield _stranger(record, field, index, person, sorted(people))
            if whole.but_one and people and isinstance(named, list) and set(people) <= set(map(str, named)):
                yield _nobody(record, field, index, sorted(people))
    for field, day in _logs_of(record, Happened, parts):
        first = value_at(record.data, day.within) if day.within else None
        for index, item in _lines(record, field, old) if isinstance(first, str) else ():
            if isinstance(on := item.get(field.key), str) and on < str(first):
                yield _early(record, field, index, date.fromisoformat(on), f"{day.within} is {first}")


def _logs_of(record: RecordFile, sort: type[MarkT], parts: AbstractSet[str]) -> list[tuple[Marked, MarkT]]:
    """The fields with a mark of a sort that stand in a block or log among some parts of a record."""
    return [one for one in marked(KINDS[record.kind], sort) if one[0].parents and one[0].parents[0] in parts]


def _lines(record: RecordFile, field: Marked, old: RecordFile | None) -> Iterator[tuple[int, dict[str, object]]]:
    """The lines of the log in which a field stands; those that the record had before are left out."""
    path = ".".join(field.parents)
    known = value_at(old.data, path) if old is not None else None
    found = value_at(record.data, path)
    for index, item in enumerate(found if isinstance(found, list) else []):
        if isinstance(item, dict) and item not in (known or []):
            yield index, item


def _stranger(record: RecordFile, field: Marked, index: int, person: str, people: list[str]) -> Finding:
    where = f"{'.'.join(field.parents)}.{index}.{field.key}"
    message = (
        f"{where} of {record.id} names {person}, who takes no part in it{did_you_mean(person, people)} "
        f"(those who do: {', '.join(people)})"
    )
    mend = f"name one of them, or add it to the {record.kind} in which they take part: {line('list', record.kind)}"
    return at(record, (*field.parents, index, field.key), "line-of-another", message, mend=mend)


def _nobody(record: RecordFile, field: Marked, index: int, people: list[str]) -> Finding:
    where = f"{'.'.join(field.parents)}.{index}.{field.key}"
    every = f"everybody who takes part ({', '.join(people)})"
    message = f"{where} of {record.id} names {every}: nobody came, so nothing took place"
    mend = f"leave the line out, or name those alone who were not there; {line('show', record.id)} shows the record"
    return at(record, (*field.parents, index, field.key), "line-of-nobody", message, mend=mend)


def _early(record: RecordFile, field: Marked, index: int, day: date, first: str) -> Finding:
    where = f"{'.'.join(field.parents)}.{index}.{field.key}"
    message = f"{where} of {record.id} is {day}, before it began: {first}"
    mend = f"give the day on which it was; {line('show', record.id)} shows what stands there"
    return at(record, (*field.parents, index, field.key), "line-too-early", message, mend=mend)
