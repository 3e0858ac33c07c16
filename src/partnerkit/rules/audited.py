"""What an audit found: the verdict on every step, and what stands at the end."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from partnerkit.findings import Finding, has_errors
from partnerkit.kinds.history import followed, latest, only_id
from partnerkit.register import Register
from partnerkit.rules.assurance import Level, Sealed
from partnerkit.rules.commands import line
from partnerkit.rules.settled import Settlement
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
        weakened: what these demand less than before, in words.
        decided: the policies among them that changed as a case had decided, in words.
        signature: what its signature is worth, where it has one and brings entries or statements.
        expunged: records that it left with markers which only later versions of them explain: history was rewritten.
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
    expunged: list[str] = field(default_factory=list)

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


def told(verdicts: Iterable[Verdict]) -> list[Verdict]:
    """The verdicts as they are told: each thing once, what later entries settled as a warning, and who broke what."""
    return _as_settled(list(_once(verdicts)))


def _once(verdicts: Iterable[Verdict]) -> Iterator[Verdict]:
    """The verdicts, with what stands in records told where it came about and not again."""
    known: set[tuple[str, str | None, str | None, str]] = set()
    for one in verdicts:
        if not one.standing:
            yield one
            continue
        placed = {(found.code, found.file, found.line, found.column) for found in one.findings}
        now = {(found.code, found.record, found.file, found.message): found for found in one.standing}
        new = [found for key, found in now.items() if key not in known]
        known |= set(now)
        findings = [*one.findings, *(f for f in new if (f.code, f.file, f.line, f.column) not in placed)]
        yield replace(one, findings=findings)


def _as_settled(verdicts: Sequence[Verdict]) -> list[Verdict]:
    """The verdicts, with what a later entry voided or corrected as a warning, and what each entry broke.

    A void settles what was found of an entry when that landed. A correction settles what was found of sealed content
    between the entry that it names and itself, where nothing was built on it meanwhile. Everything else that the same
    commits broke stays an error.
    """
    brought = {(mine.record, mine.id): place for place, one in enumerate(verdicts) for mine in one.entered}
    every = [
        (brought.get((mine.record, mine.undoes or ""), -1), place, _settlement(mine))
        for place, one in enumerate(verdicts)
        for mine in one.entered
        if mine.settles
    ]
    found: list[Verdict] = []
    voids = {(one.record, gone): one for _, _, one in every if one.type == "void" for gone in one.about}
    for place, one in enumerate(verdicts):
        findings = one.findings
        for first, last, settling in every:
            concerned = place == first if settling.type == "void" else first < place <= last
            if concerned and (settling.type == "void" or not _built_on(verdicts[place:last], settling.record, voids)):
                findings = [settling.told(found) if settling.settles(found) else found for found in findings]
        if findings or voids.keys() & {(mine.record, mine.id) for mine in one.entered}:
            entered = [
                replace(mine, broke=_broke(mine, findings), voided=voids.get((mine.record, mine.id)))
                for mine in one.entered
            ]
            found.append(replace(one, findings=findings, entered=entered))
        else:
            found.append(one)
    return found


def _built_on(between: Sequence[Verdict], record: str, voided: Collection[tuple[str, str]]) -> bool:
    """Whether, while a record was altered, it passed a gate or another record relied on it, and that still counts."""
    entered = [mine for one in between for mine in one.entered]
    ids = {(mine.record, mine.id) for mine in entered}
    undone = {(mine.record, mine.undoes) for mine in entered if mine.type == "undo"} & ids
    touched = {record}
    for mine in entered:
        builds = touched & set(mine.relies) or (mine.record == record and not _passes_nothing(mine, undone))
        if not builds or (mine.record, mine.id) in voided:
            continue
        if (mine.record, mine.id) not in undone:
            return True
        touched.add(mine.record)
    return False


def _passes_nothing(mine: Entered, undone: Collection[tuple[str, str | None]]) -> bool:
    """Whether an entry only corrects, or lawfully takes back what counts for nothing any more."""
    back = mine.type == "undo" and (mine.record, mine.undoes) in undone
    return mine.type == "correct" or (mine.type == "void" and bool(mine.settles)) or back


def offering(findings: Iterable[Finding], register: Register) -> list[Finding]:
    """The findings, with the way to void the entry that an error is about, where that is the latest that counts."""
    return [replace(one, mend=_offer(one, register)) for one in findings]


def _offer(found: Finding, register: Register) -> str | None:
    record = register.records.get(found.record or "")
    if found.severity != "error" or found.entry is None or record is None or "--void" in (found.mend or ""):
        return found.mend
    every = record.data["history"]
    if found.entry not in [only_id(every, place) for place in latest(every, followed(every).counting)]:
        return found.mend
    command = line("undo", found.entry, "--void", "--reason", "<reason>")
    return f"{found.mend + '; ' if found.mend else ''}{command} where it never should have counted"


def _settlement(mine: Entered) -> Settlement:
    return Settlement(mine.record, mine.id, mine.type, mine.by, mine.at, mine.reason or "", frozenset(mine.settles))


def _broke(mine: Entered, findings: list[Finding]) -> tuple[str, ...]:
    """The codes of what its step broke for its record, and of what was found of it before it was voided."""
    open_ = {found.code for found in findings if found.severity == "error" and found.record == mine.record}
    return tuple(sorted(open_ | {found.code for found in findings if found.settled and found.entry == mine.id}))


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
    def voided(self) -> list[tuple[Entered, Settlement]]:
        """The entries that never counted, each with what voided it."""
        return [(one, one.voided) for one in self.entered if one.voided is not None]

    @property
    def corrected(self) -> list[tuple[Entered, list[Finding]]]:
        """The corrections, each with what was found before it put that right."""
        legal = (one for one in self.entered if one.type == "correct" and one.settles)
        return [(one, [found for found in self.findings if found.settled == one.id]) for one in legal]

    @property
    def proven(self) -> bool:
        """Whether nothing broke the rules."""
        return not has_errors(self.findings)
