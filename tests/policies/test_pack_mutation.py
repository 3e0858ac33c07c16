"""Pack mutation: every demand of the pack refuses something that passes without it; none is there for show."""

from __future__ import annotations

from typing import Any

import pytest

from partnerkit.policies.policy import Policy
from tests.policies.fulfil import World, with_deciders
from tests.policies.packs import pack_data

DATA = with_deciders(pack_data("OPS-05-03"))
POLICY = Policy.model_validate(DATA)

#: Every gate, one case for each stage that it may be entered from.
GATES = [
    (kind, from_, transition.to)
    for kind, lifecycle in POLICY.lifecycles.items()
    for transition in lifecycle.transitions
    for from_ in transition.from_
]

#: Every demand of every gate.
DEMANDS = [
    (kind, from_, to, name)
    for kind, from_, to in GATES
    for name in getattr(POLICY.lifecycles[kind].find(from_, to), "needs", [])
]

#: Every alternative: the gate, the requirement that offers it, and itself.
ALTERNATIVES = [
    (kind, from_, to, name, other)
    for kind, from_, to, name in DEMANDS
    for other in POLICY.requirements[name].any_of or []
]


def unmet(world: World, without: str | None = None) -> list[str]:
    return [one.question.name for one in world.asked(without) if not one.answer.met]


def told(world: World) -> dict[str, Any]:
    return {one.question.name: one.answer.missing for one in world.asked() if not one.answer.met}


@pytest.mark.parametrize(("kind", "from_", "to"), GATES)
def test_a_gate_opens_when_all_is_there(kind, from_, to):
    assert told(World(DATA, kind, from_, to)) == {}


@pytest.mark.parametrize(("kind", "from_", "to", "name"), DEMANDS)
def test_it_refuses_alone_and_passes_when_taken_out(kind, from_, to, name):
    world = World(DATA, kind, from_, to, frozenset({name}))
    assert unmet(world) == [name]
    assert unmet(world, without=name) == []


@pytest.mark.parametrize(("kind", "from_", "to", "name", "other"), ALTERNATIVES)
def test_an_alternative_alone_opens_the_gate_and_not_when_taken_out(kind, from_, to, name, other):
    world = World(DATA, kind, from_, to, only=other)
    assert unmet(world) == []
    assert unmet(world, without=other) == [name]


def test_no_requirement_is_left_out():
    """Each is demanded by a gate, or is an alternative of one that is."""
    tried = {name for *_gate, name in DEMANDS} | {other for *_gate, other in ALTERNATIVES}
    assert set(POLICY.requirements) - tried == set()
    assert len(tried) == len(POLICY.requirements) > 60


def test_notice_is_asked_for_once_something_ends_it():
    """A partnership about which nothing is said yet lacks its trigger: one thing is missing, and one is told."""
    world = World(DATA, "partnership", "active", "ending", frozenset({"termination-trigger"}))
    assert "termination" not in world.record
    assert unmet(world) == ["termination-trigger"]
