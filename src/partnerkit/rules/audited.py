"""What an audit found: the verdict on every step, and what stands at the end."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime

from partnerkit.findings import Finding, has_errors
from partnerkit.rules.assurance import Level, Sealed
from partnerkit.rules.trusted import Facts
from partnerkit.steps import Commit


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
        weakened: what these demand less than before, in words.
        decided: the policies among them that changed as a case had decided, in words.
        signature: what its signature is worth, where it has one and brings entries or statements.
    """

    commit: Commit
    findings: list[Finding]
    standing: list[Finding] = field(default_factory=list)
    entered: list[Entered] = field(default_factory=list)
    levels: dict[str, Level] = field(default_factory=dict)
    said_in: dict[str, str] = field(default_factory=dict)
    squashed: list[str] = field(default_factory=list)
    rules: list[str] = field(default_factory=list)
    weakened: list[str] = field(default_factory=list)
    decided: list[str] = field(default_factory=list)
    signature: Sealed | None = None

    @property
    def says_something(self) -> bool:
        """Whether the commit changed anything that an audit tells of."""
        return bool(self.findings or self.entered or self.levels or self.rules)


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
    )


def told_once(verdicts: Iterable[Verdict]) -> Iterator[Verdict]:
    """The verdicts, with what stands in records told where it came about and not again, and what each entry broke."""
    known: set[tuple[str, str | None, str | None, str]] = set()
    for one in verdicts:
        placed = {(found.code, found.file, found.line, found.column) for found in one.findings}
        now = {(found.code, found.record, found.file, found.message): found for found in one.standing}
        new = [found for key, found in now.items() if key not in known]
        known |= set(now)
        findings = [*one.findings, *(f for f in new if (f.code, f.file, f.line, f.column) not in placed)]
        errors = [found for found in findings if found.severity == "error"]
        entered = [
            replace(mine, broke=tuple(sorted({found.code for found in errors if found.record == mine.record})))
            for mine in one.entered
        ]
        yield replace(one, findings=findings, entered=entered)


@dataclass(frozen=True, slots=True)
class Audited:
    """What was proven, and what could not be.

    Attributes:
        register: whose it is.
        head: the commit up to which it was looked at.
        since: the commit after which it was looked at; None for everything.
        ids: the records that were asked about; None for all.
        trust_root: the digest of the rules with which the register began.
        pinned: whether the one who asked knew it from elsewhere.
        landed: how many commits landed.
        verdicts: those that changed what a register holds, oldest first.
        standing: what contradicts itself at the end.
        facts: what rests on trust.
        looked_at: when it was looked at.
        year: the year in which what is told of landed; None for all.
    """

    register: str
    head: Commit
    since: str | None
    ids: list[str] | None
    trust_root: str
    pinned: bool
    landed: int
    verdicts: list[Verdict]
    standing: list[Finding]
    facts: Facts
    looked_at: datetime
    year: int | None = None

    @property
    def findings(self) -> list[Finding]:
        """Everything that was found: of each step in the order in which they landed, then of what stands."""
        return [*(one for step in self.verdicts for one in step.findings), *self.standing]

    @property
    def entered(self) -> list[Entered]:
        """Every entry that landed, in order."""
        return [one for step in self.verdicts for one in step.entered]

    @property
    def proven(self) -> bool:
        """Whether nothing broke the rules."""
        return not has_errors(self.findings)
