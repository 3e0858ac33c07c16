"""What takes an entry back, as whole findings: which one, where it leads, by whom, and what it restores."""

from __future__ import annotations

import copy
from dataclasses import replace
from typing import Any

import pytest

from partnerkit.findings import Finding
from partnerkit.policies.policy import Policy
from partnerkit.rules.entry_types import of_its_type
from partnerkit.rules.taking_back import stage_gone
from tests.policies.fulfil import World
from tests.rules.bench import moved, policy, register, world
from tests.rules.decided_on import CHECKED, DECISION, checked
from tests.rules.ended import FIRST, SECOND, THIRD, here
from tests.rules.sealing import BACK, found, judged, seal

WAYS = "take the entry out; partnerkit gates subject shows the ways on"
GATES = "partnerkit gates subject"
FOURTH = "4" * 16


def taking(one: World, type_: str = "undo", to: str = "active", **more: Any) -> World:
    """The latest entry is taken back, as the command does it."""
    said = {"type_": type_, "undoes": one.record["history"][-1]["id"], "reason": "A slip.", "by": "p-bob", "id": FOURTH}
    moved(one, to, **{"uses": [], "at": "2026-05-25T12:00:00Z", **said, **more})
    return seal(one)


def told(one: World) -> list[Finding]:
    return of_its_type(judged(one))


def at_last(code: str, message: str, mend: str = WAYS, *, place: int = 3, **more: Any) -> Finding:
    return found(code, ("history", place), message, mend=mend, **more)


DOING = {"undo": ("undoes", "undoing", "an undo"), "void": ("voids", "voiding", "a void")}


@pytest.mark.parametrize("type_", ["undo", "void"])
def test_what_is_taken_back_is_the_latest_and_leads_where_that_one_left(type_):
    does, doing, what = DOING[type_]
    assert told(taking(here(), type_)) == []
    other = f"it {does} {SECOND}, which is not the latest entry that counts"
    assert told(taking(here(), type_, undoes=SECOND)) == [at_last("undoes-another", other)]
    elsewhere = f"{doing} {THIRD} leads back to active, not to proposed"
    assert told(taking(here(), type_, "proposed")) == [at_last("undone-elsewhere", elsewhere)]
    silent = taking(here(), type_)
    del silent.record["history"][3]["reason"]
    assert told(silent) == [at_last("undone-without-reason", f"{what} says why")]


@pytest.mark.parametrize("type_", ["undo", "void"])
def test_taking_back_the_first_entry_leads_to_the_end_of_all(type_):
    one = here()
    del one.record["history"][1:]
    one.record["stage"] = "proposed"
    assert told(taking(one, type_, "void")) == []


@pytest.mark.parametrize("type_", ["undo", "void"])
def test_a_stage_that_is_called_otherwise_now_is_led_back_to_by_its_name(type_):
    one = here()
    one.data["lifecycles"]["partnership"]["stages"]["running"] = {"title": "Running"}
    del one.data["lifecycles"]["partnership"]["stages"]["active"]
    ways = one.data["lifecycles"]["partnership"]["transitions"]
    ways[0]["to"], ways[1]["from"] = "running", ["proposed", "running"]
    one.data["migrates"] = {"partnership": {"active": "running"}}
    one.policy = Policy.model_validate(one.data)
    assert told(taking(one, type_, "running")) == []


@pytest.mark.parametrize("separation", ["off", "warn", "require"])
def test_whoever_made_an_entry_does_not_void_it(separation):
    one = here()
    one.data["separation-of-duties"] = separation
    one.policy = Policy.model_validate(one.data)
    assert told(taking(copy.deepcopy(one), "void")) == []
    assert told(taking(copy.deepcopy(one), "undo", by="p-ann")) == []
    message = f"p-ann made entry {THIRD}, and whoever made an entry does not void it"
    mend = f"somebody else voids it: partnerkit undo {THIRD} --void --reason <reason>"
    severity = {"warn": "warning", "require": "error"}.get(separation)
    expected = [at_last("not-separate", message, mend, severity=severity)] if severity else []
    assert told(taking(one, "void", by="p-ann")) == expected


def test_a_void_vouches_for_the_entries_before_it():
    one = taking(here(), "void")
    one.record["history"][3]["seal"]["gate"] = "c1:" + "f" * 64
    assert told(one) == [at_last("chain-broken", "it does not vouch for the entries before it as they stand")]
    undone = taking(here())
    undone.record["history"][3]["seal"]["gate"] = "c1:" + "f" * 64
    assert told(undone) == []


