"""The lines of a state diagram: rounded, those to one stage running into one, with an arrow where they arrive."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from partnerkit.reports.charts.draw import Element, coordinate, joined, tag
from partnerkit.reports.charts.figure import SMALL, words
from partnerkit.reports.charts.layout import Layout, Point, Route
from partnerkit.reports.charts.measure import width

_CORNER, _HEAD, _HALF = 4.0, 7.0, 3.5

#: What each manner of line means, and a double frame.
_MEANINGS = {"main": "usual way", "on": "other way", "back": "way back", "over": "over"}


def drawn(layout: Layout) -> list[Element]:
    """Every line, bundle by bundle, the main way last: each parts what it crosses, and so shows no turn."""
    held: dict[tuple[int, int], list[Route]] = {}
    for number, route in enumerate(layout.routes):
        held.setdefault((route.bundle, number if route.bundle < 0 else 0), []).append(route)
    groups = sorted(held.values(), key=lambda routes: routes[0].manner == "main")
    return [_bundle(routes) for routes in groups]


def _bundle(routes: Sequence[Route]) -> Element:
    """The lines to one stage, with what parts them from others beneath, and one arrow."""
    path = " ".join(_paths(routes))
    kind = routes[0].manner
    before, end = routes[0].points[-2:]
    return joined(
        [
            tag("path", d=path, class_="parting"),
            tag("path", d=path, class_=f"way {kind}"),
            arrow(before, end, kind),
        ]
    )


def _paths(routes: Sequence[Route]) -> Iterable[str]:
    """The farthest line from above and from below whole, the others to where they run into it."""
    if len(routes[0].points) == 2:  # noqa: PLR2004 - a straight line
        yield _line(_shortened(routes[0].points))
        return
    whole: set[bool] = set()
    for route in sorted(routes, key=lambda route: -abs(route.points[0].y - route.points[-1].y)):
        start, turn, last, end = route.points
        down = last.y > start.y
        if down in whole:
            stop = Point(turn.x, turn.y + (_CORNER if down else -_CORNER))
            yield _line((start, turn, stop))
        elif whole:
            toward = 1 if end.x > last.x else -1
            yield _line((start, turn, last, Point(last.x + toward * _CORNER, last.y)))
        else:
            yield _line(_shortened(route.points))
        whole.add(down)


def _shortened(points: Sequence[Point]) -> tuple[Point, ...]:
    """A line that ends within its arrow."""
    before, end = points[-2:]
    x, y = _unit(before, end)
    return (*points[:-1], Point(end.x - x * (_HEAD - 1), end.y - y * (_HEAD - 1)))


def _unit(start: Sequence[float], end: Sequence[float]) -> tuple[int, int]:
    """The direction of a line that is level or upright."""
    return (end[0] > start[0]) - (end[0] < start[0]), (end[1] > start[1]) - (end[1] < start[1])


def _line(points: Sequence[Point]) -> str:
    """A path along the points with rounded corners."""
    parts = [f"M{_at(points[0])}"]
    for before, here, after in zip(points, points[1:], points[2:], strict=False):
        radius = min(_CORNER, *(abs(a.x - b.x) + abs(a.y - b.y) for a, b in ((before, here), (here, after))))
        into, out = _unit(before, here), _unit(here, after)
        begins = Point(here.x - into[0] * radius, here.y - into[1] * radius)
        ends = Point(here.x + out[0] * radius, here.y + out[1] * radius)
        parts.append(f"L{_at(begins)}Q{_at(here)} {_at(ends)}")
    return "".join([*parts, f"L{_at(points[-1])}"])


def _at(point: Point) -> str:
    return f"{coordinate(point.x)} {coordinate(point.y)}"


def arrow(start: Sequence[float], end: Sequence[float], kind: str) -> Element:
    """The head of a line, its tip at the end."""
    x, y = _unit(start, end)
    back = end[0] - x * _HEAD, end[1] - y * _HEAD
    corners = [end, (back[0] - y * _HALF, back[1] + x * _HALF), (back[0] + y * _HALF, back[1] - x * _HALF)]
    path = "L".join(f"{coordinate(one[0])} {coordinate(one[1])}" for one in corners)
    return tag("path", d=f"M{path}Z", class_=f"head {kind}")


def legend(manners: Iterable[str], over: bool, y: float, wide: float) -> tuple[Element, float]:
    """What the lines and frames that there are mean, in as many rows as it needs; and where it ends."""
    there = set(manners) | ({"over"} if over else set())
    parts: list[Element] = []
    x = 0.0
    for kind in (kind for kind in _MEANINGS if kind in there):
        long = 30 + width(_MEANINGS[kind], SMALL) + 8
        if x and x + long > wide:
            x, y = 0.0, y + 18
        parts += _sample(kind, x, y)
        parts.append(words(x + 30, y + 4, _MEANINGS[kind], "small"))
        x += long
    return joined(parts), y + 12


def _sample(kind: str, x: float, y: float) -> list[Element]:
    if kind == "over":
        outer = tag("rect", x=x + 2, y=y - 7, width=22, height=14, rx=4, class_="frame beside")
        return [outer, tag("rect", x=x + 5, y=y - 4, width=16, height=8, rx=2, class_="inner")]
    line = tag("path", d=f"M{coordinate(x + 1)} {coordinate(y)}H{coordinate(x + 19)}", class_=f"way {kind}")
    return [line, arrow((x + 18, y), (x + 25, y), kind)]
