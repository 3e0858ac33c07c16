"""The best matching of a case of circles in which hours and, where that is left open, least sizes are put aside."""

from __future__ import annotations

from partnerkit.dataclass import dataclass
from partnerkit.matching.assignment import assigned_at_prices
from partnerkit.matching.cases import Case, Question
from partnerkit.matching.market import NOBODY, Market, Matching


@dataclass(frozen=True, slots=True)
class Relaxed:
    """A matching that is best where not all that is asked for is asked.

    Attributes:
        matching: by mentee, the mentor's place in the list, or NOBODY.
        prices: by mentee, what they gain by it: prices by which the bound of the case is no more than it is worth.
        sizes: by mentor, how many mentees they have.
    """

    matching: Matching
    prices: list[int]
    sizes: list[int]


def relaxed(question: Question, case: Case) -> Relaxed:
    """The best matching of a case, but for hours; a circle that is made has its least size where that can be."""
    circles = question.circles
    count, least = len(case.made), circles.fewest
    able = [0] * count
    for mentor, made in enumerate(case.made):
        for place in case.hours[mentor] if made is not False else ():
            able[mentor] |= circles.hours[mentor][place]
    must = [least if made else 0 for made in case.made]
    rest = [room - first for room, first in zip(circles.pool.places, must, strict=True)]
    more = 1 + sum(max((worth for _, worth in row), default=0) for row in question.worth)
    rows: list[list[tuple[int, int]]] = []
    for mentee, row in enumerate(question.worth):
        pairs: list[tuple[int, int]] = []
        for mentor, worth in row:
            if able[mentor] >> mentee & 1:
                if rest[mentor] > 0:
                    pairs.append((mentor, worth))
                if must[mentor]:
                    pairs.append((count + mentor, worth + more))
        rows.append(pairs)
    found, gains, _ = assigned_at_prices(Market([*(max(0, room) for room in rest), *must], rows))
    matching = [one if one == NOBODY else one % count for one in found]
    sizes = [0] * count
    for one in matching:
        if one != NOBODY:
            sizes[one] += 1
    return Relaxed(matching, gains, sizes)
