"""What is being added to one record: shared by everything that can be added."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from partnerkit.errors import WrongCallError
from partnerkit.jobs.desk import Desk
from partnerkit.jobs.finding_records import source
from partnerkit.jobs.statements import Voice
from partnerkit.kinds.problems import did_you_mean
from partnerkit.policies.policy import Policy
from partnerkit.policies.requirement import Requirement
from partnerkit.register import RecordFile
from partnerkit.store.draft import Draft


@dataclass(frozen=True, slots=True)
class Added:
    """What is added to one record.

    Attributes:
        what: a requirement of the policy, or a log of the record.
        thing: a file or a link, where one is given.
        values: key=value pairs as typed.
        copy: whether the file is to be kept in the register's history.
        reason: why a statement is withdrawn.
        row: the line of the sheet that asks for it, such as evidence.csv:3.
    """

    what: str
    thing: str | None = None
    values: Mapping[str, str] = field(default_factory=dict)
    copy: bool = False
    reason: str | None = None
    row: str | None = None


@dataclass(frozen=True, slots=True)
class Work:
    """One record being added to."""

    desk: Desk
    draft: Draft
    record: RecordFile
    voice: Voice
    added: Added

    @property
    def policy(self) -> Policy:
        """The policy that governs the record."""
        return source(self.draft.after, self.record).policy

    @property
    def requirement(self) -> Requirement:
        """The requirement that is spoken to."""
        return self.policy.requirements[self.added.what]


def allowed(work: Work, keys: set[str]) -> None:
    """Whether only keys were given that can be.

    Raises:
        WrongCallError: another key was given.
    """
    for key in work.added.values:
        if key not in keys:
            message = f"{work.added.what} takes no {key!r}{did_you_mean(key, keys)}"
            raise WrongCallError(message, f"it takes {', '.join(sorted(keys))}")
