"""Who owes what again and again: every cadence with every record that owes it, and rhythms that records have."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from partnerkit.conditions import holds
from partnerkit.dataclass import dataclass
from partnerkit.kinds.catalogue import KINDS
from partnerkit.kinds.dated import RepeatsBy, marked
from partnerkit.kinds.duration import Duration
from partnerkit.kinds.readable import as_duration
from partnerkit.kinds.trusted import trusted
from partnerkit.obligations.outlook import Outlook, clause_of_field, in_words
from partnerkit.policies.lifecycle import POLICY, Cadence
from partnerkit.policies.policy import Policy
from partnerkit.policies.values import Variable
from partnerkit.register import RecordFile
from partnerkit.steps import value_at


@dataclass(frozen=True, slots=True)
class Owed:
    """A cadence as one record (or the policy as a whole) owes it.

    Attributes:
        policy: the policy.
        name: the cadence's id.
        cadence: the cadence.
        record: the record; None for the policy as a whole.
    """

    policy: Policy
    name: str
    cadence: Cadence
    record: RecordFile | None

    @property
    def asked(self) -> bool:
        """Whether it is owed by a record such as this, whatever its stage."""
        condition = self.cadence.when
        return condition is None or self.record is None or holds(condition, self.record.data)

    @property
    def owner(self) -> str:
        """The id of the record, or of the policy."""
        return self.record.id if self.record is not None else self.policy.policy

    @property
    def title(self) -> str:
        """Its name in words."""
        return self.cadence.title or in_words(self.name)

    @property
    def once(self) -> bool:
        """Whether it falls due but once."""
        return self.cadence.once is not None

    @property
    def logged(self) -> bool:
        """Whether lines of a log of the record settle it, and not records of their own."""
        return self.record is not None and self.settles not in self.policy.lifecycles

    @property
    def settles(self) -> str:
        """The kind of record, or the log, that settles it."""
        return self.cadence.settled_by.partition("/")[0]

    @property
    def sort(self) -> str:
        """The sort of record, or of line, that settles it; empty where any does."""
        return self.cadence.settled_by.partition("/")[2]

    @property
    def people(self) -> list[str | None]:
        """Who owes it: each of the people that a field lists, or the record itself (None)."""
        if self.cadence.per is None or self.record is None:
            return [None]
        found = value_at(self.record.data, self.cadence.per)
        listed = found if isinstance(found, list) else [found]
        ids = [one.get("id") if isinstance(one, dict) else one for one in listed]
        return list(dict.fromkeys(one for one in ids if isinstance(one, str)))

    @property
    def every(self) -> Duration | None:
        """How often: as the policy says, a variable is set, or a field of the record holds; None while nobody says."""
        given = self.cadence.every
        if isinstance(given, str) and not isinstance(given, Variable):
            found = value_at(self.record.data, given) if self.record is not None else None
            return as_duration(found)
        found = self.policy.value(given)
        return found if isinstance(found, Duration) else None

    @property
    def asked_since(self) -> date:
        """The first day on which the policy can have asked for it: it was in force, and the rhythm was decided."""
        given = self.cadence.every
        spec = self.policy.variables.get(given.name) if isinstance(given, Variable) else None
        decided = spec.since if spec is not None and spec.since is not None else date.min
        return max(self.policy.effective or date.min, decided)


def owing(outlook: Outlook) -> Iterator[Owed]:
    """Everything that is owed again and again, with everyone who owes it on the day."""
    for policy in outlook.policies:
        for name, cadence in _asked(outlook, policy):
            yield from _owing(outlook, policy, name, cadence)


def ever_owing(outlook: Outlook) -> Iterator[Owed]:
    """Every cadence with every record of its kind, wherever that stands: it may have been owed before."""
    for policy in outlook.policies:
        for name, cadence in _asked(outlook, policy):
            for record in outlook.records(policy, cadence.of) if cadence.of != POLICY else ():
                owed = Owed(policy, name, cadence, record)
                if owed.asked:
                    yield owed


def _asked(outlook: Outlook, policy: Policy) -> list[tuple[str, Cadence]]:
    """Those of them that fall due for the policy itself, or for kinds of which records are looked at."""
    kinds = outlook.kinds(policy)
    key = ("rhythms", policy.policy, *kinds)
    if key not in outlook.found:
        outlook.found[key] = [
            *((name, one) for name, one in policy.cadences.items() if one.of == POLICY or one.of in kinds),
            *_of_records(policy, kinds),
        ]
    found: list[tuple[str, Cadence]] = outlook.found[key]
    return found


def rhythms(policy: Policy) -> Iterator[tuple[str, Cadence]]:
    """Everything that falls due again and again under a policy: its cadences, and rhythms that records have."""
    yield from policy.cadences.items()
    yield from _of_records(policy, policy.lifecycles)


def _owing(outlook: Outlook, policy: Policy, name: str, cadence: Cadence) -> Iterator[Owed]:
    if cadence.of == POLICY:
        yield from [Owed(policy, name, cadence, None)] if policy in outlook.owners else []
        return
    for record in outlook.records(policy, cadence.of):
        owed = Owed(policy, name, cadence, record)
        if owed.asked and record.stage in cadence.while_:
            yield owed


def _of_records(policy: Policy, kinds: Iterable[str]) -> Iterator[tuple[str, Cadence]]:
    """Rhythms that records of some kinds have of their own, where no cadence of the policy takes the field up."""
    taken = {(one.of, one.every) for one in policy.cadences.values()}
    for kind in kinds:
        lifecycle = policy.lifecycles[kind]
        for one, mark in marked(KINDS[kind], RepeatsBy):
            stages = [stage for stage in lifecycle.stages if not lifecycle.is_over(stage)]
            if (kind, one.key) in taken or not stages:
                continue
            clause = clause_of_field(policy, kind, one.key) or clause_of_field(policy, kind, mark.log) or []
            yield (
                one.key,
                trusted(
                    Cadence,
                    {
                        "clause": clause,
                        "title": mark.what,
                        "of": kind,
                        "while": stages,
                        "every": one.key,
                        "settled-by": mark.log,
                    },
                ),
            )
