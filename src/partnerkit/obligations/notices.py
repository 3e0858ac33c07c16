"""Source: the last day on which notice of an end can be given. After it nothing is owed: it cannot be done any more."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from partnerkit.dataclass import dataclass
from partnerkit.kinds.catalogue import KINDS
from partnerkit.kinds.dated import FallsDue, NoticeBefore, marked
from partnerkit.kinds.duration import Duration
from partnerkit.kinds.readable import as_duration
from partnerkit.obligations.dated import successor
from partnerkit.obligations.obligation import Obligation
from partnerkit.obligations.outlook import Outlook, cited, clause_of_field, day_at
from partnerkit.policies.demands import AgreedNotice, NoticeDemand
from partnerkit.policies.policy import Policy
from partnerkit.register import RecordFile
from partnerkit.rules.commands import line
from partnerkit.steps import value_at


@dataclass(frozen=True, slots=True)
class _Asked:
    """A requirement of the policy for notice, which may have been agreed on longer in records of a kind."""

    name: str
    clauses: list[str]
    demand: NoticeDemand
    agreed: AgreedNotice


def notices(outlook: Outlook) -> Iterator[Obligation]:
    """Of each agreement with a last day: until when somebody can still say that it is not to go on."""
    return (one for one, open_ in every_notice(outlook) if open_)


def every_notice(outlook: Outlook) -> Iterator[tuple[Obligation, bool]]:
    """The same, and whether it is open: it is not where notice was given, or another record goes on from this one."""
    for policy in outlook.policies:
        for kind in outlook.kinds(policy):
            for field, mark in marked(KINDS[kind], NoticeBefore):
                asked = _asked(policy, kind, field.key)
                for record in outlook.records(policy, kind):
                    for one in _last_day(outlook, policy, record, field.key, mark, asked):
                        open_ = _binds(outlook, policy, record, asked)
                        yield one, open_ and not _settled(outlook, policy, record, mark, asked)


def _asked(policy: Policy, kind: str, key: str) -> list[_Asked]:
    """The requirements for notice that look into this field of records of this kind."""
    return [
        _Asked(name, one.clauses, one.notice, one.notice.agreed_in)
        for name, one in policy.requirements.items()
        if one.notice is not None and one.notice.agreed_in is not None
        if (one.notice.agreed_in.kind, one.notice.agreed_in.field) == (kind, key)
    ]


def _binds(outlook: Outlook, policy: Policy, record: RecordFile, asked: list[_Asked]) -> bool:
    """Whether the agreement binds where it stands: in the stages that the policy says, or until it is over."""
    stages = {stage for one in asked for stage in one.agreed.in_}
    return not outlook.is_over(policy, record) and (not stages or record.stage in stages)


def _settled(outlook: Outlook, policy: Policy, record: RecordFile, mark: NoticeBefore, asked: list[_Asked]) -> bool:
    """Whether notice was given, or another record goes on from this one."""
    subject = outlook.subject(record)
    if subject is not None and any(value_at(subject.data, one.demand.given) for one in asked):
        return True
    ends = [end for field, end in marked(KINDS[record.kind], FallsDue) if (field.parents, field.key) == ((), mark.end)]
    return any(end.continued_by and successor(outlook, policy, record, end) for end in ends)


def _last_day(
    outlook: Outlook, policy: Policy, record: RecordFile, key: str, mark: NoticeBefore, asked: list[_Asked]
) -> Iterator[Obligation]:
    end, agreed = day_at(record.data, mark.end), value_at(record.data, key)
    spans = [span] if (span := as_duration(agreed)) is not None else []
    spans += [span for one in asked if isinstance(span := policy.value(one.demand.at_least), Duration)]
    if end is None or not spans:
        return
    last = min(_before(span, end) for span in spans)
    if outlook.day <= last <= outlook.until:
        clauses = [clause for one in asked for clause in one.clauses]
        yield outlook.owed(
            policy,
            record,
            "notice",
            key,
            f"{mark.what} on {end}",
            suffix=(last,),
            due=last,
            clause=cited(policy, clauses or clause_of_field(policy, record.kind, key)),
            people=outlook.watchers(record),
            command=_command(outlook, policy, record, {one.name for one in asked}),
        )


def _before(span: Duration, end: date) -> date:
    try:
        return span.before(end)
    except OverflowError:
        return date.min


def _command(outlook: Outlook, policy: Policy, record: RecordFile, asked: set[str]) -> str:
    """The line that shows what giving notice takes."""
    subject = outlook.subject(record)
    if subject is None:
        return line("gates", record.id)
    ways = [way.to for way in outlook.ways(policy, subject) if asked & set(way.needs)]
    return line("gates", subject.id, *ways[:1])
