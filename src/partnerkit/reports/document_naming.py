"""Why a document calls people by their ids, and the lines after which it calls them by name: in no word of theirs."""

from __future__ import annotations

from collections.abc import Iterator
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
        "unnamed_next": list(_next(composed, form, requirement)),
    }


def tell_ids(page: Page, composed: Composed, form: str, requirement: str | None = None) -> None:
    """The same for a person, below what else is to be known of a document."""
    if composed.unnamed:
        page.add(Span("  ! ", "yellow"), f"called by their ids, {_why(composed)}: {', '.join(composed.unnamed)}")
    for number, command in enumerate(_next(composed, form, requirement)):
        page.add(Span("   or " if number else "Next: ", "bold"), Span(command, COMMAND))


def _why(composed: Composed) -> str:
    asked = composed.asked
    if asked.naming == "all":
        return "because the private place has no name of"
    if asked.naming == "ids":
        return "as in whatever is recorded"
    return f"because none of them is known here to have agreed to be named before readers of what is {asked.level}"


def _next(composed: Composed, form: str, requirement: str | None) -> Iterator[str]:
    """What gives names: first to whoever has none, then by what they agree to; or to everybody, in a file outside."""
    asked = composed.asked
    if composed.nameless:
        yield line("person", "name", composed.nameless[0])
    elif composed.unnamed and asked.naming == "agreed":
        before = "public" if asked.level == "public" else "internal"
        yield line("person", "name", composed.unnamed[0], "--consent", before, "--seen", "<seen>")
    if asked.naming != "all" and len(composed.nameless) < len(composed.unnamed):
        yield _with_names(composed, form, requirement)


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
