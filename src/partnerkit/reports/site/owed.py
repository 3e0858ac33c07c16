"""What is due, as rows of a page."""

from __future__ import annotations

from collections.abc import Iterable

from partnerkit.dataclass import dataclass
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
    several = f"{one.missed + 1} times, the last {one.due}" if one.missed else ""
    href = f"{shown.up}policies/{one.record}.html" if one.kind == "policy" else shown.record(one.record)
    return Row(
        one.state,
        _MARKS[one.state],
        str(one.day or ""),
        one.title,
        one.clause or "",
        "; ".join(part for part in (several, one.note or "") if part),
        one.command or "",
        href,
        one.name,
        _who(one, shown),
    )


def _who(one: Obligation, shown: Shown) -> str:
    """Who can do it, by their role; before them who owes it, or is waited for."""
    people = ", ".join(_named(one.people, shown))
    role = in_words(one.role) if one.role else ""
    can = f"{role}: {people}" if role and people else role or people
    owes = ", ".join(_named((one.person,) if one.person is not None and (one.person,) != one.people else (), shown))
    of = f"{'waits for' if one.source == 'answer' else 'of'} {owes}" if owes else ""
    return "; ".join(part for part in (of, can) if part)


def _named(people: Iterable[str], shown: Shown) -> list[str]:
    """People as readers may know them: before everybody none but those who agreed to be named."""
    agreed = (who for who in people if not shown.site.for_everybody or who in shown.site.sight.names)
    return [shown.person(who) for who in agreed]
