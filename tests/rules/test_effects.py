"""What another version of a policy means for a record in flight."""

from __future__ import annotations

import copy
from dataclasses import replace
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


def whole(here: World, data: dict[str, Any]) -> list[Effect]:
    """The same, and every effect is on the record that stands there."""
    found = register(here)
    told = effects(found, MOMENT, PolicyFile("policy", here.data, here.policy), under(here, data))
    assert all(one.record is found.records["subject"] for one in told)
    return told


def test_an_effect_names_its_record_and_nothing_that_is_not_meant():
    here, less = decided(), policy(approval={"role": "board"})
    del ways(less)[1]
    [gone] = whole(here, less)
    words = "the way to ended is gone"
    assert gone == Effect(gone.record, "ended", (), (), (), words, words)
    stages = less["lifecycles"]["partnership"]["stages"]
    stages["new"] = stages.pop("proposed")
    less["lifecycles"]["partnership"]["starts"] = ways(less)[0]["from"] = "new"
    [mapped] = whole(here, less)
    words = "the stage proposed is gone: partnerkit policy migrate SMALL maps it"
    assert mapped == Effect(mapped.record, None, (), (), (), words)
    [without] = whole(here, {**policy(reason=True), "lifecycles": {"case": policy()["lifecycles"]["partnership"]}})
    assert without.problem == words


def test_every_way_is_looked_at_be_one_gone_or_new():
    here, data = decided(), policy(approval={"role": "board"}, others={"report": {"evidence": {"kinds": ["report"]}}})
    data["lifecycles"]["partnership"]["stages"]["paused"] = {"title": "Paused"}
    ways(data)[1]["to"] = "paused"
    ways(data)[1]["needs"] = []
    ways(data).append({"from": "proposed", "to": "ended", "needs": ["report"]})
    found = whole(here, data)
    assert [(one.to, one.harder, one.news) for one in found] == [
        ("ended", ("report",), None),
        ("paused", (), "there is a new way to paused"),
    ]
    here.data, here.policy = data, under(here, data).policy
    assert [(one.to, one.easier, one.problem) for one in whole(here, policy(approval={"role": "board"}))] == [
        ("paused", (), "the way to paused is gone"),
        ("ended", ("report",), None),
    ]


def test_only_records_under_the_policy_that_were_not_taken_back():
    here, less = decided(), policy(approval={"role": "board"})
    del ways(less)[1]
    assert len(meant(here, less)) == 1
    moved(here, "void", type_="tombstone", reason="A slip.")
    assert meant(here, less) == []
    other = decided()
    found = register(other)
    one = found.records["subject"]
    elsewhere = replace(one, model=one.model.model_copy(update={"policy": "OTHER"}))
    old = PolicyFile("policy", other.data, other.policy)
    assert effects(replace(found, records={"subject": elsewhere}), MOMENT, old, under(other, less)) == []


def test_a_kind_that_had_no_stages_gets_new_ways():
    here, data = decided(), policy(approval={"role": "board"})
    found = register(here)
    none = PolicyFile("policy", here.data, here.policy.model_copy(update={"lifecycles": {}}))
    told = effects(found, MOMENT, none, under(here, data))
    assert [(one.to, one.news) for one in told] == [
        ("active", "there is a new way to active"),
        ("ended", "there is a new way to ended"),
    ]


def test_the_record_is_asked_by_each_version_with_all_that_it_has():
    """Whom the record names, how long it has stood there, and how the version separates duties."""
    data = policy(approval={"role": "board", "in-record": True}, others={"wait": {"dwell": {"at-least": "P1Y"}}})
    data["roles"]["board"]["in-record"] = True
    ways(data)[0]["needs"].append("wait")
    here = world(data)
    loose = copy.deepcopy(data)
    loose["requirements"]["wait"]["dwell"]["at-least"] = "P9Y"
    [harder] = whole(here, loose)
    assert (harder.harder, harder.void) == (("wait",), ())
    strict = copy.deepcopy(data)
    strict["separation-of-duties"] = "require"
    here.record["proposer"] = "p-bob"
    here.data["separation-of-duties"] = "off"
    here.policy = under(here, here.data).policy
    assert [one.harder for one in whole(here, strict)] == [("more",)]


def test_each_approval_is_looked_at_whatever_comes_before_it():
    here = decided()
    first = here.record["approvals"][0]
    back = {"at": "2026-05-20T12:00:00Z", "by": "p-bob", "reason": "A slip."}
    here.record["approvals"] = [{**first, "id": "a-00000000000a", "withdrawn": back}, first]
    found = meant(here, policy(approval={"role": "board", "at-least": 1}))
    assert [one.void for one in found] == [(ID,)]


def test_an_approval_of_what_neither_version_knows_is_not_named():
    here = decided()
    here.record["approvals"][0]["requirement"] = "gone"
    data = policy(approval={"role": "board", "at-least": 1})
    assert [one.void for one in meant(here, data)] == []
    data["requirements"]["gone"] = {"clause": "§1.1", "approval": {"role": "board"}}
    ways(data)[0]["needs"].append("gone")
    assert [one.void for one in meant(here, data)] == [()]
