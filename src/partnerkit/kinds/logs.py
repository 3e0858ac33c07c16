"""Log entries: what merely happened around a record."""

from __future__ import annotations

from typing import Annotated, Literal

from partnerkit.kinds.dated import AwaitsAnswer, FallsDue, Happened
from partnerkit.kinds.modelled import Field, model_validator
from partnerkit.kinds.parts import Day, Name, Number, Part, PersonId, Slug, Text, Where, runs_forward

#: Fewer answers than these are no crowd: their sum would tell what one of them said.
FEWEST_ANSWERS = 5

#: In what part somebody takes part in a pairing.
TakesPartAs = Literal["mentor", "mentee", "peer"]


class Activity(Part):
    """Something done together: an event, an article, a pilot."""

    on: Annotated[Day, Happened()] = Field(description="The day it took place or began.", examples=["2026-05-12"])
    kind: Slug = Field(description="What it was; the policy lists the kinds.")
    title: Name = Field(description="What it was, in a line.")
    outcome: Text | None = Field(None, description="What came out of it.")
    attendance: int | None = Field(None, ge=0, description="People who took part.")
    ref: Where | None = Field(None, description="Where it can be seen.")


class Communication(Part):
    """Something said, to whom and through which channel. A summary and a reference, never the correspondence."""

    on: Annotated[Day, Happened()] = Field(description="The day it was said.", examples=["2026-05-12"])
    kind: Slug = Field(description="What it was; the policy lists the kinds.")
    audience: Slug | None = Field(None, description="Who was addressed, such as core-team, members, partner, public.")
    summary: Text = Field(description="What was said, in a sentence. No names of people.")
    ref: Where | None = Field(None, description="Where it can be read.")
    awaits_answer: Annotated[bool | None, AwaitsAnswer("on", "audience", "summary")] = Field(
        None, description="True while an answer is outstanding."
    )


class Benefit(Part):
    """Something that one side gives the other."""

    id: Slug = Field(description="How it is referred to.")
    kind: Slug = Field(description="What it is; the policy lists the kinds.")
    to: Literal["community", "partner"] = Field(description="Who benefits.")
    text: Text = Field(description="What is promised.")
    status: Literal["promised", "delivered", "expired", "withdrawn"] = Field(description="How far it has come.")
    valid_until: Annotated[
        Day | None, FallsDue("Benefit runs out", "expiry", unless="status", still=("promised", "delivered"))
    ] = Field(None, description="The last day of the offer.")
    member_data: Text | None = Field(
        None, description="Where data of members may reach the partner: what was agreed about its protection."
    )


class Action(Part):
    """Something that somebody undertook to do."""

    id: Slug = Field(description="How it is referred to.")
    text: Text = Field(description="What is to be done.")
    kind: Slug | None = Field(None, description="What sort of improvement it is; the policy lists them.")
    owner: PersonId
    due: Annotated[Day | None, FallsDue("Action", unless="done", owner="owner", outlives=True)] = Field(
        None, description="The day by which it is to be done."
    )
    done: Day | None = Field(None, description="The day it was done.")


class Milestone(Part):
    """A dated point of a plan."""

    id: Slug = Field(description="How it is referred to.")
    text: Text = Field(description="What is reached then.")
    due: Annotated[Day, FallsDue("Milestone", unless="done")] = Field(description="The day it should be reached.")
    done: Day | None = Field(None, description="The day it was reached.")


class Figure(Part):
    """One number with everything that makes it mean something."""

    name: Slug = Field(description="Which figure; the policy lists them.")
    value: Number = Field(description="The number.", examples=["42"])
    unit: Name = Field(description="Its unit, such as people, events, EUR.")
    from_: Day = Field(description="First day of the period.")
    until: Day = Field(description="Last day of the period.")
    source: Where = Field(description="Where the number comes from.")

    _runs_forward = model_validator(mode="after")(runs_forward)


class Answered(Part):
    """One question of a survey, over all who answered it."""

    name: Slug = Field(description="What was asked; the policy lists it.")
    average: Number = Field(description="The mean of all answers, each 1 poor to 5 excellent.", examples=["4.2"])
    answers: int | None = Field(
        None, ge=FEWEST_ANSWERS, description="How many answered this question, where some left it out."
    )


class Feedback(Part):
    """What many people said, in sum. Single answers never enter the register, nor do sums over a few of them."""

    method: Slug = Field(description="How they were asked; the policy lists the ways.")
    from_: Day = Field(description="First day of the period.")
    until: Day = Field(description="Last day of the period.")
    role: TakesPartAs | None = Field(None, description="Those alone who take part as this; absent: all.")
    programme: Slug | None = Field(None, description="Those alone who take part in this; absent: all.")
    answers: int = Field(
        ge=FEWEST_ANSWERS, description="How many answered: with fewer, somebody could tell who said what."
    )
    results: list[Answered] = Field(default_factory=list, description="What came out of it, question by question.")
    summary: Text | None = Field(None, description="What was said, in sum; no quotations, no names.")

    _runs_forward = model_validator(mode="after")(runs_forward)

    @model_validator(mode="after")
    def _no_more_than_answered(self) -> Feedback:
        for one in self.results:
            if one.answers is not None and one.answers > self.answers:
                raise ValueError(f"{one.name} has {one.answers} answers, and only {self.answers} answered at all")
        return self


class Rating(Part):
    """One judgement on a scale of 1 to 5, with its reason."""

    name: Slug = Field(description="What is judged; the policy lists it.")
    score: int = Field(ge=1, le=5, description="1 poor to 5 excellent.")
    why: Text = Field(description="The reason for the score.")
