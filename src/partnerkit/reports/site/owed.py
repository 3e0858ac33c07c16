"""What is due, as rows of a page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from partnerkit.obligations.obligation import Obligation
from partnerkit.obligations.outlook import in_words
from partnerkit.reports.site.values import Shown

_MARKS = {"late": "late", "due": "due", "upcoming": "coming", "waiting": "waiting"}


@dataclass(frozen=True, slots=True)
class Row:
    """One thing that is to be done."""

    state: str
    mark: str
    day: str
    title: str
    clause: str
    note: str
    command: str
    href: str | None
    name: str
    who: str


def rows(found: Iterable[Obligation], shown: Shown) -> list[Row]:
    """Obligations as rows, in the order given."""
    return [_row(one, shown) for one in found]


def _row(one: Obligation, shown: Shown) -> Row:
    several = f"{one.missed + 1} times since {one.first}" if one.missed else ""
    whom = (one.person,) if one.person else one.people
    agreed = [who for who in whom if not shown.site.for_everybody or who in shown.site.sight.names]
    people = [shown.person(who) for who in agreed]
    role = in_words(one.role) if one.role else ""
    who = f"{role}: {', '.join(people)}" if role and people else role or ", ".join(people)
    href = f"{shown.up}policies/{one.record}.html" if one.kind == "policy" else shown.record(one.record)
    return Row(
        one.state,
        _MARKS[one.state],
        str(one.due or one.since or ""),
        one.title,
        one.clause or "",
        "; ".join(part for part in (several, one.note or "") if part),
        one.command or "",
        href,
        one.name,
        who,
    )
