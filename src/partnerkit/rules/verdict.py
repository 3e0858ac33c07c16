"""The verdict on one landed step, and the entries that it brought."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import TypeAlias

from partnerkit.dataclass import dataclass, field, replace
from partnerkit.findings import Finding
from partnerkit.rules.assurance import Level, Sealed
from partnerkit.rules.offering import Against
from partnerkit.rules.settled import Settlement
from partnerkit.steps import Commit

Key: TypeAlias = tuple[str, str | None, str | None, str]


def key_of(found: Finding) -> Key:
    """By what something that stands is known again, wherever in the file it stands."""
    return found.code, found.record, found.file, found.message


@dataclass(frozen=True, slots=True)
class Entered:
    """One entry of a record's history, as it landed.

    Attributes:
        record: the record's id.
        seq: its number in the record's history.
        id: its id.
        type: what sort of change it is.
        left: the stage left; None for the first.
        to: the stage reached.
        at: when, as it says.
        by: who made it, as it says.
        commit: the commit that brought it.
        landed_at: when that landed.
        level: how surely it was made by whom it names.
        witnessed: whether the moment that it names is about the one at which it landed.
        broke: the codes of the rules that its step broke for this record; empty where it is legal.
        reason: why, as it says.
        undoes: the id of the entry that it takes back, or after which what it corrects was altered.
        relies: the records on which it relies.
        settles: of a void or a correction that is legal, what it settles: the ids of entries, and the fields sealed.
        voided: by which entry it was voided; None where it counts.
    """

    record: str
    seq: int
    id: str
    type: str
    left: str | None
    to: str
    at: datetime
    by: str
    commit: str
    landed_at: datetime
    level: Level
    witnessed: bool
    broke: tuple[str, ...] = ()
    reason: str | None = None
    undoes: str | None = None
    relies: tuple[str, ...] = ()
    settles: tuple[str, ...] = ()
    voided: Settlement | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of one commit under the judge.

    Attributes:
        commit: the commit.
        findings: everything in which it breaks the rules that stood before it.
        standing: in what the records that it changed contradict themselves or the rules, from it on or before.
        entered: the entries that it brought.
        levels: how surely each statement that it brought was made by whom it names, by the statement's id.
        said_in: the record in which each of these statements stands.
        squashed: records for which it brought several entries at once.
        rules: the rule files that it changed.
        governs: the rule files of which what they say came to count with it: none while rules cannot be read.
        weakened: what these demand less than before, in words.
        decided: the policies among them that changed as a case had decided, in words.
        signature: what its signature is worth, where it has one and brings entries or statements.
        expunged: records that it left with markers which only later versions of them explain: history was rewritten.
        looked_at: the records of which `standing` tells; None for all.
    """

    commit: Commit
    findings: list[Finding]
    standing: list[Finding] = field(default_factory=list)
    entered: list[Entered] = field(default_factory=list)
    levels: dict[str, Level] = field(default_factory=dict)
    said_in: dict[str, str] = field(default_factory=dict)
    squashed: list[str] = field(default_factory=list)
    rules: list[str] = field(default_factory=list)
    governs: list[str] = field(default_factory=list)
    weakened: list[str] = field(default_factory=list)
    decided: list[str] = field(default_factory=list)
    signature: Sealed | None = None
    expunged: list[str] = field(default_factory=list)
    looked_at: list[str] | None = field(default_factory=list)

    @property
    def says_something(self) -> bool:
        """Whether the commit changed anything that an audit tells of."""
        return bool(self.findings or self.entered or self.levels or self.rules or self.expunged)


def only_of(one: Verdict, ids: Collection[str]) -> Verdict:
    """What a verdict says of some records."""
    entered = [mine for mine in one.entered if mine.record in ids]
    return replace(
        one,
        findings=[found for found in one.findings if found.record is None or found.record in ids],
        standing=[found for found in one.standing if found.record in ids],
        entered=entered,
        levels={key: level for key, level in one.levels.items() if one.said_in[key] in ids},
        squashed=[record for record in one.squashed if record in ids],
        expunged=[record for record in one.expunged if record in ids],
    )


def against(found: Finding, step: Verdict, standing: Collection[Key]) -> Against | None:
    """How long rules that changed in a step speak against a statement that was there before it; None for any other."""
    if not step.rules or found.statement is None or found.statement in step.said_in:
        return None
    return "still" if key_of(found) in standing else "once"
