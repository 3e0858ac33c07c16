"""Rules for days that say that something happened: a step brings in none that is still to come, and none stands.

Nor one after another before which it must have been, such as a membership that began after the application.
"""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from datetime import date

from partnerkit.dataclass import replace
from partnerkit.findings import Finding
from partnerkit.kinds.catalogue import KINDS
from partnerkit.kinds.dated import happened, items, out_of_order
from partnerkit.policies.policy import Policy
from partnerkit.register import Keys, RecordFile
from partnerkit.rules.commands import line
from partnerkit.rules.compared import altered, pairs
from partnerkit.rules.look import Look
from partnerkit.rules.places import at
from partnerkit.steps import Step


def nothing_happened_ahead(step: Step, only: set[str] | None) -> Iterator[Finding]:
    """What a step says was done was done by its day; what it says of a time is finished once that is over."""
    if step.landed_at is None:
        return
    today = step.rules.day(step.landed_at)
    for old, new in pairs(step, only):
        policy = step.rules.policy_of(new) if new is not None else None
        if new is not None and policy is not None:
            yield from _done_ahead(old, new, policy, today, altered(step, old, new))
            yield from _finished_ahead(old, new, policy, today)


def nothing_stands_ahead(look: Look) -> Iterator[Finding]:
    """A day that landed ahead of itself, in a step that nobody judged, is told until it has come."""
    today = look.register.day(look.latest)
    record, policy = look.record, look.policy
    found = (
        *_done_ahead(None, record, policy, today, record.data.keys()),
        *_finished_ahead(None, record, policy, today),
    )
    yield from (replace(one, severity="warning") for one in found)


def days_come_in_order(step: Step, only: set[str] | None) -> Iterator[Finding]:
    """A step brings in no two days of a record that stand the wrong way round."""
    for old, new in pairs(step, only):
        if new is not None:
            yield from _out_of_order(old, new)


def days_stand_in_order(look: Look) -> Iterator[Finding]:
    """Two days that landed the wrong way round, in a step that nobody judged, are told."""
    yield from (replace(one, severity="warning") for one in _out_of_order(None, look.record))


def _out_of_order(old: RecordFile | None, new: RecordFile) -> Iterator[Finding]:
    for first, last in out_of_order(KINDS[new.kind].in_order, new.data):
        days = (new.data[first], new.data[last])
        if old is not None and (old.data.get(first), old.data.get(last)) == days:
            continue
        message = f"{first} of {new.id} is {days[0]}, after {last} ({days[1]}): it was before that, or that was later"
        mend = line("set", new.id, f"{first}=<{first}>")
        yield at(new, (first,), "days-out-of-order", message, mend=mend)


def _done_ahead(
    old: RecordFile | None, new: RecordFile, policy: Policy, today: date, parts: AbstractSet[str]
) -> Iterator[Finding]:
    last = today.isoformat()
    for parents, key in (*happened(KINDS[new.kind]), *policy.happened.get(new.kind, ())):
        if (parents[0] if parents else key) not in parts:
            continue
        known = [item.get(key) for _, item in items(old.data, parents)] if old is not None else []
        for name, item in items(new.data, parents):
            day = item.get(key)
            if not isinstance(day, str) or day <= last or day in known:
                continue
            where = ".".join(part for part in (name, key) if part)
            message = f"{where} of {new.id} is {day}, which is still to come on {today}: it says what has happened"
            mend = f"say it once that day has come; {line('show', new.id)} shows what stands there"
            yield at(new, _keys(new, parents, key, day), "day-to-come", message, mend=mend)


def _keys(record: RecordFile, parents: tuple[str, ...], key: str, day: str) -> Keys:
    """Where a day stands: in the item of the first list on the way that holds it, else in the block."""
    if not parents:
        return (key,)
    below = record.data.get(parents[0])
    for index, item in enumerate(below if isinstance(below, list) else []):
        if isinstance(item, dict) and item.get(key) == day:
            return (parents[0], index, key)
    return (parents[0],) if isinstance(below, list) else (*parents, key)


def _finished_ahead(old: RecordFile | None, new: RecordFile, policy: Policy, today: date) -> Iterator[Finding]:
    period, lifecycle = KINDS[new.kind].period, policy.lifecycles.get(new.kind)
    if period is None or lifecycle is None or new.stage not in lifecycle.last_stages:
        return
    last = new.data.get(period[1])
    known = old is not None and old.stage == new.stage and old.data.get(period[1]) == last
    if not isinstance(last, str) or last <= today.isoformat() or known:
        return
    message = f"{new.id} speaks of the time up to {last}, which is not over on {today}: it cannot be finished yet"
    shorter = line("set", new.id, f"{period[1]}=<day>")
    mend = f"finish it once that day has come, or let it speak of a shorter time: {shorter}"
    yield at(new, (period[1],), "period-not-over", message, mend=mend)
