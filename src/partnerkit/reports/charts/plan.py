"""Where the stages of a state diagram stand: the main way down one column, what leaves it in a second beside it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

from partnerkit.dataclass import dataclass
from partnerkit.tuples import NamedTuple


class Edge(NamedTuple):
    """An allowed change from one stage to another, drawn once however many ways there are."""

    from_: str
    to: str
    main: bool


@dataclass(frozen=True, slots=True)
class Plan:
    """The order of the stages.

    Attributes:
        spine: the stages of the main way, from the first to the last.
        side: the other stages, in the order of what they leave.
        ranks: how far down each stands, in stages of the spine.
        back: the changes that lead back to a stage on the way to where they begin.
    """

    spine: Sequence[str]
    side: Sequence[str]
    ranks: Mapping[str, float]
    back: frozenset[tuple[str, str]]

    def follows(self, edge: Edge) -> bool:
        """Whether the edge leads to the stage right below, so that a straight line is enough."""
        return any(edge[:2] in pairwise(column) for column in (self.spine, self.side))

    def returns(self, edge: Edge) -> bool:
        """Whether the edge leads back."""
        return edge[:2] in self.back


def plan(starts: str, stages: Sequence[str], edges: Sequence[Edge]) -> Plan:
    """The order of the stages: the longest main way first, the rest where the stages are that lead to it."""
    spine = _spine(starts, edges)
    side = [stage for stage in stages if stage not in set(spine)]
    ranks = {stage: float(index) for index, stage in enumerate(spine)}
    for _ in range(2):  # once by what is on the spine, once more by what has found its place beside it
        ranks |= {stage: _middle(stage, edges, ranks, len(spine)) for stage in side}
    declared = {stage: index for index, stage in enumerate(stages)}
    side.sort(key=lambda stage: (ranks[stage], declared[stage]))
    return Plan(spine, side, ranks, _back([*spine, *stages], edges))


def _middle(stage: str, edges: Sequence[Edge], ranks: Mapping[str, float], last: int) -> float:
    """The middle of what leads to a stage, or else of what it leads to; half a stage further down."""
    before = [ranks[edge.from_] for edge in edges if edge.to == stage and edge.from_ in ranks and edge.from_ != stage]
    after = [ranks[edge.to] for edge in edges if edge.from_ == stage and edge.to in ranks and edge.to != stage]
    found = before or after
    return sum(found) / len(found) + 0.5 if found else float(last)


def _back(stages: Sequence[str], edges: Sequence[Edge]) -> frozenset[tuple[str, str]]:
    """The changes that lead back, when the ways are walked one after the other, the stages in the order given first."""
    order = {stage: index for index, stage in enumerate(dict.fromkeys(stages))}
    after = {stage: sorted(ends, key=order.__getitem__) for stage, ends in _successors(edges).items()}
    found: set[tuple[str, str]] = set()
    seen: set[str] = set()
    for stage in order:
        if stage not in seen:
            _finished(stage, after, seen, found)
    return frozenset(found)


def _spine(starts: str, edges: Sequence[Edge]) -> list[str]:
    """The longest way over main edges; where it ends, on over an edge to where a main way leads further."""
    main = _successors(edge for edge in edges if edge.main)
    every = _successors(edges)
    spine = _longest(starts, main, set())
    while True:
        taken = set(spine)
        ways = (_longest(stage, main, taken) for stage in every.get(spine[-1], []) if stage not in taken)
        on = next((way for way in ways if len(way) > 1), None)
        if on is None:
            return spine
        spine += on


def _successors(edges: Iterable[Edge]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for edge in edges:
        found.setdefault(edge.from_, []).append(edge.to)
    return found


def _longest(starts: str, successors: Mapping[str, Sequence[str]], taken: set[str]) -> list[str]:
    """The longest way from a stage that never turns back; of several, the one declared first."""
    best: dict[str, list[str]] = {}
    for stage in _finished(starts, successors, set(taken), set()):
        ways = [best[after] for after in successors.get(stage, ()) if after in best]
        best[stage] = [stage, *max(ways, key=len, default=[])]
    return best[starts]


def _finished(
    starts: str, successors: Mapping[str, Sequence[str]], seen: set[str], back: set[tuple[str, str]]
) -> list[str]:
    """Every new stage that is reached, each after all that it leads to; `back` takes what leads back on the walk."""
    order: list[str] = []
    walk = {starts: iter(successors.get(starts, ()))}
    seen.add(starts)
    while walk:
        stage, after = next(reversed(walk.items()))
        new = next(after, None)
        if new is None:
            order.append(stage)
            del walk[stage]
        elif new in walk:
            back.add((stage, new))
        elif new not in seen:
            seen.add(new)
            walk[new] = iter(successors.get(new, ()))
    return order
