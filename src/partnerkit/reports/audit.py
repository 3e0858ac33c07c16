"""What an audit proved and what it could not, for a trustee: as text, Markdown, HTML and JSON."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from partnerkit.findings import has_errors
from partnerkit.kinds.statements import Statement, Waiver
from partnerkit.reports.encode import markdown, markdown_code
from partnerkit.reports.findings import as_data, place
from partnerkit.reports.findings import as_page as findings_page
from partnerkit.reports.page import Page, Span
from partnerkit.rules.assurance import LEVELS, SEALS
from partnerkit.rules.audited import Audited, Entered

SCHEMA = "partnerkit.audit/1"

_SHOWN = 10


@dataclass(frozen=True, slots=True)
class Point:
    """One line of the summary, with what stands below it."""

    text: str
    details: list[str] = field(default_factory=list)
    wrong: bool = False


def count(number: int, one: str, more: str | None = None) -> str:
    """A number with its word."""
    return f"{number} {one if number == 1 else more or one + 's'}"


def title(audited: Audited) -> str:
    """What was audited, up to which commit."""
    whose = f"{', '.join(audited.ids)} of {audited.register}" if audited.ids else audited.register
    return f"Audit of {whose}, up to {audited.head.oid[:12]} of {audited.head.at:%Y-%m-%d}"


def verdict(audited: Audited) -> str:
    """The one sentence that everybody reads."""
    every = len(audited.entered)
    broken = [one for one in audited.entered if one.broke]
    if audited.proven:
        return f"{count(every, 'stage change')}, every one by the rules in force when it landed"
    errors = sum(has_errors([one]) for one in audited.findings)
    return f"{len(broken)} of {count(every, 'stage change')} broke the rules; {count(errors, 'finding')} below"


def points(audited: Audited) -> list[Point]:
    """What a trustee should know, in the order of what matters most."""
    facts, entered = audited.facts, audited.entered
    found = [
        Point(f"looked at: {_looked_at(audited)}"),
        Point(f"trust begins with {audited.trust_root} ({'as given' if audited.pinned else 'not pinned'})"),
        Point(f"stage changes: {_types(entered)}"),
        Point(f"waived: {len(facts.waivers)}", [_waiver(one.record, one.said) for one in facts.waivers]),
        Point(
            f"came in as they stood, not judged: {len(facts.adopted)}",
            [f"{one.id}: {one.model.history[0].to}, {one.model.history[0].reason}" for one in facts.adopted],
        ),
        Point(
            f"decisions recorded by somebody else: {len(facts.on_behalf)}",
            [f"{one.record}: {one.said.requirement} of {one.said.by}, seen {one.said.seen}" for one in facts.on_behalf],
        ),
        Point(f"day set by hand: {count(facts.clock_set, 'entry or statement', 'entries and statements')}"),
        Point(f"landed more than a day after the day they name: {sum(not one.witnessed for one in entered)}"),
        Point(f"hooks skipped: {count(facts.hooks_skipped, 'entry', 'entries')}"),
        Point(
            f"evidence: {facts.verified} verified, {count(facts.not_opened, 'reference')} not opened, "
            f"{facts.without_hash} without hash, {facts.in_words} in words only"
        ),
        Point(f"steps that landed squashed: {sum(bool(one.squashed) for one in audited.verdicts)}"),
        Point(f"steps that changed the rules: {sum(bool(one.rules) for one in audited.verdicts)}", _rules(audited)),
        Point(f"signatures of commits: {_seals(audited)}"),
        Point(f"who made the stage changes: {_levels(one.level for one in entered)}"),
        Point(f"who made the statements: {_levels(x for one in audited.verdicts for x in one.levels.values())}"),
    ]
    return [one for one in found if not one.text.endswith(": 0")] if audited.ids else found


def _looked_at(audited: Audited) -> str:
    since = f"after {audited.since[:12]}" if audited.since else "from the beginning"
    landed, touched = count(audited.landed, "commit"), len(audited.verdicts)
    return (
        f"{count(audited.facts.records, 'record')}; {since}, {landed} landed, {touched} of them with something to judge"
    )


def _types(entered: Iterable[Entered]) -> str:
    counted = Counter(one.entry.type for one in entered)
    return ", ".join(f"{number} {name}" for name, number in sorted(counted.items())) or "none"


def _levels(levels: Iterable[str]) -> str:
    counted = Counter(levels)
    told = [f"{counted[name]} {name} ({meaning})" for name, meaning in LEVELS.items() if counted[name]]
    return "; ".join(reversed(told)) or "none"


def _seals(audited: Audited) -> str:
    counted = Counter(one.signature for one in audited.verdicts)
    return "; ".join(f"{counted[name]} {words}" for name, words in SEALS.items() if counted[name]) or "none"


def _waiver(record: str, said: Waiver) -> str:
    ended = f", withdrawn {said.withdrawn.at:%Y-%m-%d}" if said.withdrawn else ""
    return f"{record}: {said.requirement} by {said.by} ({said.role}) until {said.until}{ended}: {said.reason}"


def _rules(audited: Audited) -> list[str]:
    return [
        f"{one.commit.at:%Y-%m-%d} {one.commit.oid[:12]} {', '.join(one.rules)}"
        for one in audited.verdicts
        if one.rules
    ]


def as_page(audited: Audited) -> Page:
    """For a terminal: the verdict, the findings, what rests on trust."""
    page = Page().add(Span(title(audited), "bold"))
    mark, style = ("✓ ", "green") if audited.proven else ("✗ ", "red")
    page.add(Span(mark, style), Span(verdict(audited), style))
    if audited.findings:
        page.add("")
        for one in audited.findings:
            page.extend(_finding(audited, one))
    page.add("")
    for point in points(audited):
        page.add(f"  {point.text}")
        for detail in point.details[:_SHOWN]:
            page.add(Span(f"      {detail}", "dim"))
        if len(point.details) > _SHOWN:
            page.add(Span(f"      … and {len(point.details) - _SHOWN} more: --json has all", "dim"))
    page.add("")
    return page.add(*_next(audited))


def _finding(audited: Audited, finding: Any) -> Page:
    page = findings_page([finding])
    landed = next((one.commit for one in audited.verdicts if one.commit.oid == finding.commit), None)
    if landed is not None:
        page.add(Span(f"    landed {landed.at:%Y-%m-%d %H:%M} in {landed.oid[:12]} by {landed.author}", "dim"))
    return page


def _next(audited: Audited) -> list[Any]:
    if not audited.proven:
        return ["→ ", Span("partnerkit why <code>", "green"), " says what a finding means"]
    if not audited.pinned and audited.trust_root:
        return ["→ ", Span(f"partnerkit audit --trust-root {audited.trust_root}", "green"), " holds the next one to it"]
    return ["→ ", Span("partnerkit today", "green"), " says what is late or due"]


def as_markdown(audited: Audited) -> str:
    """For a pull request, an issue or minutes."""
    lines = [f"# {markdown(title(audited))}", "", f"**{markdown(verdict(audited))}**"]
    if audited.findings:
        lines += ["", "## Findings", ""]
    for one in audited.findings:
        about = f"{one.severity}, {one.code}, {place(one)}" + (f", landed in {one.commit[:12]}" if one.commit else "")
        lines += [f"- {markdown(one.message)}  ", f"  {markdown(about)}"]
        lines += [f"  {markdown(one.clause)}"] if one.clause else []
        lines += [f"  {markdown_code(one.mend)}"] if one.mend else []
    lines += ["", "## What stands", ""]
    for point in points(audited):
        lines += [f"- {markdown(point.text)}", *(f"  - {markdown(one)}" for one in point.details)]
    return "\n".join(lines) + "\n"


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
        "waivers": [{"record": one.record, **_plain(one.said)} for one in facts.waivers],
        "adopted": [one.id for one in facts.adopted],
        "on_behalf": [{"record": one.record, **_plain(one.said)} for one in facts.on_behalf],
        "clock_set": facts.clock_set,
        "hooks_skipped": facts.hooks_skipped,
        "evidence": {
            "verified": facts.verified,
            "not_opened": facts.not_opened,
            "without_hash": facts.without_hash,
            "in_words": facts.in_words,
        },
        "squashed": [{"commit": one.commit.oid, "records": one.squashed} for one in audited.verdicts if one.squashed],
        "rules": [{"commit": one.commit.oid, "files": one.rules} for one in audited.verdicts if one.rules],
        "signatures": [
            {"commit": one.commit.oid, "worth": one.signature} for one in audited.verdicts if one.signature is not None
        ],
        "records": facts.records,
    }


def _plain(said: Statement) -> dict[str, Any]:
    return said.model_dump(mode="json", by_alias=True, exclude_none=True)


def _entry(one: Entered) -> dict[str, Any]:
    return {
        "record": one.record,
        "seq": one.entry.seq,
        "id": one.entry.id,
        "type": one.entry.type,
        "from": one.entry.from_,
        "to": one.entry.to,
        "at": one.entry.at.isoformat().replace("+00:00", "Z"),
        "by": one.entry.by,
        "commit": one.commit,
        "landed_at": one.landed_at.isoformat().replace("+00:00", "Z"),
        "assurance": one.level,
        "witnessed": one.witnessed,
        "broke": list(one.broke),
    }
