"""How the edges of a state diagram run: in channels beside the columns, those to one stage together on a track.

There are three channels: left of the main way, between the two columns, and right of the second. An edge runs in the
one that both of its ends touch, so it never meets a box. Edges to one stage in one channel are a bundle: they run
into one line and share one arrow.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from partnerkit.dataclass import dataclass
from partnerkit.reports.charts.plan import Edge, Plan
from partnerkit.tuples import NamedTuple

LEFT, BETWEEN, RIGHT = range(3)

#: How far apart tracks are, and how much room two lines on one track leave between each other.
TRACK, APART = 9.0, 16.0

#: With more tracks than so many, the order in which they were found stays: to compare all orders would take too long.
_COMPARED = 16


@dataclass(frozen=True, slots=True)
class Bundle:
    """Edges of one manner to one stage that run together.

    Attributes:
        channel: where they run.
        to: the stage that they reach.
        manner: `main`, `on` or `back`.
        sources: the stages that they leave, from top to bottom.
    """

    channel: int
    to: str
    manner: str
    sources: tuple[str, ...]


class Port(NamedTuple):
    """Where a bundle touches a box: a stage, whether it arrives there, and whether on the right side of it."""

    stage: str
    arrives: bool
    right: bool


def bundles(plan: Plan, edges: Sequence[Edge]) -> list[Bundle]:
    """The edges that are no straight line, in bundles."""
    side = set(plan.side)
    found: dict[tuple[int, str, str], list[str]] = {}
    for edge in edges:
        if not plan.follows(edge):
            beside = (edge.from_ in side) + (edge.to in side)
            found.setdefault((beside, edge.to, manner(plan, edge)), []).append(edge.from_)
    return [
        Bundle(channel, to, kind, tuple(sorted(sources, key=lambda stage: plan.ranks[stage])))
        for (channel, to, kind), sources in found.items()
    ]


def manner(plan: Plan, edge: Edge) -> str:
    """How an edge is drawn."""
    return "main" if edge.main else "back" if plan.returns(edge) else "on"


def ports(plan: Plan, all_bundles: Sequence[Bundle]) -> dict[tuple[str, bool], list[tuple[int, Port]]]:
    """What touches each side of each box, from top to bottom: by stage and whether right, bundles with their ports.

    What comes from above or goes there stands above the rest, so that lines nest into each other and do not cross.
    """
    side = set(plan.side)
    found: dict[tuple[str, bool], list[tuple[int, Port]]] = {}
    away: dict[tuple[int, Port], float] = {}
    for index, bundle in enumerate(all_bundles):
        middle = sum(plan.ranks[stage] for stage in bundle.sources) / len(bundle.sources)
        for stage, arrives in [*((stage, False) for stage in bundle.sources), (bundle.to, True)]:
            port = Port(stage, arrives, bundle.channel == (RIGHT if stage in side else BETWEEN))
            away[index, port] = (middle if arrives else plan.ranks[bundle.to]) - plan.ranks[stage]
            found.setdefault((stage, port.right), []).append((index, port))
    for held in found.values():
        held.sort(key=lambda one: _height(away[one], one))
    return found


def _height(away: float, port: tuple[int, Port]) -> tuple[int, float, int, bool]:
    """Going up: the nearest on top. Going down: the nearest at the bottom."""
    return (0, -away, port[0], port[1].arrives) if away < 0 else (1, -away, port[0], port[1].arrives)


class Span(NamedTuple):
    """What a bundle needs of its channel: from where to where, and the heights at which lines come from each side."""

    top: float
    bottom: float
    near: Sequence[float]
    far: Sequence[float]


def tracks(spans: Mapping[int, Span]) -> dict[int, int]:
    """The track of each bundle of a channel, 0 the nearest to what is near; few tracks, and few lines that cross."""
    rows: list[list[int]] = []
    for index in sorted(spans, key=lambda one: (spans[one].bottom - spans[one].top, spans[one].top, one)):
        free = (row for row in rows if all(_apart(spans[index], spans[other]) for other in row))
        row = next(free, None)
        if row is None:
            rows.append([index])
        else:
            row.append(index)
    if len(rows) <= _COMPARED:
        rows = _untangled(rows, spans)
    return {index: track for track, row in enumerate(rows) for index in row}


def _apart(one: Span, other: Span) -> bool:
    return one.bottom + APART <= other.top or other.bottom + APART <= one.top


def _untangled(rows: list[list[int]], spans: Mapping[int, Span]) -> list[list[int]]:
    """The tracks in an order from which no single move makes fewer lines cross."""
    least = _crossings(rows, spans)
    moved = True
    while moved:
        moved = False
        for start in range(len(rows)):
            for end in range(len(rows)):
                tried = [*rows[:start], *rows[start + 1 :]]
                tried.insert(end, rows[start])
                many = _crossings(tried, spans)
                if many < least:
                    rows, least, moved = tried, many, True
    return rows


def _crossings(rows: Sequence[Sequence[int]], spans: Mapping[int, Span]) -> int:
    """How often a line on its way to its track crosses another track's line."""
    found = 0
    for track, row in enumerate(rows):
        for index in row:
            for others, heights in ((rows[:track], spans[index].near), (rows[track + 1 :], spans[index].far)):
                crossed = [spans[other] for one in others for other in one]
                found += sum(span.top <= height <= span.bottom for span in crossed for height in heights)
    return found
