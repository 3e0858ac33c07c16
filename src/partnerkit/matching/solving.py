"""The answer for a run, whatever its shape and method: pairs, groups or peers; the best, or a stable one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from partnerkit.matching.best import Proof, Reached, best, reached, with_pair, wrong
from partnerkit.matching.compiled import fastest
from partnerkit.matching.groups import grouped
from partnerkit.matching.market import NOBODY, Matching
from partnerkit.matching.peers import paired, reached_by_peers
from partnerkit.matching.pool import MOST, Pool, Solver
from partnerkit.matching.run import Run
from partnerkit.matching.stable import blocking_by_wish, stable

Method = Literal["best", "stable"]

#: The fewest of a group where the policy does not say.
_TWO = 2


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer for a run.

    Attributes:
        method: how it was chosen.
        pool: the people in numbers; groups that are closed have no room in it.
        matching: by mentee, the mentor's place in the list, or NOBODY.
        reached: how far it reaches each aim.
        proof: what proves it the best; None where only looking for it again does.
        blocking: how many pairs would both rather have each other than whom they have.
    """

    method: Method
    pool: Pool
    matching: Matching
    reached: Reached
    proof: Proof | None
    blocking: int


def solved(run: Run, method: Method = "best", solver: Solver = fastest) -> Answer:
    """The answer for a run."""
    if method == "stable":
        return _answer(run, method, run.pool, stable(run), None)
    if run.shape == "peers":
        return _answer(run, method, run.pool, paired(run.pool, MOST), None)
    if run.shape == "groups":
        pool, found = grouped(run.pool, fewest(run), solver, MOST)
        return _answer(run, method, pool, found.matching, found.proof)
    found = best(run.pool, solver)
    return _answer(run, method, run.pool, found.matching, found.proof)


def _answer(run: Run, method: Method, pool: Pool, matching: Matching, proof: Proof | None) -> Answer:
    return Answer(method, pool, matching, reach(run, matching), proof, blocking(run, method, matching))


def fewest(run: Run) -> int:
    """How many people a group has at least."""
    found = run.policy.value(run.spec.programmes[run.programme].fewest)
    return found if found is not None else _TWO


def reach(run: Run, matching: Matching) -> Reached:
    """How far a matching reaches each aim.

    Raises:
        ValueError: it holds a pair that is not possible, or more than there is room for.
    """
    return reached_by_peers(run.pool, matching) if run.shape == "peers" else reached(run.pool, matching)


def pairs_of(run: Run, matching: Matching) -> Iterator[tuple[int, int]]:
    """Who is with whom, by place of mentee and mentor; of peers each pair once, as whoever has less of it sees it."""
    for mentee, mentor in enumerate(matching):
        if mentor == NOBODY:
            continue
        if run.shape != "peers":
            yield mentee, mentor
        elif mentee < mentor:
            turned = run.scorer.total(mentor, mentee) < run.scorer.total(mentee, mentor)
            yield (mentor, mentee) if turned else (mentee, mentor)


def together(run: Run, answer: Answer, mentee: int, mentor: int) -> Matching:
    """The best matching of all in which two are together.

    Raises:
        ValueError: they cannot be.
    """
    if run.shape != "peers":
        return with_pair(answer.pool, mentee, mentor)
    points = run.pool.points_of(mentee, mentor)
    if points is None:
        raise ValueError("the pair is not possible")
    two = {mentee, mentor}
    rest = tuple(
        () if one in two else tuple((other, found) for other, found in row if other not in two)
        for one, row in enumerate(run.pool.points)
    )
    found = paired(replace(run.pool, points=rest), points)
    found[mentee], found[mentor] = mentor, mentee
    return found


def blocking(run: Run, method: Method, matching: Matching) -> int:
    """How many pairs would both rather have each other than whom they have (Gale and Shapley 1962).

    By what both sides say themselves, where a stable answer was asked for; else by points, and anybody is better than
    nobody.
    """
    if method == "stable":
        return len(blocking_by_wish(run, matching))
    pool = run.pool
    own = [-1 if one == NOBODY else pool.points_of(mentee, one) or 0 for mentee, one in enumerate(matching)]
    if run.shape == "peers":
        return sum(
            one < other and points > max(own[one], own[other])
            for one, row in enumerate(pool.points)
            for other, points in row
        )
    sizes = Counter(mentor for mentor in matching if mentor != NOBODY)
    worst = [-1 if sizes[mentor] < room else MOST for mentor, room in enumerate(pool.places)]
    for mentee, mentor in enumerate(matching):
        if mentor != NOBODY:
            worst[mentor] = min(worst[mentor], own[mentee])
    return sum(
        points > own[mentee] and points > worst[mentor] and pool.places[mentor] > 0
        for mentee, row in enumerate(pool.points)
        for mentor, points in row
    )


def not_shown(
    run: Run, method: Method, pool: Pool, matching: Matching, said: Reached, proof: Proof | None
) -> str | None:
    """What is not shown of an answer; None where it is what it says.

    Pairs and groups are shown by their prices, without looking for another answer; peers and stable answers are looked
    for again, for they have no such proof.
    """
    if method == "stable" or run.shape == "peers":
        found = solved(run, method)
        if found.matching != matching:
            return "looked for again, the answer is another"
        return None if found.reached == said else f"it reaches {found.reached}, not {said}"
    if run.shape == "groups":
        sizes = Counter(mentor for mentor in matching if mentor != NOBODY)
        small = [pool.mentors[mentor] for mentor, size in sizes.items() if size < fewest(run)]
        if small:
            return f"the group of {small[0]} has fewer than {fewest(run)} people"
    return "it has no certificate" if proof is None else wrong(pool, matching, said, proof)
