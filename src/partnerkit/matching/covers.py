"""What proves pairs among people who are alike to be best: prices of people, and of odd sets of them.

A pair is covered where the prices of the two and of the sets that hold both are no less than what it is worth.
Everybody is in one pair at most and a set of 2k + 1 people holds k pairs at most, so no matching is worth more than
all prices of people and k times each price of a set (Edmonds 1965). All prices are doubled: so they are whole
numbers.
"""

from __future__ import annotations

from collections.abc import Sequence

from partnerkit.dataclass import dataclass
from partnerkit.matching.market import NOBODY, Matching

#: By person, the others with whom a pair is possible and what it is worth: each pair stands in both rows.
Rows = Sequence[Sequence[tuple[int, int]]]


@dataclass(frozen=True, slots=True)
class Cover:
    """Prices that cover every pair.

    Attributes:
        prices: by person, the price twice.
        sets: sets of people, each with its price twice.
    """

    prices: list[int]
    sets: list[tuple[tuple[int, ...], int]]

    def bound(self, rows: Rows) -> int:
        """Twice what no matching of some pairs can be worth more than.

        Each pair is looked at once, and each set that holds one of its two people once where they are not covered
        without.

        Raises:
            ValueError: a pair is not covered, or it is no cover at all.
        """
        if len(self.prices) != len(rows) or any(price < 0 for price in self.prices):
            raise ValueError("a price is below 0, or there is not one for everybody")
        holding: list[list[int]] = [[] for _ in rows]
        for place, (people, price) in enumerate(self.sets):
            if price <= 0 or len(people) % 2 == 0 or len(set(people)) < len(people):
                raise ValueError("a set has no price, is not odd, or somebody stands in it twice")
            for one in people:
                holding[one].append(place)
        for one, row in enumerate(rows):
            for other, worth in row:
                if one < other:
                    self._demand_covered(one, other, 2 * worth, holding)
        return sum(self.prices) + sum(len(people) // 2 * price for people, price in self.sets)

    def _demand_covered(self, one: int, other: int, worth: int, holding: list[list[int]]) -> None:
        missing = worth - self.prices[one] - self.prices[other]
        if missing > 0:
            both = set(holding[one]).intersection(holding[other])
            if sum(self.sets[place][1] for place in both) < missing:
                raise ValueError("a pair is not covered by the prices")


def worth(rows: Rows, matching: Matching) -> int:
    """What a matching of people who are alike is worth, each pair once.

    Raises:
        ValueError: it holds a pair that is not possible, or somebody is with two.
    """
    total = 0
    for one, other in enumerate(matching):
        if other != NOBODY and matching[other] != one:
            raise ValueError("the matching is not possible: somebody is with two")
        if one < other:
            found = next((weight for each, weight in rows[one] if each == other), None)
            if found is None:
                raise ValueError("the matching is not possible")
            total += found
    return total
