"""What landed against the rules and was settled by what landed later: an audit tells of it as a warning."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from partnerkit.findings import Finding, has_errors
from partnerkit.register import Register
from partnerkit.rules.around import has_amended, kin
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
        things: of a correction the things of the record that are again what they were before each alteration.
        used: whether something rests on what was altered: then a correction settles no more than that it puts it back.
    """

    first: int
    last: int
    by: Settlement
    things: frozenset[str] = frozenset()
    used: bool = False

    def concerns(self, place: int) -> bool:
        """Whether it can settle what was found in a verdict."""
        if self.by.type == "void":
            return place == self.first
        return place == self.last or (self.first < place < self.last and not self.used)

    def told(self, found: Finding, place: int) -> Finding:
        """A finding of a verdict, as a warning where it is settled."""
        things = self.things | ({FILE} if place < self.last else frozenset())
        return self.by.told(found) if self.by.settles(found, things) else found


def as_settled(verdicts: Sequence[Verdict], standing: Collection[Key], now: Register | None) -> list[Verdict]:
    """The verdicts, with what a later entry voided or corrected as a warning, and what each entry broke.

    A void settles what was found of an entry when that landed. A correction settles what was altered between the entry
    that it names (or the correction before it) and itself and is again what it was, where nothing was built on it
    meanwhile; and with it what contradicted itself for that, and does no more. Both settle while they stand. Everything
    else that the same commits broke stays an error.

    Args:
        verdicts: the verdicts, each thing told once.
        standing: what contradicts itself at the end.
        now: the register at the end; where nobody says, every entry that landed stands.
    """
    brought: dict[tuple[str, str], int] = {}
    for place, one in enumerate(verdicts):
        for mine in one.entered:
            brought.setdefault((mine.record, mine.id), place)
    new = [
        [mine for mine in one.entered if brought[mine.record, mine.id] == place] for place, one in enumerate(verdicts)
    ]
    every = [one for one in _settling(new, brought) if now is None or _stands(now, one.by)]
    voids = {(one.by.record, gone): one.by for one in every if one.by.type == "void" for gone in one.by.about}
    every = [
        one
        if one.by.type == "void"
        else replace(one, things=_again(one, verdicts), used=_was_used(one, verdicts, new, voids, now))
        for one in every
    ]
    found: list[Verdict] = []
    for place, one in enumerate(verdicts):
        findings = one.findings
        mine_here = [mine for mine in every if mine.concerns(place)]
        for settling in mine_here:
            findings = [settling.told(mine, place) for mine in findings]
        findings = _stands_no_more(one, findings, mine_here, place, lambda mine: key_of(mine) in standing)
        if not findings and new[place] == one.entered and all((it.record, it.id) not in voids for it in new[place]):
            found.append(one)
            continue
        entered = [
            replace(mine, broke=_broke(mine, findings), voided=voids.get((mine.record, mine.id))) for mine in new[place]
        ]
        found.append(replace(one, findings=findings, entered=entered))
    return found


def _settling(new: Sequence[Sequence[Entered]], brought: Mapping[tuple[str, str], int]) -> list[Settling]:
    """The lawful entries that settle something; a correction begins no earlier than the one before it."""
    found: list[Settling] = []
    corrected: dict[str, int] = {}
    for place, entered in enumerate(new):
        for mine in entered:
            first = brought.get((mine.record, mine.undoes or ""), -1)
            if mine.type == "correct" and mine.settles:
                first = max(first, corrected.get(mine.record, -1))
                corrected[mine.record] = place
            if mine.settles:
                found.append(Settling(first, place, _settlement(mine)))
    return found


def _stands(now: Register, by: Settlement) -> bool:
    """Whether an entry that settles something is still there: who takes it out has not settled anything."""
    record = now.records.get(by.record)
    return record is not None and any(entry.id == by.entry for entry in record.model.history)


