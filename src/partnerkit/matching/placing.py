"""How many seekers can be placed at once, those who have waited longest first.

The sets of seekers who can be placed together are the independent sets of a matroid (Edmonds and Fulkerson 1965), so
taking the longest waiting first, and never giving one of them up again, places as many as can be placed at all, and of
all such sets one that has waited most. Within those who waited equally long: Hopcroft and Karp 1973.

Sets of givers are numbers with a bit for each: who of them is left, and in reach, is one operation, however many.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from partnerkit.matching.market import NOBODY, Matching


def placed(places: Sequence[int], rows: Sequence[int], waited: Sequence[int]) -> Matching:
    """A matching that places as many as can be, and of those who can be, who have waited longest.

    Args:
        places: by giver, how many there is room for.
        rows: by seeker, the givers with whom a pair is possible, as bits.
        waited: by seeker, for how many cycles they have waited.
    """
    search = _Placing(places, rows)
    order = sorted((one for one in range(len(rows)) if rows[one]), key=lambda one: (-waited[one], one))
    for _, group in groupby(order, key=lambda one: waited[one]):
        search.place(list(group))
    return search.of


def widened(places: Sequence[int], rows: Sequence[int], seekers: Sequence[int], before: Matching) -> Matching:
    """A matching that places as many of some seekers as can be, whoever they are; nobody else is placed.

    Args:
        places: by giver, how many there is room for.
        rows: by seeker, the givers with whom a pair is possible, as bits.
        seekers: who is to be placed.
        before: a matching of those seekers with which it begins; what is not possible in it is left out.
    """
    search = _Placing(places, rows)
    for seeker in seekers:
        giver = before[seeker]
        if giver != NOBODY and rows[seeker] >> giver & 1:
            search.take(giver)
            search.of[seeker] = giver
            search.held[giver].add(seeker)
    search.place([seeker for seeker in seekers if search.of[seeker] == NOBODY and rows[seeker]])
    return search.of


class _Placing:
    def __init__(self, places: Sequence[int], rows: Sequence[int]) -> None:
        self.rows = rows
        self.room = list(places)
        self.free = sum(1 << giver for giver, room in enumerate(places) if room)
        self.of: Matching = [NOBODY] * len(rows)
        self.held: list[set[int]] = [set() for _ in places]

    def place(self, seekers: Sequence[int]) -> None:
        """As many of the seekers as can be placed beside those who are."""
        left = [seeker for seeker in seekers if not self._at_once(seeker)]
        while left:
            layers = self._layers(left)
            if not layers:
                return
            phase = _Phase(self, layers)
            left = [seeker for seeker in left if not phase.augment(seeker)]

    def take(self, giver: int) -> None:
        """One place less."""
        self.room[giver] -= 1
        if not self.room[giver]:
            self.free ^= 1 << giver

    def _at_once(self, seeker: int) -> bool:
        able = self.rows[seeker] & self.free
        if not able:
            return False
        giver = _first(able)
        self.take(giver)
        self.of[seeker] = giver
        self.held[giver].add(seeker)
        return True

    def _layers(self, left: Sequence[int]) -> list[int]:
        """The givers by how many moves away they are, as far as the nearest with room; empty where there is none."""
        seen, layers = 0, list[int]()
        layer: Sequence[int] = left
        while layer:
            found = 0
            for seeker in layer:
                found |= self.rows[seeker]
            found &= ~seen
            if found & self.free:
                return [*layers, found & self.free]
            seen |= found
            layers.append(found)
            layer = [other for giver in _bits(found) for other in self.held[giver]]
        return []


def _first(bits: int) -> int:
    return (bits & -bits).bit_length() - 1


def _bits(bits: int) -> Iterator[int]:
    while bits:
        found = _first(bits)
        bits &= bits - 1
        yield found


class _Phase:
    """Chains of moves that are as short as can be, and of which no two share a giver."""

    def __init__(self, search: _Placing, layers: list[int]) -> None:
        self.search, self.layers = search, layers

    def augment(self, start: int) -> bool:
        """A seeker gets a place by a chain of moves, where there is one that is not used up."""
        chain: list[tuple[int, int]] = []  # who would move to where
        waiting = [[start]]
        while waiting:
            depth = len(chain)
            if not waiting[-1]:
                waiting.pop()
                if chain:
                    chain.pop()
                continue
            seeker = waiting[-1][-1]
            able = self.search.rows[seeker] & self.layers[depth]
            if not able:
                waiting[-1].pop()
                continue
            giver = _first(able)
            chain.append((seeker, giver))
            if depth == len(self.layers) - 1:
                self._move(chain)
                return True
            self.layers[depth] ^= 1 << giver
            waiting.append(list(self.search.held[giver]))
        return False

    def _move(self, chain: list[tuple[int, int]]) -> None:
        search = self.search
        last = chain[-1][1]
        search.take(last)
        if not search.room[last]:
            self.layers[-1] ^= 1 << last
        for seeker, _ in chain:
            if search.of[seeker] != NOBODY:
                search.held[search.of[seeker]].discard(seeker)
        for seeker, giver in chain:
            search.of[seeker] = giver
            search.held[giver].add(seeker)
