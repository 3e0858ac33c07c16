"""The best matching by looking at every one: slow, and written without the module that it holds to account."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace

from partnerkit.kinds.week import ANY_TIME
from partnerkit.matching.circles import Circles
from partnerkit.matching.pool import Pool

NOBODY = -1


def every(pool: Pool) -> Iterator[list[int]]:
    """Every matching that is possible."""

    def go_on(mentee: int, room: list[int], chosen: list[int]) -> Iterator[list[int]]:
        if mentee == len(pool.mentees):
            yield list(chosen)
            return
        for mentor in (NOBODY, *(one for one, _ in pool.points[mentee] if room[one])):
            if mentor != NOBODY:
                room[mentor] -= 1
            yield from go_on(mentee + 1, room, [*chosen, mentor])
            if mentor != NOBODY:
                room[mentor] += 1

    return go_on(0, list(pool.places), [])


def aims(pool: Pool, matching: list[int]) -> tuple[int, int, int, int, int, int]:
    """How far it reaches each aim, in their order, the digest last."""
    pairs = [(mentee, mentor) for mentee, mentor in enumerate(matching) if mentor != NOBODY]
    points = [dict(pool.points[mentee])[mentor] for mentee, mentor in pairs]
    return (
        len(pairs),
        sum(pool.waited[mentee] for mentee, _ in pairs),
        min(points, default=0),
        sum(points),
        len(pool.before & set(pairs)),
        sum(pool.tie(mentee, mentor) for mentee, mentor in pairs),
    )


def best_of_all(pool: Pool) -> list[int]:
    """The matching that is best by every aim."""
    return max(every(pool), key=lambda one: aims(pool, one))


def circles_of_all(circles: Circles) -> list[int]:
    """The circles that are best by every aim, by looking at every matching and every hour of a week in turn."""

    def possible(matching: list[int]) -> bool:
        for mentor in set(matching) - {NOBODY}:
            mentees = [mentee for mentee, one in enumerate(matching) if one == mentor]
            free = [circles.leading[mentor], *(circles.joining[one] for one in mentees)]
            if len(mentees) < circles.fewest or not any(all(one >> at & 1 for one in free) for at in range(8)):
                return False
        return True

    return max(filter(possible, every(circles.pool)), key=lambda one: aims(circles.pool, one))


def small_circles(seed: int, mentors: int = 4, mentees: int = 6) -> Circles:
    """A few people, with least sizes, rooms, hours, vetoes, many ties, people who waited, and a proposal before."""
    draw = random.Random(seed)  # noqa: S311 - the same cases each time
    mentors, mentees = draw.randint(0, mentors), draw.randint(0, mentees)

    def free() -> int:
        return draw.choice([ANY_TIME, draw.getrandbits(3), draw.getrandbits(4), 0b111, 0b1111])

    pool = Pool(
        mentors=tuple(f"m{one}" for one in range(mentors)),
        mentees=tuple(f"t{one}" for one in range(mentees)),
        places=tuple(draw.randint(0, 4) for _ in range(mentors)),
        waited=tuple(draw.choice([0, 0, 1, 2]) for _ in range(mentees)),
        points=tuple(
            tuple((mentor, draw.choice([0, 100, 250, 300, 1000])) for mentor in range(mentors) if draw.random() < 0.7)
            for _ in range(mentees)
        ),
        before=frozenset((one, draw.randrange(mentors)) for one in range(mentees) if mentors and draw.random() < 0.5),
        seed="group 2026-spring",
    )
    return Circles(
        pool, draw.randint(1, 3), tuple(free() for _ in range(mentors)), tuple(free() for _ in range(mentees))
    )


def many_circles(mentors: int, mentees: int, seed: int = 1, slots: int = 14, free: int = 4) -> Circles:
    """Many people of eight subjects who are free at some of a few hours, in circles of 3 to 6."""
    draw = random.Random(seed)  # noqa: S311 - the same cases each time
    leading = [sum(1 << one for one in draw.sample(range(slots), free)) for _ in range(mentors)]
    joining = [sum(1 << one for one in draw.sample(range(slots), free)) for _ in range(mentees)]
    offered = [set(draw.sample(range(8), 3)) for _ in range(mentors)]
    wanted = [set(draw.sample(range(8), 2)) for _ in range(mentees)]
    points = tuple(
        tuple(
            (mentor, 25 * draw.randint(4, 40))
            for mentor in range(mentors)
            if leading[mentor] & joining[mentee] and offered[mentor] & wanted[mentee]
        )
        for mentee in range(mentees)
    )
    pool = Pool(
        mentors=tuple(f"m{one:04}" for one in range(mentors)),
        mentees=tuple(f"t{one:04}" for one in range(mentees)),
        places=(6,) * mentors,
        waited=tuple(draw.choice([0, 0, 0, 1]) for _ in range(mentees)),
        points=points,
        seed="group 2026-spring",
    )
    return Circles(pool, 3, tuple(leading), tuple(joining))


def small(seed: int, most: int = 5) -> Pool:
    """A few people, with many ties, rooms of 0 to 2, people who waited, and a proposal before."""
    draw = random.Random(seed)  # noqa: S311 - the same cases each time
    mentors, mentees = draw.randint(0, most), draw.randint(0, most)
    points = tuple(
        tuple((mentor, draw.choice([0, 100, 250, 300, 1000])) for mentor in range(mentors) if draw.random() < 0.6)
        for _ in range(mentees)
    )
    before = {(one, draw.randrange(mentors)) for one in range(mentees) if mentors and draw.random() < 0.5}
    return Pool(
        mentors=tuple(f"m{one}" for one in range(mentors)),
        mentees=tuple(f"t{one}" for one in range(mentees)),
        places=tuple(draw.randint(0, 2) for _ in range(mentors)),
        waited=tuple(draw.randint(0, 2) for _ in range(mentees)),
        points=points,
        before=frozenset(before),
        seed="formal 2026-spring",
    )


def alike(seed: int, most: int = 7) -> Pool:
    """A few people of whom anybody may be with anybody."""
    draw = random.Random(seed)  # noqa: S311 - the same cases each time
    count = draw.randint(0, most)
    worth = {
        (one, other): draw.choice([100, 250, 300])
        for one in range(count)
        for other in range(one)
        if draw.random() < 0.6
    }
    rows = [
        [
            (other, worth[max(one, other), min(one, other)])
            for other in range(count)
            if (max(one, other), min(one, other)) in worth
        ]
        for one in range(count)
    ]
    before = {(one, other) for one, other in worth if draw.random() < 0.3}
    return Pool(
        mentors=tuple(f"p{one}" for one in range(count)),
        mentees=tuple(f"p{one}" for one in range(count)),
        places=(1,) * count,
        waited=tuple(draw.randint(0, 2) for _ in range(count)),
        points=tuple(tuple(row) for row in rows),
        before=frozenset(before | {(other, one) for one, other in before}),
        seed="peer 2026-spring",
    )


def large(people: int, seed: int = 3, density: float = 0.083, levels: int = 17) -> Pool:
    """Many people with few different points, so that there are many ties."""
    draw = random.Random(seed)  # noqa: S311 - the same cases each time
    step = 1000 // levels
    return Pool(
        mentors=tuple(f"m{one:05}" for one in range(people)),
        mentees=tuple(f"t{one:05}" for one in range(people)),
        places=tuple(draw.choice([1, 1, 1, 2]) for _ in range(people)),
        waited=tuple(draw.choice([0, 0, 0, 1]) for _ in range(people)),
        points=tuple(
            tuple((mentor, draw.randint(1, levels) * step) for mentor in range(people) if draw.random() < density)
            for _ in range(people)
        ),
        seed="formal 2026-spring",
    )


def shuffled(pool: Pool, draw: random.Random) -> Pool:
    """The same people in another order, and what is possible for them too."""
    return in_order(pool, *orders(pool, draw), draw)


def orders(pool: Pool, draw: random.Random) -> tuple[list[int], list[int]]:
    """Another order of mentors and of mentees, by their places in this one."""
    mentors, mentees = (draw.sample(range(len(names)), len(names)) for names in (pool.mentors, pool.mentees))
    return mentors, mentees


def in_order(pool: Pool, mentors: list[int], mentees: list[int], draw: random.Random) -> Pool:
    """The same people in these orders, and what is possible for them in any."""
    place = {old: new for new, old in enumerate(mentors)}
    return replace(
        pool,
        mentors=tuple(pool.mentors[old] for old in mentors),
        mentees=tuple(pool.mentees[old] for old in mentees),
        places=tuple(pool.places[old] for old in mentors),
        waited=tuple(pool.waited[old] for old in mentees),
        points=tuple(
            tuple(draw.sample([(place[one], points) for one, points in pool.points[old]], len(pool.points[old])))
            for old in mentees
        ),
    )
