"""The heaviest matching of a general graph: as networkx finds it, and shown by its own prices."""

from __future__ import annotations

import random

import networkx as nx
import pytest

from partnerkit.matching import blossoms
from partnerkit.matching.blossoms import heaviest
from partnerkit.matching.covers import Rows, worth
from partnerkit.matching.market import NOBODY, Market, Matching

Pairs = dict[tuple[int, int], int]


def rows_of(count: int, pairs: Pairs) -> Rows:
    rows: list[list[tuple[int, int]]] = [[] for _ in range(count)]
    for (one, other), weight in pairs.items():
        rows[one].append((other, weight))
        rows[other].append((one, weight))
    return rows


def by_networkx(pairs: Pairs) -> int:
    graph = nx.Graph()
    for (one, other), weight in pairs.items():
        graph.add_edge(one, other, weight=weight)
    return sum(graph[one][other]["weight"] for one, other in nx.max_weight_matching(graph))


def by_chance(seed: int, most: int) -> tuple[int, Pairs]:
    draw = random.Random(seed)  # noqa: S311 - the same cases each time
    count, density, top = draw.randint(0, most), draw.choice([0.2, 0.5, 0.9]), draw.choice([1, 2, 5, 1000, 1 << 90])
    every = [(one, other) for one in range(count) for other in range(one) if draw.random() < density]
    return count, {pair: draw.randint(1, top) for pair in every}


def of_rings(seed: int) -> tuple[int, Pairs]:
    """Odd rings, hung together by a few pairs: whoever is left could be any of a ring, and rings of rings."""
    draw = random.Random(seed)  # noqa: S311 - the same cases each time
    count, size, top = draw.choice([9, 15, 21, 33]), draw.choice([3, 3, 5, 7]), draw.choice([1, 2, 4, 10, 1000])
    names = draw.sample(range(count), count)
    every = {
        (first + one, first + (one + 1) % size) for first in range(0, count - size + 1, size) for one in range(size)
    }
    every |= {(draw.randrange(1, count), 0) for _ in range(draw.randint(1, count) // 4)}
    every |= {(one, draw.randrange(one)) for one in draw.sample(range(1, count), draw.randint(1, count // 2))}
    named = {(max(names[one], names[other]), min(names[one], names[other])) for one, other in every}
    return count, {pair: draw.choice([draw.randint(1, top), 10 * top + draw.randint(0, top)]) for pair in sorted(named)}


def demand_best(count: int, pairs: Pairs, *, judged: bool) -> int:
    """The answer is what it says, its prices show that it is worth most; how many sets have a price."""
    rows = rows_of(count, pairs)
    matching, cover = heaviest(rows)
    found = worth(rows, matching)
    assert cover.bound(rows) == 2 * found
    assert all(len(people) % 2 for people, _ in cover.sets)
    assert not judged or found == by_networkx(pairs)
    return len(cover.sets)


def test_it_is_worth_what_networkx_finds():
    sets = sum(demand_best(*by_chance(seed, 14), judged=True) for seed in range(500))
    assert sets > 50


def test_odd_rings_of_odd_rings():
    assert sum(demand_best(*of_rings(seed), judged=seed % 5 == 0) for seed in range(500)) > 300


def test_from_whatever_prices_it_begins(monkeypatch: pytest.MonkeyPatch):
    """The searches alone, without the help of the answer of which half is known: blossoms come apart again."""
    apart: list[int] = []
    before = blossoms._Tree._take_apart

    def counted(self, node):
        before(self, node)
        apart.append(not node.inside)

    monkeypatch.setattr(blossoms, "assigned_at_prices", from_nothing)
    monkeypatch.setattr(blossoms._Tree, "_take_apart", counted)
    assert sum(demand_best(*of_rings(seed), judged=False) for seed in range(600)) > 300
    assert sum(demand_best(*by_chance(seed, 20), judged=False) for seed in range(300)) > 100
    assert len(apart) > 20


def from_nothing(market: Market) -> tuple[Matching, list[int], list[int]]:
    """Nobody is with anybody, and everybody costs as much as their best pair is worth."""
    top = [max((weight for _, weight in row), default=0) for row in market.rows]
    return [NOBODY] * len(market.rows), top, top


def test_many_people():
    draw = random.Random(4)  # noqa: S311 - the same case each time
    pairs = {(one, other): draw.choice([1, 2, 3]) for one in range(400) for other in range(one) if draw.random() < 0.02}
    demand_best(400, pairs, judged=False)
