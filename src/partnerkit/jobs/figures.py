"""The figures of a policy over a month, a quarter or a year, from what the register holds."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from partnerkit.dataclass import dataclass
from partnerkit.errors import WrongCallError
from partnerkit.jobs.desk import Desk
from partnerkit.jobs.periods import Period, period
from partnerkit.jobs.policies import find
from partnerkit.kinds.problems import did_you_mean
from partnerkit.metrics.figures import Figure, figures
from partnerkit.metrics.spans import Span, Spans
from partnerkit.policies.policy import Policy
from partnerkit.register import Register
from partnerkit.rules.commands import line


@dataclass(frozen=True, slots=True)
class Figures:
    """What the figures of a policy are.

    Attributes:
        policy: the policy.
        period: over which time.
        until: the day up to which anything can be counted, where the period is not over.
        figures: the figures.
        broken: ids of records that cannot be read, and so are not counted.
    """

    policy: Policy
    period: Period
    until: date | None
    figures: list[Figure]
    broken: list[str]


def counted(desk: Desk, name: str | None, over: str | None, only: Sequence[str]) -> Figures:
    """The figures of a policy of the register, as it lies in the working tree.

    Args:
        desk: where, and on which day.
        name: the policy; the only one where none is named.
        over: a month, a quarter or a year; the year that it is where none is named.
        only: these figures alone; all where none is named.

    Raises:
        WrongCallError: no such policy, figure or period, a period that has not begun, or a policy without figures.
    """
    register = desk.working_tree().demand()
    source = find(desk, name)
    today = desk.today(register)
    time = period(over or str(today.year))
    _demand_figures(source.policy, only)
    found = over_period(register, source.policy, time, today)
    wanted = [one for one in found if not only or one.name in only]
    until = today if today < time.last else None
    return Figures(source.policy, time, until, wanted, sorted(register.broken))


def over_period(register: Register, policy: Policy, time: Period, today: date) -> list[Figure]:
    """Every figure of a policy over a period, up to a day.

    Raises:
        WrongCallError: the period has not begun.
    """
    if time.first > today:
        message = f"{time.label} begins on {time.first}, and it is {today}: nothing can be counted yet"
        raise WrongCallError(message, counting(policy, period(str(today.year))))
    related = tuple(_span(one, today) for one in time.related if one.first <= today)
    spans = Spans(_span(time, today), _span(time.before, today), tuple(dict.fromkeys(related)))
    return figures(register, policy, spans)


def as_reviewed(
    register: Register, policy: Policy, kind: str, time: Period, today: date, notes: list[str]
) -> list[dict[str, Any]]:
    """The figures that a review of all that runs under a policy takes over, as records write them.

    Args:
        register: where it is to be made.
        policy: the policy.
        kind: the kind of record.
        time: the period that it is about.
        today: the day; nothing is counted of what is still to come.
        notes: takes which figures there are not, and why.
    """
    if time.first > today or not counted_by(policy):
        return []
    named = policy.fields.get(kind, {}).get("figures.name")
    wanted = [one for one in over_period(register, policy, time, today) if one.metric.is_counted]
    found = [one for one in wanted if named is None or one.name in (named.choices or ())]
    command = counting(policy, time)
    for state, words in (("insufficient", "insufficient data"), ("withheld", "over too few people")):
        left = ", ".join(one.name for one in found if one.state == state)
        notes += [f"left out, {words}: {left}; {command}"] if left else []
    source = f"{command}{f' on {today}' if today < time.last else ''}"
    return [_entry(one, one.value, time, source) for one in found if one.value is not None]


def _entry(figure: Figure, value: Decimal, time: Period, source: str) -> dict[str, Any]:
    whole = value == value.to_integral_value()
    return {
        "name": figure.name,
        "value": int(value) if whole else str(value),
        "unit": figure.metric.unit or figure.metric.title,
        "from": time.first.isoformat(),
        "until": time.last.isoformat(),
        "source": f"{source}, over {figure.over}" if figure.over is not None else source,
    }


def counting(policy: Policy, time: Period) -> str:
    """The line that counts the figures of a policy over a period: with it begins where a figure comes from."""
    return line("policy", "figures", policy.policy, "--period", time.label)


def counted_by(policy: Policy) -> set[str]:
    """The figures of which a policy says how they are counted."""
    return {name for name, metric in policy.metrics.items() if metric.is_counted}


def _span(time: Period, today: date) -> Span:
    return Span(time.first, min(time.last, today))


def _demand_figures(policy: Policy, only: Sequence[str]) -> None:
    if not policy.metrics:
        message = f"{policy.policy} names no figures"
        raise WrongCallError(message, "a policy names them under `metrics:` (docs/figures.md)")
    for name in only:
        if name not in policy.metrics:
            near = did_you_mean(name, policy.metrics)
            message = f"{policy.policy} has no figure {name!r}{near}"
            raise WrongCallError(message, f"its figures: {', '.join(policy.metrics)}")
