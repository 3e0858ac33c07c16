"""Risks by likelihood and impact: how many stand where, and which."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from partnerkit.dataclass import dataclass
from partnerkit.reports.charts.draw import Content, Element, linked, stacked, tag, told
from partnerkit.reports.charts.figure import SMALL, WIDTH, Drawing, Head, Table, figure, words
from partnerkit.reports.charts.measure import wrap

_LEFT, _BELOW, _CELL = 34.0, 36.0, 50.0

#: The bands of a grid as hundredths of its highest score, from which each begins, and how it is marked.
_BANDS = ((0, "low"), (20, "medium"), (40, "high"), (64, "severe"))


@dataclass(frozen=True, slots=True)
class Item:
    """One risk, by what it is called and where its page is."""

    label: str
    href: str | None = None


@dataclass(frozen=True, slots=True)
class Matrix:
    """Risks by likelihood (1 to `size`) and impact (likewise).

    Attributes:
        head: what every chart has.
        cells: the risks of each pair of likelihood and impact.
        size: the highest likelihood and impact.
    """

    head: Head
    cells: Mapping[tuple[int, int], Sequence[Item]]
    size: int = 5


def matrix(chart: Matrix) -> str:
    """The chart as a figure. A cell of one risk leads to its page, a cell of several to their line in the table.

    Raises:
        ValueError: a risk stands outside of the grid, or a link leads out of the site.
    """
    outside = [pair for pair in chart.cells if not all(1 <= one <= chart.size for one in pair)]
    if outside:
        raise ValueError(f"{outside[0]} is outside of a grid of {chart.size}")
    held = {pair: items for pair, items in sorted(chart.cells.items(), key=lambda cell: _rank(cell[0])) if items}
    rows: list[list[Content]] = [
        [f"likelihood {pair[0]}, impact {pair[1]}", _band(chart, pair)[1], str(len(items)), _listed(items)]
        for pair, items in held.items()
    ]
    table = Table(["where", "band", "risks", "which"], rows, [_anchor(chart, pair) for pair in held])
    return figure(chart.head, _drawn(chart, held) if held else None, (chart.head.title, table))


def _rank(pair: tuple[int, int]) -> tuple[int, int, int]:
    """The gravest first."""
    return -pair[0] * pair[1], -pair[1], -pair[0]


def _band(chart: Matrix, pair: tuple[int, int]) -> tuple[int, str]:
    """The band of a cell, from 1, and its mark."""
    score = 100 * pair[0] * pair[1]
    return max((index, mark) for index, (least, mark) in enumerate(_BANDS, 1) if score >= least * chart.size**2)


def _scale(chart: Matrix) -> str:
    """From which score each band begins: the shades are ours, and no policy's."""
    begins = [f"{mark} from {-(-least * chart.size**2 // 100)}" for least, mark in _BANDS[1:]]
    return f"Shade and word: likelihood times impact, {', '.join(begins)}"


def _anchor(chart: Matrix, pair: tuple[int, int]) -> str:
    return f"{chart.head.key}-{pair[0]}-{pair[1]}"


def _listed(items: Sequence[Item]) -> Element:
    return stacked([linked(item.href, item.label) for item in items])


def _drawn(chart: Matrix, held: Mapping[tuple[int, int], Sequence[Item]]) -> Drawing:
    wide = (WIDTH - _LEFT - 1) / chart.size
    bottom = _CELL * chart.size + 1
    parts = []
    for impact in range(chart.size, 0, -1):
        y = (chart.size - impact) * _CELL + 1
        parts.append(words(_LEFT - 8, y + _CELL / 2 + 4.5, str(impact), "end"))
        for likelihood in range(1, chart.size + 1):
            pair = (likelihood, impact)
            parts.append(_cell(chart, pair, held.get(pair, ()), _LEFT + (likelihood - 1) * wide, y, wide))
    parts += [
        words(_LEFT + (likelihood - 0.5) * wide, bottom + 16, str(likelihood), "mid")
        for likelihood in range(1, chart.size + 1)
    ]
    middle = bottom / 2
    parts.append(words(_LEFT + wide * chart.size / 2, bottom + 32, "likelihood →", "small", "muted", "mid"))
    turned = tag("text", "impact →", x=10, y=middle, transform=f"rotate(-90 10 {middle:g})", class_="small muted mid")
    total = sum(map(len, held.values()))
    worst = next(iter(held))
    said = f"{_counted(total)}; the gravest stand at likelihood {worst[0]} and impact {worst[1]}"
    marked = wrap(_scale(chart), WIDTH, SMALL, 2)
    parts += [words(0, bottom + _BELOW + 16 + index * 14, line, "small", "muted") for index, line in enumerate(marked)]
    return Drawing(
        [*parts, turned], bottom + _BELOW + 8 + 14 * len(marked), said, leads=any(map(_leads, held.values()))
    )


def _leads(items: Sequence[Item]) -> bool:
    return len(items) > 1 or items[0].href is not None


def _cell(chart: Matrix, pair: tuple[int, int], items: Sequence[Item], x: float, y: float, wide: float) -> Element:
    """A cell: shaded and marked by its band; where there are risks, their number on a dot."""
    band, mark = _band(chart, pair)
    middle = x + wide / 2
    parts = [tag("rect", x=x, y=y, width=wide, height=_CELL, class_=f"cell shade-{band}")]
    parts.append(words(middle, y + _CELL - 7, mark, "small", "mid"))
    if not items:
        return tag("g", *parts)
    label = f"{_counted(len(items))} of likelihood {pair[0]} and impact {pair[1]}: {mark}"
    dot = tag("circle", cx=middle, cy=y + 18, r=12, class_="dot")
    count = words(middle, y + 22.5, str(len(items)), "strong", "mid", "on-dot", "led")
    href = items[0].href if len(items) == 1 else f"#{_anchor(chart, pair)}"
    which = ", ".join(item.label for item in items)
    return tag("g", *parts, told(f"{label}: {which}", href, dot, count))


def _counted(many: int) -> str:
    return f"{many} risk{'s' * (many != 1)}"
