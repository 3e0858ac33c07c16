"""A pool in arrays, where numpy and scipy are installed and pairs are many: the same answers as in plain Python."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Any

from partnerkit.matching.market import NOBODY, Market, Matching
from partnerkit.matching.pool import Pool

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.int64]

#: What seekers are asked at once where so few are affected; of more all pairs are looked at.
_FEW = 64


class Vectors:
    """The pairs of a pool as three lists of numbers, by seeker: who, with whom, and the points.

    It is a `Means` of best.py, as the one in plain Python is.
    """

    def __init__(self, pool: Pool) -> None:
        import numpy as np  # noqa: PLC0415 - dear to import, and only where it pays off

        self.np, self.pool = np, pool
        counts = np.fromiter(map(len, pool.points), dtype=np.int64, count=len(pool.points))
        flat = np.fromiter(chain.from_iterable(chain.from_iterable(pool.points)), dtype=np.int64)
        self.seekers = np.repeat(np.arange(len(counts)), counts)
        self.givers, self.points = flat[::2].copy(), flat[1::2].copy()
        self.places = np.array(pool.places, dtype=np.int64)
        self.waited = np.array(pool.waited, dtype=np.int64)

    def levels(self, enough: int) -> list[int]:
        """All points that a pair has, up to what is enough."""
        found: list[int] = self.np.unique(self.np.minimum(self.points, enough)).tolist()
        return found

    def ceiling(self, count: int) -> int:
        """With only pairs above these points, so many people, or places for them, would have no pair at all."""
        np = self.np
        seekers = np.full(len(self.waited), -1)
        np.maximum.at(seekers, self.seekers, self.points)
        givers = np.full(len(self.places), -1)
        np.maximum.at(givers, self.givers, self.points)
        order = np.argsort(-givers)
        enough = np.searchsorted(np.cumsum(self.places[order]), count)
        return int(min(np.sort(seekers)[-count], givers[order][enough]))

    def rows(self, least: int) -> list[int]:
        """By seeker, the givers with whom a pair has so many points at least, as bits."""
        np = self.np
        wanted = self.points >= least
        dense = np.zeros((len(self.waited), len(self.places)), dtype=bool)
        dense[self.seekers[wanted], self.givers[wanted]] = True
        packed = np.packbits(dense, axis=1, bitorder="little")
        return [int.from_bytes(row.tobytes(), "little") for row in packed]

    def _matrix(self, wanted: Any, values: Any) -> tuple[Any, Any]:
        """Pairs as a matrix with a column for each place; and the giver of each column."""
        from scipy.sparse import csr_array  # noqa: PLC0415 - likewise

        np = self.np
        seekers, givers = self.seekers[wanted], self.givers[wanted]
        room = np.minimum(self.places, len(self.waited))
        times = room[givers]
        first = np.cumsum(room) - room
        columns = np.repeat(first[givers] - (np.cumsum(times) - times), times) + np.arange(int(times.sum()))
        shape = (len(self.waited), int(room.sum()))
        matrix = csr_array((np.repeat(values, times), (np.repeat(seekers, times), columns)), shape=shape)
        return matrix, np.repeat(np.arange(len(room)), room)

    def tied(self, least: int) -> tuple[list[int], Market]:
        """The prices that prove the highest sum of points, and the market of the pairs that can be in it."""
        np, pool = self.np, self.pool
        wanted = self.points >= least
        worth = self._scored(wanted)
        prices = self._prices(wanted, worth, self._heaviest(*self._costs(wanted, worth)))
        seekers, givers = self.seekers[wanted], self.givers[wanted]
        gain, gains = worth - prices[givers], np.full(len(self.waited), -1)
        np.maximum.at(gains, seekers, gain)
        tight = (gain == gains[seekers]) & (gain >= 0)
        rows: list[list[tuple[int, int]]] = [[] for _ in pool.mentees]
        must = (gains > 0)[seekers[tight]].astype(int) + (prices > 0)[givers[tight]]
        for mentee, mentor, times in zip(seekers[tight].tolist(), givers[tight].tolist(), must.tolist(), strict=True):
            rows[mentee].append((mentor, pool.tied(mentee, mentor, times)))
        return prices.tolist(), Market(pool.places, rows)

    def _scored(self, wanted: Any) -> Numbers:
        worth: Numbers = (self.pool.one + self.waited[self.seekers[wanted]]) * self.pool.base + self.points[wanted]
        return worth

    def costs(self, least: int) -> Any:
        """What scipy is given in the end: a row for each seeker, a column for each place and for being left out."""
        wanted = self.points >= least
        return self._costs(wanted, self._scored(wanted))[0]

    def _costs(self, wanted: Any, worth: Numbers) -> tuple[Any, Any]:
        """The same of some pairs; and the giver of each column."""
        from scipy.sparse import csr_array, hstack  # noqa: PLC0415 - likewise

        np = self.np
        most, count = 1 + int(worth.max(initial=0)), len(self.waited)
        matrix, of = self._matrix(wanted, (most - worth).astype(float))
        every = np.arange(count)
        out = csr_array((np.full(count, float(most)), (every, every)), shape=(count, count))
        return hstack([matrix, out], format="csr"), of

    def _heaviest(self, costs: Any, of: Any) -> Numbers:
        """A matching that costs least, by scipy."""
        from scipy.sparse.csgraph import min_weight_full_bipartite_matching  # noqa: PLC0415 - likewise

        np = self.np
        _, found = min_weight_full_bipartite_matching(costs)
        matching: Numbers = np.append(of, NOBODY)[np.minimum(found, len(of))]
        return matching

    def placing_prices(self, least: int, matching: Matching) -> list[int]:
        """The lowest prices that prove that no more can be placed with so many points, or who waited longer."""
        wanted = self.points >= least
        worth = self.pool.one + self.waited[self.seekers[wanted]]
        found: list[int] = self._prices(wanted, worth, self.np.array(matching, dtype=self.np.int64)).tolist()
        return found

    def _prices(self, wanted: Any, worth: Numbers, matching: Numbers) -> Numbers:
        """The lowest prices that prove a matching best (prices.py); those of many rise at once."""
        np = self.np
        seekers, givers = self.seekers[wanted], self.givers[wanted]
        starts = np.searchsorted(seekers, np.arange(len(self.waited) + 1))
        mine = givers == matching[seekers]
        own = np.zeros(len(self.waited), dtype=np.int64)
        own[seekers[mine]] = worth[mine]
        gains = own.copy()
        prices: Numbers = np.zeros(len(self.places), dtype=np.int64)
        offers = np.flatnonzero(~mine)
        while len(offers):
            risen = prices.copy()
            np.maximum.at(risen, givers[offers], worth[offers] - gains[seekers[offers]])
            asked = np.append(risen > prices, False)[matching]  # NOBODY is the last
            prices = risen
            moved = np.flatnonzero(asked)
            gains[moved] = own[moved] - prices[matching[moved]]
            if (gains[moved] < 0).any():
                raise ValueError("the matching is not best: somebody would rather be left out")
            offers = self._of(moved, starts, asked, seekers, mine)
        return prices

    def _of(self, moved: Numbers, starts: Numbers, asked: Any, seekers: Numbers, mine: Any) -> Numbers:
        """The pairs of some seekers, without the one in which they are."""
        np = self.np
        if len(moved) > _FEW:
            found: Numbers = np.flatnonzero(asked[seekers] & ~mine)
            return found
        every = [np.arange(starts[one], starts[one + 1]) for one in moved.tolist()]
        found = np.concatenate(every) if every else np.empty(0, dtype=np.int64)
        few: Numbers = found[~mine[found]]
        return few
