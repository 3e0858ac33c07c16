"""A written agreement with a partner."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, ClassVar, Literal

from partnerkit.kinds.dated import FallsDue, NoticeBefore
from partnerkit.kinds.logs import Milestone
from partnerkit.kinds.modelled import Field, model_validator
from partnerkit.kinds.partnership import Commitment, Objective
from partnerkit.kinds.parts import Day, Duration, Id, Name, Part, Slug, Text, Where
from partnerkit.kinds.record import Record


class Party(Part):
    """Somebody who is bound by the agreement."""

    id: Slug = Field(description="How signatures and acknowledgements refer to it.", examples=["us", "partner"])
    name: Name = Field(description="The party's name; an organisation, or an opaque id for an individual.")


class Responsibility(Part):
    """What a party answers for."""

    party: Slug = Field(description="The party that answers for it.")
    text: Text = Field(description="What it answers for.")


class Criterion(Part):
    """How success is told."""

    id: Slug = Field(description="How it is referred to.")
    objective: Slug | None = Field(None, description="The objective it belongs to.")
    measure: Text = Field(description="What is measured.")
    target: Text = Field(description="The value that counts as success.")


class Term(Part):
    """One block of the legal framework."""

    status: Literal["included", "not-applicable"] = Field(description="Whether the document has it.")
    where: Where | None = Field(None, description="Where in the document it stands.")
    reason: Text | None = Field(None, description="Why it does not apply.")

    @model_validator(mode="after")
    def _place_or_reason(self) -> Term:
        if self.status == "included" and self.where is None:
            raise ValueError("an included term says `where` in the document it stands")
        if self.status == "not-applicable" and self.reason is None:
            raise ValueError("a term that does not apply says the `reason`")
        return self


class Duty(Part):
    """A duty under the agreement whose keeping is watched."""

    id: Slug = Field(description="How it is referred to.")
    party: Slug = Field(description="The party whose duty it is.")
    text: Text = Field(description="What is to be done or left.")
    due: Annotated[Day | None, FallsDue("Duty", unless="status", still=("open",))] = Field(
        None, description="The day by which it is to be done, where there is one."
    )
    status: Literal["open", "kept", "breached", "released"] = Field(description="Whether it is kept.")


#: What an agreement that goes on from another takes over from it; what has a day of its own is agreed anew.
_TEXT = ("parties", "notice", "objectives", "criteria", "responsibilities", "commitments", "terms")


class Agreement(Record):
    """What the parties promise each other, and the document that says so."""

    folder: ClassVar[str] = "agreements"
    subject: ClassVar[str | None] = "partnership"
    subjects: ClassVar[tuple[str, ...]] = ("partnership",)
    refers: ClassVar[tuple[str, ...]] = ("renews", "amends")
    continues: ClassVar[Mapping[str, tuple[str, ...]]] = {"renews": _TEXT, "amends": (*_TEXT, "ends")}

    kind: Literal["agreement"] = Field("agreement", description="What the record is.")
    partnership: Id = Field(description="The partnership it belongs to.", examples=["acme"])
    title: Name = Field(description="What it is called.", examples=["Cooperation agreement 2026"])
    renews: Id | None = Field(None, description="The agreement that it continues.")
    amends: Id | None = Field(None, description="The agreement that it changes.")
    parties: list[Party] = Field(default_factory=list, description="Who is bound.")
    original_start: Day | None = Field(
        None, description="First day of the first agreement in the line, where this one renews another."
    )
    starts: Day | None = Field(None, description="First day.")
    ends: Annotated[Day | None, FallsDue("Agreement ends", "expiry", continued_by="renews")] = Field(
        None, description="Last day, where one is agreed."
    )
    notice: Annotated[Duration | None, NoticeBefore("ends", "Last day to give notice of the end")] = Field(
        None, description="How long before the end notice must be given."
    )
    objectives: list[Objective] = Field(default_factory=list, description="What is to be reached.")
    criteria: list[Criterion] = Field(default_factory=list, description="How success is told.")
    responsibilities: list[Responsibility] = Field(default_factory=list, description="Who answers for what.")
    commitments: list[Commitment] = Field(default_factory=list, description="What each side brings in.")
    milestones: list[Milestone] = Field(default_factory=list, description="Dated points of the plan.")
    terms: dict[Slug, Term] = Field(default_factory=dict, description="The blocks of the legal framework.")
    duties: list[Duty] = Field(default_factory=list, description="Duties whose keeping is watched.")

    @model_validator(mode="after")
    def _parties_are_listed(self) -> Agreement:
        listed = [party.id for party in self.parties]
        if len(set(listed)) < len(listed):
            raise ValueError("a party is listed twice: each has an id of its own")
        bound: list[Responsibility | Duty] = [*self.responsibilities, *self.duties]
        for one in bound if listed else ():
            if one.party not in listed:
                raise ValueError(f"{one.party} answers for something and is none of the parties ({', '.join(listed)})")
        return self
