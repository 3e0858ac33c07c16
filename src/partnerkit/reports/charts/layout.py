"""The layout of a state diagram: a box for each stage, a line for each edge; nothing overlaps, the same each time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from partnerkit.dataclass import dataclass
from partnerkit.reports.charts.plan import Edge, Plan
from partnerkit.reports.charts.routes import (
    BETWEEN,
    LEFT,
    RIGHT,
    TRACK,
    Bundle,
    Port,
    Span,
    bundles,
    manner,
    ports,
    tracks,
)
from partnerkit.tuples import NamedTuple

#: Everything stands on a grid of so much: lines from the two sides of a channel are half of it apart, and never meet.
GRID = 10.0

#: Above the first box, between boxes of the main way, between boxes beside it, and beside a box before the first track.
TOP, GAP, SIDE_GAP, MARGIN = 30.0, 30.0, 30.0, 15.0

#: By how much what touches a box may move: not at all, or as little as will do.
_MOVES = (0, 5, -5, 10, -10, 15, -15)

#: What stays free at both sides of the drawing.
EDGE = 2.0


class Point(NamedTuple):
    """A place in the drawing."""

    x: float
    y: float


class Box(NamedTuple):
    """A stage in the drawing."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Route:
    """The line of an edge, from the border of one box to that of another; those of one bundle run together."""

    edge: Edge
    manner: str
    bundle: int
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Layout:
    """What stands where."""

    boxes: Mapping[str, Box]
    routes: Sequence[Route]
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Wiring:
    """What runs where, before anything has a place."""

    edges: Sequence[Edge]
    bundles: Sequence[Bundle]
    ports: Mapping[tuple[str, bool], Sequence[tuple[int, Port]]]


#: The height of each port, by bundle.
Placed = Mapping[int, Mapping[Port, float]]


def wire(plan: Plan, edges: Sequence[Edge]) -> Wiring:
    """The edges in bundles, with what touches each box."""
    found = bundles(plan, edges)
    return Wiring(edges, found, ports(plan, found))


def lay(plan: Plan, wiring: Wiring, sizes: tuple[float, float], heights: Mapping[str, float]) -> Layout:
    """The layout.

    Args:
        plan: the order of the stages.
        wiring: what runs where.
        sizes: the width of the boxes of the main way, and of those beside it.
        heights: how high each box must be for what stands in it.
    """
    high = {stage: _high(stage, wiring, need) for stage, need in heights.items()}
    tops = _tops(plan, high)
    boxes = {stage: Box(0, tops[stage], sizes[stage in plan.side], high[stage]) for stage in heights}
    placed = _straightened(plan, wiring, boxes, _placed(plan, wiring, boxes))
    lanes = [_lanes(channel, plan, wiring, placed) for channel in (LEFT, BETWEEN, RIGHT)]
    rooms = [_room(channel, lane) for channel, lane in enumerate(lanes)]
    ends = [rooms[LEFT] + sizes[0]]
    second = ends[0] + rooms[BETWEEN]
    ends.append(second + sizes[1] if plan.side else ends[0])
    lefts = dict.fromkeys(plan.spine, rooms[LEFT]) | dict.fromkeys(plan.side, second)
    boxes = {stage: box._replace(x=lefts[stage]) for stage, box in boxes.items()}
    starts = (rooms[LEFT] - MARGIN, ends[0] + MARGIN, ends[1] + MARGIN)
    across = {
        index: starts[channel] + track * TRACK * (-1 if channel == LEFT else 1)
        for channel, lane in enumerate(lanes)
        for index, track in lane.items()
    }
    index_of = {(source, one.to): index for index, one in enumerate(wiring.bundles) for source in one.sources}
    routes = [_route(plan, edge, index_of.get(edge[:2], -1), boxes, placed, across) for edge in wiring.edges]
    bottom = max(box.y + box.height for box in boxes.values())
    return Layout(boxes, routes, ends[1] + rooms[RIGHT], bottom + 2)


def _high(stage: str, wiring: Wiring, need: float) -> float:
    """The height of a box: room for what stands in it and for what touches it."""
    most = max(len(wiring.ports.get((stage, right), ())) for right in (False, True))
    return _snapped(max(need, (most + 1) * GRID) + GRID - 0.1)


def _snapped(value: float) -> float:
    return value // GRID * GRID


def _tops(plan: Plan, high: Mapping[str, float]) -> dict[str, float]:
    """Where each box begins: the main way from top to bottom, the others as near to their rank as they can."""
    tops: dict[str, float] = {}
    y = TOP
    for stage in plan.spine:
        tops[stage] = y
        y += high[stage] + GAP
    middles = [tops[stage] + high[stage] / 2 for stage in plan.spine]
    end = max(y - GAP, TOP + sum(high[stage] + SIDE_GAP for stage in plan.side))
    y = TOP
    for stage in plan.side:
        tops[stage] = max(y, _snapped(_at(middles, plan.ranks[stage]) - high[stage] / 2))
        y = tops[stage] + high[stage] + SIDE_GAP
    for stage in reversed(plan.side):
        tops[stage] = min(tops[stage], _snapped(end - high[stage]))
        end = tops[stage] - SIDE_GAP
    return tops


