"""What came in, what was sent and what was not: for a person and for other programs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

from partnerkit.findings import Finding
from partnerkit.kinds.parts import moment_text
from partnerkit.reports.findings import as_data
from partnerkit.reports.findings import as_page as findings_page
from partnerkit.reports.page import WELL, Page, Span
from partnerkit.rules.commands import line
from partnerkit.rules.verdict import Entered

SCHEMA = "partnerkit.sync/1"

_SHOWN = 10
_SHORT = 10


class Sent(Protocol):
    """A commit that was sent."""

    @property
    def was(self) -> str:
        """As it was made."""

    @property
    def commit(self) -> str:
        """As it is now."""

    @property
    def subject(self) -> str:
        """The first line of its message."""


class NotMade(Protocol):
    """A commit that was not made again."""

    @property
    def commit(self) -> str:
        """As it was made."""

    @property
    def subject(self) -> str:
        """The first line of its message."""

    @property
    def findings(self) -> list[Finding]:
        """Why."""


class Shared(Protocol):
    """What a sync did."""

    remote: str
    branch: str
    commit: str
    dry_run: bool
    received: list[str]
    entered: list[Entered]
    findings: list[Finding]
    since: str | None
    sent_to: str | None
    kept: list[str]
    void: list[Finding]
    words: list[str]
    links: list[str]

    @property
    def sent(self) -> Sequence[Sent]:
        """What was sent."""

    @property
    def left(self) -> Sequence[NotMade]:
        """What was not made again."""


def as_page(synced: Shared, notes: Sequence[str] = ()) -> Page:
    """What came in, what was sent, what was not and why, and what to do next."""
    page = Page()
    done = Span("✓ ", WELL) if not synced.dry_run else Span("would: ", "yellow")
    if synced.received:
        page.add(done, f"{_commits(len(synced.received))} from {synced.remote} {_word(synced, 'came in', 'come in')}")
        page.extend(_moves(synced.entered))
    if synced.sent:
        where = f"the branch {synced.sent_to}" if synced.sent_to else synced.remote
        page.add(done, f"{_commits(len(synced.sent))} {_word(synced, 'sent', 'be sent')} to {where}")
        page.extend(_few([f"    {one.subject}  {one.commit[:_SHORT]}" for one in synced.sent]))
    if not synced.received and not synced.sent and not synced.left:
        page.add(Span("✓ ", WELL), f"nothing to share: {synced.remote} and your branch are the same")
    page.extend(_not_made(synced))
    page.extend(_broken(synced))
    page.extend(findings_page(synced.void))
    for said in synced.words:
        page.add(Span(f"  {synced.remote.partition('/')[0]}: ", "dim"), Span(said, "dim"))
    for note in notes:
        page.add(Span("  ! ", "yellow"), note)
    if synced.dry_run:
        page.add("nothing changed (--dry-run)")
    return page.extend(_next(synced))


def _commits(number: int) -> str:
    return f"{number} commit{'' if number == 1 else 's'}"


def _word(synced: Shared, done: str, planned: str) -> str:
    return planned if synced.dry_run else done


def _few(lines: list[str]) -> Page:
    page = Page()
    for text in lines[:_SHOWN]:
        page.add(Span(text, "dim"))
    if len(lines) > _SHOWN:
        page.add(Span(f"    … and {len(lines) - _SHOWN} more: --json has all", "dim"))
    return page


def _moves(entered: list[Entered]) -> Page:
    """Who moved which record where."""
    return _few(
        [
            f"    {one.record}: {f'{one.left} → ' if one.left else 'new in '}{one.to} "
            f"by {one.by}, {one.at:%Y-%m-%d} ({one.commit[:_SHORT]})"
            for one in entered
        ]
    )


def _not_made(synced: Shared) -> Page:
    page = Page()
    for one in synced.left:
        page.add(Span("✗ ", "red"), f"not made again: {one.subject}  {one.commit[:_SHORT]}")
        for row in findings_page(one.findings).lines:
            page.add("  ", *row)
    for branch in synced.kept:
        keeps = _word(synced, "keeps", "would keep")
        page.add(f"  The branch {branch} {keeps} what was yours as it was: nothing is lost")
    return page


def _broken(synced: Shared) -> Page:
    page = Page()
    if synced.findings and synced.since:
        page.add(Span("! ", "yellow"), "what came in breaks the rules that stood before it; it has landed all the same")
        page.extend(findings_page(synced.findings))
        page.add("  → ", Span(line("audit", "--since", synced.since[:12]), "green"))
    return page


def _next(synced: Shared) -> Page:
    page = Page()
    if synced.sent_to:
        page.add(f"{synced.remote.partition('/')[0]} does not take it on {synced.branch}: it is to be brought in there")
        for link in synced.links:
            page.add("  → ", Span(link, "green"))
        page.add(Span("Next: ", "bold"), "have that branch merged; then ", Span("partnerkit sync", "green"))
    elif synced.left:
        page.add(Span("Next: ", "bold"), Span("partnerkit today", "green"))
    return page


def as_json(synced: Shared, notes: Sequence[str] = ()) -> dict[str, Any]:
    """The same for other programs."""
    return {
        "schema": SCHEMA,
        "remote": synced.remote,
        "branch": synced.branch,
        "commit": synced.commit,
        "dry_run": synced.dry_run,
        "received": synced.received,
        "moves": [_move(one) for one in synced.entered],
        "findings": [as_data(one) for one in synced.findings],
        "since": synced.since,
        "sent": [{"commit": one.commit, "was": one.was, "subject": one.subject} for one in synced.sent],
        "sent_to": synced.sent_to,
        "links": synced.links,
        "words": synced.words,
        "left": [
            {"commit": one.commit, "subject": one.subject, "findings": [as_data(found) for found in one.findings]}
            for one in synced.left
        ],
        "kept": synced.kept,
        "void": [as_data(found) for found in synced.void],
        "notes": list(notes),
    }


def _move(one: Entered) -> dict[str, Any]:
    return {
        "record": one.record,
        "from": one.left,
        "to": one.to,
        "by": one.by,
        "at": moment_text(one.at),
        "commit": one.commit,
    }
