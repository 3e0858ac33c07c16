"""register.yaml: what the register as a whole has decided."""

from __future__ import annotations

from datetime import tzinfo
from typing import Literal

from partnerkit.kinds.modelled import Field
from partnerkit.kinds.parts import Day, Format, Name, Part, Slug, Where
from partnerkit.kinds.week import Zone, zone_of

Separation = Literal["off", "warn", "require"]


class PoliciesInUse(Part):
    """Which policies records may have."""

    allowed: list[str] = Field(min_length=1, description="Policies that records of this register may have.")
    default: dict[Slug, str] = Field(default_factory=dict, description="Kind to the policy of new records.")


class RulesChangedBy(Part):
    """Who may change what says what is legal; what is left empty may be changed by anybody on the roster."""

    policies: list[Slug] = Field(default_factory=list, description="The roles of which one may change a policy.")
    people: list[Slug] = Field(default_factory=list, description="The roles of which one may change the roster.")
    register_: list[Slug] = Field(
        default_factory=list, alias="register", description="The roles of which one may change register.yaml."
    )


class Trust(Part):
    """What is demanded of people beyond what policies say."""

    separation_of_duties: Separation = Field(
        "require",
        description="Whether deciders must be others than proposer and parties, where the policy is silent.",
    )
    rules_changed_by: RulesChangedBy = Field(
        default_factory=RulesChangedBy, description="Whose role allows them to land a change of the rules."
    )
    expunged_by: list[Slug] = Field(
        default_factory=list,
        description="The roles of which one may take text out of records for good (`person forget`); where empty, "
        "anybody on the roster may.",
    )
    adopted_by: list[Slug] = Field(
        default_factory=list,
        description="The roles of which one may take records in as they already stand, without their being judged; "
        "where empty, anybody on the roster may.",
    )
    adopted_until: Day | None = Field(
        None, description="The last day on which records are taken in as they stand; from then on each is judged."
    )

    def who_changes(self, sort: str) -> list[str]:
        """The roles of which whoever changes `policies`, `people` or the `register` holds one; none: anybody may."""
        found = self.rules_changed_by
        return {"policies": found.policies, "people": found.people, "register": found.register_}[sort]


class Settings(Part):
    """register.yaml."""

    format: Format = Field(description="Version of the file format.")
    name: Name = Field(description="Whose register it is.", examples=["Lighthouse Community"])
    time_zone: Zone = Field(description="IANA time zone in which days begin.")
    policies: PoliciesInUse = Field(description="Which policies records may have.")
    trust: Trust = Field(default_factory=Trust, description="What is demanded of people.")
    classification: Literal["internal", "confidential", "restricted"] = Field(
        "internal",
        description="The strictest content that may stand in this repository itself: whoever may read it reads it all.",
    )
    private: Where | None = Field(None, description="Where names and contacts are kept, outside history.")

    @property
    def zone(self) -> tzinfo:
        """The time zone in which days begin."""
        return zone_of(self.time_zone)
