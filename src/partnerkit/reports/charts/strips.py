"""Age strips: for each of several things the least, the middle and the most, on one axis of days."""

from __future__ import annotations

from collections.abc import Sequence

from partnerkit.dataclass import dataclass
from partnerkit.reports.charts.draw import Content, Element, joined, linked, number, tag, told
from partnerkit.reports.charts.figure import SMALL, TEXT, WIDTH, Drawing, Head, Table, figure, words
from partnerkit.reports.charts.measure import width, wrap
from partnerkit.reports.charts.scale import amount, marks, shown

_MOST_LABEL, _LINE, _ROW, _DOT = 132.0, 15.0, 30.0, 5.5


@dataclass(frozen=True, slots=True)
class Strip:
    """How long some things have been somewhere.

    Attributes:
        label: where, such as a stage.
        least: the shortest.
        median: the middle.
        most: the longest.
        count: of how many.
        href: where its label leads.
    """

    label: str
    least: float
    median: float
    most: float
    count: int
    href: str | None = None


@dataclass(frozen=True, slots=True)
class Strips:
    """Strips below each other, in the order given.

    Attributes:
        head: what every chart has.
        rows: the strips.
        of: what the labels are, as the first column of the table says it, such as `stage`.
        unit: what the numbers count.
        count: what is counted in `count`, such as `partnerships`.
    """

    head: Head
    rows: Sequence[Strip]
    of: str = "stage"
    unit: str = "days"
    count: str = "records"


def strips(chart: Strips) -> str:
    """The chart as a figure.

    Raises:
        ValueError: a number is negative or none, the three are out of order, or a link leads out of the site.
    """
    for row in chart.rows:
        if not amount(row.least) <= amount(row.median) <= amount(row.most):
            raise ValueError(f"{row.least}, {row.median}, {row.most} are out of order")
    heads = [chart.of, chart.count, f"least {chart.unit}", f"median {chart.unit}", f"most {chart.unit}"]
    rows: list[list[Content]] = [
        [linked(row.href, row.label), str(row.count), number(row.least), number(row.median), number(row.most)]
        for row in chart.rows
    ]
    return figure(chart.head, _drawn(chart) if chart.rows else None, (chart.head.title, Table(heads, rows)))


def _drawn(chart: Strips) -> Drawing:
    rows, left_out = shown(chart.rows)
    labels = [wrap(row.label, _MOST_LABEL, TEXT, 2) for row in rows]
    left = max(width(line, TEXT) for label in labels for line in label) + 14
    ticks = marks(max(row.most for row in rows))
    right = max(width(number(ticks[-1]), SMALL) / 2, _DOT) + 1
    scale = (WIDTH - left - right) / ticks[-1]
    floor = _ROW * len(rows) + 4
    parts: list[Element] = []
    for tick in ticks:
        x = left + tick * scale
        parts.append(tag("line", x1=x, y1=0, x2=x, y2=floor, class_="grid" if tick else "axis"))
        parts.append(words(x, floor + 14, number(tick), "small", "muted", "mid"))
    parts.append(words(0, floor + 14, chart.unit, "small", "muted"))
    for index, (row, label) in enumerate(zip(rows, labels, strict=True)):
        parts.append(_strip(chart, row, label, left, _ROW * (index + 0.5) + 2, scale))
    height = floor + 34
    parts.append(words(0, height - 2, "line: least to most · dot: median", "small", "muted"))
    if left_out:
        height += 18
        parts.append(words(0, height - 2, f"and {left_out} more, in the table", "small", "muted"))
    said = "; ".join(f"{row.label}: {_told(chart, row)}" for row in rows[:5])
    return Drawing(parts, height + 2, said, leads=any(row.href for row in rows))


def _told(chart: Strips, row: Strip) -> str:
    numbers = f"{number(row.least)} to {number(row.most)} {chart.unit}, median {number(row.median)}"
    return f"{numbers}, {row.count} {chart.count}"


def _strip(chart: Strips, row: Strip, label: list[str], left: float, middle: float, scale: float) -> Element:
    """One strip with its label, on one middle line."""
    top = middle - _LINE * (len(label) - 1) / 2 + 4.5
    name = joined(words(0, top + index * _LINE, line, "led") for index, line in enumerate(label))
    ends = [left + row.least * scale, left + row.most * scale]
    caps = [tag("line", x1=x, y1=middle - 4, x2=x, y2=middle + 4, class_="range") for x in ends]
    line = tag("line", x1=ends[0], y1=middle, x2=ends[1], y2=middle, class_="range")
    dot = tag("circle", cx=left + row.median * scale, cy=middle, r=_DOT, class_="middle")
    return told(f"{row.label}: {_told(chart, row)}", row.href, name, line, *caps, dot)
