"""By which means the best matching of a pool is found: plain Python here, arrays in vectors.py, with one answer."""

from __future__ import annotations

from typing import Protocol

from partnerkit.matching.market import Market, Matching
from partnerkit.matching.pool import Pool, Solver
from partnerkit.matching.prices import lowest_prices


class Means(Protocol):
    """What is asked of a pool on the way to its best matching."""

    def levels(self, enough: int) -> list[int]:
        """All points that a pair has, up to what is enough, from the fewest on."""

    def ceiling(self, count: int) -> int:
        """Points above which so many people, or so many places, would have no pair at all."""

    def rows(self, least: int) -> list[int]:
        """By seeker, the givers with whom a pair has so many points at least, as bits."""

    def tied(self, least: int) -> tuple[list[int], Market]:
        """The lowest prices that prove the highest sum of points, and the market of the pairs that can be in it."""

    def placing_prices(self, least: int, matching: Matching) -> list[int]:
        """The lowest prices that prove that no more can be placed with so many points, or who waited longer."""


class Plain:
    """The means in plain Python."""

    def __init__(self, pool: Pool, solver: Solver) -> None:
        self.pool, self.solver = pool, solver

    def levels(self, enough: int) -> list[int]:
        """All points that a pair has, up to what is enough."""
        return sorted({min(points, enough) for row in self.pool.points for _, points in row})

    def ceiling(self, count: int) -> int:
        """With only pairs above these points, so many people, or places for them, would have no pair at all."""
        givers = [-1] * len(self.pool.places)
        seekers: list[int] = []
        for row in self.pool.points:
            seekers.append(max((points for _, points in row), default=-1))
            for giver, points in row:
                givers[giver] = max(givers[giver], points)
        rooms = zip(givers, self.pool.places, strict=True)
        offered = sorted(points for points, room in rooms for _ in range(min(room, count)))
        return min(sorted(seekers)[-count], offered[-count])

    def rows(self, least: int) -> list[int]:
        """By seeker, the givers with whom a pair has so many points at least, as bits."""
        return self.pool.rows(least)

    def tied(self, least: int) -> tuple[list[int], Market]:
        """The prices that prove the highest sum of points, and the market of the pairs that can be in it."""
        scoring = self.pool.scoring(least)
        prices = lowest_prices(scoring, self.solver(scoring))
        return prices, self.pool.tying(scoring, prices)

    def placing_prices(self, least: int, matching: Matching) -> list[int]:
        """The lowest prices that prove that no more can be placed with so many points, or who waited longer."""
        return lowest_prices(self.pool.placing(least), matching)
