"""The lowest points of a pair, as high as can be while as many people are placed, and those who waited as long."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence

from partnerkit.matching.market import NOBODY, Matching
from partnerkit.matching.means import Means
from partnerkit.matching.placing import widened
from partnerkit.matching.pool import Pool


def highest_lowest(pool: Pool, means: Means, most: Matching, enough: int) -> int:
    """The most points, up to what is enough, that every pair can have while as many are placed.

    Args:
        pool: the people.
        means: by which pairs of so many points are listed.
        most: a matching that places as many as can be, and who have waited longest.
        enough: it need not be higher.
    """
    count = len(most) - most.count(NOBODY)
    if not count:
        return 0
    levels = means.levels(enough)
    low, high = 0, bisect_right(levels, means.ceiling(count)) - 1
    trial = _Trial(pool, means, most)
    while low < high:
        middle = (low + high + 1) // 2
        if trial.as_many(levels[middle]):
            low = middle
        else:
            high = middle - 1
    return levels[low]


def _without(places: Sequence[int], rows: Sequence[int]) -> int:
    """How many at least are not placed: who has nobody, and who has one alone whom too many others have alone."""
    alone = Counter(row for row in rows if not row & (row - 1))
    return alone.pop(0, 0) + sum(max(0, count - places[row.bit_length() - 1]) for row, count in alone.items())


class _Trial:
    """How many can be placed with pairs of so many points, each time from where it stood the last time.

    For every wait it is counted how many can be placed of those who have waited as long or longer: whoever has waited
    longest is placed first, so these numbers say how far the two first aims are reached (placing.py).
    """

    def __init__(self, pool: Pool, means: Means, most: Matching) -> None:
        self.places, self.means = pool.places, means
        self.early = [
            [seeker for seeker, waited in enumerate(pool.waited) if waited >= wait] for wait in sorted({*pool.waited})
        ]
        self.found = [most for _ in self.early]
        self.counts = [sum(most[seeker] != NOBODY for seeker in seekers) for seekers in self.early]

    def as_many(self, least: int) -> bool:
        """Whether pairs of so many points at least can place as many, of everybody and of those who waited longer."""
        rows = self.means.rows(least)
        if len(rows) - _without(self.places, rows) < self.counts[0]:
            return False
        for place, seekers in enumerate(self.early):
            found = widened(self.places, rows, seekers, self.found[place])
            self.found[place] = found
            if len(found) - found.count(NOBODY) < self.counts[place]:
                return False
        return True
