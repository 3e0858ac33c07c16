"""What an audit proved and what it could not, for a trustee: as text, Markdown, HTML and JSON."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from partnerkit.findings import has_errors
from partnerkit.kinds.parts import moment_text
from partnerkit.kinds.statements import Waiver
from partnerkit.reports import settled
from partnerkit.reports.findings import as_data, plain
from partnerkit.reports.findings import as_page as findings_page
from partnerkit.reports.page import Page, Span
from partnerkit.rules.assurance import LEVELS, SEALS
from partnerkit.rules.audited import Audited
from partnerkit.rules.trusted import Facts
from partnerkit.rules.verdict import Entered, Verdict

SCHEMA = "partnerkit.audit/1"

#: How many findings a terminal shows, and how many details of one point.
_FINDINGS_SHOWN = 30
_SHOWN = 10


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


def title(audited: Audited) -> str:
    """What was audited, up to which commit."""
    whose = f"{', '.join(audited.ids)} of {audited.register}" if audited.ids else audited.register
    year = f", what landed in {audited.year}" if audited.year else ""
    return f"Audit of {whose}{year}, up to {audited.head.oid[:12]} of {audited.head.at:%Y-%m-%d}"


def verdict(audited: Audited) -> str:
    """The one sentence that everybody reads."""
    every = sum(one.type != "correct" for one in audited.entered)
    broken = [one for one in audited.entered if one.broke and one.voided is None]
    if audited.proven and not every:
        return "no stage change landed, and nothing else broke the rules"
    if audited.proven:
        return f"{count(every, 'stage change')}, {settled.which(audited)} by the rules in force when it landed"
    errors = sum(has_errors([one]) for one in audited.findings)
    if not broken:
        return f"{count(errors, 'finding')} below, besides {count(every, 'stage change')} that broke no rule"
    return f"{len(broken)} of {count(every, 'stage change')} broke the rules; {count(errors, 'finding')} below"


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
        Point(
            "not judged",
            f"{count(len(facts.adopted), 'record')} came in as they stood" if facts.adopted else "",
            [f"{one.id}: {one.model.history[0].to}, {one.model.history[0].reason}" for one in facts.adopted],
        ),
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


def _expunged(audited: Audited) -> tuple[str, list[str]]:
    """Which text was taken out of records for good: who, when, why."""
    told = audited.facts.expunged
    details = [
        f"{record}: {one.id} by {one.by} on {one.at:%Y-%m-%d}, {count(one.places, 'place')}: {one.reason}"
        for record, one in told
    ]
    earlier = sum(bool(one.expunged) for one in audited.verdicts)
    rewritten = f"; history was rewritten for it, {count(earlier, 'step')} hold its markers" if earlier else ""
    texts, records = {one.id for _record, one in told}, {record for record, _one in told}
    return (f"{count(len(texts), 'text')} in {count(len(records), 'record')}{rewritten}" if told else "", details)


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


def as_page(audited: Audited) -> Page:
    """For a terminal: the verdict, the findings, what rests on trust."""
    page = Page().add(Span(title(audited), "bold"))
    mark, style = ("✓ ", "green") if audited.proven else ("✗ ", "red")
    page.add(Span(mark, style), Span(verdict(audited), style))
    if audited.findings:
        page.add("")
        worst = sorted(audited.findings, key=lambda one: one.severity != "error")
        for one in worst[:_FINDINGS_SHOWN]:
            page.extend(_finding(audited, one))
        if len(worst) > _FINDINGS_SHOWN:
            page.add(f"  … and {len(worst) - _FINDINGS_SHOWN} more: partnerkit audit --format markdown has all")
    page.add("")
    told, nothing = in_two(points(audited))
    for point in told:
        page.add("  ", Span(f"{point.name:<18}", "dim"), point.text)
        for detail in point.details[:_SHOWN]:
            page.add(Span(f"{'':20}{detail}", "dim"))
        if len(point.details) > _SHOWN:
            page.add(Span(f"{'':20}… and {len(point.details) - _SHOWN} more: --json has all", "dim"))
    if nothing:
        page.add("  ", Span(f"{'none':<18}", "dim"), nothing)
    told_levels = [name for name in LEVELS if any(name in point.text for point in told)]
    page.add("").table([(Span(f"  {name}", "dim"), Span(LEVELS[name], "dim")) for name in reversed(told_levels)])
    page.add("")
    return page.add(*_next(audited))


def in_two(every: list[Point]) -> tuple[list[Point], str]:
    """What there is something to tell of, and the names of the rest."""
    return [one for one in every if one.text], ", ".join(one.name for one in every if not one.text)


def _finding(audited: Audited, finding: Any) -> Page:
    page = findings_page([finding])
    landed = next((one.commit for one in audited.verdicts if one.commit.oid == finding.commit), None)
    if landed is not None:
        page.add(Span(f"    landed {landed.at:%Y-%m-%d %H:%M} in {landed.oid[:12]} by {landed.author}", "dim"))
    return page


def _next(audited: Audited) -> list[Any]:
    known = sorted({one.id for _record, one in audited.facts.expunged})
    if known and any(one.code == "marker-unexplained" for one in audited.findings):
        words = " ".join(f"--rewritten {one}" for one in known)
        return ["→ ", Span(f"partnerkit audit {words}", "green"), ", if history was rewritten to take that text out"]
    if not audited.proven:
        help_ = Span("partnerkit undo --help", "green")
        return [
            "→ ",
            Span("partnerkit why <code>", "green"),
            " says what a finding means, ",
            help_,
            " how it is put right",
        ]
    if not audited.pinned and audited.trust_root:
        return ["→ ", Span(f"partnerkit audit --trust-root {audited.trust_root}", "green"), " holds the next one to it"]
    return ["→ ", Span("partnerkit today", "green"), " says what is late or due"]


def as_json(audited: Audited) -> dict[str, Any]:
    """For other programs."""
    facts = audited.facts
    return {
        "schema": SCHEMA,
        "register": audited.register,
        "head": audited.head.oid,
        "since": audited.since,
        "ids": audited.ids,
        "proven": audited.proven,
        "trust_root": audited.trust_root,
        "pinned": audited.pinned,
        "landed": audited.landed,
        "findings": [as_data(one) for one in audited.findings],
        "entries": [_entry(one) for one in audited.entered],
        "statements": {key: level for one in audited.verdicts for key, level in one.levels.items()},
        "waivers": [{"record": one.record, **plain(one.said)} for one in facts.waivers],
        "adopted": [one.id for one in facts.adopted],
        "on_behalf": [{"record": one.record, **plain(one.said)} for one in facts.on_behalf],
        "expunged": [{"record": record, **plain(one)} for record, one in facts.expunged],
        "clock_set": facts.clock_set,
        "hooks_skipped": facts.hooks_skipped,
        "evidence": {
            "verified": facts.verified,
            "not_opened": facts.not_opened,
            "without_hash": facts.without_hash,
            "in_words": facts.in_words,
        },
        "rewritten": [{"commit": one.commit.oid, "records": one.expunged} for one in audited.verdicts if one.expunged],
        "squashed": [{"commit": one.commit.oid, "records": one.squashed} for one in audited.verdicts if one.squashed],
        "rules": [
            {"commit": one.commit.oid, "files": one.rules, "weakened": one.weakened, "decided": one.decided}
            for one in audited.verdicts
            if one.rules
        ],
        "signatures": [
            {"commit": one.commit.oid, "worth": one.signature} for one in audited.verdicts if one.signature is not None
        ],
        "records": facts.records,
        **settled.as_data(audited),
    }


def _entry(one: Entered) -> dict[str, Any]:
    return {
        "record": one.record,
        "seq": one.seq,
        "id": one.id,
        "type": one.type,
        "from": one.left,
        "to": one.to,
        "at": moment_text(one.at),
        "by": one.by,
        "commit": one.commit,
        "landed_at": moment_text(one.landed_at),
        "assurance": one.level,
        "witnessed": one.witnessed,
        "broke": list(one.broke),
        "voided_by": one.voided.entry if one.voided is not None else None,
    }
