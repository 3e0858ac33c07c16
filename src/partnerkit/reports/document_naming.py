"""Why a document calls people by their ids, and the lines after which it calls them by name: in no word of theirs."""

from __future__ import annotations

from itertools import chain, repeat
from typing import Any

from partnerkit.documents.composed import Composed
from partnerkit.kinds.classified import USUAL
from partnerkit.reports.page import COMMAND, Page, Span
from partnerkit.rules.commands import line


def ids_json(composed: Composed, form: str, requirement: str | None = None) -> dict[str, Any]:
    """Whom it calls by their ids, why, and what gives them names, for other programs."""
    return {
        "unnamed": composed.unnamed,
        "unnamed_why": _why(composed) if composed.unnamed else None,
        "unnamed_next": [
            *_before(composed),
            *(_naming(composed, who) for group in _groups(composed) for who in group),
            *_instead(composed, form, requirement),
        ],
    }


def tell_ids(page: Page, composed: Composed, form: str, requirement: str | None = None) -> None:
    """The same for a person, below what else is to be known of a document."""
    if composed.unnamed:
        page.add(Span("  ! ", "yellow"), f"called by their ids, {_why(composed)}: {', '.join(composed.unnamed)}")
    leads = chain(["Next: "], repeat(" then "))
    for command in _before(composed):
        page.add(Span(next(leads), "bold"), Span(command, COMMAND))
    for first, *others in _groups(composed):
        page.add(Span(next(leads), "bold"), Span(_naming(composed, first), COMMAND))
        if others:
            page.add(f"      likewise for {', '.join(others)}")
    for command in _instead(composed, form, requirement):
        page.add(Span("   or " if _groups(composed) else next(leads), "bold"), Span(command, COMMAND))


def _why(composed: Composed) -> str:
    asked = composed.asked
    if asked.naming == "all":
        return "because the private place has no name of"
    if asked.naming == "ids":
        return "as in whatever is recorded"
    return f"because none of them is known here to have agreed to be named before readers of what is {asked.level}"


def _groups(composed: Composed) -> list[list[str]]:
    """Who can be given a name: those of whom none is known, and those who did not agree to theirs, as far as asked."""
    known = [who for who in composed.unnamed if who not in composed.nameless]
    return [group for group in (composed.nameless, known if composed.asked.naming == "agreed" else []) if group]


def _before(composed: Composed) -> list[str]:
    """What has to be there before anybody has a name."""
    return [line("setup", "private")] if composed.nameless and not composed.private_here else []


def _naming(composed: Composed, who: str) -> str:
    """The line after which somebody has a name, with their word that it may stand there, where that is asked."""
    before = "public" if composed.asked.level == "public" else "internal"
    agreeing = ["--consent", before, "--seen", "<seen>"] if composed.asked.naming == "agreed" else []
    return line("person", "name", who, *["<name>"] * (who in composed.nameless), *agreeing)


def _instead(composed: Composed, form: str, requirement: str | None) -> list[str]:
    """The line that calls everybody by name of whom one is known, whoever agreed: in a file outside."""
    some = len(composed.nameless) < len(composed.unnamed)
    return [_with_names(composed, form, requirement)] if some and composed.asked.naming != "all" else []


def _with_names(composed: Composed, form: str, requirement: str | None) -> str:
    """The line that makes the same document and calls everybody by name."""
    asked = composed.asked
    also = {
        "--as-of": asked.as_of,
        "--classification": asked.level if asked.level != USUAL else None,
        "--fonts": asked.fonts,
        "--requirement": requirement,
    }
    given = [word for option, value in also.items() if value is not None for word in (option, value)]
    recorded = ["--record"] if asked.naming == "ids" else []
    file = f"../{asked.record}-{asked.what}.{form}"
    return line("doc", asked.what, asked.record, *given, *recorded, "--names", "--out", file)
