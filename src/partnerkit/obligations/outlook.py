"""Outlook: a register at the end of one day, and how far ahead somebody looks. What all sources share."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from typing import Any

from partnerkit.dataclass import dataclass, field
from partnerkit.kinds.catalogue import KINDS
from partnerkit.kinds.entries import TOMBSTONE_STAGE
from partnerkit.kinds.readable import as_day
from partnerkit.obligations.obligation import Obligation, Source, severity_of, state_on
from partnerkit.policies.lifecycle import Transition
from partnerkit.policies.policy import Policy
from partnerkit.policies.values import clause_list
from partnerkit.register import RecordFile, Register
from partnerkit.rules.conditions import open_to
from partnerkit.rules.look import Look
from partnerkit.steps import people_at, value_at
from partnerkit.tuples import NamedTuple

#: What an obligation's `kind` is where the policy as a whole owes it.
OF_POLICY = "policy"


class Facts(NamedTuple):
    """What a record is: its kind, its stage, and the policy that governs it."""

    kind: str
    stage: str
    policy: str


@dataclass(frozen=True)
class Outlook:
    """A register on a day.

    Attributes:
        register: the register as it stood at the end of the day.
        day: the day, in the register's time zone.
        until: the last day of what is coming that is looked at.
        found: what was worked out about the policies once, and is asked again and again.
    """

    register: Register
    day: date
    until: date
    found: dict[tuple[str, ...], Any] = field(default_factory=dict, compare=False, repr=False)

    @classmethod
    def of(cls, register: Register, day: date, until: date) -> Outlook:
        """The outlook from the end of a day."""
        return cls(register.by(end_of(register, day)), day, until)

    @cached_property
    def moment(self) -> datetime:
        """The last moment of the day."""
        return end_of(self.register, self.day)

    @cached_property
    def policies(self) -> list[Policy]:
        """The policies, by id."""
        return [source.policy for _name, source in sorted(self.register.policies.items())]

    @property
    def owners(self) -> list[Policy]:
        """Those of them that are asked what they owe themselves, as a whole."""
        return self.policies

    def kinds(self, policy: Policy) -> list[str]:
        """The kinds under a policy of which records are looked at."""
        return [one for one in policy.lifecycles if (policy.policy, one) in self._under]

    @property
    def wanted(self) -> AbstractSet[tuple[str, str]]:
        """Policies and roles that are known to be needed, whatever the records say that are looked at."""
        return frozenset()

    @cached_property
    def facts(self) -> Mapping[str, Facts]:
        """What every record is, by id."""
        return {one.id: Facts(one.kind, one.stage, one.policy) for one in self.register.of_kind(None)}

    @cached_property
    def _under(self) -> dict[tuple[str, str], list[str]]:
        found: dict[tuple[str, str], list[str]] = {}
        for record in self.register.of_kind(None):
            if record.stage != TOMBSTONE_STAGE and record.model.policy in self.register.policies:
                found.setdefault((record.model.policy, record.kind), []).append(record.id)
        return found

    def records(self, policy: Policy, kind: str | None = None) -> Iterable[RecordFile]:
        """The records under a policy (of a kind), by kind and id; void ones never."""
        keys = [(policy.policy, kind)] if kind else [(policy.policy, one) for one in KINDS]
        return self.register.several(one for key in keys for one in self._under.get(key, ()))

    def began(self, policy: Policy) -> date | None:
        """The day on which the first of the records under a policy was made; None where there is none."""
        made = min((record.model.history[0].at for record in self.records(policy)), default=None)
        return self.register.day(made) if made is not None else None

    def look(self, record: RecordFile) -> Look:
        """The record, looked at by the rules."""
        source = self.register.policies[record.model.policy]
        return Look(record, self.register, source, self.moment, self.moment)

    def is_over(self, policy: Policy, record: RecordFile) -> bool:
        """Whether nothing falls due for the record any more."""
        lifecycle = policy.lifecycles.get(record.kind)
        return record.stage == TOMBSTONE_STAGE or (lifecycle is not None and lifecycle.is_over(record.stage))

    def is_finished(self, policy: Policy, record: RecordFile) -> bool:
        """Whether the record has come to the end of its usual way."""
        lifecycle = policy.lifecycles.get(record.kind)
        return lifecycle is not None and record.stage in lifecycle.last_stages

    def ways(self, policy: Policy, record: RecordFile) -> list[Transition]:
        """The ways that lead out of the record's stage, as far as it may take them; the usual one first."""
        lifecycle = policy.lifecycles.get(record.kind)
        every = lifecycle.leaving(record.stage) if lifecycle is not None else []
        return [way for way in every if open_to(way, record.data)]

    def subject(self, record: RecordFile) -> RecordFile | None:
        """The record that it belongs to, where there is one."""
        return self.register.records.get(record.subject or "")

    def holders(self, policy: Policy, role: str | None, record: RecordFile | None) -> tuple[str, ...]:
        """The people who can act in a role: whom the record names where the role is held for one record.

        Without a role, whoever looks after the record.
        """
        if role is None:
            return self.watchers(record) if record is not None else ()
        spec = policy.roles.get(role)
        named = self.named(role, record) if spec is not None and spec.in_record and record is not None else None
        return (named,) if named else tuple(self.register.roster.holders(role, self.day))

    def named(self, role: str, record: RecordFile) -> str | None:
        """Whom the record, or else the one it belongs to, names as holder of a role."""
        for source in (record, self.subject(record)):
            found = value_at(source.data, f"roles.{role}") if source is not None else None
            if isinstance(found, str):
                return found
        return None

    def watchers(self, record: RecordFile) -> tuple[str, ...]:
        """Whoever looks after a record: named for it, or in a role in it or in the record it belongs to."""
        field = KINDS[record.kind].watched_by
        if field is not None and (found := people_at(record.data, field)):
            return tuple(found)
        for source in (record, self.subject(record)):
            if source is not None and (found := people_at(source.data, "roles")):
                return tuple(dict.fromkeys(found))
        return ()

    def sees(self, due: date | None, since: date | None = None) -> bool:
        """Whether something with these days lies no further ahead than is looked at."""
        day = due or since
        return day is None or day <= self.until

    def owed(
        self,
        policy: Policy,
        record: RecordFile | None,
        source: Source,
        what: str,
        title: str,
        *,
        suffix: Iterable[Any] = (),
        waiting: bool = False,
        advice: bool = False,
        due: date | None = None,
        since: date | None = None,
        first: date | None = None,
        words: str | None = None,
        turn: str | None = None,
        **more: Any,
    ) -> Obligation:
        """An obligation of a record, or of the policy as a whole, in its state on the day.

        Args:
            policy: the policy that asks for it.
            record: the record that owes it; None where the policy as a whole does.
            source: where it comes from.
            what: which cadence, requirement, field or role.
            title: what is to be done, in words.
            suffix: what else tells it apart: a person, a day.
            waiting: whether it waits for somebody's word.
            advice: whether it is only advice.
            due: the last day in time.
            since: since when it can be done.
            first: the day of the first occurrence that is still open.
            words: what the record itself says of it, to stand behind the title.
            turn: which occurrence it is, whatever its day.
            more: the other attributes of an obligation.
        """
        state = "waiting" if waiting else state_on(self.day, first or due, since)
        owner = record.id if record is not None else policy.policy
        parts = [part for part in (owner, source, what, *suffix) if part is not None]
        lasting = [part for part in (*parts, turn) if part is not None and not isinstance(part, date)]
        return Obligation(
            id="/".join(map(str, parts)),
            record=owner,
            kind=record.kind if record is not None else OF_POLICY,
            name=record.name if record is not None else policy.title,
            policy=policy.policy,
            source=source,
            what=what,
            title=title if words is None else f"{title}: {words}",
            state=state,
            severity=severity_of(state, source, advice=advice),
            due=due,
            since=since,
            first=first,
            thing="/".join(map(str, lasting)),
            words=words,
            **more,
        )


