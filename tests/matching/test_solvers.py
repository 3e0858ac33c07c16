"""Whichever solver, and whatever the order of people: the same answer. scipy is asked too, and OR-tools by an option."""

from __future__ import annotations

import os
import random
from dataclasses import replace

import numpy as np
import pytest
from scipy.optimize import linear_sum_assignment

from partnerkit.matching import compiled
from partnerkit.matching.assignment import assigned
from partnerkit.matching.best import best
from partnerkit.matching.market import NOBODY, Market
from partnerkit.matching.pool import Pool
from tests.matching.brute import large, shuffled, small


@pytest.mark.parametrize("people", [50, 200, 1000])
def test_count_and_total_are_those_of_scipy(people: int):
    pool = replace(large(people), waited=(0,) * people)
    found = best(pool)
    worth = np.zeros((people, sum(pool.places)))
    columns = [mentor for mentor, room in enumerate(pool.places) for _ in range(room)]
    firsts = {mentor: columns.index(mentor) for mentor in set(columns)}
    for mentee, row in enumerate(pool.points):
        for mentor, points in row:
            if points >= found.reached.lowest:
                for place in range(pool.places[mentor]):
                    worth[mentee, firsts[mentor] + place] = 1_000_000 + points
    rows, chosen = linear_sum_assignment(worth, maximize=True)
    total = int(worth[rows, chosen].sum())
    assert (total // 1_000_000, total % 1_000_000) == (found.reached.placed, found.reached.total)


@pytest.mark.skipif("PARTNERKIT_ORTOOLS" not in os.environ, reason="PARTNERKIT_ORTOOLS=1 asks OR-tools, if installed")
@pytest.mark.parametrize("people", [50, 200, 1000])
def test_count_and_total_are_those_of_or_tools(people: int):
    """A flow of least cost among those that place most: no code in common with any solver that is asked elsewhere."""
    flows = pytest.importorskip("ortools.graph.python.min_cost_flow", reason="pip install ortools")
    pool = replace(large(people), waited=(0,) * people)
    found = best(pool)
    flow = flows.SimpleMinCostFlow()
    source, sink = 2 * people, 2 * people + 1
    for mentee, row in enumerate(pool.points):
        flow.add_arc_with_capacity_and_unit_cost(source, mentee, 1, 0)
        for mentor, points in row:
            if points >= found.reached.lowest:
                flow.add_arc_with_capacity_and_unit_cost(mentee, people + mentor, 1, -points)
    for mentor, room in enumerate(pool.places):
        flow.add_arc_with_capacity_and_unit_cost(people + mentor, sink, room, 0)
    flow.set_node_supply(source, people)
    flow.set_node_supply(sink, -people)
    assert flow.solve_max_flow_with_min_cost() == flow.OPTIMAL
    assert (flow.maximum_flow(), -flow.optimal_cost()) == (found.reached.placed, found.reached.total)


def test_the_answer_is_the_same_with_each_solver():
    for pool in [*(small(seed) for seed in range(300)), large(200), large(400, levels=500)]:
        assert best(pool, compiled.by_scipy) == best(pool, assigned)


def test_the_compiled_solver_is_asked_where_it_pays_off_and_is_exact(monkeypatch: pytest.MonkeyPatch):
    asked: list[Market] = []
    monkeypatch.setattr(compiled, "by_scipy", lambda market: asked.append(market) or assigned(market))
    few = large(50).scoring(0)
    compiled.fastest(few)
    assert asked == []
    monkeypatch.setattr(compiled, "_PAYS_OFF", 10)
    compiled.fastest(few)
    assert len(asked) == 1
    dear = Market(few.places, [[(mentor, weight << 30) for mentor, weight in row] for row in few.rows])
    assert not compiled.exact(dear)
    compiled.fastest(dear)
    assert len(asked) == 1


def test_nobody_needs_no_solver():
    assert compiled.by_scipy(Market([1], [])) == []
    assert compiled.by_scipy(Market([], [[], []])) == [NOBODY, NOBODY]


@pytest.mark.parametrize("people", [30, 120])
def test_the_order_of_people_changes_nothing(people: int):
    """A hundred times in another order, by hand: a run puts them in the order of their ids before."""
    pool = large(people, density=0.2, levels=5)
    answer = named(pool)
    draw = random.Random(9)  # noqa: S311 - the same orders each time
    for _ in range(100):
        assert named(shuffled(pool, draw)) == answer


def named(pool: Pool) -> dict[str, str]:
    found = best(pool).matching
    return {pool.mentees[mentee]: pool.mentors[mentor] for mentee, mentor in enumerate(found) if mentor != NOBODY}
