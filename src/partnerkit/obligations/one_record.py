"""Outlooks that look at one record only, and at none: together they tell what an outlook on all of them does."""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from datetime import date, datetime
from functools import cached_property

from partnerkit.dataclass import dataclass, field
from partnerkit.kinds.entries import TOMBSTONE_STAGE
from partnerkit.obligations.outlook import Facts, Outlook
from partnerkit.policies.policy import Policy
from partnerkit.register import RecordFile


@dataclass(frozen=True)
class OneRecord(Outlook):
    """A register on a day, of which one record is asked what it owes; the others are looked up where it asks for them.

    Attributes:
        record: the record.
        end: the last moment of the day.
    """

    record: RecordFile = field(kw_only=True)
    end: datetime = field(kw_only=True)

    @cached_property
    def moment(self) -> datetime:
        """The last moment of the day."""
        return self.end

    @cached_property
    def policies(self) -> list[Policy]:
        """The policy that governs the record."""
        policy = self.register.policy_of(self.record)
        return [policy] if policy is not None else []

    @property
    def owners(self) -> list[Policy]:
        """None is asked what it owes as a whole."""
        return []

    def kinds(self, policy: Policy) -> list[str]:
        """The kind of the record."""
        return [self.record.kind] if self.record.kind in policy.lifecycles else []

    def records(self, policy: Policy, kind: str | None = None) -> list[RecordFile]:
        """The record, where it is one under a policy (of a kind); never where it is void."""
        one = self.record
        here = one.policy == policy.policy and kind in {None, one.kind} and one.stage != TOMBSTONE_STAGE
        return [one] if here else []


@dataclass(frozen=True)
class NoRecord(Outlook):
    """A register on a day, of which the policies are asked what they owe as a whole.

    Attributes:
        known: the policies and roles of which a record needs a holder.
        first: the day on which the first record under each policy was made.
        said: what every record is, by id.
    """

    known: AbstractSet[tuple[str, str]] = field(kw_only=True)
    first: Mapping[str, date] = field(kw_only=True)
    said: Mapping[str, Facts] = field(kw_only=True)

    @property
    def wanted(self) -> AbstractSet[tuple[str, str]]:
        """Policies and roles of which a record needs a holder."""
        return self.known

    @cached_property
    def facts(self) -> Mapping[str, Facts]:
        """What every record is, by id."""
        return self.said

    def kinds(self, policy: Policy) -> list[str]:
        """None."""
        del policy
        return []

    def began(self, policy: Policy) -> date | None:
        """The day on which the first of the records under a policy was made; None where there is none."""
        return self.first.get(policy.policy)

    def records(self, policy: Policy, kind: str | None = None) -> list[RecordFile]:
        """None."""
        del policy, kind
        return []
