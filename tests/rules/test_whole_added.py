"""Decisions and waivers that a step adds: whole findings, by the roster, the record and the policy before the step."""

from __future__ import annotations

import copy
from dataclasses import replace
from typing import Any

import pytest

from partnerkit.findings import Finding
from partnerkit.policies.policy import Policy
from partnerkit.register import PolicyFile, Register
from partnerkit.rules.approvals import decisions_by_those_who_may, waivers_by_those_who_may
from partnerkit.steps import Step
from tests.policies.fulfil import World
from tests.rules.bench import held, policy, register, world
from tests.rules.whole import by_keys, told

BOARD = {"role": "board"}


def stands(here: World, **changed: Any) -> Register:
    """The register as it is at this moment, of which every place is told by its keys."""
    found = register(here, **changed)
    records = {key: replace(one, data=copy.deepcopy(one.data), place=by_keys) for key, one in found.records.items()}
    return replace(found, records=records)


def step(here: World, before: dict[str, Any] | None = None, **after: Any) -> Step:
    """What stands in the record came in with one step; `before` says otherwise of the register before it."""
    now, whole = stands(here, **after), here.record
    here.record = {**whole, "approvals": [], "waivers": []}
    then = stands(here, **(before or {}))
    here.record = whole
    return Step(then, now)


def decisions(one: Step) -> list[Finding]:
    assert one.before is not None
    old = one.before.records.get("subject")
    return list(decisions_by_those_who_may(one, old, one.after.records["subject"]))


def waivers(one: Step) -> list[Finding]:
    assert one.before is not None
    return list(waivers_by_those_who_may(one, one.before.records.get("subject"), one.after.records["subject"]))


def decided(separation: str = "off", *, in_record: bool = False) -> World:
    data = policy(approval={"role": "board", "in-record": in_record}, clause=["§1.1", "§1.2"])
    here = world(data | {"separation-of-duties": separation})
    here.say("evidence", "e", "more", kind="report", ref="a thing")
    return here


def wrong(code: str, message: str, mend: str, index: int = 0) -> Finding:
    more = {"clause": "SMALL §1.1, SMALL §1.2", "statement": "a-000000000001"}
    return told(code, message, "approvals", index, mend=f"partnerkit {mend}", **more)


FOR_ANN = "approve subject more --for p-ann --seen <seen>"


@pytest.mark.parametrize("separation", ["require", "warn", "off"])
def test_whoever_proposed_it_brings_no_decision_in(separation):
    here = decided(separation)
    assert decisions(step(here)) == []
    here.record["proposer"] = "p-bob"
    words = "p-bob is the proposer of subject or a party to it, and may not decide on more"
    expected = [wrong("not-separate", words, FOR_ANN)] if separation == "require" else []
    assert decisions(step(here)) == expected


@pytest.mark.parametrize(
    ("named", "mend"),
    [
        ("p-ann", FOR_ANN),
        ("p-eve", "person role <person> board"),
        (None, "person role <person> board"),
        ("p-bob", None),
    ],
)
def test_a_role_named_in_the_very_step_decides_nothing_in_it(named, mend):
    here = decided(in_record=True)
    here.record["roles"] = {"board": named} if named else {}
    after = step(here).before
    assert after is not None
    old = after.records["subject"]
    here.record["roles"] = {"board": "p-bob"}
    now = stands(here)
    words = "p-bob decided on more as board, and was not named so before this very step"
    found = list(decisions_by_those_who_may(Step(after, now), old, now.records["subject"]))
    assert found == ([wrong("role-not-named-before", words, mend)] if mend else [])


def test_a_role_that_comes_with_the_step_decides_nothing_in_it():
    here = decided()
    words = "p-bob has the role board only from this very step on, and decided on more in it"
    without = {"roster": held(p_ann=[BOARD], p_bob=[{"role": "chair"}])}
    assert decisions(step(here, without)) == [wrong("role-not-held", words, FOR_ANN)]
    late = {"roster": held(p_bob=[{**BOARD, "from": "2026-05-02"}])}
    line = "person role <person> board"
    assert decisions(step(here, late)) == [wrong("role-not-held", words, line)]
    here.record["approvals"][0]["on"] = "2026-05-02"
    assert decisions(step(here, late)) == [], "held on the day on which it was said"
    assert decisions(step(here, without, roster=without["roster"])) == [], "never held at all: the gate says so"


