"""The best circles are the best: by every aim beside every matching there is, whatever the order of people."""

from __future__ import annotations

import os
import random
from dataclasses import replace

import pytest

from partnerkit.kinds.week import ANY_TIME
from partnerkit.matching import groups
from partnerkit.matching.assignment import assigned
from partnerkit.matching.circles import Circles
from partnerkit.matching.compiled import by_scipy
from partnerkit.matching.explaining import AGAINST, alternative
from partnerkit.matching.groups import AIMS, Grouped, grouped
from partnerkit.matching.market import NOBODY
from partnerkit.matching.solving import solved, together
from partnerkit.matching.unplaced import unplaced
from tests.matching.brute import aims, circles_of_all, every, in_order, many_circles, orders, small_circles
from tests.matching.people import mentor, person, run

#: How many small cases are held against every matching there is.
CASES = int(os.environ.get("PARTNERKIT_CIRCLES", "200"))


def test_they_are_the_best_of_all_by_every_aim_and_proven_so():
    made = 0
    for seed in range(CASES):
        circles = small_circles(seed)
        found = grouped(circles)
        assert found.matching == circles_of_all(circles), seed
        assert found.proven == list(AIMS), seed
        made += any(one != NOBODY for one in found.matching)
    assert made > CASES // 3


def test_nobody_is_over_capacity_no_circle_too_small_and_each_has_an_hour():
    circles = many_circles(7, 32, slots=10)
    found = grouped(circles)
    sizes = [found.matching.count(one) for one in range(7)]
    assert all(size == 0 or circles.fewest <= size <= 6 for size in sizes)
    assert circles.against(found.matching) is None
    for place, mentees in enumerate(circles.members(found.matching)):
        free = circles.leading[place]
        for one in mentees:
            free &= circles.joining[one]
        assert not mentees or free
    assert sum(sizes) > 20


def test_what_makes_no_circles_is_called_so():
    circles = replace(two_hours(), fewest=2)
    assert circles.against([0, NOBODY, NOBODY]) == "the group of m0 has fewer than 2 people"
    assert circles.against([0, 0, NOBODY]) == "the group of m0 has no hour of the week in common"
    assert circles.against([0, NOBODY, 0]) is None


def two_hours() -> Circles:
    """A mentor with two hours, a mentee for each of them, and one who can come to both."""
    pool = replace(
        small_circles(1).pool,
        mentors=("m0",),
        mentees=("t0", "t1", "t2"),
        places=(3,),
        waited=(0, 0, 0),
        points=(((0, 500),), ((0, 600),), ((0, 100),)),
        before=frozenset(),
    )
    return Circles(pool, 1, (0b11,), (0b01, 0b10, 0b11))


def test_a_circle_has_one_hour_and_not_one_with_each():
    circles = two_hours()
    assert grouped(circles).matching == [NOBODY, 0, 0]
    nobody_says = replace(circles, joining=(ANY_TIME, 0b10, 0b11))
    assert grouped(nobody_says).matching == [0, 0, 0]


@pytest.mark.parametrize("size", [(6, 24), (7, 28)])
def test_the_order_of_people_changes_nothing(size: tuple[int, int]):
    circles = many_circles(*size, slots=10)
    answer = named(grouped(circles))
    draw = random.Random(9)  # noqa: S311 - the same orders each time
    for _ in range(3):
        other, mentors, mentees = shuffled(circles, draw).in_order()
        assert named(grouped(other)) == answer
        assert sorted(mentors) == list(range(size[0]))
        assert sorted(mentees) == list(range(size[1]))


def named(found: Grouped) -> dict[str, str]:
    pool = found.circles.pool
    return {pool.mentees[mentee]: pool.mentors[one] for mentee, one in enumerate(found.matching) if one != NOBODY}


def shuffled(circles: Circles, draw: random.Random) -> Circles:
    mentors, mentees = orders(circles.pool, draw)
    leading = tuple(circles.leading[old] for old in mentors)
    joining = tuple(circles.joining[old] for old in mentees)
    return Circles(in_order(circles.pool, mentors, mentees, draw), circles.fewest, leading, joining)


def test_a_place_more_never_places_fewer():
    for seed in range(100):
        circles = small_circles(seed, mentees=5)
        before = sum(one != NOBODY for one in grouped(circles).matching)
        for place in range(len(circles.pool.mentors)):
            rooms = tuple(room + (at == place) for at, room in enumerate(circles.pool.places))
            more = replace(circles, pool=replace(circles.pool, places=rooms))
            assert sum(one != NOBODY for one in grouped(more).matching) >= before, (seed, place)


def test_with_two_together_they_are_the_best_that_hold_them():
    held = 0
    for seed in range(60):
        circles = small_circles(seed, 3, 5)
        possible = [one for one in every(circles.pool) if circles.against(one) is None]
        for mentee, row in enumerate(circles.pool.points):
            for one, _ in row:
                those = [matching for matching in possible if matching[mentee] == one]
                if not those:
                    with pytest.raises(ValueError, match="no circle"):
                        grouped(circles, (mentee, one))
                    continue
                held += 1
                found = grouped(circles, (mentee, one)).matching
                top = max(those, key=lambda matching: aims(circles.pool, matching))
                assert found == top, (seed, mentee, one)
    assert held > 40


def test_where_the_limit_is_reached_it_says_so_and_how_much_could_be_missing(monkeypatch: pytest.MonkeyPatch):
    circles = many_circles(6, 24, seed=2)
    whole = grouped(circles)
    assert whole.proven == list(AIMS)
    monkeypatch.setattr(groups, "MOST_CASES", 4)
    short = grouped(circles)
    assert short.looked < whole.looked
    assert short.proven != list(AIMS)
    assert circles.against(short.matching) is None
    most = sum(one != NOBODY for one in whole.matching)
    assert sum(one != NOBODY for one in short.matching) <= most <= short.bounds.placed_at_most(circles)
    assert grouped(circles).matching == short.matching


def evening(*quarters: int) -> int:
    return sum(0b1111 << one for one in quarters)


def test_a_run_finds_the_same_with_each_solver_and_says_who_could_not_come():
    people = [
        person("a", level="beginner", skills=["sql"], quarters=evening(0)),
        person("b", level="beginner", skills=["sql"], quarters=evening(0, 8)),
        person("c", level="beginner", skills=["sql"], quarters=evening(8)),
        person("d", level="beginner", skills=["sql"]),
        person("e", level="beginner", skills=["sql"], quarters=0b11),
    ]
    ada = mentor("ada", level="advanced", skills=["sql"], room=5, quarters=evening(0, 8))
    found = run([ada, mentor("bo", level="advanced", skills=["sql"], room=1)], people, "group")
    answer = solved(found, solver=assigned)
    assert answer == solved(found, solver=by_scipy)
    assert (answer.reached.placed, sum(one == 0 for one in answer.matching)) == (3, 3)
    left = {one.id: one for one in unplaced(found, answer)}
    out = "c" if answer.matching[0] == 0 else "a"
    assert (left[out].code, left[out].would_help) == (
        "other-hours",
        "an hour of the week in common with the group of ada",
    )
    assert left["e"].code == "no-common-hour", "half an hour is none, also beside somebody who does not say"
    with_other = together(found, answer, "abcde".index(out), 0)
    assert with_other["abcde".index(out)] == 0
    with pytest.raises(ValueError, match="no circle"):
        together(found, answer, 3, 1)
    assert alternative(found, answer, 3, 1).ruled_out == ("no-circle",)
    assert "no-circle" in AGAINST
    assert alternative(found, answer, "abcde".index(out), 0).moved > 0