def relied(entry: str, *, counts: bool = True, type_: str = "void") -> list[Finding]:
    """Taking the third entry back, where an agreement relies on one of them."""
    one = taking(here(), type_)
    made = judged(one)
    below = world(policy(kind="agreement", reason=True))
    moved(below, "executed", id="a" * 16, relies_on={"subject": entry})
    if not counts:
        moved(below, "draft", type_="undo", undoes="a" * 16, id="b" * 16, reason="A slip.", relies_on={})
    other = replace(register(below).records["subject"], path="other")
    other = replace(other, model=other.model.model_copy(update={"id": "other"}))
    first = replace(other, path="first", data={**other.data, "history": other.data["history"][:1]})
    records = {"first": first, **made.after.records, "other": other}
    return of_its_type(replace(made, after=replace(made.after, records=records)))


def test_nothing_that_counts_relies_on_what_is_voided():
    message = "entry 2 of other (executed) relies on it, and still counts"
    mend = f"partnerkit undo {'a' * 16} --reason <reason>, then void it"
    assert relied(THIRD) == [at_last("relied-on", message, mend)]
    assert relied(SECOND) == relied(FIRST) == []
    assert relied(THIRD, counts=False) == []
    assert relied(THIRD, type_="undo") == []


def test_nothing_relies_on_what_came_after_what_is_voided():
    """A correction, or an undo, stands behind the entry that is voided."""
    one = here()
    moved(one, "ended", type_="correct", undoes=SECOND, reason="So.", id="5" * 16, uses=[], at="2026-05-20T12:00:00Z")
    seal(taking(one, "void", undoes=THIRD))
    made = judged(one)
    below = world(policy(kind="agreement", reason=True))
    moved(below, "executed", id="a" * 16, relies_on={"subject": "5" * 16})
    other = replace(register(below).records["subject"], path="other")
    after = replace(made.after, records={**made.after.records, "other": other})
    assert [each.code for each in of_its_type(replace(made, after=after))] == ["relied-on"]


def ended(**evidence: Any) -> World:
    """A partnership that went back behind its gate, from a decision that rests on a report."""
    one = checked(**evidence)
    moved(one, "proposed", id=THIRD, uses=[], at="2026-05-15T12:00:00Z")
    return seal(one)


NO_UNDO = "the gate to active (entry 2) rested on it, and no undo brings it back; the way on is through the gate"


def restored(one: World, **more: Any) -> list[Finding]:
    return told(taking(one, "undo", "active", **more))


def test_a_gate_that_is_restored_rests_on_what_it_rested_on():
    assert restored(ended()) == []
    clause = "SMALL §1.1"
    changed = f"the evidence for checks changed since p-bob approved more: {NO_UNDO}"
    gone = f"{CHECKED} for checks was withdrawn since: {NO_UNDO}"
    one = ended()
    one.record["evidence"][0]["withdrawn"] = BACK
    assert restored(one) == [
        at_last("rested-on-changed", changed, GATES, clause=clause),
        at_last("rested-on-changed", gone, GATES, clause=clause),
    ]
    one = ended()
    one.record["approvals"][0]["withdrawn"] = BACK
    withdrew = f"p-bob withdrew the approval {DECISION} of more: {NO_UNDO}"
    assert restored(one) == [at_last("decision-withdrawn", withdrew, GATES, clause=clause)]


def test_what_was_withdrawn_after_the_undo_was_there_at_it():
    one = ended()
    one.record["evidence"][0]["withdrawn"] = one.record["approvals"][0]["withdrawn"] = BACK
    assert restored(one, at="2026-05-20T11:00:00Z") == []


def test_what_ages_and_was_shown_anew_counts_until_the_record_went_back():
    said = {"id": "e-00000000000f", "requirement": "checks"}
    for at, count in (("2026-05-14T12:00:00Z", 0), ("2026-05-16T12:00:00Z", 1)):
        one = ended(**{"fresh-for": "P30D"})
        one.record["evidence"].append({**one.record["evidence"][0], **said, "at": at})
        assert len(restored(one)) == count


def test_a_gate_that_binds_all_along_is_not_asked_again():
    """The undo restores nothing behind it: only gates that it brings back are looked at."""
    one = checked()
    moved(one, "ended", id=THIRD, uses=[], at="2026-05-15T12:00:00Z")
    one.record["approvals"][0]["withdrawn"] = BACK
    assert told(taking(seal(one), "undo", "active")) == []


def test_a_requirement_that_is_gone_has_no_clause():
    one = ended()
    one.record["approvals"][0]["requirement"] = "gone"
    one.record["evidence"][0]["withdrawn"] = BACK
    assert {each.clause for each in restored(one)} == {None, "SMALL §1.1"}


