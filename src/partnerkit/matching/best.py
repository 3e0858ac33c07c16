"""The best matching of a pool by an order of aims, and the prices that prove each of them.

The aims, each counting only between matchings that are alike in those before: as many people placed as can be; of those
who can be, who have waited longest; the lowest points of a pair as high as can be; the highest sum of points; the
fewest changes; and at last a digest, so that there is one answer.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from partnerkit.matching.assignment import assigned
from partnerkit.matching.market import NOBODY, Matching
from partnerkit.matching.placing import placed
from partnerkit.matching.pool import Pool, Solver
from partnerkit.matching.prices import lowest_prices


@dataclass(frozen=True, slots=True, order=True)
class Reached:
    """How far a matching reaches each aim, in their order: of two, the greater is the better.

    Attributes:
        placed: how many people are placed.
        waited: the sum of the cycles that they waited.
        lowest: the points of the pair with the fewest; 0 where nobody is placed.
        total: the sum of points.
        kept: how many pairs are those of the proposal before.
    """

    placed: int
    waited: int
    lowest: int
    total: int
    kept: int


@dataclass(frozen=True, slots=True)
class Proof:
    """Prices of places, by mentor, that prove each aim reached.

    Attributes:
        placing: nobody could place more, or people who waited longer.
        higher: with only pairs above the lowest points, fewer could be placed; None where no pair has more points.
        scoring: no sum of points is higher.
        tying: no other is as good: there are fewer kept, or the digests are lower.
    """

    placing: list[int]
    higher: list[int] | None
    scoring: list[int]
    tying: list[int]


@dataclass(frozen=True, slots=True)
class Best:
    """The best matching.

    Attributes:
        matching: by mentee, the mentor's place in the list, or NOBODY.
        reached: how far it reaches each aim.
        proof: what proves that.
    """

    matching: Matching
    reached: Reached
    proof: Proof


def best(pool: Pool, solver: Solver = assigned) -> Best:
    """The best matching of a pool.

    Args:
        pool: the people.
        solver: what finds a best matching of a market; the answer is the same with each.
    """
    most = placed(pool.placing(), pool.waited)
    goal = pool.placing().worth(most)
    lowest = _highest_lowest(pool, goal)
    scoring = pool.scoring(lowest)
    prices = lowest_prices(scoring, solver(scoring))
    tying = pool.tying(scoring, prices)
    matching = assigned(tying)
    above = next_above(pool, lowest)
    proof = Proof(
        placing=lowest_prices(pool.placing(), most),
        higher=None if above is None else _most(pool, above)[1],
        scoring=prices,
        tying=lowest_prices(tying, matching),
    )
    return Best(matching, reached(pool, matching), proof)


def reached(pool: Pool, matching: Matching) -> Reached:
    """How far a matching reaches each aim.

    Raises:
        ValueError: it holds a pair that is not possible, or more than there is room for.
    """
    pool.placing().worth(matching)
    pairs = [(mentee, mentor) for mentee, mentor in enumerate(matching) if mentor != NOBODY]
    points = [pool.points_of(mentee, mentor) or 0 for mentee, mentor in pairs]
    return Reached(
        placed=len(pairs),
        waited=sum(pool.waited[mentee] for mentee, _ in pairs),
        lowest=min(points, default=0),
        total=sum(points),
        kept=len(pool.before.intersection(pairs)),
    )


def next_above(pool: Pool, lowest: int) -> int | None:
    """The next points above that any pair has."""
    return min((points for row in pool.points for _, points in row if points > lowest), default=None)


def _most(pool: Pool, least: int) -> tuple[int, list[int]]:
    """What placing as many as can be is worth with pairs of so many points at least, and the prices that prove it."""
    market = pool.placing(least)
    matching = placed(market, pool.waited)
    return market.worth(matching), lowest_prices(market, matching)


def _highest_lowest(pool: Pool, goal: int) -> int:
    """The most points that every pair can have while as many are placed."""
    levels = sorted({points for row in pool.points for _, points in row})
    if not levels:
        return 0
    tops = sorted((max((points for _, points in row), default=-1) for row in pool.points), reverse=True)
    count = sum(1 for mentor in placed(pool.placing(), pool.waited) if mentor != NOBODY)
    if count == 0:
        return 0
    low, high = 0, bisect_right(levels, tops[count - 1]) - 1  # with more, fewer people would have any pair at all
    while low < high:
        middle = (low + high + 1) // 2
        market = pool.placing(levels[middle])
        if market.worth(placed(market, pool.waited)) == goal:
            low = middle
        else:
            high = middle - 1
    return levels[low]


def wrong(pool: Pool, matching: Matching, claimed: Reached, proof: Proof) -> str | None:
    """What a proof does not prove; None where a matching is shown to be the best, without looking for one.

    Args:
        pool: the people, worked out anew from what was given.
        matching: what is said to be best.
        claimed: how far it is said to reach each aim.
        proof: the prices.
    """
    try:
        found = reached(pool, matching)
        if found != claimed:
            return f"it reaches {found}, not {claimed}"
        placing = pool.placing()
        goal = placing.worth(matching)
        if placing.bound(proof.placing) != goal:
            return "it is not shown that no more people can be placed, or none who waited longer"
        above = next_above(pool, found.lowest)
        higher = found.placed > 0 and above is not None
        if higher and (proof.higher is None or pool.placing(above or 0).bound(proof.higher) >= goal):
            return "it is not shown that the lowest points cannot be higher"
        scoring = pool.scoring(found.lowest)
        if scoring.bound(proof.scoring) != scoring.worth(matching):
            return "it is not shown that the sum of points cannot be higher"
        tying = pool.tying(scoring, proof.scoring)
        if tying.bound(proof.tying) != tying.worth(matching):
            return "it is not shown that fewer pairs cannot change, or that the digests decide so"
    except (ValueError, IndexError) as error:
        return str(error)
    return None


def same_length(proof: Proof, mentors: Sequence[str]) -> bool:
    """Whether a proof has a price for each mentor."""
    every = (proof.placing, proof.higher or proof.placing, proof.scoring, proof.tying)
    return all(len(prices) == len(mentors) for prices in every)
