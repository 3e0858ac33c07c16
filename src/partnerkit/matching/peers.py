"""The best pairs among people who are alike: nobody is mentor or mentee, so anybody may be with anybody.

A maximum-weight matching of a general graph (Edmonds 1965; Galil 1986), found by networkx in whole numbers. Its answer
is made unique by the same aims and digests as where there are mentors, so any other solver would give the same.
"""

from __future__ import annotations

from partnerkit.matching.best import Reached
from partnerkit.matching.market import NOBODY, Matching
from partnerkit.matching.pool import Pool


def paired(pool: Pool, enough: int) -> Matching:
    """The best matching of a pool in which mentors and mentees are the same people.

    Args:
        pool: the people; the points of a pair are the same in both rows.
        enough: the lowest points need not be higher than this.

    Returns:
        By person, the other's place in the list, or NOBODY.
    """
    most = _worth(pool, _matched(pool, 0))
    levels = sorted({min(points, enough) for row in pool.points for _, points in row})
    low, high = 0, len(levels) - 1
    while low < high:
        middle = (low + high + 1) // 2
        if _worth(pool, _matched(pool, levels[middle])) == most:
            low = middle
        else:
            high = middle - 1
    return _matched(pool, levels[low] if levels else 0)


def reached_by_peers(pool: Pool, matching: Matching) -> Reached:
    """How far a matching of people who are alike reaches each aim; people are counted, and points of each pair once.

    Raises:
        ValueError: it holds a pair that is not possible, or somebody is with two.
    """
    pairs = [(one, other) for one, other in enumerate(matching) if one < other]
    if any(matching[other] != one for one, other in enumerate(matching) if other != NOBODY):
        raise ValueError("the matching is not possible: somebody is with two")
    points = [pool.points_of(one, other) for one, other in pairs]
    if None in points:
        raise ValueError("the matching is not possible")
    known = [one for one in points if one is not None]
    return Reached(
        placed=2 * len(pairs),
        waited=sum(pool.waited[one] + pool.waited[other] for one, other in pairs),
        lowest=min(known, default=0),
        total=sum(known),
        kept=len(pool.before.intersection(pairs)),
    )


def _worth(pool: Pool, matching: Matching) -> int:
    """What the people placed are worth: as many as can be, then who waited longest."""
    return sum(pool.one + waited for waited, other in zip(pool.waited, matching, strict=True) if other != NOBODY)


def _matched(pool: Pool, least: int) -> Matching:
    """The matching that is best by everything but the lowest points, of pairs with so many at least."""
    from networkx import Graph, max_weight_matching  # noqa: PLC0415 - dear to import, and for this alone

    graph = Graph()
    for one, row in enumerate(pool.points):
        for other, points in row:
            if one < other and points >= least:
                graph.add_edge(one, other, weight=pool.worth_of(one, other, points))
    found = [NOBODY] * len(pool.mentees)
    for one, other in max_weight_matching(graph):
        found[one], found[other] = other, one
    return found
