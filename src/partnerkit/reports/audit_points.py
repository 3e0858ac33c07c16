"""What a trustee should know of an audit, line by line: what was looked at, and what rests on trust."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from partnerkit.dataclass import dataclass, field
from partnerkit.kinds.statements import Waiver
from partnerkit.reports import settled
from partnerkit.rules.assurance import LEVELS, SEALS
from partnerkit.rules.audited import Audited
from partnerkit.rules.trusted import Facts
from partnerkit.rules.verdict import Entered, Verdict


@dataclass(frozen=True, slots=True)
class Point:
    """One line of the summary.

    Attributes:
        name: what is told.
        text: what there is to tell of it; empty where there is nothing.
        details: one by one.
    """

    name: str
    text: str
    details: list[str] = field(default_factory=list)


def count(number: int, one: str, more: str | None = None, none: str | None = None) -> str:
    """A number with its word; `none` where there is none, if that is given."""
    if number == 0 and none is not None:
        return none
    return f"{number} {one if number == 1 else more or one + 's'}"


def points(audited: Audited) -> list[Point]:
    """What a trustee should know: what was looked at, then what rests on trust rather than on the rules."""
    facts, entered = audited.facts, audited.entered
    late = [one for one in entered if not one.witnessed]
    squashed = [one for one in audited.verdicts if one.squashed]
    return [
        Point("looked at", _looked_at(audited)),
        Point("trust begins with", f"{audited.trust_root}{' (as given)' if audited.pinned else ''}"),
        Point("stage changes", _types(entered)),
        Point("made by", _levels(one.level for one in entered)),
        Point("statements by", _levels(level for one in audited.verdicts for level in one.levels.values())),
        Point("evidence", _evidence(facts)),
        Point(
            "waived",
            count(len(facts.waivers), "requirement") if facts.waivers else "",
            [_waiver(one.record, one.said) for one in facts.waivers],
        ),
        Point("not judged", *_adopted(facts)),
        Point(
            "on behalf",
            f"{count(len(facts.on_behalf), 'decision')} recorded by somebody else" if facts.on_behalf else "",
            [f"{one.record}: {one.said.requirement} of {one.said.by}, seen {one.said.seen}" for one in facts.on_behalf],
        ),
        Point("expunged", *_expunged(audited)),
        Point("day set by hand", count(facts.clock_set, "entry or statement", "entries and statements", none="")),
        Point("landed late", count(len(late), "entry", "entries", none="") + (" over a day after" if late else "")),
        Point("hooks skipped", count(facts.hooks_skipped, "entry", "entries", none="")),
        Point("squashed", f"{count(len(squashed), 'step')} brought several entries of a record" if squashed else ""),
        Point("signed commits", _seals(audited)),
        Point("voided", *settled.voided(audited)),
        Point("corrected", *settled.corrected(audited)),
        Point("rules changed", *_rules(audited)),
    ]


def in_two(every: list[Point]) -> tuple[list[Point], str]:
    """What there is something to tell of, and the names of the rest."""
    return [one for one in every if one.text], ", ".join(one.name for one in every if not one.text)


def _adopted(facts: Facts) -> tuple[str, list[str]]:
    """Which records came in as they stood: who took them in, when and why, and whether that can go on."""
    details = []
    for one in facts.adopted:
        first = one.model.history[0]
        details.append(f"{one.id}: {first.to}, taken in on {first.at:%Y-%m-%d} by {first.by}: {first.reason}")
    trust = facts.trust
    may = "" if trust.adopted_by or trust.adopted_until else "; anybody on the roster may take in more, at any time"
    return (f"{count(len(facts.adopted), 'record')} came in as they stood{may}" if details else "", details)


def _expunged(audited: Audited) -> tuple[str, list[str]]:
    """Which text was taken out of records for good: who, when, why."""
    told = audited.facts.expunged
    details = [
        f"{record}: {one.id} by {one.by} on {one.at:%Y-%m-%d}, {count(one.places, 'place')}: {one.reason}"
        for record, one in told
    ]
    earlier = sum(bool(one.expunged) for one in audited.verdicts)
    rewritten = f"; history was rewritten for it, {count(earlier, 'step')} hold its markers" if earlier else ""
    may = "" if audited.facts.trust.expunged_by else "; anybody on the roster may take text out of records for good"
    texts, records = {one.id for _record, one in told}, {record for record, _one in told}
    return (f"{count(len(texts), 'text')} in {count(len(records), 'record')}{rewritten}{may}" if told else "", details)


def _evidence(facts: Facts) -> str:
    kinds = (
        (facts.verified, "verified"),
        (facts.not_opened, "kept elsewhere, not opened"),
        (facts.without_hash, "without hash"),
        (facts.in_words, "in words only"),
    )
    return ", ".join(f"{number} {name}" for number, name in kinds if number)


def _looked_at(audited: Audited) -> str:
    since = f"after {audited.since[:12]}" if audited.since else "from the beginning"
    landed, touched = count(audited.landed, "commit"), len(audited.verdicts)
    return (
        f"{count(audited.facts.records, 'record')}; {since}, {landed} landed, {touched} of them with something to judge"
    )


def _types(entered: Iterable[Entered]) -> str:
    counted = Counter(one.type for one in entered if one.type != "correct")
    return ", ".join(f"{number} {name}" for name, number in sorted(counted.items()))


def _levels(levels: Iterable[str]) -> str:
    counted = Counter(levels)
    return ", ".join(reversed([f"{counted[name]} {name}" for name in LEVELS if counted[name]]))


def _seals(audited: Audited) -> str:
    counted = Counter(one.signature for one in audited.verdicts)
    return "; ".join(f"{counted[name]} {words}" for name, words in SEALS.items() if counted[name])


def _waiver(record: str, said: Waiver) -> str:
    ended = f", withdrawn {said.withdrawn.at:%Y-%m-%d}" if said.withdrawn else ""
    return f"{record}: {said.requirement} by {said.by} ({said.role}) until {said.until}{ended}: {said.reason}"


def _rules(audited: Audited) -> tuple[str, list[str]]:
    found = [one for one in audited.verdicts if one.rules]
    details = [
        f"{one.commit.at:%Y-%m-%d} {one.commit.oid[:12]} {', '.join(map(_short, one.rules))}{_less(one)}"
        for one in found
    ]
    return (f"in {count(len(found), 'step')}" if found else "", details)


def _less(one: Verdict) -> str:
    told = [*one.decided, *one.weakened]
    return f": {'; '.join(told)}" if told else ""


def _short(path: str) -> str:
    return path.rpartition("/")[2].removesuffix(".yaml")
