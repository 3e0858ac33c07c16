"""The arrays of numpy, and plain Python: the same points, the same answer and the same prices."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from scipy.sparse.csgraph import min_weight_full_bipartite_matching

from partnerkit.matching import compiled, pairs
from partnerkit.matching.assignment import assigned
from partnerkit.matching.best import best
from partnerkit.matching.compiled import by_scipy, fastest, means_for
from partnerkit.matching.means import Plain
from partnerkit.matching.people import Person
from partnerkit.matching.run import Run
from partnerkit.matching.vectors import Vectors
from partnerkit.policies.policy import Policy
from tests.matching.brute import large, small
from tests.matching.people import run
from tests.matching.test_ruling_out import somebody
from tests.policies.packs import pack


def detailed(draw: random.Random, name: str, part: str) -> Person:
    """Somebody who says more, or less: words by the dozen, so that they are more than 64 bits."""
    one = somebody(draw, name, part)
    words = [f"word-{each}" for each in range(90)]
    said = {
        "technologies": draw.sample(words, draw.randint(0, 9)),
        "priorities": draw.choice([["sql"], [], ["ops", "rust"]]),
        "career": draw.choice([None, ["leading"], ["leading", "founding"]]),
        "region": draw.choice([None, "north", ["north"], 7]),
    }
    return replace(one, data={**one.data, **{key: value for key, value in said.items() if value is not None}})


def drawn(seed: int, policy: Policy, programme: str) -> Run:
    draw = random.Random(seed)  # noqa: S311 - the same cases each time
    mentors = [detailed(draw, f"m{count}", "mentor") for count in range(draw.randint(0, 9))]
    mentees = [detailed(draw, f"t{count}", "mentee") for count in range(draw.randint(0, 9))]
    return run(mentors, mentees, programme, apart=[("p-m1", "p-t1")], policy=policy)


def with_a_least_of_hours() -> Policy:
    """The pack, in which too few hours in common rule out as well, and where a criterion of one place counts."""
    policy = pack("MEM-02-03")
    assert policy.matching is not None
    criteria = {
        name: one.model_copy(update={"least": 50} if one.measure == "hours" else {"weight": one.weight or 1})
        for name, one in policy.matching.criteria.items()
    }
    return policy.model_copy(update={"matching": policy.matching.model_copy(update={"criteria": criteria})})


@pytest.mark.parametrize("programme", ["formal", "reverse", "group"])
@pytest.mark.parametrize("make", [lambda: pack("MEM-02-03"), with_a_least_of_hours])
def test_points_are_the_same_in_arrays(monkeypatch: pytest.MonkeyPatch, programme: str, make):
    policy, some = make(), 0
    for seed in range(60):
        found = drawn(seed, policy, programme).pool
        with monkeypatch.context() as patched:
            patched.setattr(pairs, "_PAYS_OFF", 1)
            patched.setattr(pairs, "_ROWS", 4)
            patched.setattr(pairs, "_AT_ONCE", 5)
            assert drawn(seed, policy, programme).pool == found, seed
        some += sum(map(len, found.points))
    assert some > 100


def test_arrays_are_asked_where_they_pay_off_and_are_exact(monkeypatch: pytest.MonkeyPatch):
    few, many = large(20), large(60)
    assert isinstance(means_for(many, by_scipy), Vectors)
    assert isinstance(means_for(many, assigned), Plain)
    assert isinstance(means_for(many, fastest), Plain)
    monkeypatch.setattr(compiled, "_PAYS_OFF", sum(map(len, many.points)))
    assert isinstance(means_for(many, fastest), Vectors)
    assert isinstance(means_for(few, fastest), Plain)
    assert isinstance(means_for(replace(many, waited=(1 << 30,) * 60), by_scipy), Plain)
    monkeypatch.setattr(compiled, "_LARGEST", sum(map(len, many.points)))
    assert isinstance(means_for(many, by_scipy), Plain), "a place is a column, and there are too many"


def test_each_means_gives_the_same():
    for pool in [*(small(seed, 6) for seed in range(200)), large(150), large(150, levels=400, density=0.04)]:
        if not any(pool.points):
            continue
        plain, vectors = Plain(pool, assigned), Vectors(pool)
        assert plain.levels(700) == vectors.levels(700)
        assert plain.rows(250) == vectors.rows(250)
        found = best(pool)
        assert found == best(pool, by_scipy)
        if found.reached.placed:
            assert plain.ceiling(found.reached.placed) == vectors.ceiling(found.reached.placed)
            assert plain.ceiling(found.reached.placed) >= found.reached.lowest


def test_what_scipy_is_given_has_a_column_for_each_place_and_for_being_left_out():
    pool = large(30)
    found = best(pool)
    costs = Vectors(pool).costs(found.reached.lowest)
    assert costs.shape == (30, sum(pool.places) + 30)
    rows, columns = min_weight_full_bipartite_matching(costs)
    assert int((columns < sum(pool.places)).sum()) == found.reached.placed
    assert int(costs[rows, columns].sum()) == sum(costs.max() for _ in rows) - pool.scoring(0).worth(found.matching)


def test_what_is_not_best_has_no_prices_in_arrays_either():
    pool = replace(
        large(2, density=1.1), mentors=("m0",), places=(1,), points=(((0, 500),), ((0, 600),)), waited=(0, 1)
    )
    vectors = Vectors(pool)
    assert vectors.placing_prices(0, [-1, 0]) == [2]
    with pytest.raises(ValueError, match="not best"):
        vectors.placing_prices(0, [0, -1])


def test_whoever_withdraws_never_appears():
    policy = pack("MEM-02-03")
    for seed in range(25):
        found = drawn(seed, policy, "formal")
        before = best(found.pool).reached.placed
        for gone in (*found.people.mentors, *found.people.mentees):
            mentors = [one for one in found.people.mentors if one is not gone]
            mentees = [one for one in found.people.mentees if one is not gone]
            left = run(mentors, mentees, policy=policy)
            assert gone.id not in {*left.pool.mentors, *left.pool.mentees}
            assert before - 1 - (gone.room if gone in found.people.mentors else 0) <= best(left.pool).reached.placed
