"""What is owed as iCalendar (RFC 5545), for every calendar program; and what was written, for people and programs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

from partnerkit.obligations.event import Event
from partnerkit.reports.encode import calendar_line, calendar_text, clipped
from partnerkit.reports.page import Page, Span

SCHEMA = "partnerkit.calendar/1"

_PRODUCER = "-//partnerkit//partnerkit//EN"
_AGAIN = "P1D"
_LONGEST_TITLE = 200

#: The moment from which versions of events are counted, in minutes: a later file always has higher numbers.
_FIRST = datetime(2020, 1, 1, tzinfo=UTC)

#: How titles say what cannot be seen from the day.
_MARKS = {"late": "Late: ", "waiting": "Waiting: "}


def as_text(events: Iterable[Event], name: str, stamp: datetime) -> str:
    """The calendar as a file: all-day events in which nobody is busy.

    Args:
        events: what is in it.
        name: what it is called.
        stamp: the moment of which it tells.
    """
    moment = f"{stamp:%Y%m%dT%H%M%SZ}"
    version = str(max(int((stamp - _FIRST) / timedelta(minutes=1)), 0))
    head = [
        ("BEGIN", "VCALENDAR"),
        ("VERSION", "2.0"),
        ("PRODID", _PRODUCER),
        ("CALSCALE", "GREGORIAN"),
        ("METHOD", "PUBLISH"),
        ("NAME", calendar_text(name)),
        ("X-WR-CALNAME", calendar_text(name)),
        ("REFRESH-INTERVAL;VALUE=DURATION", _AGAIN),
        ("X-PUBLISHED-TTL", _AGAIN),
    ]
    lines = [*head, *(line for one in events for line in _event(one, moment, version)), ("END", "VCALENDAR")]
    return "".join(calendar_line(key, value) for key, value in lines)


def title(event: Event) -> str:
    """An event in a line: what cannot be seen from its day, the record, what is to be done."""
    mark = "Settled: " if event.settled else _MARKS.get(event.owed.state, "")
    owes = f" ({event.owes})" if event.owes is not None else ""
    return clipped(f"{mark}{event.name}: {event.title}{owes}".replace("\n", " "), _LONGEST_TITLE)


def _event(event: Event, moment: str, version: str) -> Iterator[tuple[str, str]]:
    yield "BEGIN", "VEVENT"
    yield "UID", event.uid
    yield "DTSTAMP", moment
    yield "LAST-MODIFIED", moment
    yield "SEQUENCE", version
    yield "DTSTART;VALUE=DATE", _day(event.day)
    yield "DTEND;VALUE=DATE", _day(event.day + timedelta(days=1))
    yield "SUMMARY", calendar_text(title(event))
    yield "DESCRIPTION", calendar_text("\n".join(_about(event)))
    yield "CATEGORIES", ",".join(calendar_text(one) for one in categories(event))
    yield "STATUS", "CANCELLED" if event.settled else "CONFIRMED"
    yield "TRANSP", "TRANSPARENT"
    for days in event.alarms:
        yield "BEGIN", "VALARM"
        yield "ACTION", "DISPLAY"
        yield "DESCRIPTION", calendar_text(title(event))
        yield "TRIGGER", f"-P{days}D"
        yield "END", "VALARM"
    yield "END", "VEVENT"


def categories(event: Event) -> tuple[str, ...]:
    """By what calendars sort and colour it: its state, the kind of the record, where it comes from."""
    return ("settled" if event.settled else event.owed.state, event.owed.kind, event.owed.source)


def _about(event: Event) -> Iterator[str]:
    """What is to be known of it, a line each: no text of a record."""
    one = event.owed
    yield f"{one.kind} {one.record}, under {one.policy}"
    if one.begins is not None and one.ends is not None:
        yield f"about {one.begins} to {one.ends}"
    if one.clause is not None:
        yield f"clause: {one.clause}"
    if one.role is not None:
        yield f"role: {one.role}"
    if event.people:
        yield f"who: {', '.join(event.people)}"
    if event.settled:
        yield "settled, or not asked for any more"
    elif event.command is not None:
        yield event.command


def _day(day: date) -> str:
    return f"{day:%Y%m%d}"


def as_page(events: Sequence[Event], out: str, until: date, dayless: int, broken: list[str]) -> Page:
    """What was written, for a person."""
    settled = sum(one.settled for one in events)
    page = Page().add(f"✓ {_counted(len(events) - settled, 'event')} up to {until}, {settled} settled → {out}")
    if dayless:
        page.add(Span("  ! ", "yellow"), f"{_counted(dayless, 'thing')} more to do on no day   ", "partnerkit today")
    if broken:
        words = f"{len(broken)} cannot be read, so what they owe is not known: {', '.join(broken)}"
        page.add(Span("  ! ", "yellow"), words, "   partnerkit check")
    return page


def _counted(count: int, what: str) -> str:
    return f"{count} {what}{'' if count == 1 else 's'}"


def as_json(
    events: Sequence[Event], out: str, name: str, day: date, until: date, dayless: int, broken: list[str]
) -> dict[str, Any]:
    """What was written, for other programs."""
    return {
        "schema": SCHEMA,
        "file": out,
        "name": name,
        "day": day.isoformat(),
        "until": until.isoformat(),
        "count": len(events),
        "settled": sum(one.settled for one in events),
        "without_day": dayless,
        "broken": broken,
        "events": [
            {"uid": one.uid, "day": one.day.isoformat(), "title": title(one), "record": one.owed.record}
            | {"state": "settled" if one.settled else one.owed.state, "obligation": one.obligation}
            for one in events
        ],
    }
