"""What is to be solved, in numbers: places on one side, weighted pairs on the other; and what proves an answer best."""

from __future__ import annotations

from collections.abc import Sequence

from partnerkit.dataclass import dataclass

#: Who of the seekers is with whom: the giver's place in the list, or NOBODY.
Matching = list[int]
NOBODY = -1


@dataclass(frozen=True, slots=True)
class Market:
    """Places, and what each pair is worth.

    Attributes:
        places: by giver, how many seekers there is room for.
        rows: by seeker, the givers with whom a pair is possible and what it is worth: whole numbers above 0.
    """

    places: Sequence[int]
    rows: Sequence[Sequence[tuple[int, int]]]

    def worth(self, matching: Matching) -> int:
        """What a matching is worth in sum.

        Raises:
            ValueError: the matching holds a pair that is not possible, or more than there is room for.
        """
        taken = [0] * len(self.places)
        total = 0
        for row, giver in zip(self.rows, matching, strict=True):
            if giver == NOBODY:
                continue
            found = next((weight for other, weight in row if other == giver), None)
            taken[giver] += 1
            if found is None or taken[giver] > self.places[giver]:
                raise ValueError("the matching is not possible")
            total += found
        return total

    def bound(self, prices: Sequence[int]) -> int:
        """What no matching can be worth more than, by any prices of a place that are not below 0.

        Whoever took a place would pay its price: no seeker can gain more than the best pair less its price, and all
        places together bring no more than their prices. Where a matching reaches the bound, it is best and the prices
        prove it (weak duality of linear programming; Kuhn 1955, Egerváry 1931).
        """
        if any(price < 0 for price in prices):
            raise ValueError("a price is below 0")
        gains = (max((weight - prices[giver] for giver, weight in row), default=0) for row in self.rows)
        return sum(gain for gain in gains if gain > 0) + sum(
            price * room for price, room in zip(prices, self.places, strict=True)
        )
