"""What a mentor or a peer would have: whom and why, who else could have had the place, and at which price for all."""

from __future__ import annotations

from partnerkit.dataclass import dataclass
from partnerkit.matching.explaining import Criterion, criteria
from partnerkit.matching.run import Run
from partnerkit.matching.solving import Answer

#: For how many others the price is told: each of them is a matching of everybody anew.
PRICED = 3


@dataclass(frozen=True, slots=True)
class Held:
    """Somebody who is proposed for a mentor, or for a peer.

    Attributes:
        id: their application.
        points: the points of the two, of 1000; of peers the lower of what each would have of the other.
        criteria: what each criterion says of the two, of peers as whoever has less of it sees it.
    """

    id: str
    points: int
    criteria: list[Criterion]


def held(run: Run, found: Answer, mentor: int) -> list[Held]:
    """Everybody who is proposed for a mentor or a peer, the best fit first."""
    mine = [mentee for mentee, one in enumerate(found.matching) if one == mentor]
    told = [_held(run, mentee, mentor) for mentee in mine]
    return sorted(told, key=lambda one: (-one.points, one.id))


def _held(run: Run, mentee: int, mentor: int) -> Held:
    name = run.mentees[mentee].id
    if run.shape == "peers" and run.scorer.total(mentor, mentee) < run.scorer.total(mentee, mentor):
        mentee, mentor = mentor, mentee
    return Held(name, run.scorer.total(mentee, mentor), criteria(run, mentee, mentor))


def wanting(run: Run, found: Answer, mentor: int) -> list[int]:
    """Who else could have a place at a mentor or with a peer, the best fit first."""
    able = [
        (-points, run.mentees[mentee].id, mentee)
        for mentee, row in enumerate(run.pool.points)
        for other, points in row
        if other == mentor and found.matching[mentee] != mentor
    ]
    return [mentee for _, _, mentee in sorted(able)]
