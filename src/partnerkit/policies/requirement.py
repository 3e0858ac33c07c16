"""Requirement: one thing that a transition demands, citing its clause."""

from __future__ import annotations

from typing import Any, Literal

from partnerkit.kinds.modelled import BaseModel, Field, model_validator
from partnerkit.kinds.parts import Name, Part, Slug, Text, kebab
from partnerkit.policies.bearing import Allowing, Demanding, Limiting, Worded
from partnerkit.policies.demands import (
    AcknowledgedDemand,
    ApartDemand,
    ApprovalDemand,
    CompareDemand,
    DwellDemand,
    EachDemand,
    EvidenceDemand,
    LinkedDemand,
    ListedDemand,
    NamedByDemand,
    NamedDemand,
    NoticeDemand,
    PeriodDemand,
    ScoresDemand,
    SignedDemand,
)
from partnerkit.policies.values import Clauses, Condition, DurationValue, Path, RoleValue, clause_list

DEMANDS = (
    "evidence",
    "approval",
    "period",
    "linked",
    "filled",
    "scores",
    "acknowledged",
    "signed",
    "compare",
    "dwell",
    "notice",
    "reason",
    "empty",
    "unmentioned",
    "matches",
    "each",
    "listed",
    "named",
    "named_by",
    "apart",
    "subject_meets",
    "any_of",
)


class Waivable(Part):
    """Who may waive a requirement, and for how long at most."""

    by: RoleValue = Field(description="The role that may waive it.")
    scope: Demanding[dict[Slug, Path]] = Field(
        default_factory=dict, description="Scope of the role to the field that says which, such as {city: event-city}."
    )
    for_at_most: Limiting[DurationValue | None] = Field(
        None, description="The longest time for which it may be waived."
    )


class Requirement(Part):
    """One demand, the clause it comes from, what it covers, and who can supply it."""

    clause: Clauses
    title: Worded[Name | None] = Field(None, description="Its name in words; else its id is read as words.")
    ask: Worded[Text | None] = Field(None, description="What to do when it is missing, in a sentence.")
    covers: Demanding[list[Path]] = Field(
        default_factory=list,
        description="Fields it vouches for: a change voids approvals before the gate, and is locked after it.",
    )
    rests_on: Demanding[list[Slug]] = Field(
        default_factory=list, description="Requirements whose evidence an approval is bound to."
    )
    after: Demanding[list[Slug]] = Field(
        default_factory=list,
        description="Requirements that must have been met first: what was said before the latest word on one of them "
        "does not count.",
    )
    when: Allowing[Condition | None] = Field(None, description="Demanded only where this holds.")
    who: Worded[list[Slug]] = Field(
        default_factory=list, description="Roles that usually supply it, named to whoever asks; nobody else is refused."
    )
    waivable: Allowing[Waivable | None] = Field(None, description="Who may waive it; absent: nobody.")
    standing: Demanding[list[Slug]] = Field(
        default_factory=list, description="Stages for as long as which it must go on being met."
    )
    of: Slug | None = Field(None, description="The kind it stands for, where no gate names it: only `standing` asks.")
    within: Allowing[DurationValue | None] = Field(
        None, description="How long after such a stage is reached it may take until it is met."
    )
    advisory: Allowing[bool] = Field(False, description="Whether it only warns: unmet, it refuses nothing.")

    evidence: Demanding[EvidenceDemand | None] = Field(None, description="Something must be shown.")
    approval: Demanding[ApprovalDemand | None] = Field(None, description="People in a role must decide.")
    period: Demanding[PeriodDemand | None] = Field(None, description="Something must have stood open and been closed.")
    linked: Demanding[LinkedDemand | None] = Field(
        None, description="Records that belong to it must stand in certain stages."
    )
    filled: Demanding[list[Path] | None] = Field(None, min_length=1, description="Fields that must hold something.")
    scores: Demanding[ScoresDemand | None] = Field(None, description="A scorecard must be filled.")
    acknowledged: Demanding[AcknowledgedDemand | None] = Field(None, description="Parties must have acknowledged it.")
    signed: Demanding[SignedDemand | None] = Field(None, description="All parties must have signed one document.")
    compare: Demanding[CompareDemand | None] = Field(None, description="A day or number must stand in a relation.")
    dwell: Demanding[DwellDemand | None] = Field(
        None, description="The record must have stood in its stage for a while."
    )
    notice: Demanding[NoticeDemand | None] = Field(None, description="Notice must have been given in time.")
    reason: Demanding[Literal[True] | None] = Field(None, description="The move must give its reason.")
    empty: Demanding[list[Path] | None] = Field(None, min_length=1, description="Fields that must hold nothing.")
    unmentioned: Demanding[list[Slug] | None] = Field(
        None, min_length=1, description="Names of the policy that nothing `partner-facing` may mention."
    )
    matches: Demanding[Condition | None] = Field(None, description="Fields must be as this says; written like `when`.")
    each: Demanding[EachDemand | None] = Field(
        None, description="Every item of a list must be spoken to in another list."
    )
    listed: Demanding[ListedDemand | None] = Field(
        None, description="A list must hold enough items of a sort, and not too many."
    )
    named: Demanding[NamedDemand | None] = Field(
        None, description="Records that a field names must stand in certain stages."
    )
    named_by: Demanding[NamedByDemand | None] = Field(None, description="Not too many records may name it.")
    apart: Demanding[ApartDemand | None] = Field(
        None, description="People must be others, bound to each other by nothing."
    )
    subject_meets: Demanding[list[Slug] | None] = Field(
        None,
        min_length=1,
        description="Requirements that the record it belongs to must meet on that day, such as a check that grows old.",
    )
    any_of: Allowing[list[Slug] | None] = Field(None, min_length=2, description="One of these requirements suffices.")

    @model_validator(mode="after")
    def _one_demand(self) -> Requirement:
        given = [kebab(name) for name in DEMANDS if getattr(self, name) is not None]
        if len(given) != 1:
            choices = ", ".join(kebab(name) for name in DEMANDS)
            found = " and ".join(given) or "none"
            raise ValueError(f"a requirement makes exactly one demand of: {choices}; here: {found}")
        return self

    @model_validator(mode="after")
    def _standing_somewhere(self) -> Requirement:
        if (self.of is not None or self.within is not None) and not self.standing:
            raise ValueError("`of` and `within` go with `standing`: say in which stages it must be met")
        return self

    @property
    def type(self) -> str:
        """Which sort of demand it makes, as the key in the file."""
        return next(kebab(name) for name in DEMANDS if getattr(self, name) is not None)

    @property
    def demand(self) -> BaseModel | list[str] | dict[str, Any] | bool:
        """The demand itself."""
        found: BaseModel | list[str] | dict[str, Any] | bool = getattr(self, self.type.replace("-", "_"))
        return found

    @property
    def clauses(self) -> list[str]:
        """The clauses it cites."""
        return clause_list(self.clause)
