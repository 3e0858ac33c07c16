"""A partnership with an organisation, a company or an individual."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from partnerkit.kinds.dated import FallsDue, Happened
from partnerkit.kinds.logs import Action, Activity, Benefit, Communication
from partnerkit.kinds.modelled import Field
from partnerkit.kinds.parts import Day, Name, Part, PersonId, Slug, Text, Where
from partnerkit.kinds.record import Record


class Objective(Part):
    """Something that the partnership is to reach."""

    id: Slug = Field(description="How it is referred to.")
    text: Text = Field(description="What is to be reached.")
    supports: list[Slug] = Field(default_factory=list, description="Which aims of the policy it serves.")


class Commitment(Part):
    """Something that one side brings in."""

    by: Literal["us", "partner"] = Field(description="Who brings it in.")
    text: Text = Field(description="What, how much, when.")


class Termination(Part):
    """Why and how a partnership ends."""

    trigger: Slug = Field(description="What ended it; the policy lists the triggers.")
    reason: Text | None = Field(None, description="In words; needed where the trigger does not say it.")
    notice_given: Annotated[Day | None, Happened()] = Field(None, description="The day notice was given.")
    effective: Annotated[Day, FallsDue("The end takes effect")] = Field(
        description="The day on which the partnership ends."
    )


class Partnership(Record):
    """A partner, and everything agreed, done and said with it."""

    folder: ClassVar[str] = "partnerships"
    named_by: ClassVar[str] = "name"

    kind: Literal["partnership"] = Field("partnership", description="What the record is.")
    name: Name = Field(description="The partner's name as it writes itself.", examples=["Northwind Cloud Cooperative"])
    partner: Literal["organisation", "company", "individual"] | None = Field(
        None, description="What the partner is in law: an organisation, a company or an individual."
    )
    type: str | None = Field(None, description="Category of the partner in the policy's taxonomy.", max_length=120)
    secondary_types: list[str] = Field(default_factory=list, description="Further categories that fit.")
    website: Where | None = Field(None, description="Where the partner presents itself.")
    proposer: PersonId | None = Field(None, description="Who proposed the partnership.")
    interested: list[PersonId] = Field(
        default_factory=list,
        description="People with an interest of their own in it: they are parties to no decision.",
    )
    starts: Day | None = Field(None, description="First day of the partnership.")
    ends: Annotated[Day | None, FallsDue("Partnership ends", "expiry")] = Field(
        None, description="Last day agreed, where one is."
    )
    objectives: list[Objective] = Field(default_factory=list, description="What is to be reached.")
    commitments: list[Commitment] = Field(default_factory=list, description="What each side brings in.")
    roles: dict[Slug, PersonId] = Field(default_factory=dict, description="Who holds which role for this partnership.")
    termination: Termination | None = Field(None, description="Why and how it ends.")
    activities: list[Activity] = Field(default_factory=list, description="What was done together.")
    communications: list[Communication] = Field(default_factory=list, description="What was said to whom.")
    benefits: list[Benefit] = Field(default_factory=list, description="What each side gives the other.")
    actions: list[Action] = Field(default_factory=list, description="What somebody undertook to do.")
