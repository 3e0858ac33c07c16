"""Who is bound to whom: the same person under another id, and conflicts of interest that either of two declared."""

from __future__ import annotations

from typing import Any

import pytest

from partnerkit.register import Register
from partnerkit.rules.bound import bound_to
from tests.obligations.world import World


def register(**declared: dict[str, Any]) -> Register:
    """Applications by their applicants: `p_ann={"conflicts": [...], "also": [...]}`."""
    world = World(only="mid-review")
    for person, said in declared.items():
        own = person.replace("_", "-")
        given = {"title": "Mentor", "applicant": own, "as": "mentor", "applied": "2026-01-20", **said}
        world.put("application", f"of-{own}", ("2026-01-20", "applied"), **given)
    return world.register


@pytest.mark.parametrize(
    ("declared", "found"),
    [
        ({}, {"p-ann"}),
        ({"p_ann": {"conflicts": ["p-bob"]}}, {"p-ann", "p-bob"}),
        ({"p_bob": {"conflicts": ["p-ann"]}}, {"p-ann", "p-bob"}),
        ({"p_bob": {"conflicts": ["p-cyd"]}}, {"p-ann"}),
        ({"p_ann": {"also": ["p-one"]}}, {"p-ann", "p-one"}),
        ({"p_one": {"also": ["p-ann"]}, "p_two": {"also": ["p-one"]}}, {"p-ann", "p-one", "p-two"}),
        ({"p_one": {"also": ["p-ann"], "conflicts": ["p-bob"]}}, {"p-ann", "p-one", "p-bob"}),
        ({"p_ann": {"conflicts": ["p-bob"]}, "p_two": {"also": ["p-bob"]}}, {"p-ann", "p-bob", "p-two"}),
        ({"p_ann": {"conflicts": ["p-bob"]}, "p_bob": {"conflicts": ["p-cyd"]}}, {"p-ann", "p-bob"}),
    ],
)
def test_a_conflict_binds_both_under_every_id_and_nobody_beyond_them(declared, found):
    assert bound_to([register(**declared)], {"p-ann"}) == found


def test_what_was_declared_before_the_step_or_in_it_counts():
    before, after = register(p_ann={"conflicts": ["p-bob"]}), register(p_ann={"conflicts": ["p-cyd"]})
    assert bound_to([before, after], {"p-ann"}) == {"p-ann", "p-bob", "p-cyd"}
    assert bound_to([before], set()) == set()
