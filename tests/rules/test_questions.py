"""What a question knows of its moment: days, roles, who may not decide, what a policy leaves open, who may help."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from partnerkit.kinds.duration import Duration
from partnerkit.policies.policy import Policy
from partnerkit.policies.values import Variable
from partnerkit.register import RecordFile
from partnerkit.rules.question import Answer, Question, began, scope_asked, suppliers, who_may
from tests.policies.fulfil import World
from tests.rules.bench import asked, held, policy, question, register, world
from tests.rules.sealing import bind

BACK = datetime(2026, 5, 1, 12, tzinfo=UTC)


def decided(**more: Any) -> World:
    return bind(world(policy(approval={"role": "board"}, **more)))


@pytest.mark.parametrize(
    ("said", "outdated"),
    [
        ({}, False),
        ({"at": "2026-05-01T11:59:00Z"}, True),
        ({"on": "2026-04-30"}, True),
        ({"on": "2026-05-01", "at": "2026-05-02T12:00:00Z"}, False),
    ],
)
def test_what_was_said_or_is_dated_before_the_record_went_back_is_outdated(said, outdated):
    here = decided()
    here.record["approvals"][0] |= said
    made = question(here)
    [found] = made.live
    assert replace(made, reopened=BACK).outdated(found) == outdated
    assert not made.outdated(found)


def test_the_day_of_a_statement_is_the_one_that_it_names_or_the_one_on_which_it_was_recorded():
    here = decided()
    made = question(here)
    assert (made.day, made.day_of(made.live[0])) == (date(2026, 6, 1), date(2026, 5, 1))
    here.record["approvals"][0]["on"] = "2026-04-30"
    made = question(here)
    assert made.day_of(made.live[0]) == date(2026, 4, 30)


def test_a_linked_record_stood_where_the_entry_says_on_which_the_move_relies():
    """Of two entries of the very same moment, the one that is named."""
    here = world(policy(kind="agreement", reason=True))
    assert here.owner is not None
    [first] = here.owner["history"]
    more = {"seq": 2, "id": "b" * 16, "type": "move", "from": first["to"], "to": "ended"}
    first["at"] = "2026-06-01T12:00:00Z"
    here.owner["history"].append({**first, **more})
    here.owner["stage"] = "ended"
    made = question(here)
    owner = made.links.records["owner"]
    assert made.stage_of(owner) == "ended"
    assert replace(made, relied={"owner": first["id"]}).stage_of(owner) == first["to"]
    assert replace(made, relied={"other": first["id"]}).stage_of(owner) == "ended"


def test_a_record_began_when_it_was_made_or_stood_there_before():
    here = decided()
    assert (question(here).began, began(register(here).records["subject"], register(here))) == (date(2025, 3, 1),) * 2
    here.record["history"][0] |= {"type": "adopt", "since": "2024-01-01", "reason": "It was there."}
    assert question(here).began == date(2024, 1, 1)


REPORT: dict[str, Any] = {"evidence": {"kinds": ["report"]}}


@pytest.mark.parametrize(
    ("said", "came", "early"),
    [
        ({}, {}, False),
        ({"at": "2026-05-01T11:59:00Z"}, {}, True),
        ({"on": "2026-04-30"}, {}, True),
        ({}, {"on": "2026-04-30"}, False),
        ({"at": "2026-05-02T12:00:00Z", "on": "2026-04-30"}, {}, True),
        ({}, {"requirement": "another"}, True),
    ],
)
def test_a_statement_comes_no_earlier_than_what_comes_first(said, came, early):
    here = world(policy(**REPORT, after=["first"], others={"first": REPORT, "another": REPORT}))
    mine, first = sorted(here.record["evidence"], key=lambda one: one["requirement"], reverse=True)
    assert (mine["requirement"], first["requirement"]) == ("more", "first")
    mine |= said
    first |= came
    made = question(here)
    [found] = [one for one in made.live if one.said.requirement == "more"]
    assert made.early(found) == early
    assert made.mine("evidence") == ([] if early else [found])
    assert made.mine("scores") == []


def test_the_latest_of_all_that_comes_first_counts():
    here = world(policy(**REPORT, after=["first", "also"], others={"first": REPORT, "also": REPORT}))
    for said in here.record["evidence"]:
        said["at"] = {"more": "2026-05-05", "first": "2026-05-04", "also": "2026-05-06"}[
            said["requirement"]
        ] + "T12:00:00Z"
    assert not asked(here).met


def test_what_a_policy_leaves_open_counts_as_one_and_is_no_duration():
    made = question(decided())
    variable = Variable("$checks")
    assert (made.count(variable), made.count(3), made.count("P1M")) == (1, 3, 1)
    month = Duration.parse("P1M")
    assert (made.duration(month), made.duration(variable), made.duration(3)) == (month, None, None)
    assert (made.value(3), made.value(variable)) == (3, None)


def test_what_is_left_open_is_noted_with_its_question_and_the_line_that_sets_it():
    here = decided()
    variable = Variable("$checks")
    note = (
        "SMALL leaves open (§1.1/checks): How many? Unset: {}. "
        "Set it with: partnerkit policy set SMALL checks=<value> --seen <seen>"
    )
    assert question(here).notes(3, variable, None) == [note.format("nothing is counted until it is set")]
    here.data["variables"]["checks"]["default-note"] = "one is enough"
    here.policy = Policy.model_validate(here.data)
    assert question(here).notes(variable) == [note.format("one is enough")]
    here.data["variables"]["checks"]["value"] = 2
    here.policy = Policy.model_validate(here.data)
    assert question(here).notes(variable) == []


def saying(record: RecordFile, **values: Any) -> RecordFile:
    """The record with other values in it, whatever its kind can hold."""
    return replace(record, data={**record.data, **values})


def test_whoever_may_not_decide_is_known_from_before_the_step_and_above():
    not_ = ["roles.liaison", "subject.roles.manager"]
    made = question(bind(world(policy(kind="agreement", approval={"role": "board", "not": not_}))))
    own = {"proposer": "p-1", "interested": ["p-2"], "roles": {"liaison": "p-3", "manager": "p-4"}}
    above = {"proposer": "p-5", "interested": ["p-6"], "roles": {"liaison": "p-7", "manager": "p-8"}}
    record, owner = saying(made.record, **own), saying(made.rules.records["owner"], **above)
    there = replace(made.rules, records={"subject": record, "owner": owner})
    made = replace(made, record=record, named_before=record, rules=there, links=there)
    assert made.excluded == {"p-1", "p-2", "p-3", "p-6", "p-8"}
    old = saying(record, proposer="p-9", interested=[])
    assert replace(made, named_before=old).excluded == {*made.excluded, "p-9"}
    assert replace(made, named_before=None).excluded == made.excluded
    other = replace(there, records={**there.records, "owner": saying(owner, interested=["p-10"])})
    assert replace(made, rules=other).excluded == {*made.excluded, "p-10"}
    assert replace(made, links=other).excluded == {*made.excluded, "p-10"}
    plain = made.requirement.model_copy(update={"approval": None})
    assert replace(made, requirement=plain).excluded == {"p-1", "p-2", "p-6"}


def test_whom_the_record_names_or_else_the_one_above():
    made = question(world(policy(kind="agreement", reason=True)))
    owner = saying(made.rules.records["owner"], roles={"manager": "p-bob"})
    made = replace(made, rules=replace(made.rules, records={**made.rules.records, "owner": owner}))
    assert made.named("manager") == "p-bob"
    assert made.named("liaison") is None
    assert replace(made, named_before=None).named("manager") == "p-bob"
    own = replace(made, named_before=saying(made.record, roles={"manager": "p-ann"}))
    assert own.named("manager") == "p-ann"
    assert replace(question(decided()), named_before=None).named("manager") is None


@pytest.mark.parametrize(("by_policy", "by_register"), [("off", "require"), (None, "warn"), ("require", "off")])
def test_the_policy_says_who_decides_apart_or_else_the_register(by_policy, by_register):
    here = decided()
    if by_policy:
        here.data["separation-of-duties"] = by_policy
    here.policy = Policy.model_validate(here.data)
    settings = register(here).settings
    trust = settings.trust.model_copy(update={"separation_of_duties": by_register})
    made = question(here, settings=settings.model_copy(update={"trust": trust}))
    assert made.separation == (by_policy or by_register)


def helpers(here: World, **roles: Any) -> Question:
    return question(here, roster=held(**roles))


BOARD, CHAIR = {"role": "board"}, {"role": "chair"}


def test_whoever_holds_a_role_may_supply_what_asks_for_none():
    made = helpers(decided(), p_bob=[CHAIR], p_ann=[BOARD], p_eve=[{**BOARD, "until": "2026-05-31"}], p_max=[])
    assert suppliers(made) == ([], ["p-ann", "p-bob"])
    asks = replace(made, requirement=made.requirement.model_copy(update={"who": ["board", "editor"]}))
    assert suppliers(asks) == (["board", "editor"], ["p-ann"])
    both = helpers(decided(), p_bob=[BOARD], p_ann=[BOARD])
    assert suppliers(replace(both, requirement=asks.requirement))[1] == ["p-ann", "p-bob"]


def test_who_may_is_told_or_who_holds_it_though_they_may_not_or_that_nobody_does():
    made = helpers(decided(), p_bob=[BOARD], p_ann=[CHAIR, BOARD], p_eve=[{**BOARD, "until": "2026-05-31"}])
    assert who_may(made, Answer(False, people=["p-1", "p-2"], roles=["board"])) == "p-1, p-2"
    assert who_may(made, Answer(False, roles=["chair", "board"])) == "nobody else may; held by p-ann, p-bob"
    assert who_may(made, Answer(False, roles=["editor"])) == "nobody holds it"


def test_the_scope_of_a_role_is_what_the_fields_say():
    data = {"city": "dortmund", "year": 2026, "empty": None}
    assert scope_asked(data, {"where": "city", "when": "year", "what": "empty"}) == {
        "where": "dortmund",
        "when": "2026",
    }
