"""Past which decisions a migration may take no record: whole findings, and how far a record may come without one."""

from __future__ import annotations

import itertools
from dataclasses import replace
from typing import Any

import pytest

from partnerkit.findings import Finding
from partnerkit.rules.migrating import behind, migrated
from tests.policies.fulfil import World
from tests.rules.bench import moved, policy, under
from tests.rules.sealing import found, judged

BOARD = {"approval": {"role": "board"}}


def chain(*stages: str, asks: dict[str, list[str]] | None = None, **more: Any) -> dict[str, Any]:
    """A version in which the stages follow one another; `asks` says what the gate to each of them needs."""
    needs = asks or {}
    others: dict[str, Any] = more.pop("others", {})
    data = policy(reason=True, others={"vote": BOARD, **others})
    ways = [{"from": one, "to": to, "main": True, "needs": needs.get(to, [])} for one, to in itertools.pairwise(stages)]
    lifecycle = {"starts": stages[0], "stages": {one: {"title": one.title()} for one in stages}, "transitions": ways}
    return data | {"lifecycles": {"partnership": lifecycle}, **more}


def brought(*stages: str, asks: dict[str, list[str]] | None = None, **more: Any) -> World:
    """A record that went along these stages of a version."""
    data = chain("proposed", *stages, "ended", asks=asks, **more)
    here = World(data, "partnership", stages[-1], "ended")
    here.record["stage"] = here.record["history"][0]["to"] = "proposed"
    for seq, stage in enumerate(stages, 2):
        moved(here, stage, id=f"{seq}" * 16)
    return here


def told(here: World, data: dict[str, Any], to: str) -> list[Finding]:
    """What is wrong with migrating it by the new version, in the step that brings that."""
    left = here.record["stage"]
    data = data | {"migrates": {"partnership": {left: to}}}
    moved(here, to, type_="migrate", id="9" * 16)
    here.record["stage"] = left
    made = judged(here)
    source = under(here, data)
    after = replace(made.after, policies={"SMALL": source}, rules={source.path: "new"})
    return migrated(replace(made, before=replace(made.rules, rules={source.path: "old"}), after=after))


def past(to: str, where: str, left: str, mend: str, *, place: int = 2, clause: str = "SMALL §1.1") -> list[Finding]:
    message = (
        f"{to} lies behind {where}, which was never passed: a migration takes what stood in {left} past no decision"
    )
    mend = f"partnerkit policy migrate SMALL --from <file> --stage partnership.{left}={mend} --reason <reason>"
    return [found("migrated-past-decision", ("history", place), message, clause=clause, mend=mend)]


def test_a_record_is_taken_past_no_decision_that_nobody_took():
    new = chain("proposed", "talked", "running", "signed", asks={"running": ["vote"]})
    told_so = past("signed", "vote (talked → running)", "active", "talked")
    assert told(brought("active"), new, "signed") == told_so
    assert told(brought("active"), new, "talked") == []


def test_all_of_them_are_told_each_with_its_gate_and_every_clause_once():
    others: dict[str, Any] = {
        "ballot": {**BOARD, "clause": ["§1.1/checks", "§1.1"]},
        "last": {**BOARD, "clause": "§1.1/proposal"},
    }
    asks = {"running": ["vote"], "signed": ["ballot"], "sealed": ["last"]}
    new = chain("proposed", "running", "signed", "sealed", asks=asks, others=others)
    where = "vote (proposed → running), ballot (running → signed)"
    clause = "SMALL §1.1, SMALL §1.1/checks"
    assert told(brought("active"), new, "signed") == past("signed", where, "active", "running", clause=clause)


def test_the_line_offers_the_farthest_stage_before_the_decision():
    new = chain("proposed", "one", "two", "three", "four", asks={"three": ["vote"]})
    [one] = told(brought("active"), new, "four")
    assert one.mend is not None
    assert "--stage partnership.active=two --reason" in one.mend


def test_a_decision_that_was_passed_is_not_asked_again():
    old: dict[str, Any] = {"asks": {"active": ["vote"]}}
    new = chain("proposed", "running", "signed", "sealed", asks={"signed": ["vote"]})
    assert told(brought("active", **old), new, "sealed") == []
    assert [one.code for one in told(brought("active"), new, "sealed")] == ["migrated-past-decision"]


