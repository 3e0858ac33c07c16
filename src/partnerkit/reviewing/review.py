"""A review: all that is told of a change, from where to where it leads; or why nobody can tell it."""

from __future__ import annotations

from partnerkit.dataclass import dataclass, field, replace
from partnerkit.findings import Finding
from partnerkit.reviewing.told import Eye, Need, OfRecord, OfRules


@dataclass(frozen=True, slots=True)
class Vote:
    """An approval that a gate ahead still needs."""

    record: str
    need: Need


@dataclass(frozen=True, slots=True)
class End:
    """One of the two ends of what is compared.

    Attributes:
        rev: the revision as it was asked for; None for the working tree.
        commit: the commit; None for the working tree, and where there is none.
        chosen: how it was chosen where nobody named it; empty where somebody did.
    """

    rev: str | None
    commit: str | None
    chosen: str = ""


@dataclass(frozen=True, slots=True)
class Review:
    """All that is told of a change.

    Attributes:
        name: whose register it is.
        base: where it began.
        head: where it leads.
        findings: what is found of it, the worst first.
        rules: what becomes of the files that say what is legal.
        records: what becomes of records, the most important first.
        eyes: what a reviewer should look at.
        votes: the approvals that are still needed.
        others: how many files change that this page does not speak of.
        begins: whether no register stood there before, so that no earlier rule judges it.
        untold: why nobody can tell what it means; None where it is told.
        files: the files that change, where nobody can tell what that means.
        alone: the only record of which it tells; empty where it tells of all.
    """

    name: str
    base: End
    head: End
    findings: list[Finding] = field(default_factory=list)
    rules: list[OfRules] = field(default_factory=list)
    records: list[OfRecord] = field(default_factory=list)
    eyes: list[Eye] = field(default_factory=list)
    votes: list[Vote] = field(default_factory=list)
    others: int = 0
    begins: bool = False
    untold: Finding | None = None
    files: list[str] = field(default_factory=list)
    alone: str = ""

    def only(self, record: str) -> Review:
        """The same, of which only one record is told."""
        return replace(
            self,
            findings=[one for one in self.findings if one.record == record],
            rules=[],
            records=[one for one in self.records if one.id == record],
            eyes=[one for one in self.eyes if one.where == record],
            votes=[one for one in self.votes if one.record == record],
            others=0,
            alone=record,
        )
