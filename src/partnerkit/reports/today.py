"""What there is to do on a day: for a terminal, and for other programs. For mails and chats, see today_sent."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from partnerkit.obligations.folding import Group
from partnerkit.obligations.obligation import STATES, Obligation, State
from partnerkit.reports.page import COMMAND, Page, Span

SCHEMA = "partnerkit.today/1"

_STYLES = {"error": "red", "warning": "yellow", "info": ""}
_MOST_PEOPLE = 4


def heading(state: State, until: date) -> str:
    """What a state is called above its obligations."""
    return {"late": "Late", "due": "Due now", "upcoming": f"Coming up to {until}", "waiting": "Waiting"}[state]


def when(group: Group, today: date) -> str:
    """The days of a group in words: `18 days late, since 2026-11-02, 3 before it missed`."""
    first = group.first
    if first.state == "late":
        words = f"{_days(first.late_by(today))} late, since {first.day}"
        words = f"up to {words}" if group.folded else words
    elif first.state == "upcoming":
        last = max((one.due or one.since or date.max for one in group.members), default=None)
        day = first.due or first.since
        words = f"{'due' if first.due else 'from'} {day}" + (f" to {last}" if last != day else "")
        words += f", in {_days((day - today).days)}" if day is not None and not group.folded else ""
    elif first.due is not None:
        words = "due today"
    else:
        words = f"since {first.since}" if first.since is not None else "open"
    return words + (f", {group.missed} before {'them' if group.folded else 'it'} missed" if group.missed else "")


def _days(count: int) -> str:
    return f"{count} day{'' if count == 1 else 's'}"


def who(members: Iterable[Obligation]) -> str:
    """Who can do it, in words: the role, the people; who owes it, or is waited for."""
    every = list(members)
    first = every[0]
    people = list(dict.fromkeys(person for one in every for person in one.people))
    named = ", ".join(people) if len(people) <= _MOST_PEOPLE else f"{len(people)} people"
    if first.role is not None and all(one.role == first.role for one in every):
        named = f"{first.role}: {named or 'nobody holds it'}"
    owes = list(dict.fromkeys(one.person for one in every if one.person is not None and (one.person,) != one.people))
    if not owes:
        return named
    of = ", ".join(owes) if len(owes) <= _MOST_PEOPLE else f"{len(owes)} people"
    return f"{'waits for' if first.source == 'answer' else 'of'} {of}" + (f"; {named}" if named else "")


def subject(group: Group) -> str:
    """What it concerns: the record, or how many of them."""
    first = group.first
    if not group.folded:
        return first.record
    records = {one.record for one in group.members}
    return f"{len(records)} {first.kind}{'' if len(records) == 1 else 's'}"


def counts(obligations: Iterable[Obligation]) -> dict[str, int]:
    """How many obligations there are in each state, and how many occurrences before them are open too."""
    every = list(obligations)
    found: dict[str, int] = {state: sum(one.state == state for one in every) for state in STATES}
    return {**found, "missed": sum(one.missed for one in every)}


def summed(obligations: Iterable[Obligation]) -> str:
    """The counts in words."""
    found = counts(obligations)
    words = {"late": "late", "due": "due", "upcoming": "coming", "waiting": "waiting", "missed": "missed before those"}
    return ", ".join(f"{found[key]} {word}" for key, word in words.items() if found[key]) or "nothing"


def title(day: date, name: str, whose: str | None) -> str:
    """The head line."""
    return f"{day} · {name}" + (f" · for {whose}" if whose else "")


def as_page(
    groups: list[Group], day: date, until: date, name: str, whose: str | None, broken: list[str], more: str
) -> Page:
    """What there is to do, for a person: late, due, coming, waiting; each with clause, person and command.

    Args:
        groups: the obligations.
        day: the day.
        until: how far ahead was looked.
        name: whose register it is.
        whose: the person or role that was asked for.
        broken: ids of records that could not be read.
        more: the line that shows folded obligations one by one.
    """
    page = Page().add(Span(title(day, name, whose), "bold"))
    for state in STATES:
        mine = [group for group in groups if group.first.state == state]
        if mine:
            page.add().add(Span(heading(state, until), "bold"), f" ({sum(len(group.members) for group in mine)})")
            for group in mine:
                add_group(page, group, day, Span(subject(group), "bold"))
    _broken(page, broken)
    every = [one for group in groups for one in group.members]
    page.add().add(summed(every), Span(f"; {more} lists every one", "dim") if _hides(groups) else "")
    first = next((group.command for group in groups if group.command), None)
    if first is not None:
        page.add(Span("Next: ", "bold"), Span(first, COMMAND))
    return page


def _hides(groups: list[Group]) -> bool:
    return any(group.folded for group in groups)


def add_group(page: Page, group: Group, day: date, lead: Span) -> None:
    """Obligations on a few lines: behind what leads to it what is to be done and when, then who, and the command."""
    first = group.first
    style = _STYLES[first.severity]
    page.add("  ", lead, f"  {first.title}  ", Span(when(group, day), style))
    note = first.note if not group.folded else None
    about = [
        part for part in (who(group.members), first.clause, f"draft: {first.draft}" if first.draft else "") if part
    ]
    if about:
        page.add("      ", Span(" · ".join(about), "dim"))
    if note:
        page.add("      ", Span(note, "dim"))
    if group.command:
        rest = f"   and {len(group.members) - 1} more like it" if group.folded and not group.sweeps else ""
        page.add("      ", Span(group.command, COMMAND), Span(rest, "dim"))


def _broken(page: Page, broken: list[str]) -> None:
    if broken:
        words = f"{len(broken)} cannot be read, so what they owe is not known: {', '.join(broken)}"
        page.add().add(Span("! ", "yellow"), words, "   ", Span("partnerkit check", COMMAND))


def as_json(
    obligations: list[Obligation], day: date, until: date, person: str | None, role: str | None, broken: list[str]
) -> dict[str, Any]:
    """Every obligation for other programs, never folded; the schema is fixed."""
    return {
        "schema": SCHEMA,
        "day": day.isoformat(),
        "until": until.isoformat(),
        "person": person,
        "role": role,
        "counts": counts(obligations),
        "obligations": [as_data(one, day) for one in obligations],
        "broken": broken,
    }


def as_data(one: Obligation, day: date) -> dict[str, Any]:
    """One obligation as plain data, every key always there."""
    return {
        "id": one.id,
        "state": one.state,
        "severity": one.severity,
        "source": one.source,
        "what": one.what,
        "record": one.record,
        "kind": one.kind,
        "name": one.name,
        "policy": one.policy,
        "title": one.title,
        "due": one.due.isoformat() if one.due else None,
        "since": one.since.isoformat() if one.since else None,
        "first": one.first.isoformat() if one.first else None,
        "missed": one.missed,
        "from": one.begins.isoformat() if one.begins else None,
        "until": one.ends.isoformat() if one.ends else None,
        "late": one.late_by(day),
        "clause": one.clause,
        "role": one.role,
        "people": list(one.people),
        "person": one.person,
        "draft": one.draft,
        "note": one.note,
        "command": one.command,
    }
