"""Pairs of peers: the best of all, shown by prices, and whatever is changed in the proof is refused."""

from __future__ import annotations

import random
from collections.abc import Callable
from copy import deepcopy
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from partnerkit.matching import peers, solving
from partnerkit.matching.covers import Cover, worth
from partnerkit.matching.market import NOBODY
from partnerkit.matching.peers import Covers, paired, reached_by_peers, wrong_of_peers
from partnerkit.matching.pool import Pool
from partnerkit.matching.proposal import Origin, Proposal, proposal
from partnerkit.matching.proving import unproven
from partnerkit.matching.run import Run
from partnerkit.matching.solving import Method, solved
from tests.matching.brute import alike
from tests.matching.people import person, run


def others(pool: Pool) -> list[list[int]]:
    """Some matchings that are possible, by taking pairs by chance."""
    found = []
    pairs = [(one, other) for one, row in enumerate(pool.points) for other, _ in row if one < other]
    for seed in range(12):
        matching = [NOBODY] * len(pool.mentees)
        draw = random.Random(seed)  # noqa: S311 - the same cases each time
        for one, other in draw.sample(pairs, draw.randint(0, len(pairs))):
            if matching[one] == matching[other] == NOBODY:
                matching[one], matching[other] = other, one
        found.append(matching)
    return found


def test_the_proof_is_accepted_and_proves_nothing_else():
    refused = 0
    for seed in range(250):
        pool = alike(seed, 9)
        found = paired(pool)
        assert wrong_of_peers(pool, found.matching, found.reached, found.proof) is None, seed
        for other in others(pool):
            if other != found.matching:
                refused += 1
                assert wrong_of_peers(pool, other, reached_by_peers(pool, other), found.proof), (seed, other)
    assert refused > 1000


def cover_changes(cover: Cover) -> list[Cover]:
    """Every cover that differs in one place."""
    places = range(len(cover.prices))
    changed = [
        replace(cover, prices=[price + by * (at == place) for at, price in enumerate(cover.prices)])
        for place in places
        for by in (-1, 1, -(1 << 80), 1 << 80)
    ]
    changed += [replace(cover, prices=cover.prices[:-1]), replace(cover, prices=[*cover.prices, 0])]
    for at, (people, price) in enumerate(cover.sets):
        rest = cover.sets[:at] + cover.sets[at + 1 :]
        changed.append(replace(cover, sets=rest))
        changed.append(replace(cover, sets=[*cover.sets, (people, price)]))
        changed += [replace(cover, sets=[*rest, (people, other)]) for other in (price - 1, price + 1, -price, 0)]
        changed += [
            replace(cover, sets=[*rest, (people[1:], price)]),
            replace(cover, sets=[*rest, ((*people, people[0]), price)]),
        ]
    return [one for one in changed if one != cover]


def test_a_price_that_was_changed_is_refused():
    """The bound is tight: one price more, or less, and it is missed or a pair is not covered."""
    changed = sets = 0
    for seed in range(90):
        pool = alike(seed, 9)
        found = paired(pool)
        for which in ("placing", "best"):
            sets += len(getattr(found.proof, which).sets)
            for cover in cover_changes(getattr(found.proof, which)):
                changed += 1
                said = wrong_of_peers(pool, found.matching, found.reached, replace(found.proof, **{which: cover}))
                assert said is not None, (seed, which)
    assert changed > 3000
    assert sets > 20


def test_that_the_lowest_points_cannot_be_higher_is_shown_or_refused():
    refused = 0
    for seed in range(150):
        pool = alike(seed, 9)
        found = paired(pool)
        if found.proof.higher is None or not found.reached.placed:
            continue
        for cover in (None, found.proof.placing, Cover([0] * len(pool.mentees), [])):
            said = wrong_of_peers(pool, found.matching, found.reached, replace(found.proof, higher=cover))
            assert said is not None or cover is not None, seed
            refused += said is not None
    assert refused > 100


def test_made_up_prices_prove_no_other_matching():
    for seed in range(100):
        pool = alike(seed)
        found = paired(pool)
        for prices in ([0] * len(pool.mentees), [1 << 200] * len(pool.mentees), found.proof.best.prices):
            cover = Cover(prices, [])
            for other in others(pool):
                if other != found.matching:
                    assert wrong_of_peers(pool, other, reached_by_peers(pool, other), Covers(cover, cover, cover)), seed


def test_the_order_of_people_changes_nothing():
    pool = alike(3, 40)
    answer = named(pool)
    draw = random.Random(5)  # noqa: S311 - the same orders each time
    assert len(answer) > 5
    for _ in range(100):
        order = draw.sample(range(len(pool.mentees)), len(pool.mentees))
        place = {old: new for new, old in enumerate(order)}
        names = tuple(pool.mentees[old] for old in order)
        turned = replace(
            pool,
            mentors=names,
            mentees=names,
            waited=tuple(pool.waited[old] for old in order),
            points=tuple(tuple((place[other], points) for other, points in pool.points[old]) for old in order),
            before=frozenset((place[one], place[other]) for one, other in pool.before),
        )
        assert named(turned) == answer


