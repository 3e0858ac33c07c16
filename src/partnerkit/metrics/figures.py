"""The figures of a policy over a period: what each is, over what, and which records make it so."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Literal

from partnerkit.dataclass import dataclass, field
from partnerkit.metrics.spans import Span, Spans
from partnerkit.metrics.tallies import Left, Mark, Tallied, tallied
from partnerkit.metrics.withheld import Cell, Counts, tellable
from partnerkit.policies.metric import Metric, Tally
from partnerkit.policies.policy import Policy
from partnerkit.register import Register

#: What is known of a figure: it is told; there was nothing to count it over; it is over too few people, or would tell
#: of too few; or the policy does not say how it is counted.
State = Literal["told", "insufficient", "withheld", "by-hand"]

#: In what part something counts: as what is asked for, or only as that over which it is; now and in the period before.
Part = Literal["counted", "not", "over", "now", "before"]

_WHOLE, _TENTH = Decimal(1), Decimal("0.1")


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure.

    Attributes:
        name: which one.
        metric: what the policy says of it.
        state: what is known of it.
        value: the figure, where it is told.
        over: over how many it is (people, records, items or answers), where it is told and is over something.
        marks: what counts, each with the part in which it does.
        left: the records left out that were where they are counted.
        elsewhere: how many others of the kind there are.
    """

    name: str
    metric: Metric
    state: State
    value: Decimal | None = None
    over: int | None = None
    marks: tuple[tuple[Part, Mark], ...] = ()
    left: tuple[Left, ...] = ()
    elsewhere: int = 0


@dataclass(slots=True)
class _Ratio:
    """A share or a mean: what it is over, and which part of that counts."""

    metric: Metric
    of: Tallied
    that: Tallied | None
    cells: list[tuple[Span, Cell]] = field(default_factory=list)
    told: bool = False

    def number(self, mark: Mark, counting: Collection[str]) -> Fraction:
        """What one adds: its value, or whether it counts."""
        return Fraction(int(mark.key in counting)) if mark.value is None else mark.value

    def cell(self, span: Span | None) -> Cell:
        """What it is over in a time; None: in all of it."""
        marks = self.of.marks if span is None else self.of.within(span)
        that = self.that or Tallied()
        counting = that.marks.keys() if span is None else that.within(span).keys()
        return {key: Counts(one.owner, one.people, self.number(one, counting)) for key, one in marks.items()}


def figures(register: Register, policy: Policy, spans: Spans) -> list[Figure]:
    """Every figure of a policy over a period, in the order of the policy."""
    sides = {name: _sides(metric) for name, metric in policy.metrics.items()}
    ratios = {name: _ratio(register, policy, policy.metrics[name], side, spans) for name, side in sides.items() if side}
    _decide(ratios.values(), spans, policy.fewest_people)
    return [
        _as_figure(name, ratios[name]) if name in ratios else _plain(register, policy, name, metric, spans)
        for name, metric in policy.metrics.items()
    ]


def _sides(metric: Metric) -> tuple[Tally, Tally | None] | None:
    """Of a share or a mean, what it is over, and of a share which part of that counts; of another figure nothing."""
    if metric.share is not None:
        return metric.share.of, metric.share.that
    return (metric.mean, None) if metric.mean is not None else None


def _plain(register: Register, policy: Policy, name: str, metric: Metric, spans: Spans) -> Figure:
    """How many there are, how many more than before, or a sum; or what people count."""
    tally = metric.count or metric.growth or metric.sum
    if tally is None:
        return Figure(name, metric, "by-hand")
    now = tallied(register, policy, tally, spans.now)
    before = tallied(register, policy, tally, spans.before) if metric.growth is not None else None
    marks: list[tuple[Part, Mark]] = [("counted" if before is None else "now", one) for one in _sorted(now)]
    marks += [("before", one) for one in _sorted(before)] if before is not None else []
    value, over = _number(metric, now, before)
    state: State = "told" if value is not None else "insufficient"
    return Figure(name, metric, state, value, over, tuple(marks), tuple(now.left), now.elsewhere)


