"""How well two people fit, in points by criterion, from what they say about themselves."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any

from partnerkit.kinds.week import hours
from partnerkit.matching.people import Person
from partnerkit.policies.matching import MatchingSpec, Measured, Steps
from partnerkit.steps import value_at

#: What a criterion gives where one of the two says nothing: nobody can tell, so it counts half.
UNKNOWN = 50
#: What each step costs by which two are further apart, or closer, than is best.
_STEP = 25

#: The points of a criterion for a mentee and a mentor, by their places in the lists.
Points = Callable[[int, int], int]


class Scorer:
    """The points of every pair.

    Attributes:
        criteria: the names of the criteria, in the policy's order.
        weights: how often each counts.
    """

    def __init__(
        self, spec: MatchingSpec, programme: str, mentors: Sequence[Person], mentees: Sequence[Person]
    ) -> None:
        self.criteria = tuple(spec.criteria)
        self.weights = tuple(one.weight for one in spec.criteria.values())
        steps = spec.programmes[programme].steps
        self._points = [_measure(one, steps, mentors, mentees) for one in spec.criteria.values()]
        self._least = [
            (name, points, one.least)
            for (name, one), points in zip(spec.criteria.items(), self._points, strict=True)
            if one.least is not None
        ]

    @cached_property
    def _whole(self) -> int:
        return sum(self.weights)

    @cached_property
    def _counting(self) -> list[tuple[Points, int]]:
        return [(points, weight) for points, weight in zip(self._points, self.weights, strict=True) if weight]

    def by_criterion(self, mentee: int, mentor: int) -> list[int]:
        """The points of a pair by criterion, 0 to 100 each."""
        return [points(mentee, mentor) for points in self._points]

    def total(self, mentee: int, mentor: int) -> int:
        """The points of a pair in all, 0 to 1000: the weighted mean, rounded, a half upwards."""
        found = sum(weight * points(mentee, mentor) for points, weight in self._counting)
        return (20 * found + self._whole) // (2 * self._whole)

    def too_little(self, mentee: int, mentor: int) -> str | None:
        """The first criterion by which a pair has too few points to be paired; None where there is none."""
        return next((name for name, points, least in self._least if points(mentee, mentor) < least), None)


def _measure(one: Measured, steps: Steps | None, mentors: Sequence[Person], mentees: Sequence[Person]) -> Points:
    """How the points of a criterion are found, with all that can be worked out for each person once."""
    if one.measure == "hours":
        return _hours(one.enough or 1, mentors, mentees)
    theirs, mine = one.mentor, one.mentee or one.mentor
    if one.measure in {"covered", "shared"}:
        offered = [words_at(person.data, theirs) for person in mentors]
        return _lists(offered, [words_at(person.data, mine) for person in mentees], covered=one.measure == "covered")
    giving = [value_at(person.data, theirs) for person in mentors]
    seeking = [value_at(person.data, mine) for person in mentees]
    if one.measure == "same":
        return _same(giving, seeking)
    return _steps(one.order or [], steps or Steps(best=0), giving, seeking)


def _hours(enough: int, mentors: Sequence[Person], mentees: Sequence[Person]) -> Points:
    giving, seeking = [one.quarters for one in mentors], [one.quarters for one in mentees]

    def points(mentee: int, mentor: int) -> int:
        mine, theirs = seeking[mentee], giving[mentor]
        if mine is None or theirs is None:
            return UNKNOWN
        return min(100, 25 * (mine & theirs).bit_count() // enough)

    return points


def _same(giving: Sequence[Any], seeking: Sequence[Any]) -> Points:
    def points(mentee: int, mentor: int) -> int:
        mine, theirs = seeking[mentee], giving[mentor]
        if mine is None or theirs is None:
            return UNKNOWN
        return 100 if mine == theirs else 0

    return points


def _steps(order: Sequence[str], steps: Steps, giving: Sequence[Any], seeking: Sequence[Any]) -> Points:
    high, low = ([_place(order, one) for one in values] for values in (giving, seeking))

    def points(mentee: int, mentor: int) -> int:
        theirs, mine = high[mentor], low[mentee]
        if mine is None or theirs is None:
            return UNKNOWN
        return max(0, 100 - _STEP * abs(theirs - mine - steps.best))

    return points


def _place(order: Sequence[str], value: Any) -> int | None:
    return order.index(value) if value in order else None


def _lists(giving: Sequence[list[str]], seeking: Sequence[list[str]], *, covered: bool) -> Points:
    bits: dict[str, int] = {}
    theirs, mine = ([_mask(one, bits) for one in values] for values in (giving, seeking))
    sizes, wanted = ([one.bit_count() for one in values] for values in (theirs, mine))

    def points(mentee: int, mentor: int) -> int:
        size = wanted[mentee] if covered else min(wanted[mentee], sizes[mentor])
        if not size or not sizes[mentor]:
            return UNKNOWN
        return 100 * (mine[mentee] & theirs[mentor]).bit_count() // size

    return points


def _mask(words: Sequence[str], bits: dict[str, int]) -> int:
    """Words as the bits of a number; the same word is the same bit everywhere."""
    found = 0
    for one in words:
        found |= 1 << bits.setdefault(one, len(bits))
    return found


def words_at(data: Mapping[str, Any], path: str) -> list[str]:
    """What somebody lists at a path; a single value is a list of one."""
    value = value_at(data, path)
    return [str(one) for one in (value if isinstance(value, list) else [] if value is None else [value])]


def common(mentee: Person, mentor: Person, one: Measured) -> list[str]:
    """What both list by a criterion of lists, in the mentee's order."""
    theirs = set(words_at(mentor.data, one.mentor))
    return [word for word in words_at(mentee.data, one.mentee or one.mentor) if word in theirs]


def common_hours(people: Iterable[Person]) -> float | None:
    """How many hours of a week all of some people are free; None where one does not say."""
    found = None
    for one in people:
        if one.quarters is None:
            return None
        found = one.quarters if found is None else found & one.quarters
    return None if found is None else hours(found)
