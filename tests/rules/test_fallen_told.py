"""What a passed gate no longer rests on is told with the gate and the way back behind it, as whole findings."""

from __future__ import annotations

import pytest

from partnerkit.policies.policy import Policy
from partnerkit.rules.fallen import (
    decisions_fallen,
    decisions_taken_back,
    gates_still_rest,
    signatures_fallen,
    withdrawn_between,
)
from partnerkit.steps import passed_gates
from tests.policies.fulfil import FILE, MOMENT, World
from tests.rules.bench import moved, policy, world
from tests.rules.decided_on import CHECKED, CLAUSE, DECISION, SECOND, also, checked, day
from tests.rules.sealing import BACK, bind, found, seen

PASSED = "subject passed the gate to active (entry 2) on it"
STAYS = "what it rests on stays until the record goes back behind that gate"
GO_BACK = "partnerkit advance subject proposed --reason <reason>"


def test_what_a_gate_rests_on_stays():
    one = checked()
    assert list(gates_still_rest(seen(one))) == []
    one.record["evidence"][0]["withdrawn"] = BACK
    message = f"the evidence for checks changed since p-bob approved more, and {PASSED}: {STAYS}"
    told = [found("rested-on-changed", ("approvals", 0), message, clause=CLAUSE, mend=GO_BACK)]
    assert list(gates_still_rest(seen(one))) == told
    assert list(gates_still_rest(seen(one, day(2), day(2)))) == []
    assert list(gates_still_rest(seen(one, day(2), MOMENT))) == told


def test_a_gate_behind_which_the_record_went_back_by_another_name_is_not_told():
    """The stage from which it had passed is called otherwise now."""
    one = checked()
    lifecycle = one.data["lifecycles"]["partnership"]
    lifecycle["stages"]["begun"] = lifecycle["stages"].pop("proposed")
    lifecycle["starts"] = lifecycle["transitions"][0]["from"] = lifecycle["transitions"][2]["to"] = "begun"
    lifecycle["transitions"][1]["from"] = ["begun", "active"]
    one.data["migrates"] = {"partnership": {"proposed": "begun"}}
    one.policy = Policy.model_validate(one.data)
    one.record["evidence"][0]["withdrawn"] = BACK
    assert len(list(gates_still_rest(seen(one)))) == 1
    moved(one, "begun", id="3" * 16, uses=[])
    assert list(gates_still_rest(seen(one))) == []


def test_what_changed_by_the_latest_entry_is_told_whatever_day_is_asked_about():
    one = checked()
    one.record["evidence"][0]["withdrawn"] = BACK
    one.record["history"][1]["at"] = "2026-05-20T12:00:00Z"
    assert len(list(gates_still_rest(seen(one, day(2), day(2))))) == 1


def test_a_decision_taken_back_is_a_warning():
    one = checked()
    one.record["approvals"][0]["withdrawn"] = BACK
    message = (
        f"p-bob withdrew the approval {DECISION} of more, and {PASSED}: "
        "that stands until the record goes back behind that gate, where it is decided anew"
    )
    told = [found("decision-withdrawn", ("approvals", 0), message, clause=CLAUSE, mend=GO_BACK, severity="warning")]
    assert list(decisions_taken_back(seen(one))) == told
    assert list(gates_still_rest(seen(one))) == told
    assert list(decisions_taken_back(seen(one, day(20)))) == told
    assert list(decisions_taken_back(seen(one, day(20, 11)))) == []


def test_the_way_back_goes_no_further_than_it_must():
    """Of several ways the one that keeps most gates; a way that is none for this record, or opens nothing, is none."""
    one = checked()
    ways = one.data["lifecycles"]["partnership"]["transitions"]
    one.data["lifecycles"]["partnership"]["stages"]["paused"] = {"title": "Paused"}
    one.record["approvals"][0]["withdrawn"] = BACK

    def mend() -> str | None:
        one.policy = Policy.model_validate(one.data)
        [told] = decisions_taken_back(seen(one))
        return told.mend

    ways.insert(0, {"from": "active", "to": "paused"})
    assert mend() == GO_BACK
    ways[-1]["when"] = {"partner": "company"}
    one.record["partner"] = "individual"
    assert mend() == "partnerkit gates subject"


def test_the_nearest_way_back_is_offered():
    data = policy(reason=True, others={"vote": {"approval": {"role": "board"}}})
    lifecycle = data["lifecycles"]["partnership"]
    for name in ("early", "late"):
        lifecycle["stages"][name] = {"title": name}
    lifecycle["transitions"] = [
        {"from": "proposed", "to": "early", "main": True},
        {"from": "early", "to": "late", "main": True},
        {"from": "late", "to": "active", "main": True, "needs": ["vote"]},
        {"from": "active", "to": "proposed"},
        {"from": "active", "to": "late"},
        {"from": "active", "to": "early"},
        {"from": ["proposed", "active"], "to": "ended"},
    ]
    one = World(data, "partnership", "late", "active")
    one.record["stage"] = one.record["history"][0]["to"] = "proposed"
    for index, stage in enumerate(("early", "late"), 2):
        moved(one, stage, id=f"{index}" * 16)
    moved(one, "active", id="9" * 16, uses=["a-000000000001"])
    one.record["approvals"][0]["withdrawn"] = BACK
    [told] = decisions_taken_back(seen(one))
    assert told.mend == "partnerkit advance subject late --reason <reason>"


