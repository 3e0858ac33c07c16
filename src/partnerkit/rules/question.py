"""Question and Answer: one requirement asked of one record at one moment."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from partnerkit.dataclass import dataclass, field
from partnerkit.kinds.duration import Duration
from partnerkit.kinds.roster import Roster
from partnerkit.policies.demands import SUBJECT
from partnerkit.policies.policy import Policy
from partnerkit.policies.requirement import Requirement
from partnerkit.policies.values import Variable
from partnerkit.register import PolicyFile, RecordFile, Register
from partnerkit.rules.bound import bound_to
from partnerkit.rules.commands import setting
from partnerkit.steps import Live, people_at, stage_at, value_at


@dataclass(frozen=True, slots=True)
class Question:
    """A requirement of a gate, the record, and everything it is judged by.

    Attributes:
        name: the requirement's id.
        requirement: what it demands.
        to: the stage that the gate leads to.
        record: the record as it is at the gate.
        named_before: the record before the step: roles that it names count only from there.
        rules: the register whose rules judge (the one before the step).
        links: the register in which linked records are read (the one after it).
        source: the policy that governs the record.
        moment: when the gate is judged.
        live: the record's statements that count at that moment.
        reopened: when the record last went back to an earlier stage: what was decided before that is decided anew.
        since: when the record reached its present stage.
        reason: the reason given for the move.
        relied: the entries of linked records on which the move says that it relies.
        stands: whether the gate is still passed; where it was opened again in the same step, the record no longer
            holds what was approved then, and nothing rests on it any more.
        ahead: the stages to which records are about to go, and where they count as standing already.
    """

    name: str
    requirement: Requirement
    to: str
    record: RecordFile
    named_before: RecordFile | None
    rules: Register
    links: Register
    source: PolicyFile
    moment: datetime
    live: list[Live]
    since: datetime
    reopened: datetime | None = None
    reason: str | None = None
    relied: Mapping[str, str] = field(default_factory=dict)
    stands: bool = True
    ahead: Mapping[str, str] = field(default_factory=dict)

    @property
    def policy(self) -> Policy:
        """The policy that governs the record."""
        return self.source.policy

    @property
    def roster(self) -> Roster:
        """The roster that judges."""
        return self.rules.roster

    @property
    def day(self) -> date:
        """The calendar day of the moment in the register's time zone."""
        return self.rules.day(self.moment)

    def day_of(self, found: Live) -> date:
        """The day on which a statement was made."""
        return found.said.on or self.rules.day(found.said.at)

    def outdated(self, found: Live) -> bool:
        """Whether a statement was made, or names a day, before the record last went back."""
        back = self.reopened
        return back is not None and (found.said.at < back or self.day_of(found) < self.rules.day(back))

    @property
    def began(self) -> date:
        """The day since when there has been the record: for an adopted one, the day since when it stood where it is."""
        return began(self.record, self.rules)

    def stage_of(self, linked: RecordFile) -> str | None:
        """Where a linked record stood at the moment: what became of it later makes no past move illegal."""
        return self.ahead.get(linked.id) or stage_at(linked, self.moment, self.relied.get(linked.id))

    def mine(self, group: str) -> list[Live]:
        """The live statements of a group that speak to this requirement, and came no earlier than they may."""
        found = [one for one in self.live if one.group == group and one.said.requirement == self.name]
        return [one for one in found if not self.early(one)]

    def early(self, found: Live) -> bool:
        """Whether a statement was made before the latest word on what had to be met first."""
        if not self.requirement.after:
            return False
        words = [one for one in self.live if one.said.requirement in self.requirement.after]
        if {one.said.requirement for one in words} != set(self.requirement.after):
            return True
        latest = (max(one.said.at for one in words), max(self.day_of(one) for one in words))
        return found.said.at < latest[0] or self.day_of(found) < latest[1]

    def value(self, given: Any) -> Any:
        """A value of the policy, or None while its variable is unset."""
        return self.policy.value(given)

    def duration(self, given: Any) -> Duration | None:
        """A duration of the policy, or None while its variable is unset."""
        found = self.policy.value(given)
        return found if isinstance(found, Duration) else None

    def count(self, given: Any) -> int:
        """A number of the policy; one while its variable is unset: the thing itself is demanded all the same."""
        found = self.policy.value(given)
        return found if isinstance(found, int) else 1

    def notes(self, *given: Any) -> list[str]:
        """Warnings about variables that are unset."""
        return [note for value in given if (note := self._note(value))]

    def _note(self, given: Any) -> str | None:
        spec = self.policy.unset(given)
        if spec is None or not isinstance(given, Variable):
            return None
        what = spec.default_note or "nothing is counted until it is set"
        command = setting(self.policy, given.name)
        return (
            f"{self.policy.policy} leaves open ({spec.clause}): {spec.question} Unset: {what}. Set it with: {command}"
        )

    @property
    def excluded(self) -> set[str]:
        """The people who may not decide here: the proposer, those with an interest, and whom the requirement names.

        An interest in a partnership is one in everything that belongs to it. Whoever was one of them before the step
        still is: a name taken out in the step that relies on it frees nobody.
        """
        return self._parties | self.bound

    @property
    def _parties(self) -> set[str]:
        approval = self.requirement.approval
        return self._people(["proposer", "interested", f"{SUBJECT}interested", *(approval.not_ if approval else [])])

    @property
    def bound(self) -> set[str]:
        """The people who may not decide here since something binds them to those whom it concerns."""
        approval = self.requirement.approval
        if approval is None or not approval.not_bound_to:
            return set()
        return bound_to((self.rules, self.links), self._people(approval.not_bound_to))

    def barred(self, person: str) -> str:
        """Why one of those who may not decide here may not."""
        if person in self.bound - self._parties:
            whom = f"somebody whom {self.record.id} concerns, or is one of them"
            return f"{person} has a conflict of interest with {whom}"
        return f"{person} is the proposer of {self.record.id} or a party to it"

    def _people(self, paths: list[str]) -> set[str]:
        """Whom fields name, before the step or after it: of the record, or of the one that it belongs to."""
        sources = [self.record, *([self.named_before] if self.named_before is not None else [])]
        found = {person for path in paths for source in sources for person in people_at(source.data, path)}
        above = [path.removeprefix(SUBJECT) for path in paths if path.startswith(SUBJECT)]
        subjects = [register.records.get(self.record.subject or "") for register in (self.rules, self.links)]
        return found | {one for path in above for source in subjects if source for one in people_at(source.data, path)}

    def named(self, role: str) -> str | None:
        """Whom the record (or else the one it belongs to) named as holder of a role before the step."""
        for source in (self.named_before, self.rules.records.get(self.record.subject or "")):
            found = value_at(source.data, f"roles.{role}") if source is not None else None
            if isinstance(found, str):
                return found
        return None

    @property
    def separation(self) -> str:
        """Whether deciders must be others than proposer and parties: off, warn or require."""
        return self.policy.separation_of_duties or self.rules.settings.trust.separation_of_duties