def _at(middles: Sequence[float], rank: float) -> float:
    """The height of a rank between those of the main way."""
    index = min(int(rank), len(middles) - 1)
    after = middles[min(index + 1, len(middles) - 1)]
    return middles[index] + (after - middles[index]) * min(rank - index, 1)


def _placed(plan: Plan, wiring: Wiring, boxes: Mapping[str, Box]) -> dict[int, dict[Port, float]]:
    """The height of every port: in the middle of its side, on lines that no other port of its channel is on."""
    side = set(plan.side)
    found: dict[int, dict[Port, float]] = {index: {} for index in range(len(wiring.bundles))}
    for (stage, _), held in wiring.ports.items():
        box = boxes[stage]
        first = box.y + _snapped((box.height - (len(held) - 1) * GRID) / 2) + GRID / 2 * (stage in side)
        for row, (index, port) in enumerate(held):
            found[index][port] = first + row * GRID
    return found


def _straightened(
    plan: Plan, wiring: Wiring, boxes: Mapping[str, Box], placed: Mapping[int, dict[Port, float]]
) -> Placed:
    """The heights of the ports, those of a box beside the main way moved so that most lines run straight across."""
    found = {index: dict(ports) for index, ports in placed.items()}
    for stage in plan.side:
        held = wiring.ports.get((stage, False), ())
        level = {
            index: height
            for index, ports in found.items()
            for port, height in ports.items()
            if wiring.bundles[index].channel == BETWEEN and port.stage != stage
        }
        moves = [{one: found[one[0]][one[1]] + by for one in held} for by in _MOVES]
        allowed = [moves[0], *(move for move in moves[1:] if _fits(move, boxes[stage], wiring, found))]
        best = max(allowed, key=lambda move: sum(level[index] == height for (index, _), height in move.items()))
        for (index, port), height in best.items():
            found[index][port] = height
    return found


def _fits(move: Mapping[tuple[int, Port], float], box: Box, wiring: Wiring, placed: Placed) -> bool:
    """Whether ports could stand there: on the side of their box, level with nothing but their own only other end."""
    if not all(box.y + GRID / 2 <= height <= box.y + box.height - GRID / 2 for height in move.values()):
        return False
    return not any(
        abs(height - other) < GRID / 2
        for (index, _), height in move.items()
        for number, ports in placed.items()
        if wiring.bundles[number].channel == BETWEEN and (number != index or len(ports) > 2)  # noqa: PLR2004 - two ends
        for port, other in ports.items()
        if (number, port) not in move
    )


def _lanes(channel: int, plan: Plan, wiring: Wiring, placed: Placed) -> dict[int, int]:
    """The track of each bundle of a channel; what runs straight across needs none."""
    side = set(plan.side)
    spans: dict[int, Span] = {}
    for index, bundle in enumerate(wiring.bundles):
        held = placed[index]
        if bundle.channel == channel and len(set(held.values())) > 1:
            near = [height for port, height in held.items() if channel != BETWEEN or port.stage not in side]
            far = [height for port, height in held.items() if channel == BETWEEN and port.stage in side]
            spans[index] = Span(min(held.values()), max(held.values()), near, far)
    return tracks(spans)


def _room(channel: int, lane: Mapping[int, int]) -> float:
    """How wide a channel is."""
    if channel == BETWEEN:
        return 2 * MARGIN + max(lane.values(), default=0) * TRACK
    return MARGIN + max(lane.values()) * TRACK + EDGE if lane else EDGE


def _route(
    plan: Plan, edge: Edge, index: int, boxes: Mapping[str, Box], placed: Placed, across: Mapping[int, float]
) -> Route:
    """The line of an edge: straight down, straight across, or over the track of its bundle."""
    kind = manner(plan, edge)
    from_, to = boxes[edge.from_], boxes[edge.to]
    if index < 0:
        middle = from_.x + from_.width / 2
        return Route(edge, kind, index, (Point(middle, from_.y + from_.height), Point(middle, to.y)))
    start, end = (_touch(edge, arrives, boxes, placed[index]) for arrives in (False, True))
    if start.y == end.y:
        return Route(edge, kind, index, (start, end))
    x = across[index]
    return Route(edge, kind, index, (start, Point(x, start.y), Point(x, end.y), end))


def _touch(edge: Edge, arrives: bool, boxes: Mapping[str, Box], held: Mapping[Port, float]) -> Point:
    """Where an edge touches the box that it leaves, or arrives at."""
    stage = edge.to if arrives else edge.from_
    port = next(port for port in held if port.stage == stage and port.arrives == arrives)
    box = boxes[stage]
    return Point(box.x + box.width if port.right else box.x, held[port])
