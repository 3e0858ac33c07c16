"""A risk of a partnership or an agreement, and what is done about it."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from partnerkit.kinds.dated import FallsDue, Happened, RepeatsBy
from partnerkit.kinds.modelled import Field
from partnerkit.kinds.parts import Day, Duration, Id, Name, Part, PersonId, Slug, Text, Where
from partnerkit.kinds.record import Record


class Control(Part):
    """A measure that makes the risk smaller."""

    kind: Slug = Field(description="What sort of control it is; the policy lists them.")
    text: Text = Field(description="What is done.")
    ref: Where | None = Field(None, description="The evidence, clause or procedure behind it.")


class Assessment(Part):
    """How the risk was judged on a day."""

    on: Annotated[Day, Happened()] = Field(description="The day it was judged.")
    likelihood: int = Field(ge=1, le=5, description="1 rare to 5 almost certain.")
    impact: int = Field(ge=1, le=5, description="1 negligible to 5 severe.")
    why: Text = Field(description="The reason for the judgement.")
    by: PersonId


class Risk(Record):
    """Something that may go wrong."""

    folder: ClassVar[str] = "risks"
    subject: ClassVar[str | None] = "of"
    subjects: ClassVar[tuple[str, ...]] = ("partnership", "agreement", "application", "pairing")
    sort: ClassVar[str | None] = "type"
    watched_by: ClassVar[str | None] = "owner"

    kind: Literal["risk"] = Field("risk", description="What the record is.")
    of: Id = Field(description="The record that is at risk.", examples=["acme"])
    title: Name = Field(description="What may go wrong, in a line.")
    type: Slug = Field(description="Which sort of risk; the policy lists them.", examples=["reputation"])
    analysis: Text | None = Field(None, description="Causes and consequences.")
    assessments: list[Assessment] = Field(default_factory=list, description="The latest counts.")
    controls: list[Control] = Field(default_factory=list, description="What is done about it.")
    owner: PersonId | None = Field(None, description="Who watches it.")
    review_every: Annotated[Duration | None, RepeatsBy("assessments", "New look at the risk")] = Field(
        None, description="How often it is looked at again."
    )
    accepted_until: Annotated[Day | None, FallsDue("Acceptance of the risk ends", "expiry", while_asked=True)] = Field(
        None, description="The last day for which it is accepted."
    )
