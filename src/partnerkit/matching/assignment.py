"""The best matching of a market, exactly, in plain Python: shortest augmenting paths with prices.

The method is the Hungarian method on a sparse graph with room for several at a giver (Kuhn 1955; Jonker and Volgenant
1987; Ahuja, Magnanti and Orlin 1993, chapter 12). Everything is a whole number of any size.
"""

from __future__ import annotations

from collections.abc import Iterable
from heapq import heappop, heappush

from partnerkit.matching.market import NOBODY, Market, Matching


def assigned(market: Market) -> Matching:
    """A matching that is worth most; which one, where several are, is left open."""
    return _Search(market).run()


def assigned_at_prices(market: Market) -> tuple[Matching, list[int], list[int]]:
    """The same, with what each seeker gains and each place costs: no less in sum than any pair is worth."""
    search = _Search(market)
    return search.run(), search.gains, search.prices


class _Chain:
    """A chain of moves that is looked for.

    Attributes:
        far: by giver, how much is lost at least where somebody moves there.
        by: the seeker who would.
        settled: the givers of whom that is sure.
        seen: likewise the seekers who would have to make way, and the one with whom it begins.
        heap: the givers of whom it is not sure yet.
        end: how much is lost by the best end so far.
        stop: the giver with a free place where that ends; NOBODY where it ends with somebody left out.
        out: the seeker who would be left out.
    """

    __slots__ = ("by", "end", "far", "heap", "out", "seen", "settled", "stop")

    def __init__(self, start: int, gain: int) -> None:
        self.far: dict[int, int] = {}
        self.by: dict[int, int] = {}
        self.settled: dict[int, int] = {}
        self.seen = {start: 0}
        self.heap: list[tuple[int, int]] = []
        self.end, self.stop, self.out = gain, NOBODY, start


class _Search:
    """A matching that grows by one seeker at a time, with prices that prove it best for those seen so far.

    It holds throughout: a seeker's gain and a giver's price are no less than what the pair is worth, and together just
    that where the two are matched; a giver with room has the price 0, a seeker with nobody gains 0.
    """

    def __init__(self, market: Market) -> None:
        self.market = market
        self.room = list(market.places)
        self.prices = [0] * len(market.places)
        self.gains = [0] * len(market.rows)
        self.of: Matching = [NOBODY] * len(market.rows)
        self.held: list[set[int]] = [set() for _ in market.places]

    def run(self) -> Matching:
        """Everybody in turn; first those whose best giver has room at once."""
        for seeker in [one for one in range(len(self.of)) if not self._at_once(one)]:
            self._reach(seeker)
        return self.of

    def _at_once(self, seeker: int) -> bool:
        """A seeker whose best giver has room takes the place; without a possible pair there is nobody."""
        best = max(self.market.rows[seeker], key=lambda pair: pair[1], default=None)
        if best is None:
            return True
        giver, self.gains[seeker] = best
        if self.room[giver] == 0:
            return False
        self.room[giver] -= 1
        self._move(seeker, giver)
        return True

    def _move(self, seeker: int, giver: int) -> int:
        """A seeker goes to a giver, or to NOBODY, and leaves the one they were with, which is returned."""
        before = self.of[seeker]
        if before != NOBODY:
            self.held[before].remove(seeker)
        if giver != NOBODY:
            self.held[giver].add(seeker)
        self.of[seeker] = giver
        return before

    def _reach(self, start: int) -> None:
        """One seeker more: the chain of moves that loses least, to a free place or to somebody who is left out."""
        self.gains[start] = max([0, *(weight - self.prices[giver] for giver, weight in self.market.rows[start])])
        chain = _Chain(start, self.gains[start])
        scan: Iterable[int] | None = (start,)
        while scan is not None:
            self._look(chain, scan)
            scan = self._settle(chain)
        for giver, distance in chain.settled.items():
            self.prices[giver] += chain.end - distance
        for seeker, distance in chain.seen.items():
            self.gains[seeker] -= chain.end - distance
        self._along(start, chain)

    def _look(self, chain: _Chain, seekers: Iterable[int]) -> None:
        """Which givers some seekers could move to, and with how much loss; a free place ends the chain."""
        far, by, heap, prices, room = chain.far, chain.by, chain.heap, self.prices, self.room
        for seeker in seekers:
            ahead = chain.seen[seeker] + self.gains[seeker]
            for giver, weight in self.market.rows[seeker]:
                new = ahead + prices[giver] - weight
                if new < chain.end and new < far.get(giver, chain.end):
                    far[giver], by[giver] = new, seeker
                    if room[giver]:
                        chain.end, chain.stop = new, giver
                    else:
                        heappush(heap, (new, giver))

    def _settle(self, chain: _Chain) -> set[int] | None:
        """The seekers of the nearest giver, each of whom could make way; None where the chain ends before it."""
        while chain.heap and chain.heap[0][1] in chain.settled:
            heappop(chain.heap)
        if not chain.heap or chain.heap[0][0] >= chain.end:
            return None
        distance, giver = heappop(chain.heap)
        chain.settled[giver] = distance
        for seeker in self.held[giver]:
            chain.seen[seeker] = distance
            if distance + self.gains[seeker] < chain.end:
                chain.end, chain.out, chain.stop = distance + self.gains[seeker], seeker, NOBODY
        return self.held[giver]

    def _along(self, start: int, chain: _Chain) -> None:
        """The moves themselves, from the end of the chain back to the seeker with whom it began."""
        if chain.stop != NOBODY:
            self.room[chain.stop] -= 1
            free = chain.stop
        elif chain.out != start:
            free = self._move(chain.out, NOBODY)
        else:
            return
        seeker = NOBODY
        while seeker != start:
            seeker = chain.by[free]
            free = self._move(seeker, free)
