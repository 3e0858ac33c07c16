"""Horizontal bars: a number for each of several things, perhaps with a part of it told apart."""

from __future__ import annotations

from collections.abc import Sequence

from partnerkit.dataclass import dataclass
from partnerkit.reports.charts.draw import Content, Element, joined, linked, number, tag, told
from partnerkit.reports.charts.figure import SMALL, TEXT, WIDTH, Drawing, Head, Table, figure, hatch, words
from partnerkit.reports.charts.measure import width, wrap
from partnerkit.reports.charts.scale import amount, shown

_MOST_LABEL, _LINE, _BAR, _AIR = 132.0, 15.0, 14.0, 12.0
_MOST_LINES = 3


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar.

    Attributes:
        label: what it is of.
        value: how long it is.
        part: how much of the value is told apart, such as what is late.
        href: where its label leads.
    """

    label: str
    value: float
    part: float | None = None
    href: str | None = None


@dataclass(frozen=True, slots=True)
class Bars:
    """Bars below each other, in the order given.

    Attributes:
        head: what every chart has.
        rows: the bars.
        of: what the labels are, as the first column of the table says it, such as `stage`.
        value: what the numbers count, such as `partnerships`.
        part: what their parts are, such as `late`.
    """

    head: Head
    rows: Sequence[Bar]
    of: str
    value: str
    part: str = ""


def bars(chart: Bars) -> str:
    """The chart as a figure.

    Raises:
        ValueError: a number is negative or none, a part is more than the whole, or a link leads out of the site.
    """
    for row in chart.rows:
        if not 0 <= amount(row.part or 0) <= amount(row.value):
            raise ValueError(f"{row.part} is no part of {row.value}")
    table = Table(_columns(chart), [_row(chart, row) for row in chart.rows])
    drawing = _drawn(chart) if chart.rows else None
    return figure(chart.head, drawing, (chart.head.title, table))


def _columns(chart: Bars) -> list[str]:
    return [chart.of, chart.value, *([chart.part] if chart.part else [])]


def _row(chart: Bars, row: Bar) -> list[Content]:
    parts = [number(row.part) if row.part is not None else ""] if chart.part else []
    return [linked(row.href, row.label), number(row.value), *parts]


def _told(chart: Bars, row: Bar) -> str:
    """The number of a bar in words."""
    return f"{number(row.value)} ({number(row.part)} {chart.part})" if row.part else number(row.value)


def _drawn(chart: Bars) -> Drawing:
    rows, left_out = shown(chart.rows)
    labels = [wrap(row.label, _MOST_LABEL, TEXT, _MOST_LINES) for row in rows]
    left = max(width(line, TEXT) for label in labels for line in label) + _AIR
    right = max(width(_told(chart, row), TEXT, strong=True) for row in rows) + _AIR / 2
    room = max(WIDTH - left - right, WIDTH / 4)
    scale = room / (max(row.value for row in rows) or 1)
    parts, y = [hatch(chart.head.key)] if any(row.part for row in rows) else [], 4.0
    for row, label in zip(rows, labels, strict=True):
        height = _LINE * len(label)
        parts.append(_bar(chart, row, label, left, y, scale))
        y += height + _AIR
    parts.insert(0, tag("line", x1=left, y1=0, x2=left, y2=y - _AIR / 2, class_="axis"))
    if left_out:
        parts.append(words(0, y + SMALL, f"and {left_out} more, in the table", "small", "muted"))
        y += SMALL + _AIR
    said = f"{len(chart.rows)} bars. " + "; ".join(f"{row.label}: {_told(chart, row)}" for row in rows[:5])
    return Drawing(parts, y, said, leads=any(row.href for row in rows), width=left + room + right)


def _bar(chart: Bars, row: Bar, label: list[str], left: float, y: float, scale: float) -> Element:
    """One bar with its label before and its number behind it, all on one middle line."""
    middle = y + _LINE * len(label) / 2
    long = row.value * scale
    bar = [tag("rect", x=left, y=middle - _BAR / 2, width=long, height=_BAR, class_="fill")] if row.value else []
    if row.part:
        bar.append(tag("rect", x=left, y=middle - _BAR / 2, width=row.part * scale, height=_BAR, class_="late"))
        fill = f"url(#{chart.head.key}-hatch)"
        bar.append(tag("rect", x=left, y=middle - _BAR / 2, width=row.part * scale, height=_BAR, fill=fill))
    name = joined(words(0, y + _LINE * index + 11.5, line, "led") for index, line in enumerate(label))
    value = words(left + long + _AIR / 2, middle + 4.5, _told(chart, row), "strong")
    return told(f"{row.label}: {_told(chart, row)}", row.href, name, *bar, value)
