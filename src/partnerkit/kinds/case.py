"""A case: a crisis, a dispute, an appeal, an amendment of the policy or another matter with a life of its own."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from partnerkit.kinds.dated import Happened
from partnerkit.kinds.logs import Action
from partnerkit.kinds.modelled import Field
from partnerkit.kinds.parts import Day, Digest, IdOrPolicy, Name, Part, PersonId, Slug, Text
from partnerkit.kinds.record import Record


class Event(Part):
    """One line of the timeline."""

    on: Annotated[Day, Happened()] = Field(description="The day it happened.")
    text: Text = Field(description="What happened or was done. No names of people.")


class Case(Record):
    """Something that must be dealt with; it may be logged at any time."""

    folder: ClassVar[str] = "cases"
    subject: ClassVar[str | None] = "of"
    subjects: ClassVar[tuple[str, ...]] = ("partnership", "agreement", "application", "pairing", "policy")
    sort: ClassVar[str | None] = "type"
    outlives: ClassVar[bool] = True

    kind: Literal["case"] = Field("case", description="What the record is.")
    of: IdOrPolicy = Field(
        description="The record it concerns, or the policy, for what concerns all that runs under it.",
        examples=["acme"],
    )
    title: Name = Field(description="What it is about, in a line.")
    type: Slug = Field(description="What sort of case; the policy lists them.", examples=["crisis"])
    opened: Annotated[Day, Happened()] = Field(description="The day it became known.")
    interested: list[PersonId] = Field(
        default_factory=list, description="People with an interest of their own in it: they decide nothing here."
    )
    amends_to: Digest | None = Field(
        None, description="Of an amendment of the policy: the digest (c1) of the policy file as it is to be."
    )
    timeline: list[Event] = Field(default_factory=list, description="What happened, in order.")
    response: Text | None = Field(None, description="What is done at once, and who leads.")
    communication_plan: Text | None = Field(None, description="Who is told what, when, by whom.")
    recovery: Text | None = Field(None, description="How things are put right and kept running.")
    lessons: Text | None = Field(None, description="What is learnt from it.")
    actions: list[Action] = Field(default_factory=list, description="What somebody undertook to do.")
