"""What stays between two trees: what was said, what it withdraws, and the fields that passed gates vouch for."""

from __future__ import annotations

import copy
from dataclasses import replace
from typing import Any

import pytest

from partnerkit.findings import Finding
from partnerkit.kinds.statements import ADDED_LATER
from partnerkit.rules.restored import statement_was
from partnerkit.rules.staying import locked_fields_stay, statements_stay, withdrawals_go_forward
from partnerkit.steps import Step
from tests.policies.fulfil import World
from tests.rules.bench import moved, policy, world
from tests.rules.sealing import BACK, CHECKOUT, bind, found, seal, step

SAID, BOUND, DECISION = "e-000000000001", "e-000000000002", "a-000000000003"
SECOND = "2" * 16


def here() -> World:
    """A partnership that became active by a report, and a decision that rests on another."""
    others = {
        "checks": {"evidence": {"kinds": ["report"]}},
        "vote": {"approval": {"role": "board"}, "rests-on": ["checks"], "covers": ["website"]},
    }
    data = policy(evidence={"kinds": ["report"]}, covers=["name", "roles.manager"], others=others)
    data["lifecycles"]["partnership"]["transitions"][0]["needs"] = ["more", "checks", "vote"]
    one = world(data)
    one.record["website"] = "https://harbour.example"
    bind(one)
    moved(one, "active", id=SECOND, uses=[SAID, DECISION])
    return seal(one)


def after(before: World) -> World:
    return copy.deepcopy(before)


def removed(before: World, group: str, index: int) -> World:
    one = after(before)
    del one.record[group][index]
    return one


def told(rule: Any, before: World, now: World) -> list[Finding]:
    """What a rule tells, the same where another record comes, goes or changes its policy before it."""
    made = step(before, now)
    found_: list[Finding] = list(rule(made, None))
    assert made.before is not None
    old = made.before.records["subject"]
    other = replace(old, path="another", model=old.model.model_copy(update={"id": "another"}))
    for came, gone in (({"another": other}, {}), ({}, {"another": other})):
        beside = Step(
            replace(made.before, records={**made.before.records, **gone}),
            replace(made.after, records={**made.after.records, **came}),
        )
        assert [one for one in rule(beside, None) if one.record == "subject"] == found_
    unknown = {
        side: replace(one, model=one.model.model_copy(update={"id": "another", "policy": "OTHER"}), data=data)
        for side, one, data in (("before", old, old.data), ("after", old, {**old.data, "website": "https://x.example"}))
    }
    beside = Step(
        replace(made.before, records={"another": unknown["before"], **made.before.records}),
        replace(made.after, records={"another": unknown["after"], **made.after.records}),
    )
    assert [one for one in rule(beside, None) if one.record == "subject"] == found_
    assert list(rule(replace(made, known={}), {"another"})) == []
    return found_


def was(before: World, group: str, index: int) -> str:
    """What a statement was, with all that was said of it later."""
    return statement_was(before.record[group][index], ADDED_LATER)


def test_what_was_said_is_never_removed():
    before = here()
    assert told(statements_stay, before, after(before)) == []
    message = f"the statement {SAID} (more) was removed: statements are withdrawn, never removed"
    more = {"mend": CHECKOUT, "sealed": SECOND, "was": was(before, "evidence", 0)}
    assert told(statements_stay, before, removed(before, "evidence", 0)) == [
        found("statement-removed", ("evidence",), message, **more)
    ]


@pytest.mark.parametrize(
    ("group", "said", "name"),
    [("evidence", SAID, "more"), ("evidence", BOUND, "checks"), ("approvals", DECISION, "vote")],
)
def test_what_a_gate_rests_on_is_proven_by_its_entry(group, said, name):
    before = here()
    index = [one["id"] for one in before.record[group]].index(said)
    [one] = told(statements_stay, before, removed(before, group, index))
    message = f"the statement {said} ({name}) was removed: statements are withdrawn, never removed"
    more = {"mend": CHECKOUT, "sealed": SECOND, "was": was(before, group, index)}
    assert one == found("statement-removed", (group,), message, **more)


def test_what_no_gate_rests_on_is_proven_by_nothing():
    before = here()
    before.say("evidence", "e", "more", kind="report", ref="another thing")
    [one] = told(statements_stay, before, removed(before, "evidence", 2))
    assert one.sealed is None
    before = here()
    before.record["history"][1]["uses"] = [SAID]
    [one] = told(statements_stay, before, removed(before, "approvals", 0))
    assert one.sealed is None
    [one] = told(statements_stay, before, removed(before, "evidence", 1))
    assert one.sealed is None


def test_two_gates_rest_on_it_and_the_first_proves_what_it_was():
    before = here()
    moved(before, "ended", id="3" * 16)
    for said, index in ((SAID, 0), (BOUND, 1)):
        [one] = told(statements_stay, seal(before), removed(before, "evidence", index))
        assert (said, one.sealed) == (said, SECOND)


def test_what_was_said_later_of_it_is_proven_by_no_seal():
    before = here()
    before.record["evidence"][0]["withdrawn"] = BACK
    [one] = told(statements_stay, before, removed(before, "evidence", 0))
    assert one.sealed is None


