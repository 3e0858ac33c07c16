"""What is being added to one record: shared by everything that can be added."""

from __future__ import annotations

from collections.abc import Mapping

from partnerkit.dataclass import dataclass, field, replace
from partnerkit.errors import WrongCallError
from partnerkit.jobs.desk import Desk
from partnerkit.jobs.named_record import source
from partnerkit.jobs.statements import Voice
from partnerkit.kinds.problems import did_you_mean
from partnerkit.policies.lists import lists
from partnerkit.policies.policy import Policy
from partnerkit.policies.requirement import Requirement
from partnerkit.register import RecordFile
from partnerkit.store.draft import Draft

#: What can be said of a statement, by the type of the requirement that it speaks to.
_KEYS: dict[str, tuple[str, ...]] = {
    "evidence": ("ref", "kind", "outcome", "summary", "valid-until"),
    "period": ("kind", "ref", "summary", "outcome", "valid-until"),
    "acknowledged": ("party", "text"),
    "signed": ("party", "capacity", "method", "document"),
}

#: The column of a sheet that names the file or the link.
FILE = "file"


@dataclass(frozen=True, slots=True)
class Added:
    """What is added to one record.

    Attributes:
        what: a requirement of the policy, or a log of the record.
        thing: a file or a link, where one is given.
        values: key=value pairs as typed.
        copy: whether the file is to be kept in the register's history.
        reason: why a statement is withdrawn.
    """

    what: str
    thing: str | None = None
    values: Mapping[str, str] = field(default_factory=dict)
    copy: bool = False
    reason: str | None = None

    def of_row(self, cells: Mapping[str, str]) -> Added:
        """The same for one row of a sheet: what its cells say goes before what was typed for all rows."""
        values = {**self.values, **cells}
        return replace(self, thing=values.pop(FILE, None) or self.thing, values=values)


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


def keys_taken(policy: Policy, kind: str, what: str) -> tuple[str, ...] | None:
    """The keys that can be said of what is added to a record of the kind; None where nothing of that name is added."""
    requirement = policy.requirements.get(what)
    if requirement is not None:
        card = policy.scorecards[requirement.scores.card] if requirement.scores else None
        if requirement.acknowledged is not None and requirement.acknowledged.answers:
            return ("party", "answer", "text")
        return tuple(card.criteria) if card else _KEYS.get(requirement.type)
    model = lists(policy, kind).get(what)
    return tuple(info.alias or name for name, info in model.model_fields.items()) if model else None


def allowed(work: Work) -> None:
    """Whether only keys were given that can be.

    Raises:
        WrongCallError: another key was given.
    """
    keys = keys_taken(work.policy, work.record.kind, work.added.what) or ()
    for key in work.added.values:
        if key not in keys:
            message = f"{work.added.what} takes no {key!r}{did_you_mean(key, keys)}"
            raise WrongCallError(message, f"it takes {', '.join(sorted(keys))}")


def demand_no_file(work: Work) -> None:
    """Whether no file or link was given where none can be kept.

    Raises:
        WrongCallError: one was.
    """
    if work.added.thing is not None:
        message = f"{work.added.what} takes no file or link, and {work.added.thing!r} would be lost"
        keys = keys_taken(work.policy, work.record.kind, work.added.what) or ()
        raise WrongCallError(message, f"it takes {', '.join(sorted(keys))}")
