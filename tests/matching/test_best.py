"""The best matching is the best, its proof is accepted, and a proof of anything else is refused."""

from __future__ import annotations

import os
from dataclasses import replace
from itertools import islice

import pytest

from partnerkit.matching.assignment import assigned
from partnerkit.matching.best import Proof, best, reached, with_pair, wrong
from partnerkit.matching.market import NOBODY, Market
from partnerkit.matching.placing import placed
from partnerkit.matching.pool import Pool
from partnerkit.matching.prices import lowest_prices
from tests.matching.brute import aims, best_of_all, every, large, small

#: How many small cases are held against every matching there is.
CASES = int(os.environ.get("PARTNERKIT_MATCHES", "800"))


def test_it_is_the_best_of_all_by_every_aim():
    for seed in range(CASES):
        pool = small(seed)
        found = best(pool)
        assert found.matching == best_of_all(pool), seed
        assert aims(pool, found.matching)[:5] == tuple(
            getattr(found.reached, aim) for aim in ("placed", "waited", "lowest", "total", "kept")
        )


def test_its_proof_is_accepted_and_proves_nothing_else():
    others = 0
    for seed in range(300):
        pool = small(seed)
        found = best(pool)
        assert found.proof is not None
        assert wrong(pool, found.matching, found.reached, found.proof) is None, seed
        for other in islice(every(pool), 40):
            if other != found.matching:
                others += 1
                assert wrong(pool, other, reached(pool, other), found.proof), (seed, other)
    assert others > 1000


def test_no_other_prices_prove_another_matching():
    """Whatever prices somebody makes up: what they bound is never below the best."""
    for seed in range(200):
        pool = small(seed)
        found = best(pool)
        assert found.proof is not None
        for other in islice(every(pool), 40):
            for prices in ([0] * len(pool.mentors), [10**9] * len(pool.mentors), found.proof.scoring):
                made_up = Proof(prices, prices, prices, prices)
                if other != found.matching:
                    assert wrong(pool, other, reached(pool, other), made_up), (seed, other)


@pytest.mark.parametrize("which", ["placing", "higher", "scoring", "tying"])
def test_a_price_that_was_changed_is_refused_or_proves_it_too(which: str):
    refused = 0
    for seed in range(200):
        pool = small(seed)
        found = best(pool)
        assert found.proof is not None
        prices = getattr(found.proof, which)
        for place in range(len(pool.mentors)) if prices is not None else ():
            changed = [price + (50 if at == place else 0) for at, price in enumerate(prices)]
            said = wrong(pool, found.matching, found.reached, replace(found.proof, **{which: changed}))
            refused += said is not None
    assert refused > 20


def test_prices_below_nothing_prove_nothing():
    pool = two_and_one()
    found = best(pool)
    assert found.proof is not None
    said = wrong(pool, found.matching, found.reached, replace(found.proof, placing=[-1]))
    assert said == "a price is below 0"
    short = wrong(pool, found.matching, found.reached, replace(found.proof, scoring=[]))
    assert short is not None


def two_and_one() -> Pool:
    return replace(large(2, density=1.1), mentors=("m0",), places=(1,), points=(((0, 500),), ((0, 600),)))


def test_who_waited_longer_is_placed_though_others_have_more_points():
    pool = replace(two_and_one(), waited=(1, 0))
    assert best(pool).matching == [0, NOBODY]
    assert best(replace(pool, waited=(0, 0))).matching == [NOBODY, 0]


def test_the_lowest_points_come_before_the_sum():
    points = (((0, 900), (1, 500)), ((0, 400), (1, 300)))
    pool = replace(two_and_one(), mentors=("m0", "m1"), places=(1, 1), points=points, waited=(0, 0))
    found = best(pool)
    assert (found.matching, found.reached.lowest, found.reached.total) == ([1, 0], 400, 900)


def test_a_place_more_never_places_fewer():
    for seed in range(300):
        pool = small(seed)
        before = best(pool).reached
        for place in range(len(pool.mentors)):
            more = tuple(room + (at == place) for at, room in enumerate(pool.places))
            assert (best(replace(pool, places=more)).reached.placed) >= before.placed


def test_with_a_pair_it_is_the_best_of_those_that_hold_it():
    held = 0
    for seed in range(200):
        pool = small(seed, 4)
        for mentee, row in enumerate(pool.points):
            for mentor, _ in row:
                if not pool.places[mentor]:
                    with pytest.raises(ValueError, match="not possible"):
                        with_pair(pool, mentee, mentor)
                    continue
                held += 1
                found = with_pair(pool, mentee, mentor)
                top = max((one for one in every(pool) if one[mentee] == mentor), key=lambda one: aims(pool, one)[:4])
                assert found[mentee] == mentor
                assert aims(pool, found)[:4] == aims(pool, top)[:4], (seed, mentee, mentor)
    assert held > 200


def test_what_is_not_possible_is_worth_nothing():
    market = Market([1], [[(0, 5)], [(0, 4)]])
    assert market.worth([0, NOBODY]) == 5
    for matching in ([0, 0], [1, NOBODY]):
        with pytest.raises((ValueError, IndexError)):
            market.worth(matching)
    with pytest.raises(ValueError, match="below 0"):
        market.bound([-1])


@pytest.mark.parametrize("matching", [[NOBODY, NOBODY], [NOBODY, 0]])
def test_what_is_not_best_has_no_prices(matching: list[int]):
    with pytest.raises(ValueError, match="not best"):
        lowest_prices(Market([1], [[(0, 5)], [(0, 4)]]), matching)


def test_the_solvers_hold_together_on_many_people():
    pool = large(200)
    market = pool.scoring(0)
    matching = assigned(market)
    assert market.bound(lowest_prices(market, matching)) == market.worth(matching)
    placing = pool.placing()
    most = placed(pool.places, pool.rows(), pool.waited)
    assert placing.bound(lowest_prices(placing, most)) == placing.worth(most)
