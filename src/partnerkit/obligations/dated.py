"""Source: days in records by which something is to be done, or on which something runs out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from partnerkit.kinds.catalogue import KINDS
from partnerkit.kinds.dated import FallsDue, Marked, items, marked
from partnerkit.obligations.obligation import Obligation
from partnerkit.obligations.outlook import Outlook, cited, clause_of_field, day_at, in_words
from partnerkit.policies.fields import FieldSpec
from partnerkit.policies.policy import Policy
from partnerkit.register import RecordFile
from partnerkit.rules.commands import line


def dated(outlook: Outlook) -> Iterator[Obligation]:
    """Milestones, actions, duties, goals and whatever else a kind or a policy marks; the ends of agreements."""
    return (one for one, open_ in every_day(outlook, date.max) if open_)


def every_day(outlook: Outlook, since: date) -> Iterator[tuple[Obligation, bool]]:
    """The same, and whether it is open; what is settled only where its day is not before this one."""
    for policy in outlook.policies:
        for kind in outlook.kinds(policy):
            for record in outlook.records(policy, kind):
                for field, mark in _fields(outlook, policy, kind):
                    counts = _counts(outlook, policy, record, field, mark)
                    if counts or since < date.max:
                        yield from _of_record(outlook, policy, record, field, mark, since, counts=counts)


def _fields(outlook: Outlook, policy: Policy, kind: str) -> list[tuple[Marked, FallsDue]]:
    """The days by which something falls due of records of a kind."""
    key = ("falls due", policy.policy, kind)
    if key not in outlook.found:
        outlook.found[key] = [*marked(KINDS[kind], FallsDue), *declared(policy, kind)]
    fields: list[tuple[Marked, FallsDue]] = outlook.found[key]
    return fields


def declared(policy: Policy, kind: str) -> Iterator[tuple[Marked, FallsDue]]:
    """The days that the policy's own fields hold, where it says that something falls due by them."""
    for path, spec in policy.fields.get(kind, {}).items():
        keys = tuple(path.split("."))
        found = [(keys, spec), *(((*keys, name), part) for name, part in (spec.fields or {}).items())]
        for whole, one in found:
            if one.falls_due is not None:
                mark = FallsDue(_named(keys, spec), unless=one.falls_due)
                yield Marked(whole[:-1], whole[-1], mark), mark


def _named(keys: tuple[str, ...], spec: FieldSpec) -> str:
    return in_words(keys[-1]) if spec.type == "items" else spec.title.removesuffix(".")


def _counts(outlook: Outlook, policy: Policy, record: RecordFile, field: Marked, mark: FallsDue) -> bool:
    """Whether the day still means anything for the record where it stands."""
    if outlook.is_over(policy, record):
        subject = outlook.subject(record)
        gone = subject is not None and outlook.is_over(policy, subject)
        return mark.outlives and outlook.is_finished(policy, record) and not gone
    if not mark.while_asked:
        return True
    ways = policy.lifecycles[record.kind].transitions
    path = ".".join((*field.parents, field.key))
    asking = [way for way in ways if any(path in (policy.requirements[name].filled or []) for name in way.needs)]
    return not asking or any(way.to == record.stage for way in asking)


def _of_record(
    outlook: Outlook, policy: Policy, record: RecordFile, field: Marked, mark: FallsDue, since: date, *, counts: bool
) -> Iterator[tuple[Obligation, bool]]:
    for name, item in items(record.data, field.parents):
        due = day_at(item, field.key)
        if due is None or not outlook.sees(due):
            continue
        goes_on = mark.continued_by is not None and due >= outlook.day
        continued = goes_on and successor(outlook, policy, record, mark) is not None
        open_ = counts and not continued and not mark.is_done(item)
        if not open_ and due < since:
            continue
        owner, text = item.get(mark.owner or ""), item.get("text") if field.parents else None
        one = outlook.owed(
            policy,
            record,
            mark.source,
            ".".join(part for part in (name, field.key) if part),
            mark.what,
            words=text if isinstance(text, str) else None,
            suffix=(due,),
            due=due,
            clause=cited(policy, clause_of_field(policy, record.kind, ".".join((*field.parents, field.key)))),
            people=(owner,) if isinstance(owner, str) else outlook.watchers(record),
            command=_renewing(record, mark) if goes_on else _marking(record, name, item, mark),
        )
        yield one, open_


def successor(outlook: Outlook, policy: Policy, record: RecordFile, mark: FallsDue) -> RecordFile | None:
    """The record that goes on from this one, where one was made and not given up."""
    field = mark.continued_by or ""
    named = outlook.register.naming(record.id, record.kind, field) if field else []
    others = (one for one in named if (one.policy, one.data.get(field)) == (policy.policy, record.id))
    return next((one for one in others if outlook.is_finished(policy, one) or not outlook.is_over(policy, one)), None)


def _renewing(record: RecordFile, mark: FallsDue) -> str:
    """The line that makes the record which goes on from this one."""
    return line("new", record.kind, f"{mark.continued_by}={record.id}")


def _marking(record: RecordFile, name: str, item: dict[str, Any], mark: FallsDue) -> str:
    """The line that says that it is done with; where the record's own end does, the one that shows the way there."""
    if mark.unless is None:
        return line("gates", record.id)
    if name and "id" not in item:
        return line("set", record.id)  # what has no name of its own is edited as text
    field = f"{name}.{mark.unless}" if name else mark.unless
    head = name.partition(".")[0]
    value = f"<{head}.{mark.unless}>" if mark.still and head else f"<{mark.unless}>" if mark.still else "<day>"
    return line("set", record.id, f"{field}={value}")