def test_a_decision_passed_in_a_gate_that_is_no_longer_on_the_way_counts():
    """It was passed by this very record, though other ways lead around it by now."""
    here = brought("active", asks={"active": ["vote"]})
    here.data["lifecycles"]["partnership"]["transitions"].append({"from": "proposed", "to": "beside"})
    here.data["lifecycles"]["partnership"]["transitions"].append({"from": "beside", "to": "active"})
    here.data["lifecycles"]["partnership"]["stages"]["beside"] = {"title": "Beside"}
    here.policy = type(here.policy).model_validate(here.data)
    new = chain("proposed", "running", "signed", "sealed", asks={"signed": ["vote"]})
    assert told(here, new, "sealed") == []


def test_a_decision_behind_which_it_was_adopted_counts():
    """No way led where it stood but past the decision, whoever it was that took it."""
    here = brought("active", asks={"active": ["vote"]})
    here.record["history"] = [
        {**here.record["history"][1], "seq": 1, "type": "adopt", "since": "2024-01-01", "reason": "So."}
    ]
    del here.record["history"][0]["from"]
    new = chain("proposed", "running", "signed", "sealed", asks={"signed": ["vote"]})
    assert told(here, new, "sealed") == []


def test_a_decision_that_is_new_is_not_asked_of_a_record_that_comes_no_further():
    """Gates that were passed are never judged again: where it stood before, this was not asked for."""
    new = chain("proposed", "running", "signed", asks={"running": ["fresh"]}, others={"fresh": BOARD})
    assert told(brought("active"), new, "running") == []
    [one] = told(brought("active"), new, "signed")
    assert one.message.startswith("signed lies behind fresh (proposed → running)")


def test_a_decision_that_the_old_version_knew_is_asked_wherever_it_goes():
    old = brought("active")
    old.data["lifecycles"]["partnership"]["transitions"][1]["needs"] = ["vote"]
    old.policy = type(old.policy).model_validate(old.data)
    new = chain("proposed", "running", "signed", asks={"running": ["vote"]})
    [one] = told(old, new, "running")
    assert one.message.startswith("running lies behind vote (proposed → running)")


def test_where_no_way_led_where_it_stood_nothing_says_how_far_it_came():
    old = brought("active")
    old.data["lifecycles"]["partnership"]["transitions"][0]["when"] = {"partner": "company"}
    old.policy = type(old.policy).model_validate(old.data)
    old.record["partner"] = "individual"
    new = chain("proposed", "running", "signed", asks={"running": ["fresh"]}, others={"fresh": BOARD})
    assert told(old, new, "signed") == []


def test_where_no_way_leads_where_it_goes_it_comes_further():
    new = chain("proposed", "running", "signed", asks={"running": ["fresh"]}, others={"fresh": BOARD})
    new["lifecycles"]["partnership"]["transitions"][0]["when"] = {"partner": "company"}
    here = brought("active")
    here.record["partner"] = "individual"
    assert [one.code for one in told(here, new, "running")] == []
    new["lifecycles"]["partnership"]["transitions"].append({"from": "signed", "to": "proposed"})
    ways = new["lifecycles"]["partnership"]["transitions"]
    ways[0]["when"], ways[1]["needs"] = {"partner": "company"}, ["fresh"]
    assert [one.code for one in told(brought("active"), new, "signed")] == ["migrated-past-decision"]


@pytest.mark.parametrize("partner", ["company", "individual"])
def test_only_what_is_asked_of_this_record_lies_behind_a_stage(partner):
    new = chain("proposed", "running", "signed", asks={"running": ["vote", "ballot"]}, others={"ballot": BOARD})
    new["requirements"]["ballot"]["when"] = {"partner": "company"}
    here = brought("active")
    here.record["partner"] = partner
    made = judged(here).record
    source = under(here, new).policy
    found_ = behind(source, source.lifecycles["partnership"], "signed", made)
    both = {"vote": "proposed → running", "ballot": "proposed → running"}
    assert found_ == (both if partner == "company" else {"vote": "proposed → running"})
    assert list(found_) == [name for name in source.requirements if name in found_]
    assert behind(source, source.lifecycles["partnership"], "proposed", made) == {}


def test_what_another_way_leads_around_does_not_lie_behind_a_stage():
    new = chain("proposed", "talked", "running", "signed", asks={"running": ["vote"], "signed": ["vote"]})
    ways = new["lifecycles"]["partnership"]["transitions"]
    here = brought("active")
    made = judged(here).record

    def asked() -> dict[str, str]:
        source = under(here, new).policy
        return behind(source, source.lifecycles["partnership"], "signed", made)

    assert asked() == {"vote": "talked → running"}
    ways.append({"from": "talked", "to": "signed", "when": {"partner": "company"}})
    made.data["partner"] = "company"
    assert asked() == {}
    made.data["partner"] = "individual"
    assert asked() == {"vote": "talked → running"}