def named(pool: Pool) -> set[frozenset[str]]:
    found = paired(pool).matching
    return {frozenset([pool.mentees[one], pool.mentees[other]]) for one, other in enumerate(found) if one < other}


def test_what_no_pairs_of_people_can_be_is_worth_nothing():
    rows = [[(1, 5)], [(0, 5)], []]
    assert worth(rows, [1, 0, NOBODY]) == 5
    for matching in ([1, NOBODY, NOBODY], [2, NOBODY, 0]):
        with pytest.raises(ValueError, match="not possible"):
            worth(rows, matching)


def circle() -> Run:
    """Seven people; three of them could only be with each other, so that a set has a price."""
    alone = [person(name, level="beginner", skills=["sql"], shuns=["p-d", "p-e", "p-f", "p-g"]) for name in "abc"]
    return run(
        [], [*alone, *(person(name, level="beginner", skills=["sql"], region="north") for name in "defg")], "peer"
    )


def told(found: Run, method: Method = "best") -> dict[str, Any]:
    return proposal(found, solved(found, method), Origin(date(2026, 3, 2), "2026-03-02T12:00:00Z", "0" * 40, "a"))


def test_a_proposal_of_peers_is_shown_by_its_own_prices():
    found = circle()
    data = told(found)
    assert data["covers"]["placing"]["sets"]
    assert unproven(found, Proposal.model_validate(data)) is None


def test_nothing_is_looked_for_again_to_show_it(monkeypatch: pytest.MonkeyPatch):
    found = circle()
    data = Proposal.model_validate(told(found))
    wished = run(
        [person("m", "mentor", level="advanced", skills=["sql"], prefers=["p-t"])],
        [person("t", level="beginner", skills=["sql"], prefers=["p-m"])],
    )
    stable = Proposal.model_validate(told(wished, "stable"))
    for module, name in ((peers, "heaviest"), (solving, "solved"), (solving, "stable"), (solving, "paired")):
        monkeypatch.setattr(module, name, None)
    assert unproven(found, data) is None
    assert unproven(wished, stable) is None


CHANGES: list[tuple[Callable[[dict[str, Any]], object], str]] = [
    (lambda one: one["pairs"].pop(), "it reaches"),
    (lambda one: one["pairs"][0].update(points=999), "the points are others"),
    (lambda one: one["pairs"].append(dict(one["pairs"][0])), "stands there twice"),
    (lambda one: one["pairs"].append(turned(one["pairs"][0])), "stands there twice"),
    (lambda one: one.update(pairs=[{**one["pairs"][0], "mentor": "a", "mentee": "g"}]), "is not possible"),
    (lambda one: one["pairs"][0].update(mentor="z"), "not among those who can be matched"),
    (lambda one: one["reached"].update(total=1), "it reaches"),
    (lambda one: one.update(blocking=4), "rather have each other"),
    (lambda one: one.pop("covers"), "it has no certificate"),
    (lambda one: one.update(certificate=one.pop("covers") and {}), "proves nothing of peers"),
    (lambda one: one.update(certificate={}), "proves nothing of peers"),
    (lambda one: one["covers"]["placing"].pop("sets"), "not covered"),
    (lambda one: one["covers"]["placing"]["sets"][0].update(people=["a", "b", "z"]), "z, who is not among the people"),
    (lambda one: one["covers"]["best"]["people"].update(a=1 << 300), "cannot be higher"),
    (lambda one: one["covers"]["best"]["people"].pop("d"), "not covered"),
    (lambda one: one["covers"]["placing"].update(people={}), "not covered"),
]


def turned(pair: dict[str, Any]) -> dict[str, Any]:
    return {**pair, "mentor": pair["mentee"], "mentee": pair["mentor"]}


@pytest.mark.parametrize(("change", "why"), CHANGES)
def test_whatever_is_changed_in_a_proposal_of_peers_is_found(change: Callable[[dict[str, Any]], object], why: str):
    found = circle()
    data = deepcopy(told(found))
    change(data)
    said = unproven(found, Proposal.model_validate(data))
    assert said is not None
    assert why in said


def test_a_certificate_of_peers_proves_nothing_of_pairs():
    pairs = run(
        [person("m", "mentor", level="advanced", skills=["sql"])], [person("t", level="beginner", skills=["sql"])]
    )
    data = told(pairs)
    data["covers"] = told(circle())["covers"]
    said = unproven(pairs, Proposal.model_validate(data))
    assert said == "it has a certificate that proves nothing of pairs"
