"""What an audit found: the verdict on every step, and what stands at the end."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from partnerkit.dataclass import dataclass, replace
from partnerkit.findings import Finding, has_errors
from partnerkit.register import Register
from partnerkit.rules.buried import as_left, put_back
from partnerkit.rules.settled import Settlement, withdrawn
from partnerkit.rules.settling_later import as_settled
from partnerkit.rules.strays import gone
from partnerkit.rules.trusted import Facts
from partnerkit.rules.unread import while_unread
from partnerkit.rules.verdict import Entered, Key, Verdict, key_of
from partnerkit.steps import Commit


def told(
    verdicts: Iterable[Verdict], standing: Iterable[Finding] | None = None, now: Register | None = None
) -> list[Verdict]:
    """The verdicts as they are told: each thing once, what was settled later as a warning, and who broke what.

    Args:
        verdicts: the verdicts.
        standing: what contradicts itself at the end; where nobody says, all that did on the way.
        now: the register at the end, which says what was withdrawn.
    """
    every = list(_withdrawn(_once(verdicts), now) if now is not None else _once(verdicts))
    if standing is None:
        return as_settled(every, {key_of(found) for one in every for found in one.standing}, now)
    left = list(standing)
    return as_settled(list(_gone(every, left, now)), {key_of(one) for one in left}, now)


def _gone(verdicts: Sequence[Verdict], standing: Iterable[Finding], now: Register | None) -> Iterator[Verdict]:
    """The verdicts, with what was found of files that do not count, and is so no more, as a warning."""
    wrong, broken = {one.file for one in standing}, now.broken if now is not None else frozenset()
    mattered, again = while_unread(verdicts), as_left(verdicts, now) if now is not None else frozenset()
    for place, one in enumerate(verdicts):
        known = wrong | {each.file for each in one.findings} if place in mattered else wrong
        found = [put_back(gone(each, known, broken), again) for each in one.findings]
        yield replace(one, findings=found) if found else one


def _withdrawn(verdicts: Iterable[Verdict], now: Register) -> Iterator[Verdict]:
    """The verdicts, with what was found of statements that were withdrawn since as a warning."""
    for one in verdicts:
        if not one.findings:
            yield one
            continue
        found = [(mine, withdrawn(mine, now)) for mine in one.findings]
        yield replace(one, findings=[by.told(mine) if by is not None else mine for mine, by in found])


def _once(verdicts: Iterable[Verdict]) -> Iterator[Verdict]:
    """The verdicts, with what stands in records told where it came about and not again while it lasts."""
    known: set[Key] = set()
    for one in verdicts:
        if not one.standing and not known:
            yield one
            continue
        placed = {(found.code, found.file, found.line, found.column) for found in one.findings}
        now = {key_of(found): found for found in one.standing}
        new = [found for key, found in now.items() if key not in known]
        over = known if one.looked_at is None else {key for key in known if key[1] in one.looked_at}
        known = (known - over) | set(now)
        findings = [*one.findings, *(f for f in new if (f.code, f.file, f.line, f.column) not in placed)]
        yield replace(one, findings=findings) if new else one


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
