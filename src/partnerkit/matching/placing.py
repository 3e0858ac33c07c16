"""How many seekers can be placed at once, those who have waited longest first.

The sets of seekers who can be placed together are the independent sets of a matroid (Edmonds and Fulkerson 1965), so
taking the longest waiting first, and never giving one of them up again, places as many as can be placed at all, and of
all such sets one that has waited most. Within those who waited equally long: Hopcroft and Karp 1973.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from partnerkit.matching.market import NOBODY, Market, Matching


def placed(market: Market, waited: Sequence[int]) -> Matching:
    """A matching that places as many as can be, and of those who can be, who have waited longest.

    Args:
        market: the places, and the possible pairs; what these are worth does not count here.
        waited: by seeker, for how many cycles they have waited.
    """
    search = _Placing(market)
    order = sorted((one for one in range(len(market.rows)) if market.rows[one]), key=lambda one: (-waited[one], one))
    for _, group in groupby(order, key=lambda one: waited[one]):
        search.place(list(group))
    return search.of


class _Placing:
    def __init__(self, market: Market) -> None:
        self.rows = [[giver for giver, _ in row] for row in market.rows]
        self.room = list(market.places)
        self.of: Matching = [NOBODY] * len(self.rows)
        self.held: list[set[int]] = [set() for _ in self.room]

    def place(self, seekers: Sequence[int]) -> None:
        """As many of the seekers as can be placed beside those who are."""
        left = list(seekers)
        while left:
            depth = self._layers(left)
            if depth is None:
                return
            tried = [0] * len(self.rows)
            still = [seeker for seeker in left if not self._augment(seeker, depth, tried)]
            if len(still) == len(left):
                return
            left = still

    def _layers(self, left: Sequence[int]) -> dict[int, int] | None:
        """How many moves away from those without a place each seeker is, as far as the first free place."""
        depth = dict.fromkeys(left, 0)
        givers: set[int] = set()
        layer, free = list(left), False
        while layer and not free:
            ahead: list[int] = []
            for seeker in layer:
                for giver in self.rows[seeker]:
                    if giver in givers:
                        continue
                    givers.add(giver)
                    free = free or self.room[giver] > 0
                    for other in self.held[giver]:
                        if other not in depth:
                            depth[other] = depth[seeker] + 1
                            ahead.append(other)
            layer = ahead
        return depth if free else None

    def _augment(self, start: int, depth: dict[int, int], tried: list[int]) -> bool:
        """A seeker gets a place by a chain of moves along the layers, where there is one that is not used up."""
        chain: list[tuple[int, int]] = []  # who would move to where
        stack = [start]
        while stack:
            seeker = stack[-1]
            step = self._step(seeker, depth, tried)
            if step is None:
                stack.pop()
                if chain:
                    chain.pop()
                continue
            giver, other = step
            chain.append((seeker, giver))
            if other == NOBODY:
                self.room[giver] -= 1
                for who, _ in chain:
                    if self.of[who] != NOBODY:
                        self.held[self.of[who]].discard(who)
                for who, where in chain:
                    self.of[who] = where
                    self.held[where].add(who)
                return True
            stack.append(other)
        return False

    def _step(self, seeker: int, depth: dict[int, int], tried: list[int]) -> tuple[int, int] | None:
        """The next way on for a seeker: a giver with room, or one of whose seekers could move on; each tried once."""
        row = self.rows[seeker]
        while tried[seeker] < len(row):
            giver = row[tried[seeker]]
            if self.room[giver]:
                tried[seeker] += 1
                return giver, NOBODY
            for other in self.held[giver]:
                if depth.get(other) == depth[seeker] + 1 and tried[other] < len(self.rows[other]):
                    return giver, other
            tried[seeker] += 1
        return None