@pytest.mark.parametrize("policies", [True, False])
def test_where_the_policy_is_not_known_nothing_proves_it(policies):
    before = here()
    made = step(before, removed(before, "evidence", 0))
    assert made.before is not None
    made = replace(made, before=replace(made.before, policies=made.before.policies if policies else {}))
    [one] = statements_stay(made, None)
    assert one.sealed == (SECOND if policies else None)
    assert list(locked_fields_stay(made, None)) == []


def test_what_was_said_is_never_edited():
    before = here()
    now = after(before)
    now.record["evidence"][1]["summary"] = "It was read."
    now.record["evidence"].insert(0, {**now.record["evidence"][0], "id": "e-00000000000f"})
    message = f"the statement {BOUND} (checks) was edited: withdraw it and make a new one"
    more = {"mend": CHECKOUT, "sealed": SECOND, "was": was(before, "evidence", 1), "became": was(now, "evidence", 2)}
    assert told(statements_stay, before, now) == [found("statement-edited", ("evidence", 2), message, **more)]


def test_what_was_said_may_be_withdrawn_once():
    before = here()
    now = after(before)
    now.record["evidence"][0]["withdrawn"] = BACK
    assert told(statements_stay, before, now) == []
    again = after(now)
    again.record["evidence"][0]["withdrawn"] = {**BACK, "reason": "Another one."}
    message = f"the statement {SAID} (more) was edited: withdraw it and make a new one"
    for other in (again, before):
        more = {"mend": CHECKOUT, "was": was(now, "evidence", 0), "became": was(other, "evidence", 0)}
        assert told(statements_stay, now, other) == [found("statement-edited", ("evidence", 0), message, **more)]
    signed = after(now)
    signed.record["approvals"][0]["signature"] = "a seal"
    assert told(statements_stay, now, signed) == []


def test_what_is_withdrawn_counted_until_then():
    before = here()
    now = after(before)
    now.record["evidence"][0]["withdrawn"] = {**BACK, "at": "2026-05-01T11:00:00Z"}
    assert [one.code for one in told(withdrawals_go_forward, before, now)] == ["withdrawal-misdated"]
    now.record["evidence"][0]["withdrawn"] = BACK
    assert told(withdrawals_go_forward, before, now) == []
    assert list(withdrawals_go_forward(step(before, None), None)) == []
    assert list(withdrawals_go_forward(step(None, now), None)) == []


def locked(path: str) -> Finding:
    message = (
        f"{path} is locked since subject passed the gate to active (entry 2, 2026-05-01), "
        "which vouches for it; it changes again only after going back behind that gate"
    )
    sealed, mend = f"{SECOND}/{path}", "partnerkit gates subject"
    return found("locked-field-changed", tuple(path.split(".")), message, clause="SMALL §1.1", mend=mend, sealed=sealed)


def test_what_a_gate_vouches_for_stays():
    before = here()
    before.record["roles"] = {"manager": "p-ann"}
    now = after(before)
    now.record |= {"name": "Another", "website": "https://other.example", "roles": {"manager": "p-bob"}}
    assert told(locked_fields_stay, before, now) == [locked("name"), locked("roles.manager"), locked("website")]
    assert list(locked_fields_stay(step(before, None), None)) == []
    assert list(locked_fields_stay(step(None, now), None)) == []
    free = after(before)
    free.record["proposer"] = "p-bob"
    free.record["roles"]["liaison"] = "p-bob"
    assert told(locked_fields_stay, before, free) == []


def test_each_clause_of_the_gate_that_covers_the_field_is_named_once():
    one = here()
    one.data["requirements"]["more"]["clause"] = ["§1.1/proposal", "§1.1"]
    one.data["requirements"]["checks"]["clause"] = "§1.1/checks"
    one.data["requirements"]["vote"]["covers"] = ["name"]
    one.policy = type(one.policy).model_validate(one.data)
    now = after(one)
    now.record["name"] = "Another"
    [told_so] = locked_fields_stay(step(one, now), None)
    assert told_so.clause == "SMALL §1.1/proposal, SMALL §1.1"


def test_what_was_locked_is_free_behind_the_gate():
    before = here()
    now = after(before)
    now.record["name"] = "Another"
    undo = {"type_": "undo", "undoes": SECOND, "reason": "A slip.", "uses": []}
    moved(now, "proposed", **undo)
    assert told(locked_fields_stay, before, now) == []
    gone_back = after(before)
    moved(gone_back, "proposed", **undo)
    now = after(gone_back)
    now.record["name"] = "Another"
    assert told(locked_fields_stay, gone_back, now) == []


def test_a_field_of_two_gates_is_locked_by_the_first():
    one = here()
    one.data["lifecycles"]["partnership"]["transitions"][1]["needs"] = ["more"]
    one.policy = type(one.policy).model_validate(one.data)
    moved(one, "ended", id="3" * 16)
    now = after(one)
    now.record["name"] = "Another"
    assert told(locked_fields_stay, one, now) == [locked("name")]
