"""The private place: who is behind an opaque id, and how they are reached. None of it ever enters history."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from partnerkit.kinds.classified import Classification, above
from partnerkit.kinds.modelled import Field
from partnerkit.kinds.parts import Day, Format, Name, Part, PersonId, Slug, Where
from partnerkit.kinds.roster import Address

#: The file of the private place.
CONTACTS = "contacts.yaml"


class Consent(Part):
    """That somebody agreed to be called by their name, before whom, and where that can be seen."""

    before: Literal["public", "internal"] = Field(description="Before everybody, or those of the organisation.")
    on: Day = Field(description="The day on which they agreed.", examples=["2026-03-31"])
    seen: Where = Field(description="Where that can be seen: a form, a mail, a link.")


class Kept(Part):
    """Somebody, as they are called and reached."""

    name: Name | None = Field(None, description="Their name.", examples=["Robin Example"])
    aliases: list[Name] = Field(default_factory=list, description="What else they are called.")
    emails: list[Address] = Field(default_factory=list, description="Their e-mail addresses.")
    contacts: dict[Slug, Name] = Field(
        default_factory=dict, description="How else they are reached, such as {phone: …}."
    )
    consent: Consent | None = Field(None, description="Whether they agreed to be named in what is made for others.")

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


def agreed(people: Mapping[str, Kept], level: Classification) -> dict[str, str]:
    """The names of those who agreed to be called by them before readers of a level, by id."""
    named = {who: one for who, one in people.items() if one.name and one.consent is not None}
    return {who: str(one.name) for who, one in named.items() if one.consent and not above(one.consent.before, level)}
