"""Circles: one mentor and several mentees who all meet at one hour; which are possible, and what their hours are."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property

from partnerkit.dataclass import dataclass, replace
from partnerkit.kinds.week import ANY_TIME, hour_starts, hour_told
from partnerkit.matching.glances import bits_of
from partnerkit.matching.market import NOBODY, Matching
from partnerkit.matching.pool import Pool


@dataclass(frozen=True)
class Circles:
    """Who could be in whose circle.

    Attributes:
        pool: the people; a place is one in the mentor's circle.
        fewest: how many mentees a circle has at least; 1 at least.
        leading: by mentor, the quarters of a week with which an hour begins at which they are free, as bits; every one
            where they do not say.
        joining: likewise by mentee.
    """

    pool: Pool
    fewest: int
    leading: tuple[int, ...]
    joining: tuple[int, ...]

    @cached_property
    def hours(self) -> tuple[tuple[int, ...], ...]:
        """By mentor, the hours between which a choice has to be made: who could come to each, as bits.

        Of hours to which the same people can come there is the first, and none to which others can come besides all
        who can come to it.
        """
        return tuple(tuple(who for who, _ in row) for row in self._hours)

    @cached_property
    def names(self) -> tuple[tuple[str, ...], ...]:
        """By mentor, when these hours begin, in UTC, such as `mon 18:00`."""
        return tuple(tuple(hour_told(quarter) for _, quarter in row) for row in self._hours)

    @cached_property
    def _hours(self) -> list[list[tuple[int, int]]]:
        came = [0] * ANY_TIME.bit_length()
        for mentee, starts in enumerate(self.joining):
            for quarter in bits_of(starts):
                came[quarter] |= 1 << mentee
        possible = [0] * len(self.pool.mentors)
        for mentee, row in enumerate(self.pool.points):
            for mentor, _ in row:
                possible[mentor] |= 1 << mentee
        found: list[list[tuple[int, int]]] = []
        for mentor, starts in enumerate(self.leading):
            first: dict[int, int] = {}
            for quarter in bits_of(starts) if self.pool.places[mentor] >= self.fewest else ():
                first.setdefault(came[quarter] & possible[mentor], quarter)
            found.append([(who, first[who]) for who in _largest(first, self.fewest)])
        return found

    def common(self, mentor: int, mentees: Sequence[int]) -> int:
        """The quarters with which an hour begins at which all of a circle are free, as bits."""
        found = self.leading[mentor]
        for one in mentees:
            found &= self.joining[one]
        return found

    def members(self, matching: Matching) -> list[list[int]]:
        """By mentor, who is in the circle."""
        found: list[list[int]] = [[] for _ in self.pool.mentors]
        for mentee, mentor in enumerate(matching):
            if mentor != NOBODY:
                found[mentor].append(mentee)
        return found

    def against(self, matching: Matching) -> str | None:
        """Why a matching makes no circles; None where each is large enough, and has an hour. Room is not looked at."""
        for mentor, mentees in enumerate(self.members(matching)):
            name = self.pool.mentors[mentor]
            if mentees and len(mentees) < self.fewest:
                return f"the group of {name} has fewer than {self.fewest} people"
            if mentees and not self.common(mentor, mentees):
                return f"the group of {name} has no hour of the week in common"
        return None

    def in_order(self) -> tuple[Circles, list[int], list[int]]:
        """The same with everybody in the order of their ids; and where each mentor and each mentee stands here."""
        pool = self.pool
        mentors = sorted(range(len(pool.mentors)), key=pool.mentors.__getitem__)
        mentees = sorted(range(len(pool.mentees)), key=pool.mentees.__getitem__)
        mentor_now = {old: new for new, old in enumerate(mentors)}
        mentee_now = {old: new for new, old in enumerate(mentees)}
        ordered = replace(
            pool,
            mentors=tuple(pool.mentors[old] for old in mentors),
            mentees=tuple(pool.mentees[old] for old in mentees),
            places=tuple(pool.places[old] for old in mentors),
            waited=tuple(pool.waited[old] for old in mentees),
            points=tuple(
                tuple(sorted((mentor_now[mentor], points) for mentor, points in pool.points[old])) for old in mentees
            ),
            before=frozenset((mentee_now[mentee], mentor_now[mentor]) for mentee, mentor in pool.before),
        )
        leading = tuple(self.leading[old] for old in mentors)
        return Circles(ordered, self.fewest, leading, tuple(self.joining[old] for old in mentees)), mentors, mentees


def starts_of(quarters: int | None) -> int:
    """The quarters with which an hour begins at which somebody is free; every one where they do not say."""
    return ANY_TIME if quarters is None else hour_starts(quarters)


def _largest(sets: Iterable[int], fewest: int) -> tuple[int, ...]:
    """The sets, as bits, that are large enough and lie in no other; in an order that is always the same."""
    found: list[int] = []
    for one in sorted(sets, key=lambda bits: (-bits.bit_count(), bits)):
        if one.bit_count() >= fewest and not any(one & other == one for other in found):
            found.append(one)
    return tuple(found)
