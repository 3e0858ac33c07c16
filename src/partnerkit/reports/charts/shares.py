"""Shares of a whole: for each of several things one full bar, parted by what became of them."""

from __future__ import annotations

from collections.abc import Sequence

from partnerkit.dataclass import dataclass
from partnerkit.reports.charts.draw import Content, Element, joined, linked, number, tag, told
from partnerkit.reports.charts.figure import SMALL, TEXT, WIDTH, Drawing, Head, Table, figure, hatch, words
from partnerkit.reports.charts.measure import clip, width, wrap
from partnerkit.reports.charts.scale import amount, percents, shown

_BAR, _LINE, _AIR, _SWATCH = 16.0, 15.0, 18.0, 12.0

#: How many parts can be told apart without colour: full, striped, empty.
_MOST_PARTS = 3


@dataclass(frozen=True, slots=True)
class Share:
    """One whole.

    Attributes:
        label: what it is of.
        values: how much each part is, in the order of `parts`.
        href: where its label leads.
    """

    label: str
    values: Sequence[float]
    href: str | None = None


@dataclass(frozen=True, slots=True)
class Shares:
    """Wholes below each other.

    Attributes:
        head: what every chart has.
        parts: what became of them, such as `on time`, `late` and `open`: drawn full, striped and empty.
        rows: the wholes.
        of: what the labels are, as the first column of the table says it.
    """

    head: Head
    parts: Sequence[str]
    rows: Sequence[Share]
    of: str


def shares(chart: Shares) -> str:
    """The chart as a figure.

    Raises:
        ValueError: a number is negative or none, a row has not a number for each part, there are more parts than can
            be told apart, or a link leads out of the site.
    """
    if not 1 <= len(chart.parts) <= _MOST_PARTS:
        raise ValueError(f"{len(chart.parts)} parts cannot be told apart")
    for row in chart.rows:
        if len(row.values) != len(chart.parts):
            raise ValueError(f"{row.label!r} has {len(row.values)} numbers for {len(chart.parts)} parts")
        for value in row.values:
            amount(value)
    rows: list[list[Content]] = [
        [linked(row.href, row.label), *map(number, row.values), number(sum(row.values))] for row in chart.rows
    ]
    some = any(sum(row.values) for row in chart.rows)
    drawing = _drawn(chart) if some else None
    return figure(chart.head, drawing, (chart.head.title, Table([chart.of, *chart.parts, "all"], rows)))


def _drawn(chart: Shares) -> Drawing:
    rows, left_out = shown(chart.rows)
    parts, y = [hatch(chart.head.key)], 0.0
    for row in rows:
        drawn, y = _row(chart, row, y)
        parts.append(drawn)
    legend, y = _legend(chart, y)
    parts.append(legend)
    if left_out:
        y += _AIR
        parts.append(words(0, y, f"and {left_out} more, in the table", "small", "muted"))
    said = "; ".join(f"{row.label}: {', '.join(_told(chart, row))}" for row in rows[:5])
    return Drawing(parts, y + 6, said, leads=any(row.href for row in rows))


def _told(chart: Shares, row: Share) -> list[str]:
    """The parts of a whole in words."""
    found = zip(chart.parts, row.values, percents(row.values), strict=True)
    return [f"{number(value)} {name} ({percent}%)" for name, value, percent in found]


def _row(chart: Shares, row: Share, y: float) -> tuple[Element, float]:
    """One whole: its label and how much it is, the bar, its parts in words; and where the next begins."""
    total = number(sum(row.values))
    room = WIDTH - width(total, TEXT, strong=True) - _SWATCH
    parts = [words(0, y + 12, clip(row.label, room, TEXT), "led"), words(WIDTH, y + 12, total, "strong", "end")]
    y += _LINE + 5
    x, whole = 0.5, sum(row.values)
    for index, value in enumerate(row.values):
        if value:
            long = value * (WIDTH - 1) / whole
            parts += _piece(chart.head.key, index, x, y, long, _BAR)
            x += long
    if not whole:
        parts += _piece(chart.head.key, _MOST_PARTS - 1, 0.5, y, WIDTH - 1, _BAR)
    y += _BAR + _LINE
    parted = wrap(" · ".join(_told(chart, row)) if whole else "none", WIDTH, SMALL, 3)
    parts += [words(0, y + index * _LINE, line, "small", "muted") for index, line in enumerate(parted)]
    drawn = told(f"{row.label}: {', '.join(_told(chart, row))}", row.href, *parts)
    return drawn, y + (len(parted) - 1) * _LINE + _AIR


def _piece(key: str, index: int, x: float, y: float, long: float, high: float) -> list[Element]:
    """A piece of a bar in the manner of its part."""
    manner = ("fill", "late", "open")[index]
    gap = 1.0 if long > 3 else 0.0  # noqa: PLR2004 - a thinner one would vanish
    found = [tag("rect", x=x, y=y, width=long - gap, height=high, class_=manner)]
    if manner == "late":
        found.append(tag("rect", x=x, y=y, width=long - gap, height=high, fill=f"url(#{key}-hatch)"))
    return found


def _legend(chart: Shares, y: float) -> tuple[Element, float]:
    """What each manner means, in as many lines as it needs; and where it ends."""
    parts: list[Element] = []
    x, y = 0.0, y + 4
    for index, name in enumerate(chart.parts):
        text = clip(name, WIDTH - 2 * _SWATCH, SMALL)
        long = _SWATCH + 6 + width(text, SMALL) + 14
        if x and x + long > WIDTH:
            x, y = 0.0, y + _AIR
        parts += _piece(chart.head.key, index, x + 0.5, y, _SWATCH, _SWATCH - 1)
        parts.append(words(x + _SWATCH + 6, y + 9.5, text, "small", full=name))
        x += long
    return joined(parts), y + _SWATCH
