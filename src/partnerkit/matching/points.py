"""How well two people fit, in points by criterion, from what they say about themselves."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any, Protocol

from partnerkit.kinds.week import hours
from partnerkit.matching.pairs import Pairs
from partnerkit.matching.people import Person
from partnerkit.policies.matching import MatchingSpec, Measured, Steps
from partnerkit.steps import value_at

if TYPE_CHECKING:
    from partnerkit.matching.pairs import Numbers

#: What a criterion gives where one of the two says nothing: nobody can tell, so it counts half.
UNKNOWN = 50
#: What each step costs by which two are further apart, or closer, than is best.
_STEP = 25


class Measure(Protocol):
    """How the points of a criterion are found, 0 to 100."""

    def of(self, mentee: int, mentor: int) -> int:
        """The points of a mentee and a mentor, by their places in the lists."""

    def of_all(self, pairs: Pairs) -> Numbers:
        """The same of many pairs at once."""


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
        self._measures = [_measure(one, steps, mentors, mentees) for one in spec.criteria.values()]
        self._least = [
            (name, measure, one.least)
            for (name, one), measure in zip(spec.criteria.items(), self._measures, strict=True)
            if one.least is not None
        ]

    @cached_property
    def _whole(self) -> int:
        return sum(self.weights)

    @cached_property
    def _counting(self) -> list[tuple[Callable[[int, int], int], int]]:
        return [(one.of, weight) for one, weight in zip(self._measures, self.weights, strict=True) if weight]

    def by_criterion(self, mentee: int, mentor: int) -> list[int]:
        """The points of a pair by criterion, 0 to 100 each."""
        return [one.of(mentee, mentor) for one in self._measures]

    def total(self, mentee: int, mentor: int) -> int:
        """The points of a pair in all, 0 to 1000: the weighted mean, rounded, a half upwards."""
        found = sum(weight * points(mentee, mentor) for points, weight in self._counting)
        return (20 * found + self._whole) // (2 * self._whole)

    def too_little(self, mentee: int, mentor: int) -> str | None:
        """The first criterion by which a pair has too few points to be paired; None where there is none."""
        return next((name for name, measure, least in self._least if measure.of(mentee, mentor) < least), None)

    def total_of_all(self, pairs: Pairs) -> Numbers:
        """The points of many pairs in all."""
        counting = [(one, weight) for one, weight in zip(self._measures, self.weights, strict=True) if weight]
        found = sum((weight * one.of_all(pairs) for one, weight in counting), start=pairs.none)
        return (20 * found + self._whole) // (2 * self._whole)

    def enough_of_all(self, pairs: Pairs) -> Pairs:
        """Those of many pairs that have not too few points by any criterion."""
        for _, measure, least in self._least:
            pairs = pairs.only(measure.of_all(pairs) >= least)
        return pairs


def _measure(one: Measured, steps: Steps | None, mentors: Sequence[Person], mentees: Sequence[Person]) -> Measure:
    """How the points of a criterion are found, with all that can be worked out for each person once."""
    if one.measure == "hours":
        return _Hours(one.enough or 1, mentors, mentees)
    theirs, mine = one.mentor, one.mentee or one.mentor
    if one.measure in {"covered", "shared"}:
        offered = [words_at(person.data, theirs) for person in mentors]
        wanted = [words_at(person.data, mine) for person in mentees]
        return _Lists(offered, wanted, covered=one.measure == "covered")
    giving = [value_at(person.data, theirs) for person in mentors]
    seeking = [value_at(person.data, mine) for person in mentees]
    if one.measure == "same":
        return _Same(giving, seeking)
    return _Steps(one.order or [], steps or Steps(best=0), giving, seeking)


class _Hours:
    """The hours of a week that both are free, up to what is enough."""

    def __init__(self, enough: int, mentors: Sequence[Person], mentees: Sequence[Person]) -> None:
        self.enough = enough
        self.giving, self.seeking = [one.quarters for one in mentors], [one.quarters for one in mentees]

    def of(self, mentee: int, mentor: int) -> int:
        mine, theirs = self.seeking[mentee], self.giving[mentor]
        if mine is None or theirs is None:
            return UNKNOWN
        return min(100, 25 * (mine & theirs).bit_count() // self.enough)

    def of_all(self, pairs: Pairs) -> Numbers:
        both = pairs.in_common([one or 0 for one in self.seeking], [one or 0 for one in self.giving])
        unsaid = pairs.either([one is None for one in self.seeking], [one is None for one in self.giving])
        return pairs.where(unsaid, UNKNOWN, pairs.at_most(100, 25 * both // self.enough))


class _Same:
    """Whether both say the same."""

    def __init__(self, giving: Sequence[Any], seeking: Sequence[Any]) -> None:
        self.giving, self.seeking = giving, seeking

    def of(self, mentee: int, mentor: int) -> int:
        mine, theirs = self.seeking[mentee], self.giving[mentor]
        if mine is None or theirs is None:
            return UNKNOWN
        return 100 if mine == theirs else 0

    def of_all(self, pairs: Pairs) -> Numbers:
        known: list[Any] = [None]
        for value in (*self.giving, *self.seeking):
            if value not in known:
                known.append(value)
        mine, theirs = ([known.index(one) for one in values] for values in (self.seeking, self.giving))
        unsaid = pairs.either([not one for one in mine], [not one for one in theirs])
        return pairs.where(unsaid, UNKNOWN, 100 * (pairs.mentees(mine) == pairs.mentors(theirs)))


class _Steps:
    """By how many steps two are further apart, or closer, than is best."""

    def __init__(self, order: Sequence[str], steps: Steps, giving: Sequence[Any], seeking: Sequence[Any]) -> None:
        self.best = steps.best
        self.high, self.low = ([_place(order, one) for one in values] for values in (giving, seeking))

    def of(self, mentee: int, mentor: int) -> int:
        theirs, mine = self.high[mentor], self.low[mentee]
        if mine is None or theirs is None:
            return UNKNOWN
        return max(0, 100 - _STEP * abs(theirs - mine - self.best))

    def of_all(self, pairs: Pairs) -> Numbers:
        theirs, mine = pairs.mentors([one or 0 for one in self.high]), pairs.mentees([one or 0 for one in self.low])
        unsaid = pairs.either([one is None for one in self.low], [one is None for one in self.high])
        return pairs.where(unsaid, UNKNOWN, 100 - pairs.at_most(100, _STEP * abs(theirs - mine - self.best)))


def _place(order: Sequence[str], value: Any) -> int | None:
    return order.index(value) if value in order else None


class _Lists:
    """How much of what is wanted is offered, or how much both list of what the shorter list has."""

    def __init__(self, giving: Sequence[list[str]], seeking: Sequence[list[str]], *, covered: bool) -> None:
        bits: dict[str, int] = {}
        self.covered = covered
        self.theirs, self.mine = ([_mask(one, bits) for one in values] for values in (giving, seeking))
        self.sizes, self.wanted = ([one.bit_count() for one in values] for values in (self.theirs, self.mine))

    def of(self, mentee: int, mentor: int) -> int:
        size = self.wanted[mentee] if self.covered else min(self.wanted[mentee], self.sizes[mentor])
        if not size or not self.sizes[mentor]:
            return UNKNOWN
        return 100 * (self.mine[mentee] & self.theirs[mentor]).bit_count() // size

    def of_all(self, pairs: Pairs) -> Numbers:
        wanted, sizes = pairs.mentees(self.wanted), pairs.mentors(self.sizes)
        size = wanted if self.covered else pairs.at_most(sizes, wanted)
        unsaid = pairs.either([not one for one in self.wanted], [not one for one in self.sizes])
        both = pairs.in_common(self.mine, self.theirs)
        return pairs.where(unsaid, UNKNOWN, 100 * both // (size + unsaid))


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
