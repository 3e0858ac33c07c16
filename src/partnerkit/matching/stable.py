"""Stable matching, where both sides say whom they would like: no two would rather have each other than whom they have.

Deferred acceptance, in which mentees ask (Gale and Shapley 1962), with room for several at a mentor (Roth and Sotomayor
1990, §5). Whoever says nobody takes no part. It is no better for all than the best matching, and may place fewer.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from partnerkit.dataclass import dataclass
from partnerkit.matching.market import NOBODY, Matching
from partnerkit.matching.run import Run


def rankings(run: Run) -> tuple[list[list[int]], list[list[int]]]:
    """By mentee, the possible mentors whom they name, in their order; and by mentor likewise."""
    mentors = {person: place for place, one in enumerate(run.mentors) for person in one.ids}
    mentees = {person: place for place, one in enumerate(run.mentees) for person in one.ids}
    possible = [{mentor for mentor, _ in row} for row in run.pool.points]
    asking = [
        _once(mentors[person] for person in one.prefers if mentors.get(person, NOBODY) in possible[mentee])
        for mentee, one in enumerate(run.mentees)
    ]
    asked = [
        _once(mentees[person] for person in one.prefers if person in mentees and mentor in possible[mentees[person]])
        for mentor, one in enumerate(run.mentors)
    ]
    return asking, asked


def _once(places: Iterable[int]) -> list[int]:
    return list(dict.fromkeys(places))


def stable(run: Run) -> Matching:
    """The stable matching that is best for mentees, by what both sides say."""
    asking, asked = rankings(run)
    rank = [{mentee: place for place, mentee in enumerate(row)} for row in asked]
    held: list[list[int]] = [[] for _ in run.mentors]
    next_ = [0] * len(run.mentees)
    found: Matching = [NOBODY] * len(run.mentees)
    waiting = list(range(len(run.mentees)))[::-1]
    while waiting:
        mentee = waiting.pop()
        if next_[mentee] == len(asking[mentee]):
            continue
        mentor = asking[mentee][next_[mentee]]
        next_[mentee] += 1
        if mentee not in rank[mentor] or not run.pool.places[mentor]:
            waiting.append(mentee)
            continue
        held[mentor].append(mentee)
        found[mentee] = mentor
        if len(held[mentor]) > run.pool.places[mentor]:
            last = max(held[mentor], key=rank[mentor].__getitem__)
            held[mentor].remove(last)
            found[last] = NOBODY
            waiting.append(last)
    return found


@dataclass(frozen=True)
class _Wishes:
    """What both sides say of a matching, by places in the lists.

    Attributes:
        asking: by mentee, the mentors whom they name, with the place at which they do.
        asked: by mentor, the mentees whom they name, likewise.
        matching: by mentee, whom they have.
        room: by mentor, how many places are left.
        worst: by mentor, the place at which they name the last of those they have.
    """

    asking: list[dict[int, int]]
    asked: list[dict[int, int]]
    matching: Matching
    room: list[int]
    worst: list[int]

    @classmethod
    def of(cls, run: Run, matching: Matching) -> _Wishes:
        asking, asked = ([{one: place for place, one in enumerate(row)} for row in rows] for rows in rankings(run))
        room, worst = list(run.pool.places), [NOBODY] * len(run.mentors)
        for mentee, mentor in enumerate(matching):
            if mentor != NOBODY:
                room[mentor] -= 1
                worst[mentor] = max(worst[mentor], asked[mentor].get(mentee, len(asked[mentor])))
        return cls(asking, asked, matching, room, worst)

    def better(self, mentee: int, mentor: int) -> bool:
        """Whether a mentee would rather have a mentor than whom they have."""
        mine = self.asking[mentee]
        return mentor in mine and mine[mentor] < mine.get(self.matching[mentee], len(mine))

    def next_(self, mentor: int) -> int | None:
        """The mentor whose mentee is the first who would rather have this one, after all whom this one has.

        None where a place is left, or the first of them has nobody.
        """
        if self.room[mentor] > 0 or self.worst[mentor] == NOBODY:
            return None
        later = (mentee for mentee, place in self.asked[mentor].items() if place > self.worst[mentor])
        first = next((mentee for mentee in later if self.better(mentee, mentor)), None)
        return None if first is None or self.matching[first] == NOBODY else self.matching[first]


def blocking_by_wish(run: Run, matching: Matching) -> list[tuple[int, int]]:
    """The mentees and mentors who would both rather have each other, by what they say themselves."""
    wishes = _Wishes.of(run, matching)
    return [
        (mentee, mentor)
        for mentee, row in enumerate(wishes.asking)
        for mentor in row
        if wishes.better(mentee, mentor)
        and mentee in wishes.asked[mentor]
        and run.pool.places[mentor]
        and (wishes.room[mentor] > 0 or wishes.asked[mentor][mentee] < wishes.worst[mentor])
    ]


def not_stable(run: Run, matching: Matching) -> str | None:
    """What is not shown of a stable answer; None where it is the one that is best for mentees.

    It is shown by the lists of both sides, each of which is read once, and no answer is looked for. Stable: whoever is
    together names each other, and no two would both rather have each other. Best for mentees: otherwise there were a
    ring of mentors in which each could have, instead of one of theirs, the next one's mentee who would rather be with
    them; where there is none, no stable answer is better for any mentee (rotations: Irving and Leather 1986; Gusfield
    and Irving 1989, §2.5; with room for several every place is looked at as a mentor of its own). Whoever has nobody,
    and every place that is left, is so in every stable answer (Roth 1986), so no ring goes over them.
    """
    wishes = _Wishes.of(run, matching)
    for mentee, mentor in enumerate(matching):
        if mentor != NOBODY and (mentor not in wishes.asking[mentee] or mentee not in wishes.asked[mentor]):
            return f"{run.mentees[mentee].id} with {run.mentors[mentor].id}: they do not both name each other"
    over = next((place for place, room in enumerate(wishes.room) if room < 0), None)
    if over is not None:
        return f"{run.mentors[over].id} has more than there is room for"
    block = next(iter(blocking_by_wish(run, matching)), None)
    if block is not None:
        return f"{run.mentees[block[0]].id} and {run.mentors[block[1]].id} would both rather have each other"
    following = {mentor: other for mentor in range(len(run.mentors)) if (other := wishes.next_(mentor)) is not None}
    return "another stable answer is better for mentees" if _has_a_ring(following) else None


def _has_a_ring(following: Mapping[int, int]) -> bool:
    """Whether whoever goes from each to the next comes round somewhere."""
    done: set[int] = set()
    for first in following:
        here: set[int] = set()
        one: int | None = first
        while one is not None and one not in done:
            if one in here:
                return True
            here.add(one)
            one = following.get(one)
        done |= here
    return False


def rather(run: Run, matching: Matching, mentee: int, mentor: int) -> str:
    """Why a mentee and a mentor are not together in a stable answer, by what the two say themselves."""
    asking, asked = rankings(run)
    mine, theirs = run.mentees[mentee].id, run.mentors[mentor].id
    if mentor not in asking[mentee]:
        return f"{mine} does not name {theirs}"
    if mentee not in asked[mentor]:
        return f"{theirs} does not name {mine}"
    own = matching[mentee]
    if own != NOBODY and asking[mentee].index(own) < asking[mentee].index(mentor):
        return f"{mine} would rather have {run.mentors[own].id}"
    held = sorted(run.mentees[one].id for one, other in enumerate(matching) if other == mentor)
    return f"{theirs} would rather have {', '.join(held)}"
