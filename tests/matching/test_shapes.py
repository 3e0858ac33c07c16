"""Groups of people who say little, peers of whom anybody may be with anybody, and stable answers."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import pytest

from partnerkit.matching.best import best
from partnerkit.matching.market import NOBODY
from partnerkit.matching.peers import paired, reached_by_peers
from partnerkit.matching.people import Person
from partnerkit.matching.pool import Pool
from partnerkit.matching.run import Run
from partnerkit.matching.solving import blocking, not_shown, solved, together
from partnerkit.matching.stable import blocking_by_wish, stable
from tests.matching.brute import alike, large
from tests.matching.people import mentor, person, run


def peers_of_all(pool: Pool) -> list[int]:
    """The best pairs of peers by looking at every set of pairs."""
    pairs = [(one, other) for one, row in enumerate(pool.points) for other, _ in row if one < other]

    def aims(chosen: tuple[tuple[int, int], ...]) -> tuple[int, ...]:
        points = [dict(pool.points[one])[other] for one, other in chosen]
        people = [one for pair in chosen for one in pair]
        kept, ties = len(pool.before & set(chosen)), sum(pool.tie(*pair) for pair in chosen)
        return len(chosen), sum(pool.waited[one] for one in people), min(points, default=0), sum(points), kept, ties

    sets = [
        chosen
        for count in range(len(pool.mentees) // 2 + 1)
        for chosen in combinations(pairs, count)
        if len({one for pair in chosen for one in pair}) == 2 * count
    ]
    found = [NOBODY] * len(pool.mentees)
    for one, other in max(sets, key=aims):
        found[one], found[other] = other, one
    return found


def test_peers_are_paired_best_of_all():
    for seed in range(250):
        pool = alike(seed)
        assert paired(pool).matching == peers_of_all(pool), seed


def test_what_no_peers_can_be_is_worth_nothing():
    pool = replace(alike(1, 0), mentees=("a", "b", "c"), mentors=("a", "b", "c"), waited=(0, 0, 0), places=(1, 1, 1))
    pool = replace(pool, points=(((1, 5),), ((0, 5),), ()))
    assert reached_by_peers(pool, [1, 0, NOBODY]).total == 5
    for matching in ([1, NOBODY, NOBODY], [2, NOBODY, 0]):
        with pytest.raises(ValueError, match="not possible"):
            reached_by_peers(pool, matching)


def a_circle(*people: str) -> list[Person]:
    return [person(name, level="beginner", skills=["sql"]) for name in people]


def test_peers_who_are_told_of_each_other_are_both_asked():
    found = run([], a_circle("a", "b", "c"), "peer")
    answer = solved(found)
    assert answer.reached.placed == 2
    assert sum(one != NOBODY for one in answer.matching) == 2
    assert not_shown(found, "best", answer.matching, answer.reached, answer.proof) is None
    left = answer.matching.index(NOBODY)
    other = next(one for one in range(3) if one != left)
    forced = together(found, answer, left, other)
    assert (forced[left], forced[other]) == (other, left)
    assert not_shown(found, "best", forced, answer.reached, answer.proof) is not None
    assert not_shown(found, "best", answer.matching, answer.reached, None) == "it has no certificate"
    with pytest.raises(ValueError, match="not possible"):
        together(found, answer, left, left)


def test_a_mentor_without_room_for_a_group_has_none():
    people = a_circle("a", "b", "c")
    alone = mentor("ada", level="advanced", skills=["sql"], room=1)
    assert solved(run([alone], people, "group")).reached.placed == 0
    answer = solved(found := run([replace(alone, room=3)], people, "group"))
    assert answer.reached.placed == 3
    assert not_shown(found, "best", answer.matching, answer.reached, None) == "it has no certificate"
    small_one = [0, NOBODY, NOBODY]
    said = not_shown(found, "best", small_one, answer.reached, None)
    assert said == "the group of ada has fewer than 2 people"


def wishing() -> Run:
    """Two mentors and three mentees who all say whom they would like: the textbook case, and one who is left."""
    mentors = [
        mentor("m1", level="advanced", skills=["sql"], prefers=["p-t2", "p-t1", "p-t3"]),
        mentor("m2", level="advanced", skills=["sql"], prefers=["p-t1", "p-t3", "p-t2"]),
    ]
    wishes = {"t1": ["p-m1", "p-m2"], "t2": ["p-m2", "p-m1"], "t3": ["p-m1", "p-nobody"]}
    return run(mentors, [person(name, level="beginner", skills=["sql"], prefers=one) for name, one in wishes.items()])


def test_a_stable_answer_leaves_no_two_who_would_rather_have_each_other():
    found = wishing()
    answer = solved(found, "stable")
    assert answer.matching == [0, 1, NOBODY]  # mentees ask first, and have their first choice
    assert (answer.blocking, blocking_by_wish(found, answer.matching)) == (0, [])
    assert not_shown(found, "stable", answer.matching, answer.reached, None) is None
    turned = [NOBODY, 1, 0]
    assert blocking_by_wish(found, turned) == [(0, 0), (0, 1)]
    said = not_shown(found, "stable", turned, answer.reached, None)
    assert said == "t1 and m1 would both rather have each other"
    less = replace(answer.reached, total=1)
    assert "it reaches" in str(not_shown(found, "stable", answer.matching, less, None))


def test_whoever_names_nobody_takes_no_part_in_it():
    found = run([mentor("m1", level="advanced", skills=["sql"])], a_circle("a"))
    assert stable(found) == [NOBODY]
    assert solved(found).matching == [0]


def test_who_would_rather_have_each_other_by_points_is_counted():
    pool = large(120)
    found = best(pool)

    class Fake:
        shape, pool = "pairs", large(120)

    counted = blocking(Fake(), "best", found.matching)  # type: ignore[arg-type]  # all that is asked of a run
    points = [dict(row) for row in pool.points]
    mine = [-1 if one == NOBODY else points[mentee][one] for mentee, one in enumerate(found.matching)]
    looked = 0
    for mentee, row in enumerate(pool.points):
        for one, worth in row:
            held = [mine[other] for other, who in enumerate(found.matching) if who == one]
            looked += worth > mine[mentee] and (len(held) < pool.places[one] or worth > min(held))
    assert counted == looked > 0
