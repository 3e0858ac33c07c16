"""The encoder of iCalendar: what another reader makes of a file is what was put in, whatever that was."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

from hypothesis import example, given
from hypothesis import strategies as st
from icalendar import Calendar

from partnerkit.obligations.event import Event
from partnerkit.obligations.obligation import Obligation
from partnerkit.reports.calendar import as_text, title
from partnerkit.reports.encode import calendar_text, terminal

STAMP = datetime(2026, 3, 2, 8, 30, tzinfo=UTC)
DAY = date(2026, 4, 1)
HOSTILE = [
    "end\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nUID:mine",
    "a\nATTENDEE:mailto:x@example.org",
    "a\rb",
    "a, b; c: d \\n e \\; f \\",
    'DTSTART;VALUE=DATE:19990101 "quoted"',
    "ü€😀" * 400,
    "x" * 4000,
    "\u2028BEGIN:VALARM\u0085",
    " leading and trailing ",
    "\t",
]


def event(text: str) -> Event:
    owed = Obligation(
        "id",
        "acme",
        "partnership",
        text,
        "P",
        "milestone",
        "due",
        text,
        "late",
        "error",
        due=DAY,
        clause=text,
        role=text,
        thing="acme/due",
    )
    return Event("uid-1", DAY, owed, owed.id, text, text, command=text, people=(text,), alarms=(7,))


def hostile(test):
    for text in HOSTILE:
        test = example(text)(test)
    return given(st.text(max_size=300))(test)


@hostile
def test_another_reader_reads_back_what_was_written(text: str) -> None:
    written = as_text([event(text)], text, STAMP)
    assert all(len(line.encode()) <= 75 for line in written.split("\r\n"))
    assert "\n" not in written.replace("\r\n", "")
    whole: Any = Calendar.from_ical(written)
    assert str(whole["X-WR-CALNAME"]) == str(whole["NAME"]) == calendar_text(text)  # which it leaves as they are
    [one] = whole.walk("VEVENT")
    assert set(one) == {
        *("UID", "DTSTAMP", "LAST-MODIFIED", "SEQUENCE", "DTSTART", "DTEND", "SUMMARY", "DESCRIPTION"),
        *("CATEGORIES", "STATUS", "TRANSP"),
    }
    assert str(one["SUMMARY"]) == terminal(title(event(text)))
    lines = ("partnership acme, under P", f"clause: {text}", f"role: {text}", f"who: {text}", text)
    assert str(one["DESCRIPTION"]) == terminal("\n".join(lines))
    assert (one.decoded("DTSTART"), one.decoded("DTEND")) == (DAY, DAY + timedelta(days=1))
    [alarm] = one.walk("VALARM")
    assert (alarm.decoded("TRIGGER"), str(alarm["DESCRIPTION"])) == (-timedelta(days=7), str(one["SUMMARY"]))


def test_a_title_is_one_short_line() -> None:
    said = title(event("one\ntwo" + "x" * 4000))
    assert said.startswith("Late: one two")
    assert len(said) < 250


def test_a_later_file_has_higher_numbers() -> None:
    """By which a calendar takes what it says for what it held (RFC 5545 §3.8.7.4)."""

    def number(stamp: datetime) -> int:
        found: Any = Calendar.from_ical(as_text([event("x")], "x", stamp))
        [one] = found.walk("VEVENT")
        return int(one["SEQUENCE"])

    minute = timedelta(minutes=1)
    assert number(STAMP) < number(STAMP + minute)
    assert number(datetime(2200, 12, 31, tzinfo=UTC)) < 2**31
    assert number(datetime(1999, 1, 1, tzinfo=UTC)) == 0
