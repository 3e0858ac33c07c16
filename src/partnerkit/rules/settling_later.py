"""What landed against the rules and was settled by what landed later: an audit tells of it as a warning."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

from partnerkit.dataclass import dataclass, replace
from partnerkit.findings import Finding, has_errors
from partnerkit.register import Register
from partnerkit.rules.meanwhile import NOTHING, Landings, Meanwhile, meanwhile
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
        used: what may rest on what was altered: then a correction settles no more than that it puts it back.
    """

    first: int
    last: int
    by: Settlement
    things: frozenset[str] = frozenset()
    used: Meanwhile = NOTHING

    def concerns(self, place: int) -> bool:
        """Whether it can settle what was found in a verdict."""
        if self.by.type == "void":
            return place == self.first
        return self.reaches(place) and (place == self.last or not self.used)

    def reaches(self, place: int) -> bool:
        """Whether a verdict is its own, or stands between the two."""
        return min(self.first + 1, self.last) <= place <= self.last

    def told(self, found: Finding, place: int) -> Finding:
        """A finding of a verdict, as a warning where it is settled."""
        things = self.things | ({FILE} if place < self.last else frozenset())
        return self.by.told(found) if self.by.settles(found, things) else found

    def led_out(self, found: Finding, place: int, now: Register | None) -> Finding:
        """A finding that it would settle if nothing rested on what was altered, with the line that takes that back."""
        if now is None or not self.reaches(place) or self.told(found, place) is found:
            return found
        out = self.used.way_out(now)
        return found if out is None else replace(found, mend="; ".join(filter(None, (found.mend, out))))


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
    brought: dict[tuple[str, str | None], int] = {}
    for place, one in enumerate(verdicts):
        for mine in one.entered:
            brought.setdefault((mine.record, mine.id), place)
    new = [
        [mine for mine in one.entered if brought[mine.record, mine.id] == place] for place, one in enumerate(verdicts)
    ]
    every = [one for one in _settling(new, brought) if now is None or _stands(now, one.by)]
    voids = {(one.by.record, gone): one.by for one in every if one.by.type == "void" for gone in one.by.about}
    landings = Landings(verdicts, new, voids, now)
    every = [_followed_up(one, landings) for one in every]
    held_up = [one for one in every if one.used]
    found: list[Verdict] = []
    for place, one in enumerate(verdicts):
        findings = one.findings
        mine_here = [mine for mine in every if mine.concerns(place)]
        for settling in mine_here:
            findings = [settling.told(mine, place) for mine in findings]
        for settling in held_up:
            findings = [settling.led_out(mine, place, now) for mine in findings]
        findings = _stands_no_more(one, findings, mine_here, place, lambda mine: key_of(mine) in standing)
        if not findings and new[place] == one.entered and all((it.record, it.id) not in voids for it in new[place]):
            found.append(one)
            continue
        entered = [
            replace(mine, broke=_broke(mine, findings), voided=voids.get((mine.record, mine.id))) for mine in new[place]
        ]
        found.append(replace(one, findings=findings, entered=entered))
    return found


def _followed_up(one: Settling, landings: Landings) -> Settling:
    """What settles, with what is as it was by then, and what was built on it: a void asks for neither."""
    if one.by.type == "void":
        return one
    used = meanwhile(one.first, one.last, one.by, landings)
    return replace(one, things=_again(one, landings.verdicts), used=used)


def _settling(new: Sequence[Sequence[Entered]], brought: Mapping[tuple[str, str | None], int]) -> list[Settling]:
    """The lawful entries that settle something; a correction begins no earlier than the one before it."""
    found: list[Settling] = []
    corrected: dict[str, int] = {}
    for place, entered in enumerate(new):
        for mine in entered:
            first = brought.get((mine.record, mine.undoes), -1)
            if mine.type == "correct" and mine.settles:
                first = max(first, corrected.get(mine.record, first))
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

    What was altered again before anybody could change it otherwise is one alteration: so was what is put back by hand
    before the correction.
    """
    was: dict[str, bool] = {}
    became: dict[str, str | None] = {}
    for place in range(one.first + 1, one.last + 1):
        for found in verdicts[place].findings:
            if found.record == one.by.record and found.was and "=" in found.was:
                name = thing(found.was)
                back = name in was and (place == one.last or name == FILE)
                held = found.was in one.by.about or found.was == became.get(name) or back
                was[name] = was.get(name, True) and held
                became[name] = found.became
    return frozenset(name for name, held in was.items() if held)


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
        left = [found for found in findings if key_of(found) not in told]
        if has_errors([found for found in left if found.record == one.by.record]):
            continue
        findings = [
            one.by.told(found)
            if found.severity == "error"
            and key_of(found) in told
            and (found.record == one.by.record or _led_there(found, left))
            else found
            for found in findings
        ]
    return findings


def _led_there(found: Finding, left: Sequence[Finding]) -> bool:
    """Whether a finding of another record is only that this one was gone, and nothing else was wrong beside it."""
    return found.code == "link-broken" and not has_errors(left)


def _settlement(mine: Entered) -> Settlement:
    return Settlement(mine.record, mine.id, mine.type, mine.by, mine.at, mine.reason or "", frozenset(mine.settles))


def _broke(mine: Entered, findings: list[Finding]) -> tuple[str, ...]:
    """The codes of what its step broke for its record, and of what was found of it before it was voided."""
    open_ = {found.code for found in findings if found.severity == "error" and found.record == mine.record}
    return tuple(sorted(open_ | {found.code for found in findings if found.settled and found.entry == mine.id}))
