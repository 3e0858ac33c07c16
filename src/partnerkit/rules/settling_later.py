"""What landed against the rules and was settled by what landed later: an audit tells of it as a warning."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from partnerkit.findings import Finding, has_errors
from partnerkit.rules.restored import FILE, thing
from partnerkit.rules.settled import Settlement
from partnerkit.rules.verdict import Entered, Key, Verdict, key_of


@dataclass(frozen=True, slots=True)
class Settling:
    """An entry that settles something: between which verdicts, and what.

    Attributes:
        first: the place of the verdict with the entry that it names; -1 where that is not among them.
        last: the place of its own.
        by: what it settles.
        things: of a correction the things of the record that are again what they were when first they were altered.
    """

    first: int
    last: int
    by: Settlement
    things: frozenset[str] = frozenset()

    def told(self, found: Finding, place: int) -> Finding:
        """A finding of a verdict, as a warning where it is settled."""
        things = self.things | ({FILE} if place < self.last else frozenset())
        return self.by.told(found) if self.by.settles(found, things) else found


def as_settled(verdicts: Sequence[Verdict], standing: Collection[Key]) -> list[Verdict]:
    """The verdicts, with what a later entry voided or corrected as a warning, and what each entry broke.

    A void settles what was found of an entry when that landed. A correction settles what was altered between the entry
    that it names and itself and is again what it was, where nothing was built on it meanwhile; and with it what
    contradicted itself for that, and does no more. Everything else that the same commits broke stays an error.

    Args:
        verdicts: the verdicts, each thing told once.
        standing: what contradicts itself at the end.
    """
    brought: dict[tuple[str, str], int] = {}
    for place, one in enumerate(verdicts):
        for mine in one.entered:
            brought.setdefault((mine.record, mine.id), place)
    every = [
        Settling(brought.get((mine.record, mine.undoes or ""), -1), place, _settlement(mine))
        for place, one in enumerate(verdicts)
        for mine in one.entered
        if mine.settles and brought[mine.record, mine.id] == place
    ]
    voids = {(one.by.record, gone): one.by for one in every if one.by.type == "void" for gone in one.by.about}
    new = [
        [mine for mine in one.entered if brought[mine.record, mine.id] == place] for place, one in enumerate(verdicts)
    ]
    every = [replace(one, things=_again(one, verdicts)) if one.by.type == "correct" else one for one in every]
    found: list[Verdict] = []
    for place, one in enumerate(verdicts):
        findings = one.findings
        free = [
            mine
            for mine in every
            if (place == mine.first if mine.by.type == "void" else mine.first < place <= mine.last)
            and (mine.by.type == "void" or not _built_on(new[place : mine.last], mine.by.record, voids))
        ]
        for settling in free:
            findings = [settling.told(mine, place) for mine in findings]
        findings = _stands_no_more(one, findings, free, place, lambda mine: key_of(mine) in standing)
        if (
            not findings
            and new[place] == one.entered
            and not voids.keys() & {(mine.record, mine.id) for mine in new[place]}
        ):
            found.append(one)
            continue
        entered = [
            replace(mine, broke=_broke(mine, findings), voided=voids.get((mine.record, mine.id))) for mine in new[place]
        ]
        found.append(replace(one, findings=findings, entered=entered))
    return found


def _again(one: Settling, verdicts: Sequence[Verdict]) -> frozenset[str]:
    """The things of a record that are again what they were before they were altered first."""
    was: dict[str, str] = {}
    for verdict in verdicts[one.first + 1 : one.last + 1]:
        for found in verdict.findings:
            if found.record == one.by.record and found.was and found.was != FILE:
                was.setdefault(thing(found.was), found.was)
    return frozenset(name for name, what in was.items() if what in one.by.about)


def _stands_no_more(
    verdict: Verdict,
    findings: list[Finding],
    every: Iterable[Settling],
    place: int,
    stands: Callable[[Finding], bool],
) -> list[Finding]:
    """The findings of a verdict, with what contradicted itself only until an alteration was corrected."""
    for one in every:
        if one.by.type != "correct" or place == one.last:
            continue
        told = {key_of(mine) for mine in verdict.standing if not stands(mine)}
        mine = [key_of(found) in told for found in findings]
        left = [found for found, standing in zip(findings, mine, strict=True) if not standing]
        here = [found for found in left if found.record == one.by.record]
        if has_errors(here):
            continue
        findings = [
            one.by.told(found)
            if standing and found.severity == "error" and (found.record == one.by.record or not has_errors(left))
            else found
            for found, standing in zip(findings, mine, strict=True)
        ]
    return findings


def _built_on(between: Sequence[Sequence[Entered]], record: str, voided: Collection[tuple[str, str]]) -> bool:
    """Whether, while a record was altered, it passed a gate or another record relied on it, and that still counts."""
    entered = [mine for one in between for mine in one]
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


def _settlement(mine: Entered) -> Settlement:
    return Settlement(mine.record, mine.id, mine.type, mine.by, mine.at, mine.reason or "", frozenset(mine.settles))


def _broke(mine: Entered, findings: list[Finding]) -> tuple[str, ...]:
    """The codes of what its step broke for its record, and of what was found of it before it was voided."""
    open_ = {found.code for found in findings if found.severity == "error" and found.record == mine.record}
    return tuple(sorted(open_ | {found.code for found in findings if found.settled and found.entry == mine.id}))