def voted() -> World:
    """A partnership that is active by two votes where one suffices."""
    one = world(policy(approval={"role": "board", "at-least": 2}))
    one.data["requirements"]["more"]["approval"]["at-least"] = 1
    one.policy = Policy.model_validate(one.data)
    moved(bind(one), "active", id=SECOND, uses=["a-000000000001", "a-000000000002"])
    return one


def test_a_decision_falls_where_too_few_others_are_left():
    one = voted()
    one.record["approvals"][0]["withdrawn"] = BACK
    assert list(decisions_taken_back(seen(one))) == []
    one.record["approvals"][1]["withdrawn"] = BACK
    assert [told.message.split(" withdrew")[0] for told in decisions_taken_back(seen(one))] == ["p-bob", "p-ann"]


def test_what_was_told_of_one_gate_leaves_the_rest_of_another_to_be_told():
    one = world(policy(approval={"role": "board", "at-least": 2}))
    one.data["lifecycles"]["partnership"]["transitions"][1]["needs"] = ["more"]
    one.policy = Policy.model_validate(one.data)
    moved(bind(one), "active", id=SECOND, uses=["a-000000000001"])
    moved(one, "ended", id="3" * 16, uses=["a-000000000001", "a-000000000002"])
    for said in one.record["approvals"]:
        said["withdrawn"] = BACK
    told = [
        (each.message.split(" withdrew")[0], "(entry 2)" in each.message) for each in decisions_taken_back(seen(one))
    ]
    assert told == [("p-bob", True), ("p-ann", False)]


@pytest.mark.parametrize(("at", "falls"), [("2026-05-01T11:59:00Z", False), ("2026-05-01T12:00:00Z", True)])
def test_a_no_counts_from_the_moment_of_the_yes_on(at, falls):
    one = checked()
    yes = one.record["approvals"][0]
    one.record["approvals"].append({**yes, "id": "a-00000000000f", "decision": "reject", "at": at})
    look = seen(one)
    [gate] = passed_gates(one.record["history"], look.policy, look.record.kind)[-1:]
    found_ = list(decisions_fallen(look.record, look.source, look.register, gate, day(1)))
    words = f"p-bob decided otherwise (reject) after the approval {DECISION} of more"
    assert [(each.found.said.id, each.code, each.why) for each in found_] == (
        [(DECISION, "decision-withdrawn", words)] if falls else []
    )


def test_what_one_requirement_no_longer_asks_for_leaves_the_others_to_fall():
    """A decision whose requirement is gone, or asks for none, says nothing of those that come after it."""
    one = checked()
    yes = one.record["approvals"][0]
    one.record["approvals"].insert(0, {**yes, "id": "a-00000000000f", "requirement": "gone", "withdrawn": BACK})
    one.record["approvals"][1]["withdrawn"] = BACK
    one.record["history"][1]["uses"] = [CHECKED, "a-00000000000f", DECISION]
    assert [told.line for told in decisions_taken_back(seen(one))] == [found("", ("approvals", 1), "").line]


def test_signatures_are_told_with_their_gate():
    deed = {"deed": {"evidence": {"kinds": ["document"], "with-digest": True}}}
    one = world(policy(kind="agreement", signed={"by-each": "parties", "document": "deed"}, others=deed))
    ids = [said["id"] for said in one.record["signatures"]]
    moved(one, "executed", id=SECOND, uses=ids[1:])
    one.record["signatures"][1]["withdrawn"] = BACK
    look = seen(one)
    [gate] = passed_gates(one.record["history"], look.policy, look.record.kind)[-1:]
    told = [
        [each.code for each in signatures_fallen(look.record, look.source, gate, moment)]
        for moment in (day(20, 11), day(20))
    ]
    assert told == [[], ["rested-on-changed"]]
    message = f"the signature {ids[1]} of {one.record['signatures'][1]['party']} was withdrawn, and subject passed the gate to executed (entry 2) on it: {STAYS}"
    assert list(gates_still_rest(look)) == [
        found("rested-on-changed", ("signatures", 1), message, clause=CLAUSE, mend="partnerkit gates subject")
    ]
    del one.record["signatures"][1]["withdrawn"]
    one.record["evidence"].append({**one.record["evidence"][0], "id": "e-00000000000f", "digest": FILE[:-1] + "2"})
    assert [each.code for each in gates_still_rest(seen(one))] == ["rested-on-changed"]


def test_what_was_withdrawn_since_is_told_of_what_opened_the_gate_decisions_aside():
    one = checked()
    one.record["evidence"][0]["withdrawn"] = one.record["approvals"][0]["withdrawn"] = BACK
    also(one, withdrawn=BACK)
    look = seen(one)
    [gate] = passed_gates(one.record["history"], look.policy, look.record.kind)[-1:]
    told = list(withdrawn_between(look.record, gate, day(20), day(20)))
    assert [(each.found.said.id, each.code) for each in told] == [(CHECKED, "rested-on-changed")]
    one.record["history"][1]["uses"] = ["e-00000000000f"]
    look = seen(one)
    assert [each.found.said.id for each in withdrawn_between(look.record, gate, day(20), day(20))] == ["e-00000000000f"]
