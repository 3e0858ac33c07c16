"""The prices of the places that prove a matching best, and say what one place more would be worth.

Of all prices that prove it, the lowest: they are the same whichever solver found the matching, and each says by how
much the best sum would rise if that giver had one place more (Shapley and Shubik 1971; Roth and Sotomayor 1990, §8.3).
"""

from __future__ import annotations

from collections import deque

from partnerkit.matching.market import NOBODY, Market, Matching


def lowest_prices(market: Market, matching: Matching) -> list[int]:
    """The lowest prices that prove a matching best, by giver.

    Raises:
        ValueError: the matching is not best, so none prove it.
    """
    rising = _Rising(market, matching)
    rising.settle()
    return rising.prices


class _Rising:
    """Prices that rise from 0 until nobody would rather be elsewhere, or could be for less."""

    def __init__(self, market: Market, matching: Matching) -> None:
        self.rows, self.matching = market.rows, matching
        self.prices = [0] * len(market.places)
        self.room = list(market.places)
        self.held: list[list[tuple[int, int]]] = [[] for _ in market.places]
        self.gains = [0] * len(market.rows)
        self.queue: deque[int] = deque()
        self.queued = [False] * len(market.places)
        for seeker, giver in enumerate(matching):
            if giver != NOBODY:
                worth = next(weight for other, weight in market.rows[seeker] if other == giver)
                self.held[giver].append((seeker, worth))
                self.gains[seeker] = worth
                self.room[giver] -= 1

    def settle(self) -> None:
        """All prices, as high as they must be."""
        for seeker in sorted(range(len(self.gains)), key=self.gains.__getitem__):
            self._offer(seeker)
        while self.queue:
            giver = self.queue.popleft()
            self.queued[giver] = False
            for seeker, worth in self.held[giver]:
                self.gains[seeker] = worth - self.prices[giver]
                if self.gains[seeker] < 0:
                    raise ValueError("the matching is not best: somebody would rather be left out")
                self._offer(seeker)

    def _offer(self, seeker: int) -> None:
        """What a seeker would rather pay elsewhere is the least that a place costs there."""
        gain, mine, prices = self.gains[seeker], self.matching[seeker], self.prices
        for giver, weight in self.rows[seeker]:
            if weight - gain > prices[giver] and giver != mine:
                if self.room[giver]:
                    raise ValueError("the matching is not best: a place is free that somebody would rather have")
                prices[giver] = weight - gain
                if not self.queued[giver]:
                    self.queued[giver] = True
                    self.queue.append(giver)
