"""Pack mutation: every demand of every pack refuses, or finds, something that passes without it; none is for show."""

from __future__ import annotations

from typing import Any

import pytest

from partnerkit.policies.policy import Policy
from tests.policies.fulfil import World, standing_of, with_deciders
from tests.policies.packs import pack_data, pack_names

DATA = {name: with_deciders(pack_data(name)) for name in pack_names()}
POLICIES = {name: Policy.model_validate(data) for name, data in DATA.items()}

#: Every gate, one case for each stage that it may be entered from.
GATES = [
    (pack, kind, from_, transition.to)
    for pack, policy in POLICIES.items()
    for kind, lifecycle in policy.lifecycles.items()
    for transition in lifecycle.transitions
    for from_ in transition.from_
]

#: Every demand of every gate, those that only advise apart.
DEMANDS = [
    (pack, kind, from_, to, name)
    for pack, kind, from_, to in GATES
    for name in getattr(POLICIES[pack].lifecycles[kind].find(from_, to), "needs", [])
]
REFUSING = [one for one in DEMANDS if not POLICIES[one[0]].requirements[one[-1]].advisory]
ADVISING = [one for one in DEMANDS if POLICIES[one[0]].requirements[one[-1]].advisory]

#: Every alternative: the gate, the requirement that offers it, and itself.
ALTERNATIVES = [
    (*gate, name, other) for *gate, name in DEMANDS for other in POLICIES[gate[0]].requirements[name].any_of or []
]

#: Every demand that must be met as long as a stage lasts.
STANDING = [
    (pack, kind, stage, name)
    for pack, policy in POLICIES.items()
    for kind, lifecycle in policy.lifecycles.items()
    for stage in lifecycle.stages
    for name in standing_of(policy, kind, stage)
]


def unmet(world: World, without: str | None = None) -> list[str]:
    return [one.question.name for one in world.asked(without) if not one.answer.met]


def told(world: World) -> dict[str, Any]:
    return {one.question.name: one.answer.missing for one in world.asked() if not one.answer.met}


def advice(world: World, without: str | None = None) -> list[str]:
    """The requirements of which the gate says that they would be better met."""
    return [
        one.question.name
        for one in world.asked(without)
        for note in one.answer.notes
        if note.startswith(f"{one.question.name}: ")
    ]


@pytest.mark.parametrize(("pack", "kind", "from_", "to"), GATES)
def test_a_gate_opens_when_all_is_there(pack, kind, from_, to):
    world = World(DATA[pack], kind, from_, to)
    assert told(world) == {}
    assert advice(world) == []


@pytest.mark.parametrize(("pack", "kind", "from_", "to", "name"), REFUSING)
def test_it_refuses_alone_and_passes_when_taken_out(pack, kind, from_, to, name):
    world = World(DATA[pack], kind, from_, to, frozenset({name}))
    assert unmet(world) == [name]
    assert unmet(world, without=name) == []


@pytest.mark.parametrize(("pack", "kind", "from_", "to", "name"), ADVISING)
def test_advice_is_given_alone_and_refuses_nothing(pack, kind, from_, to, name):
    world = World(DATA[pack], kind, from_, to, frozenset({name}))
    assert unmet(world) == []
    assert advice(world) == [name]
    assert advice(world, without=name) == []


@pytest.mark.parametrize(("pack", "kind", "from_", "to", "name", "other"), ALTERNATIVES)
def test_an_alternative_alone_opens_the_gate_and_not_when_taken_out(pack, kind, from_, to, name, other):
    world = World(DATA[pack], kind, from_, to, only=other)
    assert unmet(world) == []
    assert unmet(world, without=other) == [name]


@pytest.mark.parametrize(("pack", "kind", "stage", "name"), STANDING)
def test_what_must_stand_is_found_when_it_falls_and_not_when_taken_out(pack, kind, stage, name):
    assert World(DATA[pack], kind, stage, "").standing() == []
    world = World(DATA[pack], kind, stage, "", frozenset({name}))
    [found] = world.standing()
    assert (found.severity, found.code) == (
        "warning",
        "advice" if POLICIES[pack].requirements[name].advisory else "standing-breach",
    )
    assert name in found.message
    assert world.standing(without=name) == []


@pytest.mark.parametrize("pack", POLICIES)
def test_no_requirement_is_left_out(pack):
    """Each is demanded by a gate, stands for a stage, or is an alternative of one that is.

    What is asked only of records that another names is tried where such records meet: in the journeys.
    """
    tried = {one[-1] for cases in (DEMANDS, ALTERNATIVES, STANDING) for one in cases if one[0] == pack}
    tried |= {name for one in POLICIES[pack].requirements.values() if one.named for name in one.named.meets}
    assert set(POLICIES[pack].requirements) - tried == set()


@pytest.mark.parametrize("pack", POLICIES)
def test_every_standing_stage_is_tried(pack):
    wanted = {(name, stage) for name, one in POLICIES[pack].requirements.items() for stage in one.standing}
    assert wanted - {(name, stage) for held, _kind, stage, name in STANDING if held == pack} == set()


def test_notice_is_asked_for_once_something_ends_it():
    """A partnership about which nothing is said yet lacks its trigger: one thing is missing, and one is told."""
    world = World(DATA["OPS-05-03"], "partnership", "active", "ending", frozenset({"termination-trigger"}))
    assert "termination" not in world.record
    assert unmet(world) == ["termination-trigger"]
