"""The best circles: which are made, with whom, by the same aims as pairs; and what proves that no others are better.

With a least size the question is NP-hard in general (Biró, Fleiner, Irving and Manlove 2010), so it is searched, up to
a number of cases that is the same everywhere. What is not proven by then is not said to be.
"""

from __future__ import annotations

from functools import cached_property

from partnerkit.dataclass import dataclass
from partnerkit.matching.best import next_above, reached
from partnerkit.matching.cases import Question
from partnerkit.matching.circles import Circles
from partnerkit.matching.covering import Step, bound_of, covering
from partnerkit.matching.market import NOBODY, Matching
from partnerkit.matching.pool import MOST
from partnerkit.matching.searching import Found, sought

#: How many cases a search looks at, at most: so many, divided by the pairs that are possible; within these limits.
WORK, FEWEST_CASES, MOST_CASES = 600_000, 20, 20_000
#: The many searches for higher lowest points look at a part of that each, but for the last.
_PART = 4
#: A mentee and a mentor, by their places in the lists.
Pair = tuple[int, int]
#: The aims in their order, as they are named where they are proven.
AIMS = ("placed", "waited", "lowest", "total", "ties")


@dataclass(frozen=True)
class Bounds:
    """What no other circles can be worth more than, by each search.

    Attributes:
        placing: for placing people, who waited longest first.
        higher: likewise with only pairs of more points than the lowest; None where there are none.
        scoring: for all aims but the lowest points, with only pairs of so many points.
    """

    placing: int
    higher: int | None
    scoring: int

    def placed_at_most(self, circles: Circles) -> int:
        """How many people could be placed at most."""
        return self.placing // circles.pool.one

    def total_at_most(self, circles: Circles, matching: Matching) -> int:
        """What the sum of points could be at most, with as many placed and lowest points as high."""
        return circles.pool.total_within(circles.pool.placing_worth(matching), self.scoring)

    def proven(self, circles: Circles, matching: Matching) -> list[str]:
        """The aims by which an answer is shown to be the best, as far as all those before them are shown too."""
        pool = circles.pool
        found, goal = reached(pool, matching), pool.placing_worth(matching)
        worth = scoring(circles, found.lowest).worth_of(matching)
        shown = (
            self.placed_at_most(circles) <= found.placed,
            self.placing <= goal,
            self.higher is None or self.higher < goal,
            self.total_at_most(circles, matching) <= found.total,
            self.scoring <= worth,
        )
        return [aim for place, aim in enumerate(AIMS) if all(shown[: place + 1])]


@dataclass(frozen=True)
class Grouped:
    """The best circles that were found.

    Attributes:
        circles: who could be in whose circle.
        matching: by mentee, the mentor's place in the list, or NOBODY.
        placing: what shows that no more people can be placed, nor who waited longer.
        higher: that with more points in every pair not as many can be; None where no pair has more.
        scoring: that no sum is higher, or with fewer changes, or with a higher digest.
        looked: how many cases were looked at in all.
    """

    circles: Circles
    matching: Matching
    placing: list[Step]
    higher: list[Step] | None
    scoring: list[Step]
    looked: int

    @cached_property
    def bounds(self) -> Bounds:
        """What no other circles can be worth more than."""
        found = reached(self.circles.pool, self.matching)
        above = highest(self.circles, found.lowest, found.placed)
        return Bounds(
            bound_of(placing(self.circles), self.placing),
            None if self.higher is None or above is None else bound_of(placing(self.circles, above), self.higher),
            bound_of(scoring(self.circles, found.lowest), self.scoring),
        )

    @property
    def proven(self) -> list[str]:
        """The aims by which it is shown to be the best."""
        return self.bounds.proven(self.circles, self.matching)


def placing(circles: Circles, least: int = 0, held: Pair | None = None) -> Question:
    """Who is placed, and who waited longest, with pairs of so many points at least.

    Args:
        circles: who could be in whose circle.
        least: pairs with fewer points are left out.
        held: two who have to be together: that is worth more than everything else.
    """
    pool = circles.pool
    more = (pool.one + max(pool.waited, default=0)) * (1 + len(pool.mentees))
    return Question(circles, _holding([list(row) for row in pool.placing(least).rows], held, more))


def scoring(circles: Circles, least: int, held: Pair | None = None) -> Question:
    """What pairs of so many points at least are worth by every aim but the lowest points."""
    pool = circles.pool
    rows = [
        [(mentor, pool.pair_worth(mentee, mentor, points)) for mentor, points in row if points >= least]
        for mentee, row in enumerate(pool.points)
    ]
    return Question(circles, _holding(rows, held, 1 + sum(worth for row in rows for _, worth in row)))


