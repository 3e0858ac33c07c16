"""What was sealed is what stands there: the statements on which entries rest, and what gates vouch for."""

from __future__ import annotations

from partnerkit.policies.policy import Policy
from partnerkit.rules.chain import content_as_sealed, entries_hold
from tests.policies.fulfil import World
from tests.rules.bench import moved, policy, world
from tests.rules.ended import (
    FIRST,
    PUT_BACK,
    SAID,
    SECOND,
    THIRD,
    entry,
    here,
    sealed_otherwise,
    taken_back,
    told,
    void,
)
from tests.rules.sealing import READ, found, seal, seen


def test_what_an_entry_rests_on_is_there():
    gone = f"entry 2 rests on {SAID}, which is gone: statements are never removed"

    def change(one: World) -> None:
        one.record["evidence"] = []

    told_so = {"entry": SECOND, "sealed": SECOND}
    assert told(change) == [found("statement-removed", ("history", 1), gone, mend=PUT_BACK, **told_so)]


def test_what_several_entries_rest_on_is_told_of_each():
    others = ["e-00000000000a", "e-00000000000b"]
    [one] = told(entry(2, uses=[others[0], SAID, others[1]]), again=True)
    assert one.message == f"entry 3 rests on {', '.join(others)}, which is gone: statements are never removed"


def test_what_an_entry_rests_on_is_as_it_was():
    def change(one: World) -> None:
        one.record["evidence"][0]["summary"] = "It was read."

    message = f"a statement on which entry 2 rests was edited after it was sealed: {SAID}"
    about = {"mend": PUT_BACK, "entry": SECOND, "sealed": SECOND}
    assert told(change) == [found("statement-edited", ("evidence", 0), message, **about)]


def test_what_was_said_later_of_a_statement_edits_nothing():
    def change(one: World) -> None:
        one.record["evidence"][0]["withdrawn"] = {"at": "2026-05-20T12:00:00Z", "by": "p-bob", "reason": "A slip."}

    assert told(change) == []


def test_an_entry_that_rests_on_nothing_was_sealed_over_nothing():
    [one, _after] = told(sealed_otherwise(0, "statements"))
    message = "a statement on which entry 1 rests was edited after it was sealed: "
    about = {"mend": PUT_BACK, "entry": FIRST, "sealed": FIRST}
    assert one == found("statement-edited", ("history", 0), message, **about)


def test_two_statements_are_named_and_the_first_is_shown():
    one = here()
    one.say("evidence", "e", "more", kind="report", ref="another thing")
    other = one.record["evidence"][1]["id"]
    one.record["history"][1]["uses"] = [other, SAID]
    seal(one)
    one.record["evidence"][0]["summary"] = "It was read."
    [told_so] = entries_hold(seen(one))
    assert told_so.message.endswith(f"was sealed: {other}, {SAID}")
    assert (told_so.line, told_so.column) == (found("", ("evidence", 1), "").line, 7)


def test_what_rests_on_a_gate_behind_which_the_record_went_back_is_not_put_back():
    """Nothing that binds is concerned: it says where the past can be read."""
    one = taken_back("undo")
    one.record["history"][2]["uses"] = [SAID]
    seal(one)
    one.record["evidence"][0]["summary"] = "It was read."
    told_so = {made.entry: made.mend for made in entries_hold(seen(one))}
    assert told_so == {SECOND: f"{PUT_BACK}; {void(SECOND).removeprefix(READ + '; ')}", THIRD: READ}


def test_what_a_gate_vouches_for_is_as_it_was_sealed():
    one = here()
    one.record["website"] = "https://other.example"
    message = "what entry 2 (active) vouches for was changed after it: one of kind, id, policy, website"
    about = {"mend": PUT_BACK, "entry": SECOND, "sealed": SECOND}
    assert list(content_as_sealed(seen(one))) == [found("content-differs", ("website",), message, **about)]


def test_a_field_that_leads_into_another_is_found_where_that_stands():
    one = world(policy(reason=True, covers=["roles.manager"]))
    one.record["roles"] = {"manager": "p-ann"}
    moved(one, "active", id=SECOND)
    seal(one)
    assert list(content_as_sealed(seen(one))) == []
    one.record["roles"] = {"manager": "p-bob"}
    [told_so] = content_as_sealed(seen(one))
    assert told_so == found("content-differs", ("roles",), told_so.message, mend=PUT_BACK, entry=SECOND, sealed=SECOND)


def test_where_only_what_the_record_is_is_vouched_for_the_policy_is_shown():
    one = world(policy(reason=True))
    moved(one, "active", id=SECOND)
    seal(one)
    one.record["history"][0]["seal"]["covers"] = "c1:" + "f" * 64
    first, second = one.record["history"]
    message = "what entry 1 (proposed) vouches for was changed after it: one of kind, id, policy"
    assert list(content_as_sealed(seen(one))) == [
        found("content-differs", ("policy",), message, mend=PUT_BACK, entry=first["id"], sealed=first["id"])
    ]
    assert second["seal"]["covers"] != first["seal"]["covers"]


def test_an_adopted_record_vouches_for_nothing_and_the_gates_after_it_do():
    one = here()
    one.record["history"][0] |= {"type": "adopt", "since": "2024-01-01", "reason": "It was there."}
    seal(one)
    one.record["history"][0]["seal"]["covers"] = "c1:" + "f" * 64
    assert list(content_as_sealed(seen(one))) == []
    one.record["website"] = "https://other.example"
    assert [told_so.entry for told_so in content_as_sealed(seen(one))] == [SECOND]


def test_where_nobody_can_say_what_a_gate_vouched_for_nothing_is_said():
    """The policy that it was sealed with never landed here."""
    one = here()
    one.record["history"][1]["seal"] |= {"gate": "c1:" + "f" * 64, "covers": "c1:" + "f" * 64}
    one.record["history"][0]["seal"] |= {"covers": "c1:" + "f" * 64}
    assert [told_so.entry for told_so in content_as_sealed(seen(one))] == [FIRST]


def test_a_policy_that_would_have_more_vouched_for_today_changes_nothing():
    one = here()
    one.data["requirements"]["more"]["covers"] = ["website", "name"]
    one.policy = Policy.model_validate(one.data)
    assert list(content_as_sealed(seen(one))) == []
