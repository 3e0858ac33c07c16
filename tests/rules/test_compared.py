"""The records of a step, two by two: only those that differ, and what was expunged makes no difference."""

from __future__ import annotations

import copy
from dataclasses import replace
from typing import Any

import pytest

from partnerkit.rules.case import to_come
from partnerkit.rules.compared import new_entries, pairs
from partnerkit.steps import Step
from tests.policies.fulfil import MOMENT, World
from tests.rules.ended import here
from tests.rules.expunging import LISTED
from tests.rules.sealing import judged, moved_to, step, stood


def ids(made: Step, only: set[str] | None = None) -> list[tuple[str | None, str | None]]:
    return [(old.id if old else None, new.id if new else None) for old, new in pairs(made, only)]


def after(**values: Any) -> World:
    one = here()
    one.record |= values
    return one


def test_only_records_that_differ_are_compared():
    assert ids(step(here(), here())) == []
    assert ids(step(here(), after(website="https://other.example"))) == [("subject", "subject")]
    assert ids(moved_to(step(here(), here()), "elsewhere")) == [("subject", "subject")]
    assert ids(moved_to(step(here(), after(website="https://other.example")), "elsewhere")) == [("subject", "subject")]
    assert ids(step(None, here())) == [(None, "subject")]
    assert ids(step(here(), None)) == [("subject", None)]
    assert ids(Step(None, stood(here()))) == [(None, "subject")]


def several() -> Step:
    """Records that come and go, not in order."""
    there = stood(here())
    one = there.records["subject"]
    made = {name: replace(one, path=name, model=one.model.model_copy(update={"id": name})) for name in ("b", "c", "a")}
    old, new = ({name: made[name] for name in names} for names in (("c", "b"), ("b", "a")))
    return Step(replace(there, records=old), replace(there, records=new))


def test_they_come_in_order_and_only_those_that_are_named():
    made = several()
    assert ids(made) == [(None, "a"), ("c", None)]
    assert ids(made, {"c", "a"}) == [(None, "a"), ("c", None)]
    assert ids(made, {"c"}) == [("c", None)]
    assert ids(made, {"b", "gone"}) == [(None, None)]
    assert ids(made, set()) == []


def test_what_was_compared_is_known():
    made = several()
    assert pairs(made, None) is pairs(made, None)
    assert pairs(made, {"a", "c"}) is pairs(made, {"c", "a"})


def test_the_record_before_is_as_it_was():
    before = here()
    made = step(before, after(website="https://other.example"))
    [(old, new)] = pairs(made, None)
    assert made.before is not None
    assert (old, new) == (made.before.records["subject"], made.after.records["subject"])
    assert old is made.before.records["subject"]


@pytest.mark.parametrize("listed", [True, False])
def test_what_the_step_expunged_is_out_of_the_record_before_it(listed):
    named, taken_out = after(name="By p. Rosa"), after(name="By expunged:x-000000000001")
    if listed:
        taken_out.record["expunged"] = [LISTED]
    taken_out.record["website"] = "https://other.example"
    [(old, _new)] = pairs(step(named, taken_out), None)
    assert old is not None
    expected = "By expunged:x-000000000001" if listed else "By p. Rosa"
    assert (old.data["name"], old.name) == (expected, expected)
    assert old.model.model_dump()["name"] == expected
    assert (old.data["website"], old.path) == (here().record["website"], "subject")
    assert "expunged" not in old.data


def test_what_was_expunged_before_is_compared_as_it_stood():
    before = after(name="By p. Rosa", expunged=[LISTED])
    now = after(name="By expunged:x-000000000001", expunged=[LISTED])
    [(old, _new)] = pairs(step(before, now), None)
    assert old is not None
    assert old.data["name"] == "By p. Rosa"


def test_a_marker_where_none_could_stand_is_compared_as_it_was():
    """No person could ever have been called what stands there now."""
    before = after(proposer="p-ann")
    made = step(before, after(proposer="p-ann", expunged=[LISTED]))
    new = made.after.records["subject"]
    spoilt = replace(new, data={**new.data, "proposer": "expunged:x-000000000001"})
    [(old, _new)] = pairs(Step(made.before, replace(made.after, records={"subject": spoilt})), None)
    assert old is not None
    assert made.before is not None
    assert old is made.before.records["subject"]


def test_how_many_entries_were_there():
    assert new_entries(None) == 0
    assert new_entries(stood(here()).records["subject"]) == 3


@pytest.mark.parametrize(("clock", "ahead"), [(None, "0:10"), ("set", "24:00")])
def test_a_clock_may_run_a_little_ahead_and_a_day_set_by_hand_to_its_noon(clock, ahead):
    hours, minutes = (int(part) for part in ahead.split(":"))
    just = MOMENT.timestamp() + (hours * 60 + minutes) * 60
    at = type(MOMENT).fromtimestamp
    assert not to_come(at(just, MOMENT.tzinfo), clock, MOMENT)
    assert to_come(at(just + 1, MOMENT.tzinfo), clock, MOMENT)
    assert not to_come(MOMENT, clock, MOMENT)


def test_a_step_changes_the_policy_where_its_file_becomes_another():
    made = judged(here())
    source = made.source.path

    def changed(before: dict[str, str], now: dict[str, str]) -> bool:
        sides = replace(made.rules, rules=before), replace(made.after, rules=now)
        return replace(made, before=sides[0], after=sides[1]).policy_changes

    assert changed({source: "1"}, {source: "2"})
    assert changed({}, {source: "2"})
    assert not changed({source: "1", "another": "1"}, {source: "1", "another": "2"})
    assert not replace(made, before=None, after=replace(made.after, rules={source: "2"})).policy_changes


def test_the_rules_are_those_before_the_step_or_at_the_beginning_its_own():
    made = judged(here())
    before = replace(made.after)
    assert replace(made, before=before).rules is before
    assert replace(made, before=None).rules is made.after


def test_an_entry_has_a_way_where_the_policy_has_one():
    made = judged(here())
    assert made.transition is made.source.policy.lifecycles["partnership"].transitions[1]
    first = replace(made, entry=made.record.model.history[0])
    assert first.transition is None
    nothing = replace(
        made, source=replace(made.source, policy=made.source.policy.model_copy(update={"lifecycles": {}}))
    )
    assert (nothing.lifecycle, nothing.transition) == (None, None)


def test_an_entry_counts_unless_it_was_taken_back():
    one = copy.deepcopy(here())
    made = judged(one)
    assert (made.counts, made.stands, made.only_id) == (True, True, "3" * 16)
    one.record["history"].append(
        {**one.record["history"][2], "seq": 4, "id": "4" * 16, "type": "undo", "undoes": "3" * 16, "to": "active"}
    )
    one.record["history"][3]["from"] = "ended"
    one.record["stage"] = "active"
    made = replace(judged(one), index=2, entry=stood(one).records["subject"].model.history[2])
    assert (made.counts, made.stands) == (False, False)
    undo = judged(one)
    assert (undo.counts, undo.stands) == (False, True)
