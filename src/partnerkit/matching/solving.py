"""The answer for a run, whatever its shape and method: pairs, groups or peers; the best, or a stable one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Literal

from partnerkit.dataclass import dataclass, replace
from partnerkit.matching.best import Proof, Reached, best, reached, with_pair, wrong
from partnerkit.matching.circle_proof import Searched, unshown
from partnerkit.matching.circles import Circles, starts_of
from partnerkit.matching.compiled import fastest
from partnerkit.matching.groups import Grouped, grouped
from partnerkit.matching.market import NOBODY, Matching
from partnerkit.matching.peers import Covers, paired, reached_by_peers, wrong_of_peers
from partnerkit.matching.pool import MOST, Pool, Solver
from partnerkit.matching.run import Run
from partnerkit.matching.stable import blocking_by_wish, not_stable, stable

Method = Literal["best", "stable"]

#: The fewest of a group where the policy does not say.
_TWO = 2


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer for a run.

    Attributes:
        method: how it was chosen.
        pool: the people in numbers.
        matching: by mentee, the mentor's place in the list, or NOBODY.
        reached: how far it reaches each aim.
        proof: what proves it the best; None of a stable answer, which what people say proves alone.
        blocking: how many pairs would both rather have each other than whom they have.
        grouped: of groups how they were searched, everybody in the order of their ids.
    """

    method: Method
    pool: Pool
    matching: Matching
    reached: Reached
    proof: Proof | Covers | None
    blocking: int
    grouped: Grouped | None = None


def solved(run: Run, method: Method = "best", solver: Solver = fastest) -> Answer:
    """The answer for a run."""
    if method == "stable":
        return _answer(run, method, stable(run), None)
    if run.shape == "peers":
        pairs = paired(run.pool)
        return _answer(run, method, pairs.matching, pairs.proof)
    if run.shape == "groups":
        matching, searched = _circled(run, None)
        return replace(_answer(run, method, matching, None), grouped=searched)
    found = best(run.pool, solver)
    return _answer(run, method, found.matching, found.proof)


def _answer(run: Run, method: Method, matching: Matching, proof: Proof | Covers | None) -> Answer:
    return Answer(method, run.pool, matching, reach(run, matching), proof, blocking(run, method, matching))


def circles(run: Run) -> Circles:
    """Who could be in whose circle."""
    leading = tuple(starts_of(one.quarters) for one in run.mentors)
    return Circles(run.pool, max(1, fewest(run)), leading, tuple(starts_of(one.quarters) for one in run.mentees))


def _circled(run: Run, held: tuple[int, int] | None) -> tuple[Matching, Grouped]:
    """The best circles, in which a mentee and a mentor are together, if two are named.

    Raises:
        ValueError: they cannot be.
    """
    ordered, mentors, mentees = circles(run).in_order()
    found = grouped(ordered, None if held is None else (mentees.index(held[0]), mentors.index(held[1])))
    matching = [NOBODY] * len(mentees)
    for mentee, mentor in zip(mentees, found.matching, strict=True):
        matching[mentee] = NOBODY if mentor == NOBODY else mentors[mentor]
    return matching, found


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
    if run.shape == "pairs":
        return with_pair(answer.pool, mentee, mentor)
    points = run.pool.points_of(mentee, mentor)
    if points is None:
        raise ValueError("the pair is not possible")
    if run.shape == "groups":
        return _circled(run, (mentee, mentor))[0]
    two = {mentee, mentor}
    rest = tuple(
        () if one in two else tuple((other, found) for other, found in row if other not in two)
        for one, row in enumerate(run.pool.points)
    )
    found = paired(replace(run.pool, points=rest), points).matching
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
    run: Run,
    method: Method,
    matching: Matching,
    said: Reached,
    proof: Proof | Covers | None,
    searched: Searched | None = None,
) -> str | None:
    """What is not shown of an answer; None where it is what it says. No other answer is looked for.

    Pairs, groups and peers are shown by their prices, a stable answer by what people say themselves.
    """
    if method == "stable":
        return not_stable(run, matching) or _not_reached(run, matching, said)
    if run.shape == "groups":
        return _not_shown_of_circles(circles(run), matching, said, searched)
    if proof is None:
        return "it has no certificate"
    if isinstance(proof, Covers):
        return wrong_of_peers(run.pool, matching, said, proof)
    return wrong(run.pool, matching, said, proof)


def _not_reached(run: Run, matching: Matching, said: Reached) -> str | None:
    found = reach(run, matching)
    return None if found == said else f"it reaches {found}; and not {said}"


def _not_shown_of_circles(found: Circles, matching: Matching, said: Reached, searched: Searched | None) -> str | None:
    against = found.against(matching)
    if against is not None:
        return against
    try:
        actual = reached(found.pool, matching)
    except ValueError as error:
        return str(error)
    if actual != said:
        return f"it reaches {actual}; and not {said}"
    return "it has no certificate" if searched is None else unshown(found, matching, searched)