def test_every_clause_of_what_is_no_longer_there_is_named():
    one = checked()
    one.data["requirements"]["more"]["clause"] = ["§1.1", "§1.1/checks"]
    one.policy = Policy.model_validate(one.data)
    moved(one, "proposed", id=THIRD, uses=[], at="2026-05-15T12:00:00Z")
    one.record["approvals"][0]["withdrawn"] = BACK
    assert [each.clause for each in restored(seal(one))] == ["SMALL §1.1, SMALL §1.1/checks"]


def test_a_signature_that_was_withdrawn_is_not_brought_back():
    deed = {"deed": {"evidence": {"kinds": ["document"], "with-digest": True}}}
    data = policy(kind="agreement", signed={"by-each": "parties", "document": "deed"}, others=deed)
    data["lifecycles"]["agreement"]["transitions"].append({"from": "executed", "to": "draft"})
    one = world(data)
    moved(one, "executed", id=SECOND, uses=[said["id"] for said in one.record["signatures"]])
    moved(one, "draft", id=THIRD, uses=[], at="2026-05-15T12:00:00Z")
    one.record["signatures"][0]["withdrawn"] = BACK
    words = [each.message.partition(":")[0] for each in told(taking(seal(one), "undo", "executed"))]
    first = one.record["signatures"][0]
    assert words == [
        f"the signature {first['id']} of {first['party']} was withdrawn",
        f"{first['id']} for more was withdrawn since",
    ]


def standing(**more: Any) -> World:
    """The first stage must have a website for as long as it lasts, and the record has none."""
    data = policy(filled=["website"], standing=["proposed"], **more)
    one = world(data)
    one.record |= {"partner": "company"}
    moved(one, "active", id=SECOND)
    one.record.pop("website", None)
    return one


def test_a_stage_that_is_led_back_to_has_what_it_must_have():
    one = taking(standing(), "undo", "proposed")
    [told_so] = told(one)
    assert told_so == at_last(
        "requirement-unmet",
        told_so.message,
        "partnerkit set subject website=<website>",
        place=2,
        clause="SMALL §1.1",
    )
    assert told_so.message.startswith("active → proposed needs more. Missing: website")
    one.record["website"] = "https://harbour.example"
    assert told(one) == []


@pytest.mark.parametrize("why", ["not asked of it", "of no gate", "of another stage", "advice", "no stages"])
def test_what_need_not_stand_there_holds_no_undo_up(why):
    more = {"when": {"partner": "individual"}} if why == "not asked of it" else {}
    one = taking(standing(**more, **({"advisory": True} if why == "advice" else {})), "undo", "proposed")
    if why == "of no gate":
        one.data["lifecycles"]["partnership"]["transitions"][0]["needs"] = []
        one.data["requirements"]["more"]["of"] = "partnership"
    elif why == "of another stage":
        one.data["requirements"]["more"]["standing"] = ["active"]
    one.policy = Policy.model_validate(one.data)
    made = judged(one)
    if why == "no stages":
        made = replace(made, source=replace(made.source, policy=one.policy.model_copy(update={"lifecycles": {}})))
    assert of_its_type(made) == []


def test_everything_that_a_stage_lacks_is_told():
    others = {"also": {"filled": ["proposer"], "standing": ["proposed"]}, "none": {"filled": ["website"]}}
    one = standing(others=others)
    one.data["lifecycles"]["partnership"]["transitions"][0]["needs"] = ["none", "also", "more"]
    one.policy = Policy.model_validate(one.data)
    words = [each.message.split(".")[0] for each in told(taking(one, "undo", "proposed"))]
    assert words == ["active → proposed needs more", "active → proposed needs also"]


def gone(one: World, stage: str) -> list[Finding]:
    made = judged(one)
    return list(stage_gone(made.record, made.source, stage))


def test_a_stage_that_is_gone_and_of_which_nothing_is_said_is_led_back_to_by_nobody():
    one = here()
    assert gone(one, "active") == gone(one, "void") == []
    message = "taking that back leads subject to paused, which SMALL has no more"
    mend = (
        "partnerkit policy migrate SMALL --from policy --stage partnership.paused=<stage> --reason <reason> "
        "says where such records stand now"
    )
    assert gone(one, "paused") == [found("stage-gone", ("stage",), message, mend=mend)]
    made = judged(one)
    nothing = replace(made.source, policy=one.policy.model_copy(update={"lifecycles": {}}))
    assert [each.code for each in stage_gone(made.record, nothing, "active")] == ["stage-gone"]
    assert list(stage_gone(made.record, nothing, "void")) == []
