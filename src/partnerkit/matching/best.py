"""The best matching of a pool by an order of aims, and the prices that prove each of them.

The aims, each counting only between matchings that are alike in those before: as many people placed as can be; of those
who can be, who have waited longest; the lowest points of a pair as high as can be; the highest sum of points; the
fewest changes; and at last a digest, so that there is one answer.
"""

from __future__ import annotations

from partnerkit.dataclass import dataclass, replace
from partnerkit.matching.assignment import assigned
from partnerkit.matching.compiled import means_for
from partnerkit.matching.levels import highest_lowest
from partnerkit.matching.market import NOBODY, Market, Matching
from partnerkit.matching.placing import placed
from partnerkit.matching.pool import MOST, Pool, Solver
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

    def __str__(self) -> str:
        """The same in words."""
        waited = f"{self.waited} {'cycle' if self.waited == 1 else 'cycles'} waited"
        return (
            f"{self.placed} placed, {waited}, lowest points {self.lowest}, {self.total} in sum, {self.kept} as before"
        )


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
        proof: what proves that; None where only looking for it again does.
    """

    matching: Matching
    reached: Reached
    proof: Proof | None


def best(pool: Pool, solver: Solver = assigned, enough: int = MOST) -> Best:
    """The best matching of a pool.

    Args:
        pool: the people.
        solver: what finds a best matching of a market; the answer is the same with each.
        enough: the lowest points need not be higher than this, for another pair beside these has no more.
    """
    means = means_for(pool, solver)
    most = placed(pool.places, means.rows(0), pool.waited)
    lowest = highest_lowest(pool, means, most, enough)
    prices, tying = means.tied(lowest)
    matching = assigned(tying)
    above = next_above(pool, lowest)
    higher = None
    if above is not None:
        higher = means.placing_prices(above, placed(pool.places, means.rows(above), pool.waited))
    placing = means.placing_prices(0, matching)  # it places as many as can be, as any matching that is best does
    proof = Proof(placing, higher, scoring=prices, tying=lowest_prices(tying, matching))
    return Best(matching, reached(pool, matching), proof)


def reached(pool: Pool, matching: Matching) -> Reached:
    """How far a matching reaches each aim.

    Raises:
        ValueError: it holds a pair that is not possible, or more than there is room for.
    """
    Market(pool.places, pool.points).worth(matching)
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


def with_pair(pool: Pool, mentee: int, mentor: int, solver: Solver = assigned) -> Matching:
    """The best matching of all that hold a certain pair.

    Raises:
        ValueError: the pair is not possible, or the mentor has no room.
    """
    points = pool.points_of(mentee, mentor)
    if points is None or not pool.places[mentor]:
        raise ValueError("the pair is not possible")
    rest = replace(
        pool,
        places=tuple(room - (place == mentor) for place, room in enumerate(pool.places)),
        points=tuple(() if place == mentee else row for place, row in enumerate(pool.points)),
    )
    found = best(rest, solver, enough=points).matching
    return [mentor if place == mentee else one for place, one in enumerate(found)]


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
            return f"it reaches {found}; and not {claimed}"
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
