"""Groups that are neither too small nor too large: what is too small is closed, and its people are matched anew."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from partnerkit.matching.best import Best, best
from partnerkit.matching.market import NOBODY
from partnerkit.matching.pool import Pool, Solver


def grouped(pool: Pool, fewest: int, solver: Solver, enough: int) -> tuple[Pool, Best]:
    """The best matching in which every mentor has nobody, or as many as a group has at least.

    While there is a group that is too small, one of them is closed: the one without which the others come out best.
    For the groups that are left the answer is proven to be the best; that no other choice of groups to be closed would
    be better is not (with a least size the question is NP-hard in general: Biró, Fleiner, Irving and Manlove 2010).

    Returns:
        The pool in which closed groups have no room, and its best matching.
    """
    pool = replace(pool, places=tuple(room if room >= fewest else 0 for room in pool.places))
    found = best(pool, solver, enough)
    while small := _too_small(found, fewest):
        tried = [(closed, best(closed, solver, enough)) for closed in (_without(pool, mentor) for mentor in small)]
        pool, found = max(tried, key=lambda one: (_fit(one[1], fewest), one[1].reached, one[0].places))
    return pool, found


def _too_small(found: Best, fewest: int) -> list[int]:
    sizes = Counter(mentor for mentor in found.matching if mentor != NOBODY)
    return sorted(mentor for mentor, size in sizes.items() if size < fewest)


def _fit(found: Best, fewest: int) -> int:
    """How many people are in groups that are large enough."""
    sizes = Counter(mentor for mentor in found.matching if mentor != NOBODY)
    return sum(size for size in sizes.values() if size >= fewest)


def _without(pool: Pool, mentor: int) -> Pool:
    return replace(pool, places=tuple(0 if place == mentor else room for place, room in enumerate(pool.places)))
