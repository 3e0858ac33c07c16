"""The figures of a policy over a month, a quarter or a year, from what the register holds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

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
        raise WrongCallError(message, line("policy", "figures", policy.policy, "--period", str(today.year)))
    related = tuple(_span(one, today) for one in time.related if one.first <= today)
    spans = Spans(_span(time, today), _span(time.before, today), tuple(dict.fromkeys(related)))
    return figures(register, policy, spans)


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