def _again(one: Settling, verdicts: Sequence[Verdict]) -> frozenset[str]:
    """The things of a record that are again what they were before each alteration.

    What was put back by hand before the correction is an alteration too, of which nobody can say what it was: but for
    where a file lay, which the correction cannot put back itself.
    """
    was: dict[str, bool] = {}
    for place in range(one.first + 1, one.last + 1):
        for found in verdicts[place].findings:
            if found.record == one.by.record and found.was and "=" in found.was and found.was != FILE:
                name = thing(found.was)
                back = name in was and (place == one.last or name == FILE)
                held = found.was in one.by.about or back
                was[name] = was.get(name, True) and held
    return frozenset(name for name, held in was.items() if held)


def _was_used(
    one: Settling,
    verdicts: Sequence[Verdict],
    new: Sequence[Sequence[Entered]],
    voids: Collection[tuple[str, str]],
    now: Register | None,
) -> bool:
    """Whether something that still counts landed while a record was altered, and could have rested on that."""
    record = one.by.record
    altered = (
        place
        for place in range(one.first + 1, one.last + 1)
        if any(found.record == record and found.severity == "error" for found in verdicts[place].findings)
    )
    start = next(altered, one.last)
    near = kin(now, record) if now is not None else frozenset({record})
    rules = any(verdict.rules for verdict in verdicts[start : one.last + 1])
    beside = [mine for mine in new[one.last] if _not_after(mine, one.by, new[one.last], now)]
    between = [*new[start : one.last], beside]
    return (rules and now is not None and has_amended(now, record)) or _built_on(between, near, voids)


def _not_after(mine: Entered, by: Settlement, step: Sequence[Entered], now: Register | None) -> bool:
    """Whether an entry that lands with a correction may have been made before it, while the record was altered.

    Of two records the moments say which came first; at one moment, on which entry of the record it relies.
    """
    (correction,) = (each for each in step if (each.record, each.id) == (by.record, by.entry))
    if mine.record == by.record:
        return mine.seq < correction.seq
    if mine.at != by.at or now is None or mine.record not in now.records or by.record not in now.records:
        return mine.at <= by.at
    stood = [one for one in now.records[by.record].model.history[: correction.seq - 1] if one.type != "correct"]
    made = next((one for one in now.records[mine.record].model.history if one.id == mine.id), None)
    relied = made.relies_on.get(by.record) if made is not None else None
    return relied in {one.id for one in stood[:-1]}


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
            if standing and found.severity == "error" and (found.record == one.by.record or _led_there(found, left))
            else found
            for found, standing in zip(findings, mine, strict=True)
        ]
    return findings


def _led_there(found: Finding, left: Sequence[Finding]) -> bool:
    """Whether a finding of another record is only that this one was gone, and nothing else was wrong beside it."""
    return found.code == "link-broken" and not has_errors(left)


def _built_on(between: Sequence[Sequence[Entered]], near: Collection[str], voided: Collection[tuple[str, str]]) -> bool:
    """Whether, while a record was altered, one around it passed a gate or another relied on one, and that counts."""
    entered = [mine for one in between for mine in one]
    ids = {(mine.record, mine.id) for mine in entered}
    undone = {(mine.record, mine.undoes) for mine in entered if mine.type == "undo"} & ids
    touched = {*near}
    for mine in entered:
        builds = touched & set(mine.relies) or (mine.record in near and not _passes_nothing(mine, undone))
        if not builds or (mine.record, mine.id) in voided:
            continue
        if (mine.record, mine.id) not in undone:
            return True
        touched.add(mine.record)
    return False


def _passes_nothing(mine: Entered, undone: Collection[tuple[str, str | None]]) -> bool:
    """Whether an entry only corrects, or lawfully takes back what counts for nothing any more."""
    back = mine.type == "undo" and (mine.record, mine.undoes) in undone
    return mine.type in {"correct", "migrate"} or (mine.type == "void" and bool(mine.settles)) or back


def _settlement(mine: Entered) -> Settlement:
    return Settlement(mine.record, mine.id, mine.type, mine.by, mine.at, mine.reason or "", frozenset(mine.settles))


def _broke(mine: Entered, findings: list[Finding]) -> tuple[str, ...]:
    """The codes of what its step broke for its record, and of what was found of it before it was voided."""
    open_ = {found.code for found in findings if found.severity == "error" and found.record == mine.record}
    return tuple(sorted(open_ | {found.code for found in findings if found.settled and found.entry == mine.id}))
