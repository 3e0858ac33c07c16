"""Obligation: a concrete thing to be done, by whom, by when, and the clause that says so."""

from __future__ import annotations

from datetime import date
from typing import Literal

from partnerkit.dataclass import dataclass
from partnerkit.findings import Severity

State = Literal["late", "due", "upcoming", "waiting"]
Source = Literal[
    "cadence",
    "milestone",
    "expiry",
    "notice",
    "standing",
    "period",
    "decision",
    "answer",
    "notification",
    "draft",
    "vacancy",
    "amendment",
    "policy-review",
    "gap",
]

STATES: tuple[State, ...] = ("late", "due", "upcoming", "waiting")


@dataclass(frozen=True, slots=True)
class Obligation:
    """One thing that is to be done.

    Attributes:
        id: stable, and unique in the register: the record, the source, what it is, who owes it, the day.
        record: the record that owes it; a policy's id where the policy as a whole does.
        kind: the kind of that record, or `policy`.
        name: the record's name in words.
        policy: the policy that asks for it.
        source: where it comes from.
        what: which cadence, requirement, field or role.
        title: what is to be done, in words.
        state: late (its day is over), due (its day is here, or it has none and is open), upcoming, or waiting for
            somebody's word.
        severity: error (late), warning (due), info; advice never rises above info, a policy's own review never
            above warning.
        due: the last day on which it is in time; None where no day is set.
        since: the first day on which it can be done, or since when it stands open.
        first: the day of the first occurrence that is still open; other than `due` where several were missed.
        missed: how many occurrences before this one are open too.
        clause: the clause of the written policy, as messages name it.
        role: the role that sees to it.
        people: the people who can do it.
        person: the person who owes it, where each of several does, or who is waited for.
        command: the line that does it, or leads to it.
        draft: the record that was begun to settle it.
        note: what else is to be known.
        begins: the first day of the time that it is about, where it is about one.
        ends: the last day of that time.
        sweep: the words of a command that does it for many records at once, given `--where`.
        thing: what names it whatever its day, and its occurrence where it has several: it stays when the day is moved.
        words: what the record itself says of it, where that stands in the title.
    """

    id: str
    record: str
    kind: str
    name: str
    policy: str
    source: Source
    what: str
    title: str
    state: State
    severity: Severity
    due: date | None = None
    since: date | None = None
    first: date | None = None
    missed: int = 0
    clause: str | None = None
    role: str | None = None
    people: tuple[str, ...] = ()
    person: str | None = None
    command: str | None = None
    draft: str | None = None
    note: str | None = None
    begins: date | None = None
    ends: date | None = None
    sweep: tuple[str, ...] = ()
    thing: str = ""
    words: str | None = None

    @property
    def plain(self) -> str:
        """What is to be done, without any words of the record."""
        return self.title.removesuffix(f": {self.words}") if self.words is not None else self.title

    @property
    def day(self) -> date | None:
        """The day by which it is put in order: of the first occurrence missed, when due, or since when it is open."""
        return self.first or self.due or self.since

    def late_by(self, today: date) -> int:
        """How many days late it is; 0 where it is not."""
        day = self.first or self.due
        return (today - day).days if self.state == "late" and day is not None else 0

    def concerns(self, person: str) -> bool:
        """Whether somebody can do it or owes it."""
        return person == self.person or person in self.people


def state_on(today: date, due: date | None, since: date | None) -> State:
    """The state of something with these days; every day after the last one in time is late."""
    if due is None:
        return "upcoming" if since is not None and since > today else "due"
    return "late" if due < today else "due" if due == today else "upcoming"


def severity_of(state: State, source: Source, *, advice: bool = False) -> Severity:
    """How bad it is, which nobody can choose."""
    if advice or state in {"upcoming", "waiting"}:
        return "info"
    return "error" if state == "late" and source != "policy-review" else "warning"


def in_order(obligations: list[Obligation]) -> list[Obligation]:
    """Late ones first and the latest of them first; then what is due, what is coming, what waits; each by its day."""
    return sorted(
        obligations, key=lambda one: (STATES.index(one.state), one.day or date.max, one.record, one.source, one.id)
    )
