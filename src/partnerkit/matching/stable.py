"""Stable matching, where both sides say whom they would like: no two would rather have each other than whom they have.

Deferred acceptance, in which mentees ask (Gale and Shapley 1962), with room for several at a mentor (Roth and Sotomayor
1990, §5). Whoever says nobody takes no part. It is no better for all than the best matching, and may place fewer.
"""

from __future__ import annotations

from collections.abc import Iterable

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


def blocking_by_wish(run: Run, matching: Matching) -> list[tuple[int, int]]:
    """The mentees and mentors who would both rather have each other, by what they say themselves."""
    asking, asked = rankings(run)
    rank = [{mentee: place for place, mentee in enumerate(row)} for row in asked]
    held = [[mentee for mentee, one in enumerate(matching) if one == mentor] for mentor in range(len(run.mentors))]
    found: list[tuple[int, int]] = []
    for mentee, row in enumerate(asking):
        better = row[: row.index(matching[mentee])] if matching[mentee] in row else row
        for mentor in better:
            mine, worst = rank[mentor].get(mentee), len(asked[mentor])
            if mine is None or not run.pool.places[mentor]:
                continue
            full = len(held[mentor]) >= run.pool.places[mentor]
            if not full or any(rank[mentor].get(other, worst) > mine for other in held[mentor]):
                found.append((mentee, mentor))
    return found
