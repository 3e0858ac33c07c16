"""A day as people type it on a command line."""

from __future__ import annotations

from datetime import date

from partnerkit.errors import WrongCallError
from partnerkit.kinds.calendar import read_day
from partnerkit.pattern import pattern

_DAY = pattern(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def typed_day(text: str) -> date:
    """A day as typed: YYYY-MM-DD, and nothing that could be read two ways.

    Raises:
        WrongCallError: it is none.
    """
    mend = "write it as YYYY-MM-DD, such as 2026-03-31"
    if not _DAY.fullmatch(text):
        raise WrongCallError(f"{text!r} is no day", mend)
    try:
        return read_day(text)
    except ValueError as error:
        raise WrongCallError(str(error), mend) from error