def end_of(register: Register, day: date) -> datetime:
    """The last moment of a day in the register's time zone, in UTC."""
    zone = register.settings.zone
    if day == date.max:
        return datetime.max.replace(tzinfo=UTC, microsecond=0)
    return datetime.combine(day + timedelta(days=1), time(0), zone).astimezone(UTC) - timedelta(seconds=1)


def cited(policy: Policy, clauses: str | list[str] | None) -> str | None:
    """Clauses as messages name them."""
    return ", ".join(policy.full(clause) for clause in clause_list(clauses)) if clauses else None


def in_words(name: str) -> str:
    """The name of a requirement, cadence or role read as words: `annual-reviews` is `Annual reviews`."""
    return name.replace("-", " ").capitalize()


def day_at(data: Any, path: str | None) -> date | None:
    """The day that a field holds, or None."""
    return as_day(value_at(data, path)) if path else None


def clause_of_field(policy: Policy, kind: str, path: str) -> list[str] | None:
    """The clauses of a field: as declared for it, for a part of it, or of the requirement that asks for it."""
    return next(_clauses(policy, kind, path), None)


def _clauses(policy: Policy, kind: str, path: str) -> Iterator[list[str]]:
    specs = policy.fields.get(kind, {})
    head = path.partition(".")[0]
    near = [one for one in (path, head) if one in specs]
    near += [one for one in specs if one.startswith(f"{head}.")]
    yield from (clause_list(specs[one].clause) for one in near)
    lifecycle = policy.lifecycles.get(kind)
    needed = {name for way in lifecycle.transitions for name in way.needs} if lifecycle else set()
    asking = [policy.requirements[name] for name in sorted(needed)]
    yield from (one.clauses for one in asking if {path, head} & set(one.filled or []))
    yield from (one.clauses for one in asking if {path, head} & set(one.covers))
