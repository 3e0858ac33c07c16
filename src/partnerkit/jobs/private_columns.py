"""What a sheet says of people and the register never holds: names, addresses, telephone numbers.

The one place to which an import hands it: from there it goes to the private place that register.yaml names.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from partnerkit.dataclass import dataclass, field
from partnerkit.errors import CannotWorkError
from partnerkit.jobs.desk import Desk
from partnerkit.jobs.private_keeping import Private, keep_private, taken_back
from partnerkit.kinds.private import Kept
from partnerkit.register import Register

#: Columns that say by what address somebody is known, and those that say their name, in the order of its parts.
_ADDRESSES = ("email", "e-mail", "mail")
_NAMES = ("name", "full-name", "first-name", "given-name", "last-name", "family-name", "surname")


def addresses_known(register: Register, kept: Mapping[str, Kept]) -> Mapping[str, str]:
    """The ids of people who are known by an address, from the private place; of role holders from the roster."""
    roster = register.roster
    every = [address for person in roster.people.values() for address in person.emails]
    alone = [one for one in every if len(roster.people_of(one)) == 1 and not roster.is_shared(one)]
    found = {address.strip().casefold(): who for who, one in kept.items() for address in one.emails}
    return found | {one.strip().casefold(): str(roster.person(one)) for one in alone}


def address_of(private: Mapping[str, str]) -> str | None:
    """The address by which two rows are of the same person."""
    found = next((private[name] for name in _ADDRESSES if name in private), None)
    return found.strip().casefold() if found and "@" in found else None


def known_of_a_person(private: Mapping[str, str]) -> dict[str, Any]:
    """What a row says of somebody, sorted: their `name`, their `emails`, and other `contacts`."""
    name = " ".join(private[one] for one in _NAMES if one in private)
    emails = [one for key in _ADDRESSES if key in private for one in re.split(r"[\s,;]+", private[key]) if one]
    contacts = {key: text for key, text in private.items() if key not in {*_NAMES, *_ADDRESSES}}
    found = {"name": name, "emails": emails, "contacts": contacts}
    return {key: part for key, part in found.items() if part}


@dataclass
class Keeping:
    """Keeps what a sheet says of people for as long as what names them lands, and takes it back where that fails.

    Attributes:
        desk: where and when.
        sheet: the file from which it comes.
        columns: the columns of the sheet that say it.
        notes: what the person who runs it should know of it.
    """

    desk: Desk
    sheet: str
    columns: Sequence[str]
    notes: list[str] = field(default_factory=list)
    held: Private | None = None

    def keep(self, register: Register, people: Mapping[str, Mapping[str, str]]) -> None:
        """Keep what is said of each, by their ids; called anew where somebody else landed something meanwhile."""
        self.put_back()
        rows = {who: said for who, private in people.items() if (said := known_of_a_person(private))}
        self.notes = []
        if not rows:
            return
        told = ", ".join(self.columns)
        try:
            self.held = keep_private(self.desk, register.settings, rows)
            self.notes = [f"{told}: kept for {len(rows)} people in the private place, outside history"]
        except CannotWorkError as error:
            why = error.message.removesuffix("; nothing changed")  # all else lands
            self.notes = [f"{told}: private, and left out of what is taken in; {why}"]
        if self._beside_records(register.settings.private):
            words = f"{self.sheet} lies in the register's folder, where git could take it along"
            self.notes.append(f"{words}: move it out")

    def _beside_records(self, private: str | None) -> bool:
        """Whether the sheet lies where the register does, and not in its private place."""
        root, path = self.desk.git.root.resolve(), Path(self.sheet).resolve()
        return path.is_relative_to(root) and not (private and path.is_relative_to((root / private).resolve()))

    def put_back(self) -> None:
        """As it was: what was to land beside it did not."""
        if self.held is not None:
            taken_back(self.desk, self.held)
            self.held = None

    def __enter__(self) -> Self:
        """Begin; nothing is kept before `keep`."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Where nothing landed, nothing stays."""
        if error is not None:
            self.put_back()
