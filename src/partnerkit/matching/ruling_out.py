"""Which pairs are not possible, and why: no preference and no score ever makes up for that."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property

from partnerkit.dataclass import dataclass
from partnerkit.kinds.week import has_an_hour
from partnerkit.matching.glances import (
    Glance,
    bits_of,
    hours_at_a_glance,
    levels_at_a_glance,
    nothing_between_at_a_glance,
    words_at_a_glance,
)
from partnerkit.matching.people import People, Person
from partnerkit.matching.points import Scorer, words_at
from partnerkit.policies.matching import MatchingSpec
from partnerkit.steps import value_at

#: Why a pair is not possible, in the order in which it is asked, in words.
REASONS = {
    "self": "the same person",
    "conflict": "a declared conflict of interest",
    "veto": "one of the two does not want it",
    "not-again": "paired before, and it did not last",
    "gap": "not as many steps apart as the programme asks for",
    "no-common-hour": "no hour of the week in common",
    "too-little": "too little of what is wanted in common",
}

#: What can be changed where nothing else stands against a pair: how that is said, with whom it would be.
ALONE = {"no-common-hour": "an hour of the week in common with {}", "gap": "an exception for the steps to {}"}


@dataclass(frozen=True)
class RulingOut:
    """What rules out pairs of a programme.

    Attributes:
        spec: how the policy matches.
        programme: which programme.
        people: everybody of it.
        mentors: who takes somebody on.
        mentees: who is taken on.
        scorer: the points of every pair.
    """

    spec: MatchingSpec
    programme: str
    people: People
    mentors: Sequence[Person]
    mentees: Sequence[Person]
    scorer: Scorer

    def why(self, mentee: int, mentor: int) -> str | None:
        """The code of the first reason for which a pair is not possible; None where it is."""
        return next(self.reasons(mentee, mentor), None)

    def only(self, mentee: int, mentor: int, code: str) -> bool:
        """Whether nothing but the reason of a code stands against a pair."""
        return list(self.reasons(mentee, mentor)) == [code]

    def reasons(self, mentee: int, mentor: int) -> Iterator[str]:
        """The codes of everything that stands against a pair."""
        mine, theirs = self.mentees[mentee], self.mentors[mentor]
        yield from _apart(mine, theirs, self.people.apart)
        if not self._in_steps(self._levels[0][mentor], self._levels[1][mentee]):
            yield "gap"
        if self._never_meet(mine.quarters, theirs.quarters):
            yield "no-common-hour"
        if self.scorer.too_little(mentee, mentor) is not None:
            yield "too-little"

    def _never_meet(self, mine: int | None, theirs: int | None) -> bool:
        """Whether two who both say when they are free have no hour; in a circle, whoever has no hour meets nobody."""
        if mine is None or theirs is None:
            one = mine if mine is not None else theirs
            return self._in_circles and one is not None and not has_an_hour(one)
        return not has_an_hour(mine & theirs)

    @property
    def _in_circles(self) -> bool:
        return self.spec.programmes[self.programme].shape == "groups"

    @cached_property
    def _levels(self) -> tuple[list[int | None], list[int | None]]:
        """Where mentors and mentees stand in the order of the measure steps; None where they do not say."""
        one = next((each for each in self.spec.criteria.values() if each.order is not None), None)
        if one is None:
            return [None] * len(self.mentors), [None] * len(self.mentees)
        order = {value: place for place, value in enumerate(one.order or [])}
        mentors = [order.get(value_at(person.data, one.mentor)) for person in self.mentors]
        return mentors, [order.get(value_at(person.data, one.mentee or one.mentor)) for person in self.mentees]

    def _in_steps(self, theirs: int | None, mine: int | None) -> bool:
        steps = self.spec.programmes[self.programme].steps
        if steps is None or theirs is None or mine is None:
            return True
        least, most = steps.least, steps.most
        return (least is None or theirs - mine >= least) and (most is None or theirs - mine <= most)

    def possible(self, mentee: int, left: int) -> Iterator[int]:
        """The mentors with whom a mentee can be paired, in order, of those who are left at a glance."""
        for mentor in bits_of(left):
            if self.scorer.too_little(mentee, mentor) is None:
                yield mentor

    def left(self, mentee: int) -> int:
        """The mentors whom nothing rules out but perhaps too little of what is wanted, as bits."""
        found = (1 << len(self.mentors)) - 1
        for glance in self._glances:
            found &= glance(mentee)
        return found

    @cached_property
    def _glances(self) -> list[Glance]:
        """What says at a glance who is left, as bits by mentor: only their points are then looked at one by one."""
        found = [
            nothing_between_at_a_glance(self.mentors, self.mentees, self.people.apart),
            hours_at_a_glance(self.mentors, self.mentees, circles=self._in_circles),
            levels_at_a_glance(self._in_steps, *self._levels),
        ]
        for one in self.spec.criteria.values():
            if one.least is not None and one.measure in {"covered", "shared"}:
                theirs, mine = one.mentor, one.mentee or one.mentor
                offered = [words_at(person.data, theirs) for person in self.mentors]
                found.append(words_at_a_glance(offered, [words_at(person.data, mine) for person in self.mentees]))
        return found


def _apart(mine: Person, theirs: Person, before: frozenset[frozenset[str]]) -> Iterator[str]:
    """Why two people are kept apart, whatever they have in common."""
    if mine.ids & theirs.ids:
        yield "self"
    if mine.bound & theirs.ids or theirs.bound & mine.ids:
        yield "conflict"
    if mine.shuns & theirs.ids or theirs.shuns & mine.ids:
        yield "veto"
    if before and any(frozenset([one, other]) in before for one in mine.ids for other in theirs.ids):
        yield "not-again"
