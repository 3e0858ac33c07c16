"""Who is bound to whom: one person under several ids, and conflicts of interest that people declared."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from partnerkit.kinds.catalogue import KINDS
from partnerkit.register import RecordFile, Register
from partnerkit.steps import people_at


def bound_to(registers: Iterable[Register], people: set[str]) -> set[str]:
    """These people, the other ids under which a register knows them, and everybody to whom something binds them.

    A conflict of interest binds both, whichever of the two declared it.

    Args:
        registers: where people declared it: before a step, and after it.
        people: whom it is about.
    """
    places = list(registers)
    them = every_id(places, people)
    theirs = {other for register in places for one in _own(register, them) for other in _declared(one)}
    declaring = (one for register in places for one in _declaring(register, them))
    others = theirs | {person for one in declaring for person in _ids(one)}
    return them | every_id(places, others)


def bond(registers: Iterable[Register], one: str, other: str) -> str | None:
    """What binds two people to each other, in words with the records that say it; None where nothing does."""
    places = list(registers)
    mine, theirs = every_id(places, {one}), every_id(places, {other})
    if other in mine:
        said = {found.id for place in places for found in _own(place, mine) if len(_ids(found)) > 1}
        return f"are one person, as {', '.join(sorted(said))} says" if said else "are one person"
    declared = {
        found.id
        for place in places
        for some, others in ((mine, theirs), (theirs, mine))
        for found in _own(place, some)
        if others & set(_declared(found))
    }
    return f"have a conflict of interest, declared in {', '.join(sorted(declared))}" if declared else None


def every_id(registers: Iterable[Register], people: set[str]) -> set[str]:
    """These people with every other id of theirs."""
    places, found = list(registers), set(people)
    while more := {person for place in places for one in _own(place, found) for person in _ids(one)} - found:
        found |= more
    return found


def _own(register: Register, people: set[str]) -> Iterator[RecordFile]:
    """The records in which these people say what binds them."""
    for kind, model in KINDS.items():
        for field in model.bonds[:2] if model.bonds is not None else ():
            yield from (one for person in sorted(people) for one in register.naming(person, kind, field))


def _declaring(register: Register, people: set[str]) -> Iterator[RecordFile]:
    """The records in which somebody says that something binds them to one of these people."""
    for kind, model in KINDS.items():
        if model.bonds is not None:
            yield from (one for person in sorted(people) for one in register.naming(person, kind, model.bonds[2]))


def _ids(record: RecordFile) -> set[str]:
    who, also, _to = KINDS[record.kind].bonds or ("", "", "")
    return {*people_at(record.data, who), *people_at(record.data, also)}


def _declared(record: RecordFile) -> list[str]:
    _who, _also, to = KINDS[record.kind].bonds or ("", "", "")
    return people_at(record.data, to)
