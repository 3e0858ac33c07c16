"""The best pairs among people who are alike: nobody is mentor or mentee, so anybody may be with anybody.

The aims are the same as where there are mentors, in the same order, and the answer is as unique. Each aim is proven by
prices of people and of odd sets of them, without looking for another answer (covers.py).
"""

from __future__ import annotations

from partnerkit.dataclass import dataclass
from partnerkit.matching.best import Reached, next_above
from partnerkit.matching.blossoms import heaviest
from partnerkit.matching.covers import Cover, Rows, worth
from partnerkit.matching.market import NOBODY, Matching
from partnerkit.matching.pool import MOST, Pool


@dataclass(frozen=True, slots=True)
class Covers:
    """Prices of people and of sets of them that prove each aim reached.

    Attributes:
        placing: nobody could place more, or people who waited longer.
        higher: with only pairs above the lowest points, fewer could be placed; None where no pair has more points.
        best: no sum of points is higher, and no other answer is as good: more pairs change, or the digests are lower.
    """

    placing: Cover
    higher: Cover | None
    best: Cover


@dataclass(frozen=True, slots=True)
class BestPeers:
    """The best matching of people who are alike.

    Attributes:
        matching: by person, the other's place in the list, or NOBODY.
        reached: how far it reaches each aim.
        proof: what proves that.
    """

    matching: Matching
    reached: Reached
    proof: Covers


def paired(pool: Pool, enough: int = MOST) -> BestPeers:
    """The best matching of a pool in which mentors and mentees are the same people.

    Args:
        pool: the people; the points of a pair are the same in both rows.
        enough: the lowest points need not be higher than this.
    """
    most, placing = heaviest(_placing(pool, 0))
    goal = _placed(pool, most)
    levels = sorted({min(points, enough) for row in pool.points for _, points in row})
    low, high = 0, len(levels) - 1
    while low < high:
        middle = (low + high + 1) // 2
        if _placed(pool, heaviest(_placing(pool, levels[middle]))[0]) == goal:
            low = middle
        else:
            high = middle - 1
    lowest = levels[low] if levels else 0
    matching, best = heaviest(_weighed(pool, lowest))
    above = next_above(pool, lowest)
    higher = None if above is None else heaviest(_placing(pool, above))[1]
    return BestPeers(matching, reached_by_peers(pool, matching), Covers(placing, higher, best))


def reached_by_peers(pool: Pool, matching: Matching) -> Reached:
    """How far a matching of people who are alike reaches each aim; people are counted, and points of each pair once.

    Raises:
        ValueError: it holds a pair that is not possible, or somebody is with two.
    """
    total = worth(pool.points, matching)
    pairs = [(one, other) for one, other in enumerate(matching) if one < other]
    return Reached(
        placed=2 * len(pairs),
        waited=sum(pool.waited[one] + pool.waited[other] for one, other in pairs),
        lowest=min((pool.points_of(*pair) or 0 for pair in pairs), default=0),
        total=total,
        kept=len(pool.before.intersection(pairs)),
    )


def wrong_of_peers(pool: Pool, matching: Matching, claimed: Reached, proof: Covers) -> str | None:
    """What a proof does not prove; None where a matching is shown to be the best, without looking for one.

    Args:
        pool: the people, worked out anew from what was given.
        matching: what is said to be best.
        claimed: how far it is said to reach each aim.
        proof: the prices.
    """
    try:
        found = reached_by_peers(pool, matching)
        if found != claimed:
            return f"it reaches {found}; and not {claimed}"
        goal = 2 * _placed(pool, matching)
        if proof.placing.bound(_placing(pool, 0)) != goal:
            return "it is not shown that no more people can be placed, or none who waited longer"
        above = next_above(pool, found.lowest)
        higher = found.placed > 0 and above is not None
        if higher and (proof.higher is None or proof.higher.bound(_placing(pool, above or 0)) >= goal):
            return "it is not shown that the lowest points cannot be higher"
        weighed = _weighed(pool, found.lowest)
        if proof.best.bound(weighed) != 2 * worth(weighed, matching):
            return "it is not shown that the sum of points cannot be higher, or that fewer pairs cannot change"
    except (ValueError, IndexError) as error:
        return str(error)
    return None


def _placed(pool: Pool, matching: Matching) -> int:
    """What the people placed are worth: as many as can be, then who waited longest."""
    return sum(pool.one + waited for waited, other in zip(pool.waited, matching, strict=True) if other != NOBODY)


def _placing(pool: Pool, least: int) -> Rows:
    """The pairs with so many points at least, each worth what placing the two is."""
    own = [pool.one + waited for waited in pool.waited]
    return [
        [(other, own[one] + own[other]) for other, points in row if points >= least]
        for one, row in enumerate(pool.points)
    ]


def _weighed(pool: Pool, least: int) -> Rows:
    """The same pairs, each worth what it is by every aim but the lowest points."""
    return [
        [(other, pool.worth_of(one, other, points)) for other, points in row if points >= least]
        for one, row in enumerate(pool.points)
    ]
