"""What another version of a policy means for a record in flight."""

from __future__ import annotations

from typing import Any

import pytest

from partnerkit.register import PolicyFile
from partnerkit.rules.effects import Effect, effects
from tests.policies.fulfil import MOMENT, World
from tests.rules.bench import moved, policy, register, under, world

ID = "a-000000000001"


def decided() -> World:
    return world(policy(approval={"role": "board"}))


def meant(here: World, data: dict[str, Any]) -> list[Effect]:
    """What it means that the policy becomes this one."""
    found = register(here)
    return effects(found, MOMENT, PolicyFile("policy", here.data, here.policy), under(here, data))


def ways(data: dict[str, Any]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = data["lifecycles"]["partnership"]["transitions"]
    return found


def test_the_same_policy_means_nothing():
    here = decided()
    assert meant(here, here.data) == []


def test_a_stage_that_is_gone_is_mapped():
    data = policy(approval={"role": "board"})
    stages = data["lifecycles"]["partnership"]["stages"]
    data["lifecycles"]["partnership"] |= {"starts": "new", "stages": {"new": {"title": "New"}, **stages}}
    del data["lifecycles"]["partnership"]["stages"]["proposed"]
    ways(data)[0]["from"], ways(data)[1]["from"] = "new", ["new", "active"]
    [effect] = meant(decided(), data)
    assert (effect.to, effect.refused) == (None, True)
    assert effect.problem == "the stage proposed is gone: partnerkit policy migrate SMALL maps it"


def test_a_way_that_is_gone_holds_up_and_a_new_one_is_news():
    here = decided()
    less = policy(approval={"role": "board"})
    del ways(less)[1]
    [gone] = meant(here, less)
    assert (gone.to, gone.problem, gone.news, gone.refused) == (
        "ended",
        "the way to ended is gone",
        "the way to ended is gone",
        True,
    )
    here.data, here.policy = less, under(here, less).policy
    [new] = meant(here, policy(approval={"role": "board"}))
    assert (new.to, new.problem, new.news, new.refused) == ("ended", None, "there is a new way to ended", False)


def test_a_gate_gets_harder_or_easier():
    here, more = decided(), policy(approval={"role": "board"}, others={"report": {"evidence": {"kinds": ["report"]}}})
    ways(more)[0]["needs"].append("report")
    [harder] = meant(here, more)
    assert (harder.to, harder.harder, harder.easier, harder.void) == ("active", ("report",), (), ())
    here.data, here.policy = more, under(here, more).policy
    [easier] = meant(here, policy(approval={"role": "board"}))
    assert (easier.harder, easier.easier, easier.refused) == ((), ("report",), False)


@pytest.mark.parametrize("said", ["standing", "withdrawn", "used", "void already"])
def test_an_approval_that_would_no_longer_bind_is_named(said):
    here = decided()
    if said == "withdrawn":
        here.record["approvals"][0]["withdrawn"] = {"at": "2026-05-20T12:00:00Z", "by": "p-bob", "reason": "A slip."}
    elif said == "used":
        moved(here, "active", uses=[ID])
        moved(here, "proposed", type_="undo", undoes=here.record["history"][-1]["id"], reason="A slip.")
    elif said == "void already":
        here.record["approvals"][0]["record"] = "another"
    found = meant(here, policy(approval={"role": "board", "at-least": 1}))
    assert [one.void for one in found if one.void] == ([(ID,)] if said == "standing" else [])


def test_an_approval_of_what_is_no_longer_asked_is_not_named():
    here = decided()
    data = policy(approval={"role": "board"}, others={"report": {"evidence": {"kinds": ["report"]}}})
    del data["requirements"]["more"]
    ways(data)[0]["needs"] = ["report"]
    [effect] = meant(here, data)
    assert (effect.harder, effect.void) == (("report",), ())