@dataclass(frozen=True, slots=True)
class Answer:
    """Whether a requirement is met, and what would meet it.

    Attributes:
        met: whether it is.
        missing: what is missing, in words; None when met, but for advice that nobody followed.
        uses: ids of the statements that meet it; none where it is not met.
        relies_on: ids of the linked records that meet it; none where it is not met.
        roles: roles that can supply what is missing.
        people: people who hold one of them and may.
        command: the line that supplies it, or None where only time or somebody outside can.
        notes: warnings that change nothing in the verdict.
        waived: met only because it was waived.
        absent: the parties who have not spoken yet, where parties are to; or the items to which nothing speaks yet.
    """

    met: bool
    missing: str | None = None
    uses: list[str] = field(default_factory=list)
    relies_on: list[str] = field(default_factory=list)
    roles: list[str] = field(default_factory=list)
    people: list[str] = field(default_factory=list)
    command: str | None = None
    notes: list[str] = field(default_factory=list)
    waived: bool = False
    absent: tuple[str, ...] = ()


def who_may(question: Question, answer: Answer) -> str:
    """The people who may supply what is missing; where nobody may, whether anybody holds the role at all."""
    if answer.people:
        return ", ".join(answer.people)
    holders = sorted({one for role in answer.roles for one in question.roster.holders(role, question.day)})
    return f"nobody else may; held by {', '.join(holders)}" if holders else "nobody holds it"


def began(record: RecordFile, register: Register) -> date:
    """The day since when there has been a record; an adopted one was there before the register knew it."""
    first = record.model.history[0]
    return first.since or register.day(first.at)


def scope_asked(data: Mapping[str, Any], scope: Mapping[str, str]) -> dict[str, str]:
    """The scope for which a role is asked, from the fields of a record; what they leave empty is left out."""
    found = {key: value_at(data, path) for key, path in scope.items()}
    return {key: str(value) for key, value in found.items() if value is not None}


def suppliers(question: Question) -> tuple[list[str], list[str]]:
    """The roles that can supply the requirement, and the people who hold one of them that day."""
    roles = list(question.requirement.who)
    if not roles:
        everybody = [p for p in question.roster.people if question.roster.roles_of(p, question.day)]
        return [], sorted(everybody)
    able = {
        person
        for person in question.roster.people
        for held in question.roster.roles_of(person, question.day)
        if held.role in roles
    }
    return roles, sorted(able)
