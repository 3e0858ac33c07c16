"""What was expunged from a record, in words."""

from __future__ import annotations

from partnerkit.kinds.expunging import Expunging
from partnerkit.register import RecordFile, Register
from partnerkit.reports.page import Page, Span


def expungings(page: Page, record: RecordFile, register: Register) -> None:
    """A line for each text that was taken out of a record."""
    for one in record.model.expunged:
        page.add(Span(f"{register.day(one.at)}{expunged(one)}", "yellow"))


def expunged(one: Expunging) -> str:
    """From how many places, by whom and why."""
    places = f"{one.places} place{'' if one.places == 1 else 's'}" if one.places else "what it said before"
    return f"    {one.id}  text expunged from {places} by {one.by}: {one.reason}"
