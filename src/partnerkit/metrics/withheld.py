"""What is not told because it would tell of a few people: by itself, or by being taken from what is told beside it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from fractions import Fraction

from partnerkit.tuples import NamedTuple


class Counts(NamedTuple):
    """What one thing adds to a figure: whose it is, of how many people it tells, and its number."""

    owner: str
    people: int
    number: Fraction


#: What a figure is over: each thing that it adds up, by key.
Cell = Mapping[str, Counts]


def size(cell: Cell, keys: Collection[str]) -> int:
    """Of how many people some of the things tell: those of one owner tell of the same ones."""
    people: dict[str, int] = {}
    for key in keys:
        one = cell[key]
        people[one.owner] = max(people.get(one.owner, 0), one.people)
    return sum(people.values())


def tellable(cell: Cell, told: Sequence[Cell], fewest: int) -> bool:
    """Whether a figure can be told beside those that are: nothing that is left between them is over too few."""
    if size(cell, cell.keys()) < fewest:
        return False
    beside = [*told, cell]
    wider = [one for one in beside if one is cell or _part_of(cell, one)]
    return all(_leaves_enough(one, [other for other in beside if _part_of(other, one)], fewest) for one in wider)


def _part_of(cell: Cell, whole: Cell) -> bool:
    """Whether a figure adds up a part of what another does, and the same of it."""
    return len(cell) < len(whole) and all(whole.get(key) == one for key, one in cell.items())


def _leaves_enough(whole: Cell, parts: Sequence[Cell], fewest: int) -> bool:
    """Whether whoever takes the parts from the whole, each or all of them, is left with nothing or with enough."""
    together = {key for part in parts for key in part}
    rests = [whole.keys() - part.keys() for part in parts] + [whole.keys() - together]
    return all(not rest or size(whole, rest) >= fewest for rest in rests)
