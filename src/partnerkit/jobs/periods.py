"""Periods of reviews: which rhythm one is, what earlier ones leave open, what a longer one gathers from shorter."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from partnerkit.dataclass import dataclass
from partnerkit.errors import WrongCallError
from partnerkit.kinds.calendar import FIRST_YEAR, LAST_YEAR
from partnerkit.kinds.duration import Duration
from partnerkit.kinds.entries import TOMBSTONE_STAGE
from partnerkit.policies.policy import Policy
from partnerkit.register import RecordFile, Register

_MONTH = re.compile(r"(\d{4})-(0[1-9]|1[0-2])\Z")
_QUARTER = re.compile(r"(\d{4})-[Qq]([1-4])\Z")
_YEAR = re.compile(r"(\d{4})\Z")
_LONGEST = 20


@dataclass(frozen=True, slots=True)
class Period:
    """A month, a quarter or a year.

    Attributes:
        label: as people write it: 2026-11, 2026-Q4, 2026.
        first: its first day.
        last: its last day.
        length: its length as policies write it: P1M, P3M, P1Y.
    """

    label: str
    first: date
    last: date
    length: str

    @property
    def before(self) -> Period:
        """The period of that length before it."""
        return _around(self.first - timedelta(days=1), self.length)

    @property
    def related(self) -> list[Period]:
        """The year in which it lies, with its quarters and months: each tells of a part of the same days."""
        months = [_period(f"{self.first.year}-{month:02}", self.first.year, month, "P1M") for month in range(1, 13)]
        quarters = [_around(one.first, "P3M") for one in months[::3]]
        return [_around(self.first, "P1Y"), *quarters, *months]


def _around(day: date, length: str) -> Period:
    """The month, quarter or year in which a day lies."""
    quarter = (day.month + 2) // 3
    match length:
        case "P1M":
            return _period(f"{day.year}-{day.month:02}", day.year, day.month, length)
        case "P3M":
            return _period(f"{day.year}-Q{quarter}", day.year, 3 * quarter - 2, length)
    return _period(f"{day.year}", day.year, 1, length)


def period(text: str) -> Period:
    """A period from `2026-11`, `2026-Q4` or `2026`.

    Raises:
        WrongCallError: it is none.
    """
    if match := _MONTH.match(text):
        found = (text, int(match[1]), int(match[2]), "P1M")
    elif match := _QUARTER.match(text):
        found = (text.upper(), int(match[1]), 3 * int(match[2]) - 2, "P3M")
    elif match := _YEAR.match(text):
        found = (text, int(match[1]), 1, "P1Y")
    else:
        raise WrongCallError(f"{text!r} is no period", "write a month (2026-11), a quarter (2026-Q4) or a year (2026)")
    if not FIRST_YEAR <= found[1] <= LAST_YEAR:
        raise WrongCallError(f"{found[0]} is no period: its year is outside {FIRST_YEAR} to {LAST_YEAR}")
    return _period(*found)


def of_days(first: date, last: date) -> Period | None:
    """The month, quarter or year of these days; None where they are none."""
    every = (_around(first, length) for length in ("P1M", "P3M", "P1Y"))
    return next((one for one in every if (one.first, one.last) == (first, last)), None)


def _period(label: str, year: int, month: int, length: str) -> Period:
    first = date(year, month, 1)
    return Period(label, first, Duration.parse(length).after(first) - timedelta(days=1), length)


@dataclass(frozen=True, slots=True)
class Reviewed:
    """What a record over a period is about.

    Attributes:
        id: the record's id, or the policy's.
        kind: its kind; `policy` where the policy as a whole is.
        policy: the policy that governs it.
        record: the record; None where the policy as a whole is.
    """

    id: str
    kind: str
    policy: Policy
    record: RecordFile | None = None


def rhythm(subject: Reviewed, kind: str, length: str) -> str | None:
    """What the policy calls a record of this kind over a period of that length, or None where it wants none."""
    return next((name for name, every in rhythms(subject, kind) if every == length), None)


def rhythms(subject: Reviewed, kind: str) -> Iterator[tuple[str, str]]:
    """What the policy calls the records of this kind that it asks of such a subject, and how often it asks for them."""
    for cadence in subject.policy.cadences.values():
        settles, _, name = cadence.settled_by.partition("/")
        if settles == kind and cadence.of == subject.kind and name:
            yield name, str(subject.policy.value(cadence.every))


def there(register: Register, subject: Reviewed, kind: str, name: str, over: Period) -> RecordFile | None:
    """The record of that rhythm over that period, where there is one already."""
    policy = subject.policy
    every = (one for one in register.linked(subject.id, kind) if one.data.get("rhythm") == name and _within(one, over))
    return next((one for one in every if _done(policy, one) or not _is_over(policy, one)), None)


def _is_over(policy: Policy, one: RecordFile) -> bool:
    """Whether nothing comes of it any more: taken back, or at an end of its lifecycle."""
    lifecycle = policy.lifecycles.get(one.kind)
    return one.stage == TOMBSTONE_STAGE or lifecycle is None or lifecycle.is_over(one.stage)


def _within(one: RecordFile, over: Period) -> bool:
    return str(over.first) <= str(one.data.get("from")) and str(one.data.get("until")) <= str(over.last)


def prefilled(register: Register, subject: Reviewed, kind: str, over: Period) -> dict[str, Any]:
    """What a draft can say before anybody looks: figures of the shorter ones within it, actions still open.

    Figures are added up where name and unit are the same, and say from which records they come.
    """
    finished = [one for one in register.linked(subject.id, kind) if _done(subject.policy, one)]
    inside = [one for one in finished if _within(one, over) and (one.data["from"], one.data["until"]) != _days(over)]
    found: dict[str, Any] = {}
    figures = list(_figures(inside, over))
    found |= {"figures": figures} if figures else {}
    before = [one for one in finished if str(one.data["until"]) <= str(over.last)]
    actions = [
        copy.deepcopy(action) for one in before for action in one.data.get("actions", []) if "done" not in action
    ]
    latest = {action["id"]: action for action in actions}
    settled = {a["id"] for one in before for a in one.data.get("actions", []) if "done" in a}
    left = [action for key, action in latest.items() if key not in settled]
    return found | ({"actions": left} if left else {})


def _days(over: Period) -> tuple[str, str]:
    return over.first.isoformat(), over.last.isoformat()


def _done(policy: Policy, one: RecordFile) -> bool:
    """Whether it stands at the end of its main way: a draft says nothing yet."""
    lifecycle = policy.lifecycles.get(one.kind)
    return lifecycle is not None and one.stage in lifecycle.last_stages


def _figures(records: list[RecordFile], over: Period) -> Iterator[dict[str, Any]]:
    sums: dict[tuple[str, str], list[tuple[str, Decimal]]] = {}
    for one in records:
        for figure in one.data.get("figures", []):
            key = (figure["name"], figure["unit"])
            sums.setdefault(key, []).append((one.id, Decimal(str(figure["value"]))))
    for (name, unit), parts in sums.items():
        total = sum((value for _one, value in parts), Decimal(0))
        first, last = _days(over)
        ids = ", ".join(one for one, _value in parts[:_LONGEST])
        value = int(total) if total == total.to_integral_value() else str(total)
        yield {"name": name, "value": value, "unit": unit, "from": first, "until": last, "source": f"added up: {ids}"}
