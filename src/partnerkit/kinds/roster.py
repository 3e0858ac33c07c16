"""The roster: who holds which role, for which scope, from when until when, and how they are recognised."""

from __future__ import annotations

import functools
import re
from datetime import date
from typing import Annotated

from partnerkit.kinds.modelled import AfterValidator, Field, WithJsonSchema
from partnerkit.kinds.parts import Day, Format, Part, PersonId, Slug, Where
from partnerkit.kinds.ssh import PublicKey, public_key

_ADDRESS = r"^[^\s@<>]+@[^\s@<>]+$"


def address(text: str) -> str:
    """An e-mail address as it is given, if it is one as git takes it: no spaces, something on both sides of the @.

    Raises:
        ValueError: it is none.
    """
    if re.fullmatch(_ADDRESS.strip("^$"), text) is None:
        raise ValueError(f"{text!r} is no e-mail address; write it as git has it, such as rosa@lighthouse.example")
    return text


def same_address(one: str, other: str) -> bool:
    """Whether two addresses are one: mail knows no difference of case, and spaces around it say nothing."""
    return plainly(one) == plainly(other)


def plainly(address: str) -> str:
    """An address as all ways to write it are compared."""
    return address.strip().casefold()


Address = Annotated[str, AfterValidator(address), WithJsonSchema({"type": "string", "pattern": _ADDRESS})]


class RoleHeld(Part):
    """A role held by a person for a time."""

    role: Slug = Field(description="The role, as a policy names it.")
    from_: Day = Field(description="First day.", examples=["2026-01-01"])
    until: Day | None = Field(None, description="Last day, where it has ended or will.")
    scope: dict[Slug, str] = Field(default_factory=dict, description="For what only, such as {city: dortmund}.")
    seen: Where | None = Field(None, description="Where the appointment can be seen.")

    def on(self, day: date) -> bool:
        """Whether the role is held on that day; both ends count."""
        return self.from_ <= day and (self.until is None or day <= self.until)


class Person(Part):
    """Somebody who holds roles: recognised by git e-mail or signing key, named nowhere."""

    emails: list[Address] = Field(default_factory=list, description="The e-mail addresses their git commits carry.")
    keys: list[PublicKey] = Field(default_factory=list, description="Their SSH public keys, with which they sign.")
    roles: list[RoleHeld] = Field(default_factory=list, description="What they hold and held.")


class Roster(Part):
    """people.yaml."""

    format: Format = Field(description="Version of the file format.")
    people: dict[PersonId, Person] = Field(default_factory=dict, description="Role holders by opaque id.")
    shared_mailboxes: list[Address] = Field(
        default_factory=list, description="Addresses that several people read: they never approve."
    )

    def person(self, email: str) -> str | None:
        """The id of the person whose commits carry this address, or None."""
        return next(iter(self.people_of(email)), None)

    def people_of(self, email: str) -> list[str]:
        """Everybody at whom this address stands: more than one where it says nothing."""
        return [*self._by_address.get(plainly(email), ())]

    @functools.cached_property
    def _by_address(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for who, one in self.people.items():
            for address in dict.fromkeys(map(plainly, one.emails)):
                found.setdefault(address, []).append(who)
        return found

    def signers(self, key: str) -> list[str]:
        """Everybody at whom this public key stands: more than one where it says nothing.

        Args:
            key: as `ssh.public_key` writes it.
        """
        return [who for who, one in self.people.items() if any(public_key(known) == key for known in one.keys)]

    def signer(self, key: str) -> str | None:
        """The one person at whom this public key stands, or None."""
        found = self.signers(key)
        return found[0] if len(found) == 1 else None

    def is_shared(self, email: str) -> bool:
        """Whether the address is a shared mailbox."""
        return any(same_address(email, known) for known in self.shared_mailboxes)

    def holds(self, person_id: str, role: str, day: date, scope: dict[str, str] | None = None) -> bool:
        """Whether the person holds the role on that day, for that scope; where none is given, for everything."""
        person = self.people.get(person_id)
        return person is not None and any(
            held.role == role and held.on(day) and _within(held.scope, scope or {}) for held in person.roles
        )

    def holders(self, role: str, day: date, scope: dict[str, str] | None = None) -> list[str]:
        """Everybody who holds the role on that day, for that scope, in order of id."""
        return sorted(person_id for person_id in self.people if self.holds(person_id, role, day, scope))

    def roles_of(self, person_id: str, day: date) -> list[RoleHeld]:
        """What the person holds on that day."""
        person = self.people.get(person_id)
        return [held for held in person.roles if held.on(day)] if person else []


def _within(held: dict[str, str], wanted: dict[str, str]) -> bool:
    """Whether a role held for `held` counts where `wanted` is asked.

    Without scope it counts everywhere; with one, only where that very scope is asked: never where none is.
    """
    return all(key in wanted and held[key].casefold() == wanted[key].casefold() for key in held)
