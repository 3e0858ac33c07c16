"""What a value of a record can be read as: a day, a duration or a number; None where it is none of that sort."""

from __future__ import annotations

from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from partnerkit.kinds.calendar import read_day
from partnerkit.kinds.duration import Duration


def as_day(value: Any) -> date | None:
    """The day that a value of a record is; None where it is none."""
    try:
        return read_day(value) if isinstance(value, str) else None
    except ValueError:
        return None


def as_duration(value: Any) -> Duration | None:
    """The duration that a value of a record is; None where it is none."""
    try:
        return Duration.parse(value) if isinstance(value, str) else None
    except ValueError:
        return None


def as_number(value: Any) -> Decimal | None:
    """The number that a value of a record is; None where it is none that can be compared."""
    try:
        found = Decimal(str(value)) if isinstance(value, int | str) and not isinstance(value, bool) else None
    except InvalidOperation:
        return None
    return found if found is not None and found.is_finite() else None