def _number(metric: Metric, now: Tallied, before: Tallied | None) -> tuple[Decimal | None, int | None]:
    """The number, and of a sum over how many it is; a sum of nothing is none."""
    many = len(now.marks)
    if metric.sum is None or not many:
        return (None if metric.sum is not None else Decimal(many - len(before.marks if before else ()))), None
    total = sum((one.value for one in now.marks.values() if one.value is not None), Fraction(0))
    return Decimal(total.numerator) / Decimal(total.denominator), many


def _ratio(
    register: Register, policy: Policy, metric: Metric, sides: tuple[Tally, Tally | None], spans: Spans
) -> _Ratio:
    """A share or a mean over the period, with the times that tell of the same days beside it."""
    of, that = sides

    def over(span: Span) -> _Ratio:
        counted = tallied(register, policy, of, spans.before if of.before else span)
        within = tallied(register, policy, that, spans.before if that.before else span) if that is not None else None
        return _Ratio(metric, counted, within)

    found = over(spans.now)
    found.cells = [(spans.now, found.cell(None))]
    if spans.related and all(_happens(one) for one in sides if one is not None):
        whole = found if spans.now == spans.related[0] else over(spans.related[0])
        found.cells = [(one, found.cell(None) if one == spans.now else whole.cell(one)) for one in spans.related]
    return found


def _happens(tally: Tally) -> bool:
    """Whether what is counted happened on a day, and so in one part of a time or the other."""
    return bool(tally.reached or tally.days) and not tally.in_ and not tally.before


def _decide(ratios: Iterable[_Ratio], spans: Spans, fewest: int) -> None:
    """Which are told: of what tells of the same days the longest time first, in the order of the policy."""
    told: list[tuple[_Ratio, Span, Cell]] = []
    every = [(ratio, span, cell) for ratio in ratios for span, cell in ratio.cells]
    order = {span: place for place, span in enumerate(spans.related or (spans.now,))}
    for ratio, span, cell in sorted(every, key=lambda one: order[one[1]]):
        beside = [other for one, when, other in told if one is ratio or when == span]
        if tellable(cell, beside, fewest):
            told.append((ratio, span, cell))
            ratio.told = ratio.told or span == spans.now


def _as_figure(name: str, ratio: _Ratio) -> Figure:
    marks, left, elsewhere = _sorted(ratio.of), tuple(ratio.of.left), ratio.of.elsewhere
    if not marks:
        return Figure(name, ratio.metric, "insufficient", left=left, elsewhere=elsewhere)
    if not ratio.told:
        return Figure(
            name, ratio.metric, "withheld", None, None, tuple(("over", one) for one in marks), left, elsewhere
        )
    counting = ratio.that.marks if ratio.that is not None else ratio.of.marks
    parts: tuple[tuple[Part, Mark], ...] = tuple(("counted" if one.key in counting else "not", one) for one in marks)
    return Figure(name, ratio.metric, "told", *_value(ratio, marks), parts, left, elsewhere)


def _value(ratio: _Ratio, marks: list[Mark]) -> tuple[Decimal, int]:
    """A share in whole percent, a mean to the tenth (of points, whole); and over how many it is."""
    mean = ratio.metric.mean
    counting = ratio.that.marks.keys() if ratio.that is not None else ()
    weights = [one.people if mean is not None and mean.weight is not None else 1 for one in marks]
    total = sum((ratio.number(one, counting) * weight for one, weight in zip(marks, weights, strict=True)), Fraction(0))
    exact = total / sum(weights) * (100 if mean is None else 1)
    step = _WHOLE if mean is None or mean.points is not None else _TENTH
    return rounded(exact, step), sum(weights)


def rounded(exact: Fraction, step: Decimal) -> Decimal:
    """A number to a step, a half upwards."""
    return (Decimal(exact.numerator) / Decimal(exact.denominator)).quantize(step, ROUND_HALF_UP)


def _sorted(found: Tallied) -> list[Mark]:
    return [found.marks[key] for key in sorted(found.marks)]
