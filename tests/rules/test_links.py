"""What a record refers to: the policy that the register allows, what it belongs to, names and goes on from."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from partnerkit.findings import Finding
from partnerkit.register import Register
from partnerkit.rules.links import (
    adopted_below_judged,
    continues_what_it_can,
    named_records_exist,
    policy_is_allowed,
    subject_exists,
)
from partnerkit.rules.look import Look
from tests.obligations.world import World
from tests.rules.sealing import found, placed

NOW = datetime(2026, 7, 1, 12, tzinfo=UTC)

SHOWN = "git log -p -- acme draft shows which of the two was changed"


def told(rule: Any, world: World, name: str = "draft", **changed: Any) -> list[Finding]:
    """What a rule tells of one record of the world."""
    there: Register = replace(world.register, **changed)
    there = replace(there, records={one: replace(record, place=placed) for one, record in there.records.items()})
    return list(rule(Look(there.records[name], there, there.policies["SMALL"], NOW, NOW)))


def linked(**fields: Any) -> World:
    """A partnership with an agreement."""
    world = World()
    world.acme()
    world.put("agreement", "draft", ("2026-06-01", "draft"), title="Next", **{"partnership": "acme", **fields})
    return world


def about(code: str, key: str | tuple[str | int, ...], message: str, mend: str, **more: Any) -> list[Finding]:
    keys = (key,) if isinstance(key, str) else key
    return [found(code, keys, message, mend=mend, **{"record": "draft", **more})]


def test_a_policy_that_the_register_does_not_allow():
    world = linked()
    assert told(policy_is_allowed, world) == []
    world.settings.policies.allowed[:] = ["OTHER"]
    message, mend = (
        "records/register.yaml does not allow the policy SMALL",
        "see policies.allowed in records/register.yaml",
    )
    assert told(policy_is_allowed, world) == about("policy-not-allowed", "policy", message, mend)


def test_what_a_record_belongs_to_is_there():
    assert told(subject_exists, linked()) == []
    assert told(subject_exists, linked(), "acme") == []
    message = "there is no record gone, to which it says it belongs"
    gone = linked(partnership="gone")
    assert told(subject_exists, gone) == about("link-broken", "partnership", message, "partnerkit list")
    assert told(subject_exists, gone, broken=frozenset({"gone"})) == []
    assert told(subject_exists, gone, broken=frozenset({"acme"})) != []


def test_what_a_record_belongs_to_was_taken_back():
    """It is taken back too; where it has gone on meanwhile, its own ways lead to an end."""
    world = World()
    world.put("partnership", "acme", ("2026-01-01", "proposed"), ("2026-01-02", "void"), name="Acme")
    world.put("agreement", "draft", ("2026-06-01", "draft"), title="Next", partnership="acme")
    message = "acme, to which it belongs, was taken back: nobody asks after it any more"
    [one] = told(subject_exists, world)
    undo = f"partnerkit undo {world.register.records['draft'].model.history[0].id} --reason <reason>"
    assert [one] == about("subject-taken-back", "partnership", message, undo, severity="warning")
    world.put("agreement", "draft", ("2026-06-01", "draft"), ("2026-06-02", "active"), title="Next", partnership="acme")
    [one] = told(subject_exists, world)
    assert one.mend == "partnerkit gates draft"
    world.put("agreement", "draft", ("2026-06-01", "draft"), ("2026-06-02", "void"), title="Next", partnership="acme")
    assert told(subject_exists, world) == []


def test_what_a_record_belongs_to_is_of_a_kind_it_can_belong_to():
    world = linked()
    world.put("agreement", "first", ("2026-01-01", "draft"), title="First", partnership="acme")
    world.change("draft", partnership="first")
    message = "an agreement belongs to a partnership, but first is an agreement"
    wrong = about("link-of-wrong-kind", "partnership", message, "partnerkit list partnership")
    assert told(subject_exists, world) == wrong
    world.put("risk", "danger", ("2026-01-01", "open"), title="A risk", of="draft", type="operational")
    world.put("risk", "other", ("2026-01-01", "open"), title="A risk", of="danger", type="operational")
    message = "a risk belongs to a partnership or agreement or application or pairing, but danger is a risk"
    [one] = told(subject_exists, world, "other")
    assert (one.message, one.mend) == (message, "partnerkit list partnership")
    assert told(subject_exists, world, "danger") == []


def test_a_review_may_be_of_the_policy_itself_and_of_no_other():
    world = World()
    world.acme()
    for name, of in (("draft", "SMALL"), ("other", "OTHER")):
        world.review(name, "2026-01-01", "2026-01-31", of=of)
    assert told(subject_exists, world) == []
    assert [one.code for one in told(subject_exists, world, "other")] == ["link-broken"]


def test_a_record_stands_under_the_policy_of_what_it_belongs_to():
    world = linked()
    there = world.register
    acme = there.records["acme"]
    other = replace(acme, model=acme.model.model_copy(update={"policy": "OTHER"}))
    message = "its policy is SMALL, but acme stands under OTHER"
    told_so = told(subject_exists, world, records={**there.records, "acme": other})
    assert told_so == about("policy-of-another", "policy", message, SHOWN)


def test_a_record_that_it_names_is_there():
    world = linked(renews="gone")
    message = "renews names gone, and there is no such record"
    assert told(named_records_exist, world) == about("link-broken", "renews", message, "partnerkit list")
    assert told(named_records_exist, world, broken=frozenset({"gone"})) == []
    assert told(named_records_exist, linked()) == []
    assert told(named_records_exist, world, "acme") == []
    world.change("draft", renews="acme")
    assert told(named_records_exist, world) == []


def test_a_record_that_a_field_of_the_policy_names_is_there():
    def change(data: dict[str, Any]) -> None:
        text = {"type": "record", "clause": "§1", "title": "Another."}
        note = {"type": "text", "clause": "§1", "title": "A note."}
        data["fields"]["agreement"] = {"sibling": text, "note": note}

    world = World(change)
    world.acme()
    said: dict[str, Any] = {"title": "Next", "partnership": "acme", "sibling": "gone", "note": "gone", "amends": "lost"}
    world.put("agreement", "draft", ("2026-06-01", "draft"), **said)
    assert [(one.line, one.message.split()[0]) for one in told(named_records_exist, world)] == [
        (placed((key,))[0], key) for key in ("amends", "sibling")
    ]


def test_records_named_in_the_items_of_a_list_are_there():
    world = World()
    world.pair(participants=[{"id": "p-a", "as": "mentor", "application": "gone"}, {"id": "p-b", "as": "mentee"}])
    message = "participants.application names gone, and there is no such record"
    told_so = about("link-broken", "participants", message, "partnerkit list", record="pair")
    assert told(named_records_exist, world, "pair") == told_so


def test_a_record_named_deeper_down_is_told_where_it_stands():
    def change(data: dict[str, Any]) -> None:
        data["fields"]["partnership"]["termination.reason"] = {"type": "record", "clause": "§1", "title": "Another."}

    world = World(change)
    world.acme(termination={"reason": "gone", "trigger": "notice", "effective": "2026-12-31"})
    message = "termination.reason names gone, and there is no such record"
    told_so = about("link-broken", ("termination", "reason"), message, "partnerkit list", record="acme")
    assert told(named_records_exist, world, "acme") == told_so


def several() -> World:
    """Two agreements, and a third that goes on from one of them."""
    world = linked(renews="first", starts="2026-06-01")
    for name in ("first", "second"):
        world.put("agreement", name, ("2026-01-01", "draft"), title=name, partnership="acme", starts="2026-01-01")
    return world


def mismatch(key: str, message: str, mend: str = "partnerkit show first") -> list[Finding]:
    return about("continuation-mismatch", key, message, mend)


def test_an_agreement_goes_on_from_one_in_one_way():
    world = several()
    assert told(continues_what_it_can, world) == []
    assert told(continues_what_it_can, world, "first") == []
    world.change("draft", amends="second")
    message = "it renews and amends another: it goes on from one, in one way"
    path = world.records["draft"].path
    mend = f"git restore --staged --worktree -- {path}; where it landed so, git log -p -- {path} shows what it was"
    assert told(continues_what_it_can, world) == mismatch("amends", message, mend)


def test_an_agreement_does_not_go_on_from_itself_or_from_what_is_not_there():
    world = several()
    world.change("draft", renews="draft")
    told_so = mismatch("renews", "it renews itself", "partnerkit show draft")
    assert told(continues_what_it_can, world) == told_so
    world.change("draft", renews="gone")
    assert told(continues_what_it_can, world) == []


def test_an_agreement_goes_on_from_one_of_the_same_partnership():
    world = several()
    world.put("partnership", "other", ("2026-01-01", "active"), name="Other", roles={"manager": "p-bob"})
    world.change("first", partnership="other")
    message = "it renews first, which is an agreement of other: not an agreement of acme"
    assert told(continues_what_it_can, world) == mismatch("renews", message)
    world.change("draft", renews="acme")
    message = "it renews acme, which is a partnership of its own: not an agreement of acme"
    assert told(continues_what_it_can, world) == mismatch("renews", message, "partnerkit show acme")


@pytest.mark.parametrize(("starts", "before"), [("2026-01-01", False), ("2025-12-31", True), (None, False)])
def test_an_agreement_begins_no_earlier_than_what_it_goes_on_from(starts, before):
    world = several()
    del world.records["draft"].data["starts"]
    if starts:
        world.change("draft", starts=starts)
    message = f"it renews first, which began on 2026-01-01, and would begin before that, on {starts}"
    assert told(continues_what_it_can, world) == (mismatch("starts", message) if before else [])
    del world.records["first"].data["starts"]
    world.change("first")
    assert told(continues_what_it_can, world) == []


@pytest.mark.parametrize(
    ("first", "kept", "words"),
    [
        ({}, "2026-01-01", None),
        ({}, "2026-01-02", "the first day of the line is 2026-01-01"),
        ({"original-start": "2025-05-05"}, "2025-05-05", None),
        ({"original-start": "2025-05-05"}, "2026-01-01", "the first day of the line is 2025-05-05"),
        ({"starts": None}, "2026-01-01", "it has no first day"),
    ],
)
def test_an_agreement_keeps_the_first_day_of_the_line(first, kept, words):
    world = several()
    for key, value in first.items():
        world.records["first"].data.pop(key, None)
        world.change("first", **({key: value} if value else {}))
    world.change("draft", original_start=kept)
    message = f"it renews first: {words}, and here it is {kept}"
    assert told(continues_what_it_can, world) == (mismatch("original-start", message) if words else [])


def test_what_was_adopted_below_a_judged_record_stays_visible():
    world = World()
    world.acme()
    said = {"title": "Next", "partnership": "acme"}
    world.put("agreement", "draft", ("2026-06-01", "active"), adopted="2026-05-01", **said)
    message = "it was adopted in active and never judged, though acme, to which it belongs, was"
    mend = "see that it is so: partnerkit log draft"
    told_so = about("adopted-below", ("history", 0), message, mend, severity="warning")
    assert told(adopted_below_judged, world) == told_so
    assert told(adopted_below_judged, linked()) == []
    world.put("partnership", "acme", ("2026-06-01", "active"), adopted="2026-05-01", name="Acme")
    assert told(adopted_below_judged, world) == []
    assert told(adopted_below_judged, world, "acme") == []
