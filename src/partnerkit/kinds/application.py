"""An application of somebody who wants to mentor, or to be mentored."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from partnerkit.kinds.dated import FallsDue, Happened, OnceDecided
from partnerkit.kinds.logs import Communication
from partnerkit.kinds.modelled import Field, WithJsonSchema
from partnerkit.kinds.parts import Day, Name, Number, Part, PersonId, Slug, Text, Where
from partnerkit.kinds.record import Record
from partnerkit.kinds.week import Window, Zone

#: Nobody has worked for longer.
MOST_YEARS = 80

#: The working hours of a month, 21 days of 8: nobody has more to give.
MOST_HOURS = 168


def _numbers(**bounds: int) -> WithJsonSchema:
    """How editors are told of the bounds of a number."""
    return WithJsonSchema(
        {"anyOf": [{"type": "number", **bounds}, {"type": "string", "pattern": r"^(0|[1-9]\d*)(\.\d+)?$"}]}
    )


Years = Annotated[Number, Field(ge=0, le=MOST_YEARS), _numbers(minimum=0, maximum=MOST_YEARS)]
Hours = Annotated[Number, Field(gt=0, le=MOST_HOURS), _numbers(exclusiveMinimum=0, maximum=MOST_HOURS)]


class Goal(Part):
    """Something that somebody wants to learn, and how they will know."""

    id: Slug = Field(description="How it is referred to.")
    text: Text = Field(description="What is to be learnt.")
    measure: Text = Field(description="How it can be told that it was reached.")
    due: Annotated[Day | None, FallsDue("Goal", unless="status", still=("open",))] = Field(
        None, description="The day by which it should be reached."
    )
    status: Literal["open", "reached", "partly", "dropped"] = Field("open", description="How far it has come.")


class Reference(Part):
    """A reference, counted and checked. Who gave it, and what was said, stay outside the register."""

    id: Slug = Field(description="How it is referred to, such as r1.")
    kind: Slug = Field(description="What sort of reference; the policy lists them.")
    status: Literal["asked", "received", "verified", "declined"] = Field(description="How far it has come.")
    on: Annotated[Day | None, Happened()] = Field(None, description="The day it was received or checked.")


class Training(Part):
    """A module of training that was completed."""

    on: Annotated[Day, Happened()] = Field(description="The day it was completed.")
    module: Slug = Field(description="Which one; the policy lists them.")
    ref: Where | None = Field(None, description="Where that can be seen.")


class CodeOfConduct(Part):
    """The version of the code of conduct that was accepted."""

    version: Name = Field(description="Which version.")
    on: Annotated[Day, Happened()] = Field(description="The day it was accepted.")


class Application(Record):
    """What somebody brings and seeks. People are opaque ids; ratings only, never what was said about a person."""

    folder: ClassVar[str] = "applications"
    person: ClassVar[str | None] = "applicant"
    once: ClassVar[tuple[str, ...]] = ("applicant", "as", "programmes")
    in_order: ClassVar[tuple[tuple[str, str], ...]] = (("member-since", "applied"),)
    bonds: ClassVar[tuple[str, str, str] | None] = ("applicant", "also", "conflicts")

    kind: Literal["application"] = Field("application", description="What the record is.")
    title: Name = Field(description="What it is, in a line, without names of people.", examples=["Mentor, spring 2026"])
    applicant: PersonId
    as_: Literal["mentor", "mentee"] = Field(description="What they want to be.", examples=["mentor"])
    programmes: list[Slug] = Field(default_factory=list, description="The programme types they apply for.")
    applied: Annotated[Day, Happened()] = Field(
        description="The day they applied: thresholds are measured on it.", examples=["2026-02-01"]
    )
    member_since: Annotated[Day | None, Happened()] = Field(None, description="The day they joined the community.")
    experience_years: Years | None = Field(None, description="Years of relevant professional experience.")
    skills: list[Slug] = Field(default_factory=list, description="What they can teach, or want to learn.")
    level: Slug | None = Field(None, description="How experienced they are.")
    hours_per_month: Hours | None = Field(None, description="The time they can give; a month has 168 working hours.")
    capacity: int | None = Field(None, ge=1, le=50, description="A mentor: how many mentees at a time.")
    goals: list[Goal] = Field(default_factory=list, description="A mentee: what they want to learn.")
    references: list[Reference] = Field(default_factory=list, description="References, counted and checked.")
    training: list[Training] = Field(default_factory=list, description="Modules of training completed.")
    code_of_conduct: CodeOfConduct | None = Field(None, description="What they accepted.")
    also: list[PersonId] = Field(
        default_factory=list, description="Other ids under which the register knows the same person."
    )
    time_zone: Zone | None = Field(None, description="The time zone in which they live, by its IANA name.")
    free: list[Window] = Field(default_factory=list, description="When they are free every week, in their time zone.")
    prefers: list[PersonId] = Field(
        default_factory=list, description="With whom they would like to be paired, from the first choice on."
    )
    not_with: list[PersonId] = Field(
        default_factory=list, description="With whom they do not want to be paired; why is theirs to keep."
    )
    conflicts: list[PersonId] = Field(
        default_factory=list, description="People to whom something else binds them, such as family or work."
    )
    rests_until: Day | None = Field(None, description="They take on nothing new before this day.")
    interested: list[PersonId] = Field(
        default_factory=list, description="People with an interest of their own in it: they decide nothing here."
    )
    cycles_waited: int | None = Field(None, ge=0, description="Cycles for which they have waited for a match.")
    notified: Annotated[Day | None, OnceDecided("Tell the decision to whom it concerns")] = Field(
        None, description="The day they were told the decision."
    )
    communications: list[Communication] = Field(default_factory=list, description="What was said to them.")
