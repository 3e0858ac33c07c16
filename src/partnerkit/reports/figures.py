"""Figures of a policy: each with its definition and the clause, and what it was counted from; as text and as JSON."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any, Protocol

from partnerkit.metrics.figures import Figure
from partnerkit.metrics.tallies import Left, Mark
from partnerkit.policies.metric import Mean, Sum, Tally
from partnerkit.policies.policy import Policy
from partnerkit.policies.values import clause_list
from partnerkit.reports.page import Page, Piece, Span
from partnerkit.rules.conditions import in_short


class Time(Protocol):
    """A period."""

    @property
    def label(self) -> str:
        """As people write it."""

    @property
    def first(self) -> date:
        """Its first day."""

    @property
    def last(self) -> date:
        """Its last day."""


class Counted(Protocol):
    """The figures of a policy over a period."""

    @property
    def policy(self) -> Policy:
        """The policy."""

    @property
    def period(self) -> Time:
        """The period."""

    @property
    def until(self) -> date | None:
        """Up to which day, where it is not over."""

    @property
    def figures(self) -> list[Figure]:
        """The figures."""

    @property
    def broken(self) -> list[str]:
        """Records that cannot be read."""


def as_page(found: Counted, *, explain: bool) -> Page:
    """Each figure with its definition and clause; where asked for, with every record that makes it so."""
    time = found.period
    days = f" · {time.label}: {time.first} to {time.last}{_so_far(found)}"
    page = Page().add(Span(found.policy.policy, "bold"), days)
    for figure in found.figures:
        page.add()
        page.add(Span(figure.metric.title, "bold"), "  ", *_said(found.policy, figure))
        cited = ", ".join(clause_list(figure.metric.clause))
        page.add("  ", figure.metric.definition, Span(f"  {cited}", "cyan"))
        if explain:
            _explained(page, figure)
    if found.broken:
        page.add().add(Span("! ", "yellow"), f"not counted, for they cannot be read: {', '.join(found.broken)}")
    return page


def _so_far(found: Counted) -> str:
    return f", so far (up to {found.until})" if found.until else ""


def _said(policy: Policy, figure: Figure) -> Iterator[Piece]:
    """The figure with its unit, or why there is none."""
    if figure.value is None:
        yield Span(why(policy, figure), "yellow" if figure.state == "withheld" else "dim")
        return
    sign = "+" if figure.metric.growth is not None and figure.value > 0 else ""
    yield f"{sign}{_plain(figure.value)} {figure.metric.unit or ''}".rstrip()
    if figure.over is not None:
        yield Span(f"  over {figure.over}", "dim")


def _plain(value: Decimal) -> str:
    return str(int(value)) if value == value.to_integral_value() else str(value)


def why(policy: Policy, figure: Figure) -> str:
    """Why there is no figure; nothing where there is one."""
    fewest = policy.fewest_people
    return {
        "told": "",
        "insufficient": "insufficient data: nothing to count it over",
        "withheld": f"withheld: it would tell of fewer than {fewest} people, by itself or by subtraction",
        "by-hand": "counted by hand: the policy does not say how",
    }[figure.state]


def _explained(page: Page, figure: Figure) -> None:
    rows = [(part, mark.label, Span(", ".join(_files(mark)), "dim")) for part, mark in figure.marks]
    left = [("left out", one.record.id, Span(f"{one.record.path}: {_left(figure, one)}", "dim")) for one in figure.left]
    page.table([*rows, *left], indent="    ")
    if figure.elsewhere:
        kind = next(figure.metric.tallies).tally.of
        page.add(Span(f"    not there in that time: {figure.elsewhere} of kind {kind}", "dim"))


def _left(figure: Figure, left: Left) -> str:
    """Why a record that was where it is counted is left out."""
    tally = next(figure.metric.tallies).tally
    match left.why:
        case "after":
            return f"it had not been {' or '.join(tally.after)} before"
        case "when":
            return f"it counts where {in_short(tally.when or {})}"
        case "where":
            return _no_item(tally)
        case "days":
            return f"it says no day: {', '.join(tally.days)}"
        case "value":
            return f"it says no number: {tally.value if isinstance(tally, Sum) else ''}"
        case "each":
            return f"it names nobody: {tally.each or _weight(tally)}"


def _weight(tally: Tally) -> str:
    return str(tally.weight) if isinstance(tally, Mean) else ""


def _no_item(tally: Tally) -> str:
    condition = f" where {in_short(tally.where)}" if tally.where else ""
    return f"none of its {tally.items}{condition}"


def as_data(found: Counted, *, explain: bool) -> dict[str, Any]:
    """The same for other programs."""
    time = found.period
    return {
        "schema": "partnerkit.figures/1",
        "policy": found.policy.policy,
        "period": time.label,
        "from": str(time.first),
        "until": str(time.last),
        "so_far": str(found.until) if found.until else None,
        "fewest": found.policy.fewest_people,
        "broken": found.broken,
        "figures": [_figure(found.policy, one, explain=explain) for one in found.figures],
    }


def _figure(policy: Policy, figure: Figure, *, explain: bool) -> dict[str, Any]:
    metric = figure.metric
    data: dict[str, Any] = {
        "id": figure.name,
        "title": metric.title,
        "clause": clause_list(metric.clause),
        "definition": metric.definition,
        "unit": metric.unit,
        "state": figure.state,
        "value": None if figure.value is None else _plain(figure.value),
        "over": figure.over,
        "why": why(policy, figure) or None,
    }
    if not explain:
        return data
    marks = [{"part": part, "what": mark.label, "files": _files(mark)} for part, mark in figure.marks]
    left = [{"id": one.record.id, "file": one.record.path, "why": _left(figure, one)} for one in figure.left]
    return {**data, "counted": marks, "left_out": left, "elsewhere": figure.elsewhere}


def _files(mark: Mark) -> list[str]:
    return [one.path for one in mark.records]
