"""What can be asked of a record though its file does not write it so: since when it stands there, what of it is due."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from partnerkit.dataclass import dataclass
from partnerkit.jobs.desk import Desk
from partnerkit.kinds.duration import Duration
from partnerkit.kinds.summary import Summary
from partnerkit.register import RecordFile, Register
from partnerkit.rules.conditions import open_to
from partnerkit.steps import value_at

if TYPE_CHECKING:
    from partnerkit.obligations.obligation import Obligation

#: How far ahead it is looked for what falls due of a record.
_AHEAD = Duration.parse("P1Y")


SummaryT = TypeVar("SummaryT", bound=Summary)


class Asked(Protocol[SummaryT]):
    """A register of which something is asked, as `Asking` is; with all that was read of its records, or some of it."""

    @property
    def register(self) -> Register:
        """The register."""

    @property
    def day(self) -> date:
        """The day on which it is asked."""

    def of_kind(self, kind: str | None) -> Iterator[SummaryT]:
        """The records of a kind (all where None), by id."""

    def value(self, one: SummaryT, field: str) -> Any:
        """The value of a record's field."""


class Days(int):
    """A number of days up to the day asked for: a condition may say it as a duration."""

    __slots__ = ()


@dataclass(frozen=True)
class Asking:
    """A register of which something is asked.

    Attributes:
        register: the register.
        day: the day on which it is asked: durations are counted from it.
    """

    register: Register
    day: date

    def of_kind(self, kind: str | None) -> Iterator[RecordFile]:
        """The records of a kind (all where None), by id."""
        return self.register.of_kind(kind)

    def value(self, one: RecordFile, field: str) -> Any:
        """The value of a record's field, also of those that no file writes; what its file writes goes before."""
        work_out = WORKED_OUT.get(field) if field not in one.data else None
        return value_at(one.data, field) if work_out is None else work_out(self, one)

    def owed(self, one: RecordFile) -> list[Obligation]:
        """What is late, due or coming of a record, in the order in which somebody should see to it."""
        return self._owed.get(one.id, [])

    @cached_property
    def _owed(self) -> dict[str, list[Obligation]]:
        from partnerkit.obligations.gathered import obligations, outlook  # noqa: PLC0415 - where it is asked what is due

        found: dict[str, list[Obligation]] = {}
        for one in obligations(outlook(self.register, self.day, _AHEAD)):
            if one.state != "waiting":
                found.setdefault(one.record, []).append(one)
        return found


def asking(desk: Desk, register: Register) -> Asking:
    """A register, asked on the day of the desk."""
    return Asking(register, desk.today(register))


def _days(asking: Asking, one: RecordFile) -> Days:
    return Days((asking.day - asking.register.since(one)).days)


def _next(asking: Asking, one: RecordFile) -> str | None:
    """The stage to which the main way leads on."""
    policy = asking.register.policy_of(one)
    lifecycle = policy.lifecycles.get(one.kind) if policy else None
    ways = lifecycle.leaving(one.stage) if lifecycle else []
    return next((way.to for way in ways if way.main and open_to(way, one.data)), None)


def _due(asking: Asking, one: RecordFile) -> str | None:
    """The first day that something of it has to be done by, or since when it is late."""
    days = [day for owed in asking.owed(one) if (day := owed.first or owed.due) is not None]
    return min(days).isoformat() if days else None


def _late(asking: Asking, one: RecordFile) -> int:
    return sum(owed.state == "late" for owed in asking.owed(one))


#: What is worked out, by the name by which it is asked for.
WORKED_OUT: dict[str, Callable[[Asking, RecordFile], Any]] = {
    "name": lambda _asking, one: one.name,
    "since": lambda asking, one: asking.register.since(one).isoformat(),
    "days": _days,
    "next": _next,
    "belongs-to": lambda _asking, one: one.subject,
    "due": _due,
    "late": _late,
}

#: Fields of any record that rest on its file and the rules alone, and of which most lists are made.
TOLD = ("id", "kind", "stage", "policy", "name", "since", "belongs-to")

#: Of which sort they are, where they are no text.
SORTS: dict[str, type] = {"since": date, "due": date, "days": Days, "late": int}
