"""What an audit proved and what it could not, for a trustee: as text, Markdown, HTML and JSON."""

from __future__ import annotations

from typing import Any

from partnerkit.findings import has_errors
from partnerkit.kinds.parts import moment_text
from partnerkit.reports import settled
from partnerkit.reports.audit_points import count, in_two, points
from partnerkit.reports.findings import as_data, plain
from partnerkit.reports.findings import as_page as findings_page
from partnerkit.reports.page import WELL, Page, Span
from partnerkit.rules.assurance import LEVELS
from partnerkit.rules.audited import Audited
from partnerkit.rules.verdict import Entered

SCHEMA = "partnerkit.audit/1"

#: How many findings a terminal shows, and how many details of one point.
_FINDINGS_SHOWN = 30
_SHOWN = 10


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


def as_page(audited: Audited) -> Page:
    """For a terminal: the verdict, the findings, what rests on trust."""
    page = Page().add(Span(title(audited), "bold"))
    mark, style = ("✓ ", WELL) if audited.proven else ("✗ ", "red")
    page.add(Span(mark, style), Span(verdict(audited), style))
    if audited.findings:
        page.add("")
        worst = sorted(audited.findings, key=lambda one: one.severity != "error")
        for one in worst[:_FINDINGS_SHOWN]:
            page.extend(_finding(audited, one))
        if len(worst) > _FINDINGS_SHOWN:
            page.add(f"  … and {len(worst) - _FINDINGS_SHOWN} more: partnerkit audit --json has all")
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
    levels = [(Span(name, "dim"), Span(LEVELS[name], "dim")) for name in reversed(told_levels)]
    page.add("").table(levels, indent="  ")
    page.add("")
    return page.add(*_next(audited))


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
        "expunged_by": facts.trust.expunged_by,
        "adopted_by": facts.trust.adopted_by,
        "adopted_until": facts.trust.adopted_until.isoformat() if facts.trust.adopted_until else None,
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
