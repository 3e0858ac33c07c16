"""What a site tells of a register, as it stood at the end of a day: a value, of which pages are made."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from functools import cached_property
from hashlib import sha256
from sys import intern
from typing import Any

from partnerkit.dataclass import dataclass
from partnerkit.findings import Finding
from partnerkit.kinds.catalogue import KINDS
from partnerkit.kinds.entries import TOMBSTONE_STAGE
from partnerkit.metrics.figures import Figure
from partnerkit.obligations.obligation import Obligation
from partnerkit.policies.coverage import Coverage
from partnerkit.policies.policy import Policy
from partnerkit.publishing.beside import Asked, Beside, Line
from partnerkit.publishing.punctual import Punctual
from partnerkit.register import PolicyFile
from partnerkit.rules.audited import Audited
from partnerkit.rules.sight import Seen, Sight
from partnerkit.rules.withholding import Withholding, withholding


@dataclass(frozen=True, slots=True)
class Counted:
    """The figures of a policy over a period; those that count what readers may not see are not told.

    Attributes:
        policy: the policy.
        label: the period, as people write it.
        until: the day up to which anything is counted, where the period is not over.
        figures: the figures.
        unseen: the ids of those of them that count records which are not shown.
    """

    policy: Policy
    label: str
    until: date | None
    figures: list[Figure]
    unseen: frozenset[str]


@dataclass(frozen=True)
class Site:
    """What a site tells. Of its records, but for a line of each, few are held at a time.

    Attributes:
        sight: what its readers may see, and of which register.
        day: the day at the end of which it stood so.
        audited: the verdict on every commit up to the one that it is made from.
        obligations: what was late, due, coming or waiting then, as far as its readers may know.
        counted: the figures of each policy that has any.
        coverage: how much of each written policy is implemented, by policy.
        punctual: how often what repeats was kept in the year before the day.
    """

    sight: Sight
    day: date
    audited: Audited
    obligations: list[Obligation]
    counted: list[Counted]
    coverage: Mapping[str, Coverage]
    punctual: list[Punctual]

    @property
    def title(self) -> str:
        """Whose register it is."""
        return self.sight.register.settings.name

    @property
    def for_everybody(self) -> bool:
        """Whether it is for people outside: then it shows no commands and no findings in words."""
        return self.sight.level == "public"

    @cached_property
    def policies(self) -> Mapping[str, PolicyFile]:
        """The policies in force, by id."""
        return dict(sorted(self.sight.register.policies.items()))

    @cached_property
    def records(self) -> list[Line]:
        """The records that its readers may see, by id; what was taken back never counted, and is left out."""
        return [self._line(one) for one in self.sight.records() if one.stage != TOMBSTONE_STAGE]

    def _line(self, one: Seen) -> Line:
        source, register = self.policies.get(one.policy), self.sight.register
        lifecycle = source.policy.lifecycles.get(one.kind) if source is not None else None
        since = register.since(register.records[one.id])
        over = lifecycle is not None and lifecycle.is_over(one.stage)
        sort = (intern(one.kind), intern(one.policy), intern(one.stage))
        return Line(intern(one.id), *sort, one.name, one.subject, since, over, bool(one.withheld))

    def all_of(self, kind: str | None = None) -> Iterator[Seen]:
        """What each record (of a kind) says, as its readers may see it, by id."""
        return (one for one in self.sight.records(kind) if one.id in self.known)

    def seen(self, line: Line) -> Seen:
        """What a record says, as its readers may see it."""
        found = self.sight.seen(self.sight.register.records[line.id])
        if found is None:
            raise AssertionError("what is listed may be seen")
        return found

    @cached_property
    def kinds(self) -> list[str]:
        """The kinds of which there are any."""
        there = {one.kind for one in self.records}
        return [kind for kind in KINDS if kind in there]

    @cached_property
    def known(self) -> Mapping[str, Line]:
        """The same, by id."""
        return {one.id: one for one in self.records}

    @cached_property
    def beside(self) -> Beside:
        """What is known of records beside what they say."""
        return Beside(self.records, self.obligations, self.audited)

    @cached_property
    def findings(self) -> list[Finding]:
        """What the audit found, as far as its readers may know."""
        return [one for one in self.audited.findings if one.record is None or self.sight.shows(one.record)]

    @cached_property
    def withholding(self) -> Withholding:
        """What no sentence may say: what was taken out of a record, and the ids of those that are not shown."""
        held = self.sight.register.records
        return withholding(self.sight, ((held[one.id], self.seen(one)) for one in self.records if one.withholds))

    @cached_property
    def _frame(self) -> str:
        """What every page of a record rests on beside it: rules, readers, what they may not know, which pages are."""
        rules = [sorted(one.rules.items()) for one in (self.sight.register, self.sight.later) if one is not None]
        return _digest([self.sight.level, sorted(self.sight.names.items()), self.sight.named(), rules, self.kinds])

    def rests(self, line: Line, asked: Iterable[Asked]) -> str:
        """A digest of all that the page of a record rests on.

        Args:
            line: the record.
            asked: what its page asks of what stands beside it (`Beside.heard`).
        """
        one, above = self.sight.known(self.sight.register.records[line.id])
        return _digest([self._frame, line, one.data, above, self.beside.answers(asked)])

    def meaning(self, one: Seen, stage: str) -> str:
        """What a stage means, as the policy of a record says it."""
        source = self.policies.get(one.policy)
        lifecycle = source.policy.lifecycles.get(one.kind) if source is not None else None
        known = lifecycle.stages.get(stage) if lifecycle is not None else None
        return known.title if known is not None else ""

    def local(self, moment: datetime) -> date:
        """The calendar day of a moment where the register is."""
        return self.sight.register.day(moment)


def _digest(said: Any) -> str:
    """What stands for a value of texts, numbers, days and the like: another one has another."""
    return sha256(repr(said).encode("utf-8", "surrogateescape")).hexdigest()
