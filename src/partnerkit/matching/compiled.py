"""The same answer from a compiled solver: scipy's sparse assignment, where it is installed and pays off."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.util import find_spec

from partnerkit.matching.assignment import assigned
from partnerkit.matching.market import NOBODY, Market, Matching
from partnerkit.matching.means import Means, Plain
from partnerkit.matching.pool import MOST, Pool, Solver
from partnerkit.matching.vectors import Vectors

#: So many possible pairs pay for importing it.
_PAYS_OFF = 400_000
#: Whole numbers up to here are exact in what it computes with.
_EXACT = 1 << 53
#: So many pairs with places fit into memory easily, in which each takes about 50 bytes.
_LARGEST = 20_000_000


def fastest(market: Market) -> Matching:
    """A matching that is worth most, by scipy where it is installed, pays off, and is exact; else in plain Python."""
    return by_scipy(market) if _pays_off(market.rows) and exact(market) else assigned(market)


def means_for(pool: Pool, solver: Solver) -> Means:
    """By which means the best matching of a pool is found: in arrays where scipy is asked and is exact."""
    asked = solver is by_scipy or (solver is fastest and _pays_off(pool.points))
    if asked and _fits(pool):
        return Vectors(pool)
    return Plain(pool, solver)


def _pays_off(rows: Sequence[Sequence[tuple[int, int]]]) -> bool:
    return sum(map(len, rows)) >= _PAYS_OFF and find_spec("scipy") is not None


def _fits(pool: Pool) -> bool:
    """Whether what a matching is worth is exact in double precision, and there are not too many places."""
    most = (pool.one + max(pool.waited, default=0)) * pool.base + MOST
    widest = min(max(pool.places, default=0), len(pool.mentees))
    pairs = sum(map(len, pool.points)) * widest
    return (most + 1) * (2 * len(pool.mentees) + 2) < _EXACT and 0 < pairs < _LARGEST


def exact(market: Market) -> bool:
    """Whether what a matching is worth, and every sum on the way to it, is exact in double precision."""
    most = max((weight for row in market.rows for _, weight in row), default=0)
    return (most + 1) * (2 * len(market.rows) + 2) < _EXACT


def by_scipy(market: Market) -> Matching:
    """The same by scipy's `min_weight_full_bipartite_matching`, of Jonker and Volgenant on a sparse matrix.

    It has a column for each place, and for each seeker one in which they are left out.
    """
    import numpy as np  # noqa: PLC0415 - dear to import, and only where it pays off
    from scipy.sparse import csr_array  # noqa: PLC0415 - likewise
    from scipy.sparse.csgraph import min_weight_full_bipartite_matching  # noqa: PLC0415 - likewise

    seekers = len(market.rows)
    if not seekers:
        return []
    first, of = [0] * len(market.places), list[int]()
    for giver, room in enumerate(market.places):
        first[giver] = len(of)
        of += [giver] * min(room, seekers)
    most = 1 + max((weight for row in market.rows for _, weight in row), default=0)
    columns: list[int] = []
    costs: list[int] = []
    starts = [0]
    for seeker, row in enumerate(market.rows):
        for giver, weight in row:
            count = min(market.places[giver], seekers)
            columns += range(first[giver], first[giver] + count)
            costs += [most - weight] * count
        columns.append(len(of) + seeker)
        costs.append(most)
        starts.append(len(columns))
    shape = (seekers, len(of) + seekers)
    matrix = csr_array((np.array(costs, dtype=float), np.array(columns), np.array(starts)), shape=shape)
    _, found = min_weight_full_bipartite_matching(matrix)
    return [of[column] if column < len(of) else NOBODY for column in found.tolist()]
