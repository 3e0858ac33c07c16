"""Statements that stand in a record: who could say them, of what, on which day."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from partnerkit.findings import Finding
from partnerkit.policies.policy import Policy
from partnerkit.rules.said import (
    approvals_by_holders,
    approvals_of_this_record,
    speakers_are_on_the_roster,
    statements_speak_to_something,
    waivers_of_what_can_be_waived,
)
from tests.policies.fulfil import World
from tests.rules.bench import held, moved, policy, world
from tests.rules.sealing import BACK, READ, bind, found, seen, withdraw

CLAUSE = "SMALL §1.1"
DECIDED, REPORT, WAIVED = "a-000000000001", "e-000000000001", "w-000000000002"


def decided(**more: Any) -> World:
    """A partnership in which p-bob has decided for the board."""
    return bind(world(policy(approval={"role": "board", **more})))


def waived(**more: Any) -> World:
    """A partnership in which the board waived the report."""
    here = world(policy(evidence={"kinds": ["report"]}, waivable={"by": "board"}))
    here.record["evidence"] = []
    here.say("waivers", "w", "more", role="board", reason="They are known.", until="2026-12-31", **more)
    return here


def by_nobody(here: World) -> None:
    """Another version of the policy lets nobody waive it."""
    del here.data["requirements"]["more"]["waivable"]
    here.policy = Policy.model_validate(here.data)


def unheld(here: World, **roles: Any) -> list[Finding]:
    return list(approvals_by_holders(seen(here, roster=held(p_ann=[{"role": "board"}], **roles))))


def test_whoever_approved_held_the_role():
    assert unheld(decided(), p_bob=[{"role": "board"}]) == []
    message = "p-bob did not hold the role board on 2026-05-01, the day of a-000000000001 for more"
    away = withdraw(DECIDED)
    assert unheld(decided(), p_bob=[{"role": "chair"}]) == [
        found("role-not-held", ("approvals", 0), message, clause=CLAUSE, mend=away, statement=DECIDED)
    ]
    [other] = unheld(decided(), p_bob=[{"role": "board", "from": "2026-05-02"}])
    assert other.mend == away


def test_whoever_held_the_role_before_is_given_it_again():
    scope = {"city": "dortmund", "year": "2026"}
    ended = {"role": "board", "from": "2026-05-01", "until": "2026-05-01"}
    assert unheld(decided(), p_bob=[ended]) == []
    here = decided()
    here.record["approvals"][0]["on"] = "2026-05-02"
    for held_, words in ((ended, ""), ({**ended, "scope": scope}, " --scope city=dortmund --scope year=2026")):
        [told] = unheld(here, p_bob=[{"role": "chair"}, held_])
        assert told.mend == f"partnerkit person role p-bob board --from 2026-05-02{words}"
        assert "on 2026-05-02, the day of" in told.message


def test_a_role_that_ended_before_it_began_is_given_from_that_day():
    [told] = unheld(decided(), p_bob=[{"role": "board", "from": "2026-05-01", "until": "2026-04-30"}])
    assert told.mend == "partnerkit person role p-bob board --from 2026-05-01"


def test_what_is_held_only_later_was_not_held_before():
    here = decided()
    here.record["approvals"][0]["on"] = "2026-05-02"
    [told] = unheld(here, p_bob=[{"role": "board", "from": "2026-05-03"}, {"role": "board", "until": "2026-05-01"}])
    assert told.mend == "partnerkit person role p-bob board --from 2026-05-02"


def test_a_waiver_is_of_somebody_who_held_the_role():
    assert unheld(waived(), p_bob=[{"role": "board"}]) == []
    [told] = unheld(waived(), p_bob=[{"role": "chair"}])
    message = "p-bob did not hold the role board on 2026-05-01, the day of w-000000000002 for more"
    more = {"clause": CLAUSE, "mend": withdraw(WAIVED), "statement": WAIVED}
    assert told == found("role-not-held", ("waivers", 0), message, **more)


def test_what_was_withdrawn_or_needs_no_role_is_not_asked_for_one():
    here = decided()
    here.record["approvals"][0]["withdrawn"] = BACK
    here.say("evidence", "e", "more", kind="report", ref="a thing")
    assert unheld(here, p_bob=[{"role": "chair"}]) == []
    here.say("approvals", "a", "more", **{**here.record["approvals"][0], "withdrawn": None, "id": "a-" + "2" * 12})
    assert [one.line for one in unheld(here, p_bob=[{"role": "chair"}])] == [found("", ("approvals", 1), "").line]


def test_whoever_is_not_on_the_roster_is_told_once_as_unknown():
    assert unheld(decided()) == []
    mend = f"{withdraw(DECIDED)}; or partnerkit person add p-bob --email <email> if they belong there"
    there = seen(decided(), roster=held(p_ann=[{"role": "board"}]))
    assert list(speakers_are_on_the_roster(there)) == [
        found("person-unknown", ("approvals", 0, "by"), "p-bob is not on the roster", mend=mend, statement=DECIDED)
    ]


def test_whoever_typed_or_withdrew_a_statement_is_on_the_roster():
    here = decided()
    here.record["approvals"][0] |= {"recorded-by": "p-eve", "seen": "minutes"}
    mend = f"{withdraw(DECIDED)}; or partnerkit person add p-eve --email <email> if they belong there"
    typed = ("approvals", 0, "recorded-by")
    assert list(speakers_are_on_the_roster(seen(here))) == [
        found("person-unknown", typed, "p-eve is not on the roster", mend=mend, statement=DECIDED)
    ]
    here.record["approvals"][0]["withdrawn"] = {**BACK, "by": "p-max"}  # whoever typed it is asked for no more
    mend = "partnerkit person add p-max --email <email>"
    assert list(speakers_are_on_the_roster(seen(here))) == [
        found("person-unknown", ("approvals", 0, "withdrawn", "by"), "p-max is not on the roster", mend=mend)
    ]
    here.record["approvals"][0] |= {"recorded-by": "p-ann", "withdrawn": BACK}
    assert list(speakers_are_on_the_roster(seen(here))) == []


def test_a_statement_speaks_to_a_requirement_of_the_policy():
    here = world(policy(evidence={"kinds": ["report"]}))
    assert list(statements_speak_to_something(seen(here))) == []
    here.record["evidence"][0]["requirement"] = "gone"
    assert list(statements_speak_to_something(seen(here))) == [
        found(
            "requirement-unknown",
            ("evidence", 0, "requirement"),
            "SMALL has no requirement gone",
            mend="partnerkit policy show SMALL",
            severity="warning",
        )
    ]


def test_a_statement_is_not_dated_after_it_was_recorded():
    here = world(policy(evidence={"kinds": ["report"]}))
    here.record["evidence"][0]["on"] = "2026-05-02"
    message = "e-000000000001 is dated 2026-05-02, after the day it was recorded (2026-05-01)"
    mend = f"{withdraw(REPORT)}, then partnerkit add subject more <file-or-link> --on <day>"
    more = {"clause": CLAUSE, "mend": mend, "statement": REPORT}
    assert list(statements_speak_to_something(seen(here))) == [
        found("statement-in-future", ("evidence", 0, "on"), message, **more)
    ]
    here.record["evidence"][0]["withdrawn"] = BACK
    assert list(statements_speak_to_something(seen(here))) == []
    del here.record["evidence"][0]["withdrawn"]
    here.record["evidence"][0]["on"] = "2026-05-01"
    assert list(statements_speak_to_something(seen(here))) == []


def test_a_statement_is_not_recorded_on_a_day_still_to_come():
    here = world(policy(evidence={"kinds": ["report"]}))
    last = datetime(2026, 5, 1, 11, 50, tzinfo=UTC)
    assert list(statements_speak_to_something(seen(here, latest=last))) == []
    message = "e-000000000001 says it was recorded at 2026-05-01 12:00, which is still to come"
    told = [found("statement-in-future", ("evidence", 0, "at"), message, mend=READ)]
    before = last.replace(minute=49)
    assert list(statements_speak_to_something(seen(here, latest=before))) == told
    here.record["evidence"][0]["clock"] = "set"
    assert list(statements_speak_to_something(seen(here, latest=before))) == []


def test_what_nobody_may_waive_is_waived_in_vain():
    here = waived()
    assert list(waivers_of_what_can_be_waived(seen(here))) == []
    by_nobody(here)
    message = "SMALL lets nobody waive more: w-000000000002 of p-bob counts for nothing"
    told = [
        found(
            "not-waivable",
            ("waivers", 0),
            message,
            clause=CLAUSE,
            mend="partnerkit gates subject",
            severity="warning",
        )
    ]
    assert list(waivers_of_what_can_be_waived(seen(here))) == told


@pytest.mark.parametrize("why", ["withdrawn", "used", "unknown"])
def test_a_waiver_that_counts_no_more_or_opened_a_gate_is_not_told(why):
    here = waived(withdrawn=BACK if why == "withdrawn" else None)
    by_nobody(here)
    if why == "used":
        moved(here, "active", uses=["w-000000000002"])
    elif why == "unknown":
        here.record["waivers"][0]["requirement"] = "gone"
    here.say("evidence", "e", "more", kind="report", ref="a thing")
    assert list(waivers_of_what_can_be_waived(seen(here))) == []
    here.say("waivers", "w", "more", role="board", reason="They are known.", until="2026-12-31")
    assert [one.line for one in waivers_of_what_can_be_waived(seen(here))] == [found("", ("waivers", 1), "").line]


def test_an_approval_stands_in_the_record_for_which_it_was_given():
    here = decided()
    here.say("evidence", "e", "more", kind="report", ref="a thing")
    assert list(approvals_of_this_record(seen(here))) == []
    here.record["approvals"][0]["record"] = "another"
    message = "the approval a-000000000001 of p-bob was given for another: it counts for no other record"
    mend = f"{withdraw(DECIDED)}, then partnerkit approve subject more --for p-bob --seen <seen>"
    more = {"clause": CLAUSE, "mend": mend, "statement": DECIDED}
    assert list(approvals_of_this_record(seen(here))) == [
        found("approval-of-another", ("approvals", 0, "record"), message, **more)
    ]
