"""The people of one programme who are to be matched, as numbers: places, waiting, points of the possible pairs."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from functools import cached_property
from hashlib import sha256

from partnerkit.dataclass import dataclass
from partnerkit.matching.market import Market, Matching

#: The most points that a pair can have.
MOST = 1000
#: How long the part of a digest is that decides between matchings that are as good as each other, in bits.
_TIE = 40

#: What finds the best matching of a market.
Solver = Callable[[Market], Matching]


@dataclass(frozen=True)
class Pool:
    """Who is to be matched with whom. Mentors and mentees are in the order of their ids, whatever order files have.

    Attributes:
        mentors: by place in the list, the id of each mentor's application.
        mentees: likewise of the mentees.
        places: by mentor, how many mentees there is room for.
        waited: by mentee, for how many cycles they have waited.
        points: by mentee, the mentors with whom a pair is possible and its points, 0 to 1000.
        before: the pairs of the proposal before, by place of mentee and mentor: the fewer change the better.
        seed: the programme and the cycle; decides between matchings that are as good as each other.
    """

    mentors: tuple[str, ...]
    mentees: tuple[str, ...]
    places: tuple[int, ...]
    waited: tuple[int, ...]
    points: tuple[tuple[tuple[int, int], ...], ...]
    before: frozenset[tuple[int, int]] = frozenset()
    seed: str = ""

    @cached_property
    def one(self) -> int:
        """What placing anybody is worth, beside which all waiting together is less."""
        return 1 + sum(self.waited)

    @cached_property
    def base(self) -> int:
        """What comes before points: more than the points of all pairs together."""
        return 1 + MOST * len(self.mentees)

    def placing(self, least: int = 0) -> Market:
        """The market in which placing people is worth most, then those who have waited longest.

        Args:
            least: pairs with fewer points are left out.
        """
        return Market(
            self.places,
            [
                [(mentor, self.one + waited) for mentor, points in row if points >= least]
                for row, waited in zip(self.points, self.waited, strict=True)
            ],
        )

    def rows(self, least: int = 0) -> list[int]:
        """By mentee, the mentors with whom a pair has so many points at least, as bits."""
        cuts = (bisect_right(points, -least) for _, points in self._sorted)
        return [sum(bits[:cut]) for (bits, _), cut in zip(self._sorted, cuts, strict=True)]

    @cached_property
    def _sorted(self) -> list[tuple[list[int], list[int]]]:
        """By mentee, the possible mentors from the best on, as bits, and their points below 0, so that they rise."""
        bit = [1 << mentor for mentor in range(len(self.mentors))]
        every = [sorted((-points, mentor) for mentor, points in row) for row in self.points]
        return [([bit[mentor] for _, mentor in row], [points for points, _ in row]) for row in every]

    def scoring(self, least: int) -> Market:
        """The same market, in which points count after that."""
        base = self.base
        return Market(
            self.places,
            [
                [(mentor, (self.one + waited) * base + points) for mentor, points in row if points >= least]
                for row, waited in zip(self.points, self.waited, strict=True)
            ],
        )

    def tying(self, scoring: Market, prices: list[int]) -> Market:
        """The market of the pairs that occur in matchings as good as the best: fewest changes first, then a digest.

        Whatever the prices say must be taken is worth more here than everything else, so that a best matching here is
        best there.

        Args:
            scoring: the market in which points count.
            prices: prices that prove a matching best there.
        """
        rows: list[list[tuple[int, int]]] = []
        for mentee, row in enumerate(scoring.rows):
            gain = max((weight - prices[mentor] for mentor, weight in row), default=0)
            rows.append(
                [
                    (mentor, self.tied(mentee, mentor, (gain > 0) + (prices[mentor] > 0)))
                    for mentor, weight in row
                    if gain >= 0 and weight - prices[mentor] == gain
                ]
            )
        return Market(self.places, rows)

    def tied(self, mentee: int, mentor: int, must: int) -> int:
        """What a pair is worth between matchings that are as good: fewest changes first, then a digest.

        Args:
            mentee: the mentee's place.
            mentor: the mentor's.
            must: of how many of the two the prices say that they must be taken.
        """
        return self.tie(mentee, mentor) + self._kept * ((mentee, mentor) in self.before) + self._must * must

    @cached_property
    def _kept(self) -> int:
        """What a pair of the proposal before is worth: more than the digests of all."""
        return 1 << (_TIE + len(self.mentees).bit_length())

    @cached_property
    def _must(self) -> int:
        """What taking what must be taken is worth: more than all else together."""
        return 2 * self._kept * (1 + len(self.mentees))

    def tie(self, mentee: int, mentor: int) -> int:
        """A number that nobody chooses, and that is the same everywhere; from 1 on."""
        words = "\0".join((self.seed, self.mentors[mentor], self.mentees[mentee]))
        return 1 + (int.from_bytes(sha256(words.encode()).digest()[:8], "big") >> (64 - _TIE))

    def placing_worth(self, matching: Matching) -> int:
        """What placing those people is worth, whoever they are with."""
        return sum(self.one + waited for waited, one in zip(self.waited, matching, strict=True) if one >= 0)

    def pair_worth(self, mentee: int, mentor: int, points: int) -> int:
        """What a pair is worth by every aim but the lowest points, in one number."""
        return self.tied(mentee, mentor, (self.one + self.waited[mentee]) * self.base + points)

    def total_within(self, goal: int, worth: int) -> int:
        """The sum of points at most of a matching that places as much as the goal, and is worth so much by every aim.

        Args:
            goal: what it is worth to place whom it places (`placing_worth`).
            worth: what the pairs are worth at most (`pair_worth`), in sum.
        """
        return worth // self._must - goal * self.base

    def worth_of(self, one: int, other: int, points: int) -> int:
        """What a pair of people who are alike is worth, by every aim but the lowest points, in one number."""
        if self.mentees[one] > self.mentees[other]:
            one, other = other, one
        placed = (2 * self.one + self.waited[one] + self.waited[other]) * self.base + points
        return self.tied(one, other, placed)

    def points_of(self, mentee: int, mentor: int) -> int | None:
        """The points of a pair; None where it is not possible."""
        return next((points for other, points in self.points[mentee] if other == mentor), None)
