"""The private place: who is behind an opaque id, and how they are reached. None of it ever enters history."""

from __future__ import annotations

from collections.abc import Mapping

from pydantic import Field

from partnerkit.kinds.parts import Format, Name, Part, PersonId, Slug
from partnerkit.kinds.roster import Address

#: The file of the private place.
CONTACTS = "contacts.yaml"


class Kept(Part):
    """Somebody, as they are called and reached."""

    name: Name | None = Field(None, description="Their name.", examples=["Robin Example"])
    aliases: list[Name] = Field(default_factory=list, description="What else they are called.")
    emails: list[Address] = Field(default_factory=list, description="Their e-mail addresses.")
    contacts: dict[Slug, Name] = Field(
        default_factory=dict, description="How else they are reached, such as {phone: …}."
    )

    @property
    def names(self) -> list[str]:
        """What they are called."""
        return [*([self.name] if self.name else []), *self.aliases]

    @property
    def spellings(self) -> list[str]:
        """Everything by which somebody could tell who they are."""
        return [*self.names, *self.emails, *self.contacts.values()]


class Contacts(Part):
    """contacts.yaml of the private place."""

    format: Format = Field(description="Version of the file format.")
    people: dict[PersonId, Kept] = Field(default_factory=dict, description="People by the opaque id that records name.")


def called(people: Mapping[str, Kept]) -> dict[str, str]:
    """The names of those who have one, by id."""
    return {who: one.name for who, one in people.items() if one.name}
