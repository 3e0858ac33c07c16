"""A stable answer is shown by what both sides say: it is stable, and the best for mentees of all that are."""

from __future__ import annotations

import random
from itertools import product

import pytest

from partnerkit.matching.market import NOBODY
from partnerkit.matching.run import Run
from partnerkit.matching.solving import not_shown, solved
from partnerkit.matching.stable import blocking_by_wish, not_stable, rankings, stable
from tests.matching.people import mentor, person, run


def wishing(seed: int) -> Run:
    """A few mentors with room for one or two, and mentees: who names whom is drawn by chance, half the time contrary.

    Contrary: mentors name first who names them last, so that there are many stable answers.
    """
    draw = random.Random(seed)  # noqa: S311 - the same cases each time
    many, few = draw.randint(2, 5), draw.randint(2, 4)
    wishes = [draw.sample(range(few), draw.choice([few // 2, few, few, few])) for _ in range(many)]
    back = [[one for one in draw.sample(range(many), many) if draw.random() < 0.9] for _ in range(few)]
    if seed % 2:
        back = [
            sorted(range(many), key=lambda one: -wishes[one].index(other) if other in wishes[one] else 1)
            for other in range(few)
        ]
    rooms = [draw.choice([1, 1, 1, 2]) for _ in range(few)]
    mentors = [
        mentor(f"m{one}", level="advanced", skills=["sql"], room=room, prefers=[f"p-t{each}" for each in row])
        for one, (room, row) in enumerate(zip(rooms, back, strict=True))
    ]
    mentees = [
        person(f"t{one}", level="beginner", skills=["sql"], prefers=[f"p-m{each}" for each in row])
        for one, row in enumerate(wishes)
    ]
    return run(mentors, mentees)


def every_stable(found: Run) -> list[list[int]]:
    """All of them, by looking at every matching; written without the module that it holds to account."""
    asking, asked = rankings(found)
    both = [[mentor for mentor in row if mentee in asked[mentor]] for mentee, row in enumerate(asking)]

    def blocks(matching: tuple[int, ...], mentee: int, mentor: int) -> bool:
        own, held = matching[mentee], [one for one, other in enumerate(matching) if other == mentor]
        if own == mentor or (own != NOBODY and both[mentee].index(own) < both[mentee].index(mentor)):
            return False
        worse = any(asked[mentor].index(one) > asked[mentor].index(mentee) for one in held)
        return worse or len(held) < found.pool.places[mentor]

    return [
        list(matching)
        for matching in product(*([NOBODY, *row] for row in both))
        if all(matching.count(place) <= room for place, room in enumerate(found.pool.places))
        and not any(blocks(matching, mentee, mentor) for mentee, row in enumerate(both) for mentor in row)
    ]


def test_of_all_stable_answers_the_best_for_mentees_alone_is_shown():
    several = 0
    for seed in range(400):
        found = wishing(seed)
        answer, every = stable(found), every_stable(found)
        assert answer in every
        assert not_stable(found, answer) is None, seed
        for other in every:
            assert blocking_by_wish(found, other) == []
            if other != answer:
                several += 1
                assert not_stable(found, other) == "another stable answer is better for mentees", seed
    assert several > 40


def test_no_other_matching_is_shown():
    for seed in range(60):
        found = wishing(seed)
        answer = stable(found)
        draw = random.Random(seed)  # noqa: S311 - the same cases each time
        for _ in range(40):
            other = [draw.randint(NOBODY, len(found.mentors) - 1) for _ in found.mentees]
            assert (not_stable(found, other) is None) == (other == answer)


def latin() -> Run:
    """Three on each side, each liked most where they like least: three stable answers."""
    mentors = [
        mentor(f"m{one}", level="advanced", skills=["sql"], prefers=[f"p-t{(one + step) % 3}" for step in (1, 2, 0)])
        for one in range(3)
    ]
    mentees = [
        person(f"t{one}", level="beginner", skills=["sql"], prefers=[f"p-m{(one + step) % 3}" for step in range(3)])
        for one in range(3)
    ]
    return run(mentors, mentees)


@pytest.mark.parametrize(
    ("matching", "why"),
    [
        ([0, 1, 2], None),
        ([1, 2, 0], "another stable answer is better for mentees"),
        ([2, 0, 1], "another stable answer is better for mentees"),
        ([0, 1, NOBODY], "t2 and m2 would both rather have each other"),
        ([0, 0, 2], "m0 has more than there is room for"),
    ],
)
def test_what_is_not_shown_is_said(matching: list[int], why: str | None):
    assert not_stable(latin(), matching) == why


def test_whoever_is_not_named_is_not_together():
    found = run(
        [mentor("m", level="advanced", skills=["sql"], prefers=["p-a"])],
        [person(name, level="beginner", skills=["sql"], prefers=["p-m"]) for name in "ab"],
    )
    answer = solved(found, "stable")
    assert answer.matching == [0, NOBODY]
    assert not_stable(found, [NOBODY, 0]) == "b with m: they do not both name each other"
    said = not_shown(found, "stable", [NOBODY, 0], answer.reached, None)
    assert said == "b with m: they do not both name each other"
