"""Conditions on fields as people type them (`stage=active,suspended`, `ends<P90D`), and for which values they hold."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from partnerkit.errors import WrongCallError
from partnerkit.jobs.worked_out import Days
from partnerkit.kinds.readable import as_day, as_duration, as_number
from partnerkit.pattern import pattern
from partnerkit.steps import is_filled
from partnerkit.tuples import NamedTuple

_CONDITION = pattern(r"([a-z0-9][a-z0-9.-]*)(!=|!~|<=|>=|=|<|>|~)(.*)\Z", re.DOTALL)

_ORDERS: dict[str, Callable[[Any, Any], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


class Condition(NamedTuple):
    """What is asked of a field.

    Attributes:
        field: the field.
        sign: how its value is compared.
        wanted: what it is compared with, as it was typed.
        values: of `=` and `!=` what it may be; none where it asks whether anything is there.
    """

    field: str
    sign: str
    wanted: str
    values: tuple[str, ...]

    @property
    def compares(self) -> bool:
        """Whether it asks for an order: earlier, more."""
        return self.sign in _ORDERS


def condition(text: str) -> Condition:
    """A condition from `field=value`, `!=`, `<`, `<=`, `>`, `>=`, `~` (contains, whatever the case) or `!~`.

    Raises:
        WrongCallError: it cannot be read.
    """
    match = _CONDITION.match(text)
    if match is None:
        examples = "write for instance stage=active, stage=active,suspended, ends<2027-03-01, ends<P90D or name~cloud"
        raise WrongCallError(f"{text!r} is no condition", examples)
    field, sign, wanted = match.groups()
    if sign == "~" and wanted.startswith("!"):
        raise WrongCallError(
            f"{text!r} is no condition", f"{field}!~{wanted.removeprefix('!')} holds where it is not contained"
        )
    several = [piece.strip() for piece in wanted.split(",") if piece.strip()]
    return Condition(field, sign, wanted, tuple(dict.fromkeys([wanted, *several])) if wanted.strip() else ())


def field_of(text: str) -> str:
    """The field of which a condition speaks."""
    match = _CONDITION.match(text)
    return match[1] if match else text


def holds(asked: Condition, value: Any, today: date) -> bool:
    """Whether a value is as a condition wants it; of a list one item must be, and for `!=` and `!~` none may."""
    values = list(_items(value))
    if asked.sign.startswith("!"):
        return not holds(asked._replace(sign=asked.sign[1:]), value, today)
    if asked.sign == "=":
        return (
            any(_equal(item, one, today) for item in values for one in asked.values) if asked.values else _lacks(values)
        )
    if asked.sign == "~":
        return any(asked.wanted.casefold() in _text(item).casefold() for item in values)
    return any(_ordered(item, asked, today) for item in values if is_filled(item))


def _items(value: Any) -> Iterator[Any]:
    if not isinstance(value, list):
        yield value
        return
    for item in value:
        yield from _items(item)


def _lacks(values: list[Any]) -> bool:
    """Whether nothing is there, or an item has nothing there."""
    return not values or not all(map(is_filled, values))


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None or isinstance(value, dict) else str(value)


def _equal(value: Any, wanted: str, today: date) -> bool:
    if isinstance(value, bool) and wanted in {"yes", "no"}:
        return value == (wanted == "yes")
    count = _for_days(value, wanted, today)
    if None not in count:
        return bool(count[0] == count[1])
    day = day_meant(wanted, today) if as_day(value) else None
    return _text(value) == (wanted if day is None else day.isoformat())


def day_meant(text: str, today: date) -> date | None:
    """The day that a word means: one of the calendar, `today`, or so long after it (`P90D`) or before (`-P60D`).

    None where it means none, or one that lies outside the calendar.
    """
    duration = as_duration(text.removeprefix("-"))
    if duration is None:
        return today if text == "today" else as_day(text)
    try:
        return duration.before(today) if text.startswith("-") else duration.after(today)
    except OverflowError:
        return None


def _ordered(value: Any, asked: Condition, today: date) -> bool:
    pair = next((two for how in _PAIRS if None not in (two := how(value, asked.wanted, today))), None)
    left, right = pair or (_text(value), asked.wanted)
    return _ORDERS[asked.sign](left, right)


def _days(value: Any, wanted: str, today: date) -> tuple[Any, Any]:
    return as_day(value), day_meant(wanted, today)


def _for_days(value: Any, wanted: str, today: date) -> tuple[Any, Any]:
    """So many days, compared with a duration that ends today."""
    day = day_meant(f"-{wanted}", today) if isinstance(value, Days) else None
    return int(value) if day is not None else None, (today - day).days if day is not None else None


def _durations(value: Any, wanted: str, today: date) -> tuple[Any, Any]:
    left, right = as_duration(value), as_duration(wanted)
    return left and left.after(today), right and right.after(today)


def _numbers(value: Any, wanted: str, _today: date) -> tuple[Any, Any]:
    return as_number(_text(value)), as_number(wanted)


#: What values are compared as: the first as which both can be read.
_PAIRS = (_days, _for_days, _durations, _numbers)
