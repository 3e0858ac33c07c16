"""A review of a partnership or an agreement over a period."""

from __future__ import annotations

from typing import ClassVar, Literal

from partnerkit.kinds.logs import Action, Feedback, Figure, Rating
from partnerkit.kinds.modelled import Field
from partnerkit.kinds.parts import Day, IdOrPolicy, Name, Slug, Text
from partnerkit.kinds.record import Record


class Review(Record):
    """What was found when somebody looked: figures, ratings, a conclusion, actions."""

    folder: ClassVar[str] = "reviews"
    subject: ClassVar[str | None] = "of"
    subjects: ClassVar[tuple[str, ...]] = ("partnership", "agreement", "application", "pairing", "policy")
    sort: ClassVar[str | None] = "rhythm"
    period: ClassVar[tuple[str, str] | None] = ("from", "until")

    kind: Literal["review"] = Field("review", description="What the record is.")
    of: IdOrPolicy = Field(
        description="The record that is reviewed, or the policy, for a review of all that runs under it.",
        examples=["acme"],
    )
    title: Name = Field(description="What is reviewed, in a line.")
    rhythm: Slug = Field(description="Which of the policy's reviews it is.", examples=["monthly"])
    from_: Day = Field(description="First day of the period reviewed.")
    until: Day = Field(description="Last day of the period reviewed.")
    figures: list[Figure] = Field(default_factory=list, description="What can be counted.")
    ratings: list[Rating] = Field(default_factory=list, description="What can only be judged.")
    feedback: list[Feedback] = Field(default_factory=list, description="What participants said, in sum.")
    findings: Text | None = Field(None, description="What was found, in words. No names of people.")
    conclusion: Literal["continue", "adjust", "end"] | None = Field(None, description="What follows from it.")
    actions: list[Action] = Field(default_factory=list, description="What somebody undertook to do.")
