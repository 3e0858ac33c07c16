"""Matching: who of the people in the pool may be paired, and by what points, as a policy says it."""

from __future__ import annotations

from typing import Literal

from partnerkit.kinds.modelled import Field, model_validator
from partnerkit.kinds.parts import Part, Slug
from partnerkit.policies.bearing import Demanding
from partnerkit.policies.values import Clauses, CountValue, Path

Measure = Literal["covered", "shared", "same", "steps", "hours"]
Shape = Literal["pairs", "groups", "peers"]


class Measured(Part):
    """How the points of one criterion are worked out, 0 to 100, from what two people say about themselves."""

    measure: Measure = Field(
        description="covered: how much of what the mentee lists the mentor lists too. shared: how much of the shorter "
        "list both list. same: all or nothing. steps: how far apart they stand in `order`. hours: free time in common."
    )
    mentor: Path = Field(description="The field of the mentor's application that says it.")
    mentee: Path | None = Field(None, description="The field of the mentee's; absent: the same.")
    weight: int = Field(1, ge=0, le=100, description="How often it counts, beside the others; 0: not at all.")
    least: int | None = Field(None, ge=1, le=100, description="Whoever has fewer points by it is not paired.")
    order: list[Slug] | None = Field(None, min_length=2, description="steps: the values, from least to most.")
    enough: int | None = Field(None, ge=1, le=168, description="hours: so many a week in common are all points.")

    @model_validator(mode="after")
    def _what_it_needs(self) -> Measured:
        if (self.measure == "steps") != (self.order is not None):
            raise ValueError("`order` goes with the measure steps, and it needs it")
        if (self.measure == "hours") != (self.enough is not None):
            raise ValueError("`enough` goes with the measure hours, and it needs it")
        return self


class Steps(Part):
    """By how many steps of an order the mentor stands above the mentee; below 0: below."""

    best: int = Field(description="So many are all points; each step more or fewer costs a quarter of them.")
    least: int | None = Field(None, description="With fewer they are not paired.")
    most: int | None = Field(None, description="With more they are not paired.")


class Programme(Part):
    """How one programme is matched."""

    clause: Clauses
    shape: Shape = Field(
        description="pairs: a mentor with a mentee, as often as there is room. groups: one mentor with several. "
        "peers: two who are alike."
    )
    fewest: CountValue | None = Field(None, description="groups: a smaller one is not made.")
    most: CountValue | None = Field(None, description="groups: how many mentees one has at most.")
    steps: Steps | None = Field(None, description="What the measure steps asks for in this programme.")

    @model_validator(mode="after")
    def _sizes_of_groups(self) -> Programme:
        if self.shape != "groups" and (self.fewest is not None or self.most is not None):
            raise ValueError("`fewest` and `most` go with the shape groups")
        return self


class MatchingSpec(Part):
    """Who is matched, and by what. Nothing here pairs anybody: a proposal is looked at by a person."""

    clause: Clauses
    pool: Demanding[list[Slug]] = Field(min_length=1, description="The stages of applications that are matched.")
    needs: Demanding[list[Slug]] = Field(
        default_factory=list, description="Standing requirements without which an application is left out."
    )
    taken: Demanding[list[Slug]] = Field(
        min_length=1, description="The stages of pairings that take up a place, and keep a mentee out of the pool."
    )
    not_again: Demanding[list[Slug]] = Field(
        default_factory=list, description="The stages of pairings whose people are not paired again."
    )
    did_not_last: list[Slug] = Field(
        default_factory=list,
        description="The stages of pairings that did not last: each counts as a cycle waited for whoever was not the "
        "mentor in it, until a later one of theirs comes to its end.",
    )
    shown_by: Slug = Field(description="The requirement of a pairing under which the proposal is put.")
    judged_by: Slug = Field(description="The requirement with the scorecard to which the criteria below belong.")
    looked_at: Slug | None = Field(
        None, description="The requirement under which whoever accepts says that interests were looked for."
    )
    reviewed_by: Slug = Field(description="The requirement that is met by a person's decision to accept a pair.")
    rejected: Slug = Field(description="The stage of a pairing that a person would not have.")
    programmes: dict[Slug, Programme] = Field(min_length=1, description="The programmes that are matched.")
    criteria: dict[Slug, Measured] = Field(
        min_length=1, description="Criteria of the scorecard that can be worked out; people judge the others."
    )
