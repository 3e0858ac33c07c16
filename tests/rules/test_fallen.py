"""What a passed gate rests on and what has become of it, told with the way back behind that gate."""

from __future__ import annotations

from datetime import UTC, datetime

from partnerkit.policies.policy import Policy
from partnerkit.rules.fallen import (
    decisions_fallen,
    decisions_taken_back,
    gates_still_rest,
    signatures_fallen,
    withdrawn_between,
)
from partnerkit.steps import passed_gates
from tests.policies.fulfil import MOMENT, World
from tests.rules.bench import found_in, look, moved, policy, world

BACK = {"at": "2026-05-20T12:00:00Z", "by": "p-bob", "reason": "A slip."}
TOLD = (
    "decision-withdrawn",
    (
        "p-bob withdrew the approval a-000000000001 of more, and subject passed the gate to active (entry 2) on it: "
        "that stands until the record goes back behind that gate, where it is decided anew"
    ),
)


def decided() -> World:
    """A partnership that is active by a decision."""
    here = world(policy(approval={"role": "board"}))
    moved(here, "active", uses=["a-000000000001"])
    return here


def gate(here: World):
    """The gate that it passed last, with what judges it."""
    seen = look(here)
    [*_, last] = passed_gates(here.record["history"], seen.policy, seen.record.kind)
    return seen, last


def changed(here: World, data) -> None:
    """Another version of the policy came in since."""
    here.data, here.policy = data, Policy.model_validate(data)


def test_a_decision_that_was_taken_back_is_told_with_the_gate():
    here = decided()
    assert found_in(decisions_taken_back(look(here))) == []
    here.record["approvals"][0]["withdrawn"] = BACK
    [found] = decisions_taken_back(look(here))
    assert (found.severity, found.clause, found.mend) == ("warning", "SMALL §1.1", "partnerkit gates subject")
    assert found_in([found]) == [TOLD]


def test_the_way_back_behind_the_gate_is_offered_where_there_is_one():
    here = decided()
    data = policy(approval={"role": "board"})
    data["lifecycles"]["partnership"]["transitions"].append({"from": "active", "to": "proposed"})
    changed(here, data)
    here.record["approvals"][0]["withdrawn"] = BACK
    [found] = decisions_taken_back(look(here))
    assert found.mend == "partnerkit advance subject proposed --reason <reason>"


def test_a_decision_on_which_two_gates_rest_is_told_once():
    here = decided()
    data = policy(approval={"role": "board"})
    data["lifecycles"]["partnership"]["transitions"][1]["needs"] = ["more"]
    changed(here, data)
    moved(here, "ended", uses=["a-000000000001"])
    here.record["approvals"][0]["withdrawn"] = BACK
    assert found_in(decisions_taken_back(look(here))) == [TOLD]


def test_a_decision_that_the_policy_no_longer_knows_does_not_fall():
    here = decided()
    here.record["approvals"][0]["withdrawn"] = BACK
    seen, last = gate(here)
    [fallen] = decisions_fallen(seen.record, seen.source, seen.register, last, MOMENT)
    assert fallen.found.said.by == "p-bob"
    for other in (
        policy(reason=True),
        {**policy(reason=True), "requirements": {"other": {"clause": "§1.1", "reason": True}}},
    ):
        for lifecycle in other["lifecycles"].values():
            lifecycle["transitions"][0]["needs"] = []
        changed(here, other)
        seen, last = gate(here)
        assert list(decisions_fallen(seen.record, seen.source, seen.register, last, MOMENT)) == []


def test_a_decision_turned_round_later_falls_and_not_before():
    here = decided()
    here.say("approvals", "a", "more", **{**here.record["approvals"][0], "decision": "request-changes"})
    no = here.record["approvals"][-1]
    no |= {"id": "a-000000000002", "at": "2026-05-20T12:00:00Z"}
    seen, last = gate(here)
    found = [
        list(decisions_fallen(seen.record, seen.source, seen.register, last, datetime(2026, 5, day, tzinfo=UTC)))
        for day in (20, 21)
    ]
    assert found[0] == []
    assert [one.why for one in found[1]] == [
        "p-bob decided otherwise (request changes) after the approval a-000000000001 of more"
    ]


def signed() -> World:
    deed = {"deed": {"evidence": {"kinds": ["document"], "with-digest": True}}}
    here = world(policy(kind="agreement", signed={"by-each": "parties", "document": "deed"}, others=deed))
    moved(here, "executed", uses=[one["id"] for one in here.record["signatures"]])
    return here


def why(here: World) -> list[str]:
    """Why the gate no longer rests on its signatures."""
    seen, last = gate(here)
    return [one.why for one in signatures_fallen(seen.record, seen.source, last, MOMENT)]


def test_a_signature_falls_when_it_is_withdrawn_or_the_document_is_another():
    here = signed()
    assert why(here) == []
    first, *others = here.record["signatures"]
    here.record["evidence"][0]["digest"] = "sha256:" + "2" * 64
    one, *rest = why(here)
    assert one == f"what stands as deed is not what {first['party']} signed ({first['id']})"
    assert len(rest) == len(others)
    first["withdrawn"] = BACK
    assert why(here)[0] == f"the signature {first['id']} of {first['party']} was withdrawn"
    [told, *_] = gates_still_rest(look(here))
    assert told.message.endswith("what it rests on stays until the record goes back behind that gate")
    assert told.mend == "partnerkit gates subject"


def test_a_signature_of_which_the_policy_no_longer_says_the_document_stands():
    here = signed()
    here.record["evidence"] = []
    assert len(why(here)) == len(here.record["signatures"])
    changed(here, policy(kind="agreement", reason=True))
    assert why(here) == []


def test_a_signature_that_opened_another_gate_does_not_concern_this_one():
    here = signed()
    here.record["evidence"] = []
    here.record["history"][-1]["uses"] = []
    assert why(here) == []


def test_what_was_withdrawn_between_two_moments_and_neither_before_nor_after():
    here = world(policy(evidence={"kinds": ["report"]}))
    moved(here, "active", uses=["e-000000000001"])
    here.record["evidence"][0]["withdrawn"] = BACK
    seen, last = gate(here)
    days = [datetime(2026, 5, day, 12, tzinfo=UTC) for day in (19, 20, 21)]
    spans = {(a.day, b.day): list(withdrawn_between(seen.record, last, a, b)) for a in days for b in days if a <= b}
    assert {span for span, found in spans.items() if found} == {(19, 20), (19, 21), (20, 20), (20, 21)}
    assert spans[19, 21][0].why == "e-000000000001 for more was withdrawn since"
