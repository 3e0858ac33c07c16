"""What a tally of a policy counts in a period: records, items of theirs, or whom these name; and what it leaves out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from typing import Any, Literal

from partnerkit.conditions import holds
from partnerkit.dataclass import dataclass, field, replace
from partnerkit.kinds.entries import TOMBSTONE_STAGE
from partnerkit.kinds.readable import as_day, as_number
from partnerkit.metrics.spans import Span
from partnerkit.policies.metric import Mean, Sum, Tally
from partnerkit.policies.policy import Policy
from partnerkit.register import RecordFile, Register
from partnerkit.stays import stays
from partnerkit.steps import people_at, value_at
from partnerkit.tuples import NamedTuple

#: Why a record is left out that was where it is counted: it had not stood there before, its fields are others, none of
#: its items counts, or what counts has no such day or number.
Why = Literal["after", "when", "where", "days", "value", "each"]

Time = tuple[date, date]


class Source(NamedTuple):
    """A record that counts, or is left out: its id and its file."""

    id: str
    path: str


@dataclass(frozen=True, slots=True)
class Mark:
    """One that is counted.

    Attributes:
        key: what it is: the id of whom it names, of the record, or of the record with the place of the item.
        label: the same for people.
        owner: whose it is: those of one owner tell of the same people.
        people: of how many people it tells.
        value: its number, where numbers are asked for.
        times: the days on which it happened; none where it only lasted.
        records: the records that count it.
    """

    key: str
    label: str
    owner: str
    people: int
    value: Fraction | None
    times: tuple[Time, ...]
    records: tuple[Source, ...]

    def within(self, span: Span) -> bool:
        """Whether it happened in a time."""
        return any(span.holds(*one) for one in self.times)

    def joined(self, other: Mark) -> Mark:
        """The same one, counted by another record too."""
        records = tuple(dict.fromkeys((*self.records, *other.records)))
        return replace(self, times=(*self.times, *other.times), records=records)


class Left(NamedTuple):
    """A record that is left out, and why."""

    record: Source
    why: Why


@dataclass(slots=True)
class Tallied:
    """What a tally counts.

    Attributes:
        marks: what is counted, by key.
        left: the records left out that were where they are counted.
        elsewhere: how many others of the kind there are.
    """

    marks: dict[str, Mark] = field(default_factory=dict)
    left: list[Left] = field(default_factory=list)
    elsewhere: int = 0

    def within(self, span: Span) -> dict[str, Mark]:
        """What of it happened in a time."""
        return {key: mark for key, mark in self.marks.items() if mark.within(span)}


def tallied(register: Register, policy: Policy, tally: Tally, span: Span) -> Tallied:
    """What a tally counts in a time, whatever the order of the files."""
    found = Tallied()
    for record in register.of_kind(tally.of):
        if record.model.policy != policy.policy or record.stage == TOMBSTONE_STAGE:
            continue
        came = _came(register, policy, record, tally, span)
        if came is None:
            found.elsewhere += 1
        elif isinstance(came, str):
            found.left.append(Left(_source(record), came))
        else:
            _take(found, record, tally, span, came)
    return found


def _source(record: RecordFile) -> Source:
    return Source(record.id, record.path)


def _came(
    register: Register, policy: Policy, record: RecordFile, tally: Tally, span: Span
) -> tuple[Time, ...] | Why | None:
    """When in the time it came where it is counted; none where no coming is asked for; or why it does not count."""
    if tally.in_ and not any(span.meets(one.start, one.end) for one in stays(register, policy, record, tally.in_)):
        return None
    days = [one.start for one in stays(register, policy, record, tally.reached)] if tally.reached else []
    days = [one for one in days if span.holds(one, one)]
    if tally.reached and not days:
        return None
    if tally.after:
        stood = [one.start for one in stays(register, policy, record, tally.after)]
        days = [one for one in days if any(start <= one for start in stood)]
        if not days:
            return "after"
    if tally.when is not None and not holds(tally.when, record.data):
        return "when"
    return tuple((one, one) for one in days)


def _take(found: Tallied, record: RecordFile, tally: Tally, span: Span, came: tuple[Time, ...]) -> None:
    """Count what a record brings; where it brings nothing, leave it out, and say why."""
    whys: list[Why] = []
    taken = False
    for place, label, block in _blocks(record, tally):
        if tally.where is not None and not holds(tally.where, block):
            whys.append("where")
            continue
        times = _times(block, tally, came)
        if times is not None and tally.days and not any(span.holds(*one) for one in times):
            taken = True  # of another time: neither counted nor left out
            continue
        value = _value(block, tally) if isinstance(tally, Sum) else None
        if times is None or (isinstance(tally, Sum) and value is None):
            whys.append("days" if times is None else "value")
            continue
        marks = list(_marks(record, tally, (place, label, block), times, value))
        taken = taken or bool(marks)
        whys += [] if marks else ["each"]
        for mark in marks:
            known = found.marks.get(mark.key)
            found.marks[mark.key] = known.joined(mark) if known else mark
    if not taken:
        found.left.append(Left(_source(record), next((one for one in whys if one != "where"), "where")))


def _blocks(record: RecordFile, tally: Tally) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """What of a record is counted: itself, or its items; each with its place, its name, and its keys."""
    if tally.items is None:
        yield "", record.id, record.data
        return
    for place, block in _items({}, record.data, tally.items.split("."), ()):
        name = block.get("id") or block.get("name")
        yield place, f"{record.id} {name if isinstance(name, str) else place}", block


def _items(
    above: dict[str, Any], data: Any, keys: list[str], place: tuple[str, ...]
) -> Iterator[tuple[str, dict[str, Any]]]:
    """The items of a list, each with the keys of the blocks around it that it does not have itself."""
    if not keys:
        if isinstance(data, dict):
            yield ".".join(place), {**above, **data}
        return
    found = data.get(keys[0]) if isinstance(data, dict) else None
    around = {**above, **data} if place else {}
    for number, one in enumerate(found, 1) if isinstance(found, list) else ():
        yield from _items(around, one, keys[1:], (*place, keys[0], str(number)))
    if isinstance(found, dict):
        yield from _items(around, found, keys[1:], (*place, keys[0]))


def _times(block: dict[str, Any], tally: Tally, came: tuple[Time, ...]) -> tuple[Time, ...] | None:
    """When something happened: on its days, or else when its record came where it is; None where a day is missing."""
    if not tally.days:
        return came
    days = [day for path in tally.days if (day := as_day(value_at(block, path))) is not None]
    return ((min(days), max(days)),) if len(days) == len(tally.days) else None


def _value(block: dict[str, Any], tally: Sum) -> Fraction | None:
    """The number of what is counted; of a choice its points, which are none where it has no others."""
    said = value_at(block, tally.value)
    if isinstance(tally, Mean) and tally.points is not None:
        return Fraction(tally.points.get(said, 0) if isinstance(said, str) else 0)
    number = as_number(said)
    return Fraction(number) if number is not None else None


def _marks(
    record: RecordFile,
    tally: Tally,
    item: tuple[str, str, dict[str, Any]],
    times: tuple[Time, ...],
    value: Fraction | None,
) -> Iterator[Mark]:
    place, label, block = item
    if tally.each is not None:
        for one in people_at(block, tally.each):
            yield Mark(one, one, one, 1, value, times, (_source(record),))
        return
    key = f"{record.id} {place}".rstrip()
    weight = tally.weight if isinstance(tally, Mean) else None
    if weight is None:
        yield Mark(key, label, record.id, 1, value, times, (_source(record),))
        return
    people = value_at(block, weight)
    if isinstance(people, int) and people > 0:
        yield Mark(key, label, key, people, value, times, (_source(record),))
