"""A case at its gate: the record as it was at the entry, and what it does not meet as a finding."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from partnerkit.kinds.roster import Roster
from partnerkit.rules.at_gate import refusal, situation
from partnerkit.rules.case import Case
from partnerkit.rules.gate import Asked, gate
from partnerkit.rules.places import at
from tests.policies.fulfil import World
from tests.rules.bench import case, held, moved, policy, register, world
from tests.rules.placed import placed, whole


def decided(**entry: Any) -> World:
    """A partnership that became active without the decision that it needs."""
    here = world(policy(approval={"role": "board"}, clause=["§1.1", "§1"]))
    here.record.pop("approvals")
    moved(here, "active", **entry)
    return here


def judged(here: World, roster: Roster | None = None) -> Case:
    made = case(here)
    before = placed(replace(made.after, roster=roster or made.after.roster))
    return replace(made, before=before, record=placed(made.after).records["subject"])


def refused(here: World, roster: Roster | None = None) -> list[dict[str, Any]]:
    made = judged(here, roster)
    assert made.transition is not None
    return whole(refusal(made, asked) for asked in gate(situation(made), made.transition) if not asked.answer.met)


BOARD = [{"role": "board"}]


@pytest.mark.parametrize(
    ("roster", "who", "mend"),
    [
        (held(p_ann=BOARD, p_bob=BOARD), "p-ann, p-bob", "approve subject more --for p-ann --seen <seen>"),
        (held(p_ann=[]), "nobody holds it", "person role <person> board"),
    ],
)
def test_what_a_gate_lacks_is_said_with_whoever_can_supply_it(roster, who, mend):
    [one] = refused(decided(), roster)
    missing, _, from_ = one.pop("message").partition(" From: ")
    assert from_ == f"board ({who})."
    assert missing == "proposed → active needs more. Missing: approval by board, 0 of 1."
    assert one == {
        "code": "requirement-unmet",
        "severity": "error",
        "file": "subject",
        "place": "history.1",
        "record": "subject",
        "clause": "SMALL §1.1, SMALL §1",
        "mend": f"partnerkit {mend}",
    }


def test_several_roles_that_can_supply_it_and_none():
    made = judged(decided())
    assert made.transition is not None
    [asked] = gate(situation(made), made.transition)

    def words(**answer: Any) -> str:
        return refusal(made, Asked(asked.question, replace(asked.answer, missing="Nothing", **answer))).message

    people = {"roles": ["board", "chair"], "people": ["p-ann", "p-bob"]}
    assert words(**people) == "proposed → active needs more. Nothing. From: board or chair (p-ann, p-bob)."
    assert words(roles=[], people=["p-ann"]) == "proposed → active needs more. Nothing."


def test_the_situation_of_an_entry():
    here = decided(reason="So.", relies_on={"other": "0" * 16}, at="2026-05-05T12:00:00Z")
    made = judged(here)
    assert made.before is not None
    found = situation(made)
    assert found.record is made.record
    assert found.named_before is made.before.records["subject"]
    assert (found.rules, found.links, found.source) == (made.before, made.after, made.source)
    assert found.moment == datetime(2026, 5, 5, 12, tzinfo=UTC)
    assert (found.reason, found.relied) == ("So.", {"other": "0" * 16})
    assert found.earlier == here.record["history"][:1]
    assert found.stands
    assert situation(replace(made, before=None)).named_before is None
    assert situation(replace(made, before=replace(made.before, records={}))).named_before is None


def test_a_gate_that_was_opened_again_in_the_same_step_stands_no_more():
    here = decided()
    made = judged(here)
    moved(here, "proposed", type_="undo", undoes=here.record["history"][1]["id"], reason="A slip.")
    now = register(here).records["subject"]
    assert not situation(replace(made, record=now)).stands


def test_since_when_a_record_stood_where_it_was():
    """The latest move before the entry dates it; a correction moves nothing, and the first entry dates itself."""
    here = decided(at="2026-05-01T12:00:00Z")
    assert situation(judged(here)).since == datetime(2025, 3, 1, 12, tzinfo=UTC)
    moved(here, "ended", at="2026-05-04T12:00:00Z")
    assert situation(judged(here)).since == datetime(2026, 5, 1, 12, tzinfo=UTC)
    here.record["history"][1] |= {"type": "correct", "reason": "A slip."}
    assert situation(judged(here)).since == datetime(2025, 3, 1, 12, tzinfo=UTC)
    first = judged(world(policy(reason=True)))
    assert situation(first).since == datetime(2025, 3, 1, 12, tzinfo=UTC)


def test_a_finding_at_a_place_of_a_record():
    record = placed(register(world(policy(reason=True)))).records["subject"]
    said = {"code": "wrong", "message": "It is.", "file": "subject", "place": "a.0.b", "record": "subject"}
    assert whole([at(record, ("a", 0, "b"), "wrong", "It is.")]) == [{**said, "severity": "error"}]
    told = at(record, ("a", 0, "b"), "wrong", "It is.", clause="C", mend="m", severity="info")
    assert whole([told]) == [{**said, "severity": "info", "clause": "C", "mend": "m"}]
