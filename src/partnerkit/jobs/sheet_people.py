"""Opaque ids for the people of a sheet: the one they have, or the next that is free; never made of a name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from partnerkit.jobs.private_columns import address_of
from partnerkit.jobs.sheet_rows import Told
from partnerkit.kinds.catalogue import KINDS
from partnerkit.store.draft import Draft

#: An id as they are given here, wherever it stands in a file.
_GIVEN = re.compile(rb"\bp-([0-9]{4,9})\b")

#: Shorter words of a name say nothing.
_WORD = 3


def give_people(
    draft: Draft, kind: str, addresses: Mapping[str, str], kept: Iterable[str], rows: list[Told]
) -> dict[str, bool]:
    """Give every row the id of the person it is about.

    Somebody keeps the id that the sheet gives, or that is known by their address; rows of one address are of
    one person. Everybody else gets the next number after the highest that was ever given, in the order of the sheet.

    Args:
        draft: the register.
        kind: the kind of the records.
        addresses: the ids of people who are known by an address.
        kept: the ids that the private place knows: a new one is none of them.
        rows: the rows as they were read.

    Returns:
        the ids, and of each whether it was given here.
    """
    person = str(KINDS[kind].person)
    known = {*draft.after.roster.people, *(str(one.data.get(person)) for one in draft.after.of_kind(kind))}
    met: dict[str, str] = {}
    found: dict[str, bool] = {}
    for row in rows:
        address = address_of(row.private)
        theirs = addresses.get(address or "")
        own = row.data.get(person) or theirs
        if theirs is not None and own != theirs:
            row.ask(f"whoever has this address is known as {theirs}", row.column(person))
        if own is not None and address is not None and met.setdefault(address, str(own)) != own:
            row.ask(f"another row of the same address has the id {met[address]}", row.column(person))
        if own is not None:
            row.data[person] = own
            found.setdefault(str(own), False)
            if own not in known:
                _demand_opaque(row, person, str(own))
    numbers = _free(draft, [*found, *kept])
    for row in rows:
        if person in row.data or row.troubles:
            continue
        address = address_of(row.private)
        given = met.get(address) if address is not None else None
        if given is None:
            given = next(numbers)
            found[given] = True
        if address is not None:
            met[address] = given
        row.data[person] = given
    return found


def was_given(person: str) -> bool:
    """Whether an id is of the form that new people get here."""
    return _GIVEN.fullmatch(person.encode()) is not None


def _free(draft: Draft, taken: list[str]) -> Iterator[str]:
    """Numbers that nobody has had, as long as the register can tell."""
    texts = draft.tree.read_many(draft.paths.values()).values()
    ids = [number for text in texts for number in _GIVEN.findall(text)]
    more = [one.encode() for one in [*draft.after.roster.people, *taken]]
    ids += [number for one in more for number in _GIVEN.findall(one)]
    last = max((int(number) for number in ids), default=0)
    while True:
        last += 1
        yield f"p-{last:04}"


def _demand_opaque(row: Told, person: str, own: str) -> None:
    """Ask where the id that a row gives says who somebody is."""
    words = {
        word for text in row.private.values() for word in re.findall(r"[a-z]+", text.casefold()) if len(word) >= _WORD
    }
    if person in row.columns and words & set(own.split("-")):
        row.ask("the id holds a word of the name or the address: ids tell nobody who somebody is", row.columns[person])
