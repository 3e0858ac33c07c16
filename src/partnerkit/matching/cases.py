"""Cases of a search for circles, and what no answer within one can be worth more than, by prices of the mentees.

Whoever takes a mentee into a circle would pay their price. A mentor then gains no more than by the best circle that is
possible, and everybody's prices together come to what the mentees bring: so much is the bound, whatever the prices, as
long as none is below 0 (Lagrange; Geoffrion 1974; Fisher 1981). Looking for the best circle of one mentor is easy: for
each hour those who bring most. That a circle has a least size and one hour is in the bound, which is what makes it
close.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from partnerkit.dataclass import dataclass
from partnerkit.matching.circles import Circles
from partnerkit.matching.market import NOBODY, Matching
from partnerkit.tuples import NamedTuple


class Case(NamedTuple):
    """Some of all answers: those in which certain circles are made or are not, and meet at certain hours or do not.

    Attributes:
        made: by mentor, whether the circle is made; None where that is left open.
        hours: by mentor, the hours at which it may meet, by their places in `Circles.hours`.
    """

    made: tuple[bool | None, ...]
    hours: tuple[tuple[int, ...], ...]

    def part(self, mentor: int, hour: int | None, whether: bool) -> Case:
        """Those of these answers in which the circle of a mentor meets at an hour, if it is made, or does not.

        Args:
            mentor: the mentor.
            hour: the place of the hour; None: those in which the circle is made, or is not.
            whether: which of the two; together they are all of these answers.
        """
        if hour is None:
            return self._replace(made=(*self.made[:mentor], whether, *self.made[mentor + 1 :]))
        left = tuple(one for one in self.hours[mentor] if (one == hour) == whether)
        return self._replace(hours=(*self.hours[:mentor], left, *self.hours[mentor + 1 :]))


class Circle(NamedTuple):
    """A circle that gains most at some prices.

    Attributes:
        gain: what it is worth, less the prices of its mentees.
        mentees: who is in it.
        hour: the place of its hour in `Circles.hours`.
    """

    gain: int
    mentees: list[int]
    hour: int


class Bound(NamedTuple):
    """What no answer within a case is worth more than.

    Attributes:
        worth: so much; None where there is no answer within it.
        circles: by mentor, the circle that gains most, where one gains anything or has to be made.
    """

    worth: int | None
    circles: list[Circle | None]


@dataclass(frozen=True)
class Question:
    """For which circles the sum of what pairs are worth is highest.

    Attributes:
        circles: who could be in whose circle.
        worth: by mentee, the mentors with whom a pair is looked at and what it is worth: whole numbers above 0.
    """

    circles: Circles
    worth: Sequence[Sequence[tuple[int, int]]]

    @cached_property
    def columns(self) -> list[list[tuple[int, int]]]:
        """By mentor, the mentees and what the pair is worth."""
        found: list[list[tuple[int, int]]] = [[] for _ in self.circles.pool.mentors]
        for mentee, row in enumerate(self.worth):
            for mentor, worth in row:
                found[mentor].append((mentee, worth))
        return found

    @property
    def every(self) -> Case:
        """The case of all answers."""
        hours = self.circles.hours
        return Case((None,) * len(hours), tuple(tuple(range(len(one))) for one in hours))

    def worth_of(self, matching: Matching) -> int:
        """What an answer is worth.

        Raises:
            ValueError: it holds a pair that is not looked at.
        """
        total = 0
        for mentee, mentor in enumerate(matching):
            if mentor != NOBODY:
                found = next((worth for other, worth in self.worth[mentee] if other == mentor), None)
                if found is None:
                    raise ValueError("the matching is not possible")
                total += found
        return total

    def bound(self, case: Case, prices: Sequence[int]) -> Bound:
        """What no answer within a case is worth more than, by any prices of the mentees that are not below 0.

        Raises:
            ValueError: a price is below 0, or there is not one for each mentee.
        """
        if len(prices) != len(self.worth) or any(price < 0 for price in prices):
            raise ValueError("a price is below 0, or missing")
        worth, found, possible = sum(prices), list[Circle | None](), True
        for mentor, made in enumerate(case.made):
            hours = case.hours[mentor]
            best = self._best(mentor, hours, made is True, prices) if hours and made is not False else None
            possible = possible and (best is not None or not made)
            worth += best.gain if best is not None else 0
            found.append(best)
        return Bound(worth if possible else None, found)

    def _best(self, mentor: int, hours: Sequence[int], must: bool, prices: Sequence[int]) -> Circle | None:
        """The circle of a mentor that gains most; None where none is possible, or none gains and it need not be."""
        costs = sorted([(prices[mentee] - worth, mentee) for mentee, worth in self.columns[mentor]])
        least, room = self.circles.fewest, self.circles.pool.places[mentor]
        if len(costs) < least or (costs[0][0] >= 0 and not must):
            return None
        best: Circle | None = None
        for place in hours:
            members, lost, mentees = self.circles.hours[mentor][place], 0, list[int]()
            for cost, mentee in costs:
                if members >> mentee & 1:
                    if cost >= 0 and len(mentees) >= least:
                        break
                    lost += cost
                    mentees.append(mentee)
                    if len(mentees) == room:
                        break
            if len(mentees) >= least and (best is None or lost < -best.gain):
                best = Circle(-lost, mentees, place)
        return best if best is not None and (must or best.gain > 0) else None