def _holding(rows: list[list[tuple[int, int]]], held: Pair | None, more: int) -> list[list[tuple[int, int]]]:
    if held is not None:
        rows[held[0]] = [(mentor, worth + more) for mentor, worth in rows[held[0]] if mentor == held[1]]
    return rows


def highest(circles: Circles, lowest: int, placed: int) -> int | None:
    """The points for which it has to be shown that not as many are placed with them; None where there are none."""
    return next_above(circles.pool, lowest) if placed else None


def cases(circles: Circles) -> int:
    """How many cases a search looks at, at most."""
    return min(MOST_CASES, max(FEWEST_CASES, WORK // (1 + sum(map(len, circles.pool.points)))))


def grouped(circles: Circles, held: Pair | None = None) -> Grouped:
    """The best circles.

    Args:
        circles: who could be in whose circle, in the order of their ids (`Circles.in_order`): the answer is then the
            same whatever order they had.
        held: a mentee and a mentor who have to be together.

    Raises:
        ValueError: those two are in no circle that was found.
    """
    question = placing(circles, 0, held)
    most = sought(question, -1, cases(circles))
    best = most.matching or [NOBODY] * len(circles.pool.mentees)
    if held is not None and best[held[0]] != held[1]:
        raise ValueError("there is no circle in which the two could be")
    looked = most.looked
    while True:
        levels = _Levels(circles, held, question.worth_of(best))
        best = levels.run(best)
        best, last = _scored(circles, held, best)
        looked += levels.looked + last.looked
        aims = (question.worth_of(best), reached(circles.pool, best).lowest)
        if aims == (levels.goal, levels.lowest):
            break  # else a search that came to its limit before has been overtaken
    return Grouped(
        circles,
        best,
        covering(question, most, aims[0]),
        levels.proof(),
        covering(scoring(circles, aims[1], held), last, last.worth),
        looked,
    )


def _scored(circles: Circles, held: Pair | None, best: Matching) -> tuple[Matching, Found]:
    """The answer that is best by all aims of those with lowest points as high, and its search."""
    question = scoring(circles, reached(circles.pool, best).lowest, held)
    found = sought(question, question.worth_of(best) - 1, cases(circles), known=best)
    return found.matching or best, found


class _Levels:
    """The search for the highest lowest points with which as many are placed.

    Attributes:
        goal: what placing as many is worth.
        lowest: the highest lowest points that were found.
        looked: how many cases were looked at.
    """

    def __init__(self, circles: Circles, held: Pair | None, goal: int) -> None:
        self.circles, self.held, self.goal = circles, held, goal
        enough = MOST if held is None else circles.pool.points_of(*held) or 0
        self.levels = sorted({min(points, enough) for row in circles.pool.points for _, points in row})
        self.lowest = self.looked = 0
        self.failed: dict[int, Found] = {}
        self.last: set[int] = set()

    def run(self, best: Matching) -> Matching:
        """An answer with the highest lowest points that are found."""
        high = len(self.levels)
        while True:
            self.lowest = reached(self.circles.pool, best).lowest
            low = self._next()
            if low == len(self.levels) or low in self.last or all(one == NOBODY for one in best):
                return best
            middle = (low + high) // 2 if low < high else low
            part = _PART
            if low in self.failed:  # what decides is searched as far as everything else
                middle, part = low, 1
                self.last.add(low)
            found = self._try(middle, part)
            if found.matching is None:
                self.failed[middle], high = found, middle
            else:
                best = found.matching

    def proof(self) -> list[Step] | None:
        """What shows that with more points in every pair not as many are placed; None where no pair has more."""
        low = self._next()
        if low not in self.failed:
            return None
        return covering(placing(self.circles, self.levels[low], self.held), self.failed[low], self.goal - 1)

    def _next(self) -> int:
        """The place of the next points above the lowest."""
        return next((at for at, one in enumerate(self.levels) if one > self.lowest), len(self.levels))

    def _try(self, level: int, part: int) -> Found:
        before = self.failed.get(level)
        limit = max(1, cases(self.circles) // part)
        if before is not None and before.looked < max(1, cases(self.circles) // _PART):
            return before
        question = placing(self.circles, self.levels[level], self.held)
        found = sought(question, self.goal - 1, limit, self.goal)
        self.looked += found.looked
        return found