def in_a_city(here: World) -> World:
    here.data["fields"] = {"partnership": {"city": {"type": "text", "clause": "§1.1", "title": "Where."}}}
    here.data["roles"]["board"]["scopes"] = ["city"]
    here.data["requirements"]["more"]["approval"]["scope"] = {"city": "city"}
    here.policy = Policy.model_validate(here.data)
    here.record["city"] = "Dortmund"
    return here


def test_a_role_for_another_city_decides_nothing():
    here = in_a_city(decided())
    in_hamm, in_dortmund = ({**BOARD, "scope": {"city": city}} for city in ("Hamm", "Dortmund"))
    words = "p-bob does not hold the role board for Dortmund (only for Hamm) on 2026-05-01"
    line = "person role <person> board --scope city=Dortmund"
    hamm, dortmund = {"roster": held(p_bob=[in_hamm])}, {"roster": held(p_bob=[in_dortmund])}
    assert decisions(step(here, hamm, **hamm)) == [wrong("role-not-held", words, line)]
    assert decisions(step(here, dortmund, **dortmund)) == []
    from_now_on = "p-bob has the role board only from this very step on, and decided on more in it"
    assert decisions(step(here, hamm, **dortmund)) == [wrong("role-not-held", from_now_on, line)]


def test_where_nobody_has_said_who_decides_nobody_is_told_wrong():
    here = decided()
    here.data["requirements"]["more"]["approval"]["role"] = "$decider"
    here.policy = Policy.model_validate(here.data)
    nobody = {"roster": held(p_bob=[{"role": "board", "scope": {"city": "Hamm"}}])}
    assert decisions(step(here, nobody)) == []


def test_only_what_the_step_adds_is_judged_and_only_what_is_asked_for():
    here = decided("require")
    here.record["proposer"] = "p-bob"
    both = stands(here)
    assert decisions(Step(both, both)) == [], "it stood there before"
    assert decisions(Step(replace(both, records={}), both)) != [], "a record that comes in brings all of it"
    new = both.records["subject"]
    assert list(decisions_by_those_who_may(Step(None, both), None, new)) == [], "the first step founds the rules"
    empty = replace(both, policies={})
    assert decisions(Step(empty, replace(both))) == []
    other = copy.deepcopy(here.record["approvals"][0])
    here.record["approvals"] = [{**other, "requirement": "unknown"}, other]
    words = "p-bob is the proposer of subject or a party to it, and may not decide on more"
    assert decisions(step(here)) == [wrong("not-separate", words, FOR_ANN, 1)]


def test_what_needs_no_decision_is_not_decided_wrongly():
    here = decided("require")
    here.record["proposer"] = "p-bob"
    data = policy(reason=True) | {"separation-of-duties": "require"}
    other = {"SMALL": PolicyFile("policy", data, Policy.model_validate(data))}
    assert decisions(step(here, {"policies": other})) == []


def test_a_decision_is_judged_at_the_moment_at_which_it_was_said():
    here = decided("require")
    here.record["proposer"] = "p-bob"
    here.record["approvals"][0]["at"] = "2026-06-20T12:00:00Z"
    assert [one.code for one in decisions(step(here))] == ["not-separate"]


def waived(waivable: dict[str, Any] | None) -> World:
    own: dict[str, Any] = {"waivable": waivable} if waivable else {}
    here = world(policy(evidence={"kinds": ["report"]}, clause=["§1.1", "§1.2"], **own))
    here.say("waivers", "w", "more", role="board", reason="in a hurry", until="2026-06-01")
    return here


def test_a_waiver_that_counts_for_nothing_does_not_come_in():
    assert waivers(step(waived({"by": "board"}))) == []
    here = waived(None)
    mend = "take the waiver out; partnerkit gates subject shows what the next stage needs"
    more = {"clause": "SMALL §1.1, SMALL §1.2", "statement": "w-000000000002"}
    words = "SMALL lets nobody waive more"
    assert waivers(step(here)) == [told("not-waivable", words, "waivers", 0, mend=mend, **more)]
    both = stands(here)
    assert waivers(Step(both, both)) == []


def test_decisions_and_waivers_are_told_apart():
    here = waived({"by": "board"})
    here.say("approvals", "a", "more", role="chair", record="subject", decision="approve", binds=BINDS)
    here.record["approvals"][0]["id"] = here.record["waivers"][0]["id"]
    assert (waivers(step(here)), decisions(step(here))) == ([], [])


BINDS = {"definition": "c1:" + "0" * 64, "content": "c1:" + "0" * 64}
