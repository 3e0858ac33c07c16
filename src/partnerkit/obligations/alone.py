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


def together(
    register: Register, day: date, until: date, every: Iterable[tuple[str, Owes]]
) -> tuple[Outlook, list[Obligation]]:
    """What falls due in a register of which it is known what each record owes, by id; and its outlook.

    The outlook is asked about the policies and about facts: it has no records.
    """
    facts, first, roles, owed = dict[str, Facts](), dict[str, date](), set[tuple[str, str]](), list[Obligation]()
    for name, one in every:
        facts[name] = one.facts
        roles.update(one.needs)
        owed += one.owed
        if one.first is not None:
            first[one.facts.policy] = min(one.first, first.get(one.facts.policy, one.first))
    rest = NoRecord(register, day, until, known=roles, first=first, said=facts)
    return rest, sifted([*asked(rest), *owed])


def of_records(outlook: Outlook, ids: Iterable[str]) -> Iterator[OneRecord]:
    """The outlook on each of some records alone, in their order."""
    days = (outlook.day, outlook.until, outlook.found)
    for record in outlook.register.several(ids):
        yield OneRecord(outlook.register, *days, record=record, end=outlook.moment)
