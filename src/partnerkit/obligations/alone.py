"""What falls due in a register, each record asked alone: then few need be held at a time, and each can be kept."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from sys import intern

from partnerkit.kinds.entries import TOMBSTONE_STAGE
from partnerkit.obligations.gathered import asked, sifted
from partnerkit.obligations.obligation import Obligation
from partnerkit.obligations.one_record import NoRecord, OneRecord
from partnerkit.obligations.outlook import Facts, Outlook
from partnerkit.obligations.owed import owing
from partnerkit.obligations.vacancies import needed
from partnerkit.register import Register
from partnerkit.tuples import NamedTuple


class Owes(NamedTuple):
    """What a record owes, and what else the register as a whole has to know of it.

    Attributes:
        facts: what it is.
        first: the day on which it was made; None where that counts no more.
        needs: the policies and roles of which it needs a holder.
        owed: what it owes.
    """

    facts: Facts
    first: date | None
    needs: list[tuple[str, str]]
    owed: list[Obligation]


def owes(seen: OneRecord) -> Owes:
    """What a record owes."""
    record = seen.record
    first = None if record.stage == TOMBSTONE_STAGE else seen.register.day(record.model.history[0].at)
    facts = Facts(intern(record.kind), intern(record.stage), intern(record.policy))
    return Owes(facts, first, sorted(needed(owing(seen))), asked(seen))


class Together(NamedTuple):
    """What several records owe, and what the register as a whole has to know of them.

    Attributes:
        facts: what each is, by id.
        first: the day on which the first of them under each policy was made.
        needs: the policies and roles of which any needs a holder.
        owed: what each owes that owes anything, by id.
    """

    facts: dict[str, Facts]
    first: dict[str, date]
    needs: set[tuple[str, str]]
    owed: dict[str, list[Obligation]]

    @classmethod
    def of(cls, every: Iterable[tuple[str, Owes]] = ()) -> Together:
        """What some owe together, from what each owes, by id."""
        found = cls({}, {}, set(), {})
        for name, one in every:
            found.take(name, one)
        return found

    def take(self, name: str, one: Owes) -> None:
        """Take in what one more owes, by its id."""
        self.facts[name] = one.facts
        self.needs.update(one.needs)
        if one.owed:
            self.owed[name] = one.owed
        if one.first is not None:
            self._began(one.facts.policy, one.first)

    def add(self, other: Together) -> None:
        """Take in what others owe together."""
        self.facts.update(other.facts)
        self.needs.update(other.needs)
        self.owed.update(other.owed)
        for policy, day in other.first.items():
            self._began(policy, day)

    def _began(self, policy: str, day: date) -> None:
        self.first[policy] = min(day, self.first.get(policy, day))


def together(register: Register, day: date, until: date, every: Together) -> tuple[Outlook, list[Obligation]]:
    """What falls due in a register of which it is known what all records owe; and its outlook.

    The outlook is asked about the policies and about facts: it has no records.
    """
    rest = NoRecord(register, day, until, known=every.needs, first=every.first, said=every.facts)
    owed = (one for _name, mine in sorted(every.owed.items()) for one in mine)
    return rest, sifted([*asked(rest), *owed])


def of_records(outlook: Outlook, ids: Iterable[str]) -> Iterator[OneRecord]:
    """The outlook on each of some records alone, in their order."""
    days = (outlook.day, outlook.until, outlook.found)
    for record in outlook.register.several(ids):
        yield OneRecord(outlook.register, *days, record=record, end=outlook.moment)
