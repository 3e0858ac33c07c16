"""Columns over time: a number for each month or quarter, on an axis from nought."""

from __future__ import annotations

from collections.abc import Sequence

from partnerkit.dataclass import dataclass
from partnerkit.reports.charts.draw import Content, Element, linked, number, tag, told
from partnerkit.reports.charts.figure import SMALL, WIDTH, Drawing, Head, Table, figure, words
from partnerkit.reports.charts.measure import clip, width
from partnerkit.reports.charts.scale import amount, marks

#: How many columns have room; of more, the latest are drawn.
_MOST = 48

_TOP, _HIGH, _BELOW = 22.0, 150.0, 24.0


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its month or quarter in words, the number, and where it leads."""

    label: str
    value: float
    href: str | None = None


@dataclass(frozen=True, slots=True)
class Columns:
    """Columns beside each other, the earliest first.

    Attributes:
        head: what every chart has.
        rows: the columns, without a gap: a month of nothing has the number 0.
        of: what the labels are, as the first column of the table says it, such as `month`.
        value: what the numbers count, such as `reviews`.
    """

    head: Head
    rows: Sequence[Column]
    of: str
    value: str


def columns(chart: Columns) -> str:
    """The chart as a figure.

    Raises:
        ValueError: a number is negative or none, or a link leads out of the site.
    """
    rows: list[list[Content]] = [[linked(row.href, row.label), number(amount(row.value))] for row in chart.rows]
    drawing = _drawn(chart) if any(row.value for row in chart.rows) else None
    return figure(chart.head, drawing, (chart.head.title, Table([chart.of, chart.value], rows)))


def _drawn(chart: Columns) -> Drawing:
    rows = chart.rows[-_MOST:]
    most = max(row.value for row in rows)
    ticks = marks(most, whole=all(float(row.value).is_integer() for row in rows))
    left = max(width(number(tick), SMALL) for tick in ticks) + 8
    scale, floor = _HIGH / ticks[-1], _TOP + _HIGH
    pitch, right = _spaced(rows, left)
    parts: list[Element] = [words(0, 10, chart.value, "small", "muted")]
    for tick in ticks:
        y = floor - tick * scale
        parts.append(tag("line", x1=left, y1=y, x2=right, y2=y, class_="grid" if tick else "axis"))
        parts.append(words(left - 6, y + 4, number(tick), "small", "muted", "end"))
    labelled = _labelled(rows, pitch)
    above = all(width(number(row.value), SMALL) <= pitch + 2 for row in rows)
    for index, row in enumerate(rows):
        parts.append(_column(chart, row, left + index * pitch, pitch, scale, floor, above=above))
        if index in labelled:
            name = clip(row.label, WIDTH / 3, SMALL)
            x = max(left + (index + 0.5) * pitch, width(name, SMALL) / 2)
            parts.append(words(x, floor + 16, name, "small", "mid"))
    height = floor + _BELOW
    if len(chart.rows) > _MOST:
        parts.append(words(0, height + 8, f"and {len(chart.rows) - _MOST} earlier, in the table", "small", "muted"))
        height += 14
    peak = max(rows, key=lambda row: row.value)
    said = (
        f"{len(rows)} columns from {rows[0].label} to {rows[-1].label}; the highest is {peak.label}: "
        f"{number(peak.value)} {chart.value}"
    )
    return Drawing(parts, height, said, leads=any(row.href and row.value for row in rows))


def _spaced(rows: Sequence[Column], left: float) -> tuple[float, float]:
    """How far it is from column to column, and where the last ends: its name has room below it."""
    half = width(clip(rows[-1].label, WIDTH / 3, SMALL), SMALL) / 2
    pitch = min((WIDTH - left) / len(rows), (WIDTH - left - half) / (len(rows) - 0.5))
    return pitch, left + pitch * len(rows)


def _labelled(rows: Sequence[Column], pitch: float) -> set[int]:
    """Which columns are named: every one, or every second, third … so that no name touches another; the last is."""
    widest = max(width(clip(row.label, WIDTH / 3, SMALL), SMALL) for row in rows) + 8
    step = max(int(-(-widest // pitch)), 1)
    return set(range(len(rows) - 1, -1, -step))


def _column(chart: Columns, row: Column, x: float, pitch: float, scale: float, floor: float, *, above: bool) -> Element:
    """A column, with its number above it where all have room."""
    wide = min(max(pitch * 0.68, 2), 40)
    middle, high = x + pitch / 2, row.value * scale
    parts = [tag("rect", x=middle - wide / 2, y=floor - high, width=wide, height=high, class_="fill")] if high else []
    if row.value and above:
        parts.append(words(middle, floor - high - 4, number(row.value), "small", "mid", "halo", "led"))
    return told(f"{row.label}: {number(row.value)} {chart.value}", row.href if row.value else None, *parts)
