"""What became of statements since: withdrawals, and what must hold while a stage lasts."""

from __future__ import annotations

import copy
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from partnerkit.policies.policy import Policy
from partnerkit.register import PolicyFile, RecordFile
from partnerkit.rules.lasting import concerns, unmet_standing
from partnerkit.rules.withdrawals import withdrawals_are_possible, withdrawn_after_what_stood
from tests.policies.fulfil import MOMENT, World
from tests.rules.bench import look, moved, policy, register, world
from tests.rules.whole import by_keys, seen, told, where

TAKEN = {"at": "2026-05-20T12:00:00Z", "by": "p-bob", "reason": "A slip."}
GIT = "git log -p -- subject shows what it was; partnerkit audit subject says what can be done"
ONE = "e-000000000001"


def now(here: World) -> RecordFile:
    """The record as it is at this moment, of which every place is told by its keys."""
    found = register(here).records["subject"]
    return replace(found, data=copy.deepcopy(found.data), place=by_keys)


def withdrawn(at: str) -> World:
    here = world(policy(evidence={"kinds": ["report"]}, clause=["§1.1", "§1.2"]))
    here.record["evidence"][0]["withdrawn"] = {**TAKEN, "at": at}
    return here


@pytest.mark.parametrize(
    ("at", "why"),
    [
        ("2026-05-01T12:00:00Z", None),
        ("2026-05-01T11:59:59Z", "2026-05-01 11:59, before it was made (2026-05-01 12:00)"),
        ("2026-06-02T12:00:00Z", None),  # a day that is set by hand is written as its noon
        ("2026-06-02T12:00:01Z", "2026-06-02 12:00, which is still to come"),
    ],
)
def test_a_statement_is_withdrawn_after_it_was_made_and_by_now(at, why):
    here = withdrawn(at)
    clause = "SMALL §1.1, SMALL §1.2"
    keys = ("evidence", 0, "withdrawn", "at")
    words = f"{ONE} says it was withdrawn at {why}"
    found = list(withdrawals_are_possible(seen(here)))
    assert found == ([told("withdrawal-misdated", words, *keys, mend=GIT, clause=clause)] if why else [])


def test_every_withdrawal_is_looked_at():
    here = withdrawn("2026-05-02T12:00:00Z")
    here.say("evidence", "e", "more", kind="report", ref="a thing")
    here.say("evidence", "e", "more", kind="report", ref="a thing", withdrawn={**TAKEN, "at": "2026-04-01T12:00:00Z"})
    here.say("evidence", "e", "other", kind="report", ref="a thing", withdrawn={**TAKEN, "at": "2026-07-01T12:00:00Z"})
    found = list(withdrawals_are_possible(seen(here)))
    assert where(found) == [("evidence", 2, "withdrawn", "at"), ("evidence", 3, "withdrawn", "at")]
    assert [one.clause for one in found] == ["SMALL §1.1, SMALL §1.2", None]


@pytest.mark.parametrize(
    ("at", "early"),
    [("2026-05-01T12:00:00Z", False), ("2026-05-01T11:59:59Z", True), ("2026-05-20T12:00:00Z", False)],
)
def test_a_withdrawal_that_comes_in_is_not_dated_before_what_stood(at, early):
    here = world(policy(evidence={"kinds": ["report"]}))
    for letter in ("a", "b"):
        here.say("evidence", "e", "more", kind="report", ref=letter)
    here.record["evidence"][2]["withdrawn"] = {**TAKEN, "at": "2025-01-01T12:00:00Z"}
    moved(here, "active", at="2026-04-01T12:00:00Z")
    moved(here, "proposed", at="2026-05-01T12:00:00Z")
    old = now(here)
    here.record["evidence"][1]["withdrawn"] = {**TAKEN, "at": at}
    words = (
        f"e-000000000002 says it was withdrawn at {at[:10]} {at[11:16]}, before entry 3 (2026-05-01 12:00), "
        "which stood before it was withdrawn"
    )
    mend = "git restore --staged --worktree -- subject, and withdraw it anew"
    expected = told("withdrawal-misdated", words, "evidence", 1, "withdrawn", "at", mend=mend)
    assert list(withdrawn_after_what_stood(old, now(here))) == ([expected] if early else [])


def test_after_a_withdrawal_that_stood_there_others_are_looked_at():
    here = world(policy(evidence={"kinds": ["report"]}))
    here.say("evidence", "e", "more", kind="report", ref="a thing")
    moved(here, "active")
    old = now(here)
    for said, day in zip(here.record["evidence"], ("2026-05-20", "2026-01-01"), strict=True):
        said["withdrawn"] = {**TAKEN, "at": f"{day}T12:00:00Z"}
    found = list(withdrawn_after_what_stood(old, now(here)))
    assert where(found) == [("evidence", 1, "withdrawn", "at")]


def lasting(within: str | None = None, **more: Any) -> World:
    own = {"standing": ["active"], **({"within": within} if within else {}), **more}
    here = world(policy(filled=["website"], **own))
    moved(here, "active", at="2026-05-02T12:00:00Z")
    return here


def test_what_must_hold_while_the_stage_lasts_and_by_when():
    here = lasting()
    assert list(unmet_standing(look(here))) == []
    del here.record["website"]
    [one] = unmet_standing(look(here))
    assert (one.question.name, one.question.to, one.answer.met, one.until) == ("more", "active", False, None)
    assert one.answer.missing == "Missing: website"
    assert not one.in_time(date(2026, 5, 2))
    here = lasting("P30D")
    del here.record["website"]
    [one] = unmet_standing(look(here, datetime(2026, 9, 1, tzinfo=UTC)))
    assert one.until == date(2026, 6, 1)
    assert [one.in_time(date(2026, 6, day)) for day in (1, 2)] == [True, False]


def test_what_is_not_asked_of_the_record_is_not_unmet():
    for here in (lasting(standing=["ended"]), lasting(of="agreement"), lasting(when={"partner": "company"})):
        here.record.pop("website", None)
        here.record["partner"] = "individual"
        assert list(unmet_standing(look(here))) == []
    here = lasting(of="partnership", advisory=True)
    del here.record["website"]
    here.data["requirements"] = {"aside": {"clause": "§1.1", "reason": True}, **here.data["requirements"]}
    here.policy = Policy.model_validate(here.data)
    [one] = unmet_standing(look(here))
    assert one.question.name == "more", "what is only advice is unmet all the same"


def test_which_requirements_concern_a_kind():
    here = lasting()
    assert concerns(look(here), "more")
    here.data["lifecycles"]["partnership"]["transitions"][0]["needs"] = []
    here.policy = Policy.model_validate(here.data)
    assert not concerns(look(here), "more"), "no gate of it asks"
    here.data["lifecycles"]["partnership"]["transitions"][1]["needs"] = ["more"]
    here.policy = Policy.model_validate(here.data)
    assert concerns(look(here), "more"), "the last one does"
    seen_now = look(here, MOMENT)
    data = {**here.data, "lifecycles": {"agreement": here.data["lifecycles"]["partnership"]}}
    other = PolicyFile("policy", data, Policy.model_validate(data))
    assert not concerns(replace(seen_now, source=other), "more"), "there is no lifecycle of the kind"
