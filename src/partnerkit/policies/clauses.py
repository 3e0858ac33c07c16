"""The clause tree of a written policy, and which clauses something implements."""

from __future__ import annotations

from typing import Annotated

from partnerkit.kinds.modelled import Field, model_validator
from partnerkit.kinds.parts import Name, Part, Slug, Text

ClauseId = Annotated[
    str, Field(pattern=r"^§[a-z0-9]+([.-][a-z0-9]+)*$", description="§ and the section's number or name.")
]


class Clause(Part):
    """A heading of the written policy with the points below it.

    `narrative` says why nothing implements it: of the heading and all its points, or point by point.
    """

    title: Name = Field(description="The heading, as a name.")
    points: list[Slug] = Field(default_factory=list, description="Its bullets, in order, by name.")
    narrative: Text | dict[Slug, Text] | None = Field(
        None, description="Why nothing implements it: of all its points, or point by point."
    )
    text: Text | None = Field(None, description="What it asks, in our own words.")
    under: str | None = Field(None, description="The heading above, where the id does not show it.")

    @model_validator(mode="after")
    def _points_once(self) -> Clause:
        if len(set(self.points)) != len(self.points):
            raise ValueError("two points of one clause have the same name")
        if isinstance(self.narrative, dict) and (unknown := set(self.narrative) - set(self.points)):
            raise ValueError(f"narrative names points that the clause does not have: {', '.join(sorted(unknown))}")
        return self


def parent(clause_id: str, clause: Clause) -> str | None:
    """The heading above a clause: as it says, or as its id shows (`§3.2` of `§3.2.1`, `§a` of `§a.b`)."""
    return clause.under or clause_id.rpartition(".")[0] or None


def leaves(clauses: dict[str, Clause]) -> list[str]:
    """Everything that must be implemented or narrative: points, and headings with nothing below them."""
    above = {parent(clause_id, clause) for clause_id, clause in clauses.items()}
    found: list[str] = []
    for clause_id, clause in clauses.items():
        if clause.points:
            found += [f"{clause_id}/{point}" for point in clause.points]
        elif clause_id not in above:
            found.append(clause_id)
    return found


def narratives(clauses: dict[str, Clause]) -> dict[str, str]:
    """Narrative leaves, each with its reason."""
    found: dict[str, str] = {}
    for clause_id, clause in clauses.items():
        if isinstance(clause.narrative, str):
            points = [f"{clause_id}/{point}" for point in clause.points] or [clause_id]
            found |= dict.fromkeys(points, clause.narrative)
        elif clause.narrative:
            found |= {f"{clause_id}/{point}": reason for point, reason in clause.narrative.items()}
    return found


def known(clauses: dict[str, Clause]) -> set[str]:
    """Every id that may be cited: headings and points."""
    return set(clauses) | {f"{clause_id}/{point}" for clause_id, clause in clauses.items() for point in clause.points}
