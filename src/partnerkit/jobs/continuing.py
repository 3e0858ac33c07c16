"""Records that go on from another: renewals, amendments and next cycles, drafted from what they continue."""

from __future__ import annotations

import copy
import re
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from partnerkit.conditions import holds
from partnerkit.errors import WrongCallError, told_of
from partnerkit.jobs.finding_records import selected
from partnerkit.jobs.named_record import record, source
from partnerkit.jobs.wanted import Wanted
from partnerkit.jobs.worked_out import Asking
from partnerkit.kinds.catalogue import KINDS
from partnerkit.kinds.duration import Duration
from partnerkit.kinds.entries import TOMBSTONE_STAGE
from partnerkit.kinds.problems import an
from partnerkit.kinds.record import Record
from partnerkit.policies.policy import Policy
from partnerkit.policies.reach import kinds_needing
from partnerkit.register import RecordFile, Register
from partnerkit.rules.commands import line

_YEAR = re.compile(r"\b20\d\d\b")

#: How the name of a further one in a line ends.
_CYCLE = re.compile(r", [a-z]+ \d+\Z")


def going_on(register: Register, kind: str, wanted: list[Wanted]) -> list[Wanted]:
    """The records wanted; one that renews or amends another takes over what they share, and what is typed goes first.

    Args:
        register: where they are to be made.
        kind: their kind.
        wanted: the records as typed.

    Raises:
        WrongCallError: there is no such record, it is of another kind, both are asked for, or it goes on already.
    """
    return [_one(register, kind, one) for one in wanted]


def next_of_each(asked: Asking, kind: str, pattern: Wanted, where: list[str], notes: list[str]) -> list[Wanted]:
    """What goes on from each record of a kind that fits the conditions; those that have gone on already are passed by.

    Args:
        asked: where they are to be made.
        kind: the kind.
        pattern: what is typed for all of them.
        where: the conditions.
        notes: takes what a person should know.
    """
    field = next(iter(KINDS[kind].continues))
    found = [one for one in selected(asked, [], where) if one.kind == kind]
    gone = {one.id: next(iter(_going(asked.register, one, field)), None) for one in found}
    notes += [f"{one} goes on already, as {other.id}" for one, other in gone.items() if other is not None]
    each = [Wanted(pattern.name, {**pattern.values, field: one}) for one, other in gone.items() if other is None]
    return going_on(asked.register, kind, each)


def _going(register: Register, earlier: RecordFile, field: str) -> list[RecordFile]:
    """The records that go on from it and were not given up."""
    policy = source(register, earlier).policy
    cycle = policy.lifecycles.get(earlier.kind)
    others = [one for one in _others(register, earlier, field) if one.stage != TOMBSTONE_STAGE]
    return [one for one in others if _is_open(policy, one) or (cycle and one.stage in cycle.last_stages)]


def _one(register: Register, kind: str, one: Wanted) -> Wanted:
    asked = [field for field in KINDS[kind].continues if one.values.get(field)]
    if not asked:
        return one
    with told_of(one.row):
        if len(asked) > 1:
            raise WrongCallError(f"{' and '.join(asked)}: it is one of them", "make two agreements, or say which it is")
        return _continued(register, kind, one, asked[0])


def _continued(register: Register, kind: str, one: Wanted, field: str) -> Wanted:
    earlier = record(register, one.values[field])
    if earlier.kind != kind:
        raise WrongCallError(f"{field}: {earlier.id} is {an(earlier.kind)}, not {an(kind)}", line("list", kind))
    policy = source(register, earlier).policy
    others = _others(register, earlier, field)
    open_ = next((other for other in others if _is_open(policy, other)), None)
    if open_ is not None and field == "renews" and "id" not in one.values:
        message = f"{earlier.id} has a renewal already: {open_.id}, in {open_.stage}"
        raise WrongCallError(message, f"{line('gates', open_.id)}; or say id=<id> to make another")
    model = KINDS[kind]
    data = {key: copy.deepcopy(earlier.data[key]) for key in _carried(policy, kind, field) if key in earlier.data}
    values = {**({model.subject: str(earlier.subject)} if model.subject else {"policy": policy.policy}), **one.values}
    if field == "renews":
        data |= _next_term(policy, kind, earlier.data, data, one.values.get("starts"))
        if model.counted is not None:
            data[model.counted] = int(earlier.data.get(model.counted) or 1) + 1
        name = one.name or _renewed(earlier.name, one.values.get("starts") or data.get("starts"), _counted(model, data))
    else:
        number = len(others) + 1
        name = one.name or f"{earlier.name}, amendment {number}"
        values = {"id": f"{earlier.id}-amendment-{number}", **values}
    return Wanted(name, values, {**data, **one.data}, one.row)


def _others(register: Register, earlier: RecordFile, field: str) -> list[RecordFile]:
    """The records that go on from it in the same way."""
    return [one for one in register.records.values() if one.kind == earlier.kind and one.data.get(field) == earlier.id]


def _is_open(policy: Policy, one: RecordFile) -> bool:
    lifecycle = policy.lifecycles.get(one.kind)
    return one.stage != TOMBSTONE_STAGE and lifecycle is not None and not lifecycle.is_over(one.stage)


def _carried(policy: Policy, kind: str, field: str) -> list[str]:
    """What is taken over: the text as the kind knows it, and what the policy adds to it and asks for or vouches for."""
    known = {name.replace("_", "-") for name in KINDS[kind].model_fields}
    asked = [path for one in policy.requirements.values() for path in (*one.covers, *(one.filled or []))]
    vouched = {path.partition(".")[0] for path in asked}
    own = [path for path, spec in policy.fields.get(kind, {}).items() if spec.type not in {"day", "record"}]
    return [*KINDS[kind].continues[field], *(path for path in own if path in vouched and path not in known)]


def _next_term(
    policy: Policy, kind: str, earlier: Mapping[str, Any], kept: Mapping[str, Any], typed: str | None
) -> dict[str, Any]:
    """A renewal begins when the other has ended and lasts as long, or as the policy says; the first day stays."""
    first, last = _day(earlier.get("starts")), _day(earlier.get("ends"))
    start = _day(typed) or (last + timedelta(days=1) if last else None)
    found: dict[str, Any] = {}
    original = earlier.get("original-start") or earlier.get("starts")
    found |= {"original-start": original} if original and "original_start" in KINDS[kind].model_fields else {}
    found |= {"starts": start.isoformat()} if start else {}
    given = _length(policy, kind, {**kept, **found})
    if start and given is not None:
        found["ends"] = given.after(start).isoformat()
    elif start and first and last:
        found["ends"] = _same_length(first, last, start).isoformat()
    return found


def _length(policy: Policy, kind: str, data: dict[str, Any]) -> Duration | None:
    """How long the policy wants such a record to last, from its first day to its last; None where it does not say."""
    for name, one in policy.requirements.items():
        days = one.compare
        if days is None or (days.field, days.before) != ("starts", "ends") or kind not in kinds_needing(policy, name):
            continue
        least, most = policy.value(days.at_least), policy.value(days.at_most)
        if isinstance(least, Duration) and least == most and (one.when is None or holds(one.when, data)):
            return least
    return None


def _same_length(first: date, last: date, start: date) -> date:
    """The last day of a term that begins on `start` and lasts as long; whole months stay whole months."""
    for more in (timedelta(days=1), timedelta(0)):  # up to the eve of such a day, or to the day itself
        after = last + more
        months = (after.year - first.year) * 12 + after.month - first.month
        if after.day == first.day and months > 0:
            return Duration(f"P{months}M", months, 0).after(start) - more
    return start + (last - first)


def _day(text: Any) -> date | None:
    """A day, where it is one: what is none is told where the record is checked."""
    try:
        return date.fromisoformat(str(text)) if text else None
    except ValueError:
        return None


def _counted(model: type[Record], data: Mapping[str, Any]) -> str | None:
    """The how manieth of its line it is, in words; None where nobody counts."""
    return f"{model.counted} {data[model.counted]}" if model.counted is not None else None


def _renewed(name: str, starts: Any, counted: str | None) -> str:
    """The name of a renewal: the year of the old one becomes that of its first day, or it is counted on."""
    if counted is not None:
        return f"{_CYCLE.sub('', name)}, {counted}"
    year = str(starts)[:4] if starts else ""
    if year and _YEAR.search(name) and year not in name:
        return _YEAR.sub(year, name, count=1)
    return f"{name}, renewed {year}".rstrip()
