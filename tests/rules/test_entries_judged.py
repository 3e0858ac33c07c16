"""One entry before its judge, sealed as the commands seal it: whole findings, and none where all is well."""

from __future__ import annotations

import copy
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from partnerkit.findings import Finding
from partnerkit.policies.policy import Policy
from partnerkit.rules.case import Case
from partnerkit.rules.chain import entries_hold
from partnerkit.rules.entries import judge
from tests.policies.fulfil import MOMENT, World
from tests.rules.bench import held, moved
from tests.rules.ended import FIRST, SAID, SECOND, THIRD, entry, here, taken_back
from tests.rules.expunging import LISTED
from tests.rules.sealing import BACK, CHECKOUT, found, judged, seal, seen

WAYS = "take the entry out; partnerkit gates subject shows the ways on"


def active() -> World:
    """A partnership that just became active, by a report."""
    one = here()
    del one.record["history"][2]
    one.record["stage"] = "active"
    return one


def told(one: World, landed_at: datetime | None = None, before: World | None = None) -> list[Finding]:
    return judge(judged(one, landed_at, before))


def at_last(code: str, message: str, mend: str = WAYS, *, place: int = 1, name: str | None = SECOND) -> Finding:
    return found(code, ("history", place), message, mend=mend, entry=name)


def test_a_history_as_the_commands_make_it_is_legal():
    one = here()
    for count in (1, 2, 3):
        less = copy.deepcopy(one)
        del less.record["history"][count:]
        less.record["stage"] = less.record["history"][-1]["to"]
        assert told(seal(less)) == []


@pytest.mark.parametrize("type_", ["undo", "void"])
def test_what_takes_back_is_legal(type_):
    assert told(taken_back(type_)) == []


@pytest.mark.parametrize("seq", [1, 3, 4])
def test_an_entry_has_the_next_number(seq):
    one = active()
    one.record["history"][-1]["seq"] = seq
    assert told(one) == [at_last("entry-out-of-order", f"entry {seq} stands where 2 belongs")]


def test_an_entry_has_an_id_of_its_own():
    one = active()
    one.record["history"][-1]["id"] = FIRST
    told_so = at_last("entry-repeated", f"the entry id {FIRST} is used twice", name=None)
    assert told(one) == [told_so]


def test_an_entry_follows_the_one_before_as_that_was():
    message = "entry 2 does not follow the entry before it: that one was changed after it was sealed"
    one = active()
    one.record["history"][0]["reason"] = "It was so."
    assert told(one) == [at_last("chain-broken", message, CHECKOUT)]
    one = active()
    one.record["history"][1]["seal"]["previous"] = "c1:" + "f" * 64
    assert told(one) == [at_last("chain-broken", message, CHECKOUT)]


def test_an_entry_leaves_where_the_record_stood():
    one = active()
    one.record["history"][0]["to"] = "ended"
    seal(one)
    assert told(one) == [at_last("entry-from-elsewhere", "entry 2 leaves proposed, but the record stood in ended")]
    first = active()
    del first.record["history"][1]
    first.record |= {"stage": "proposed"}
    first.record["history"][0]["from"] = "active"
    message = "entry 1 leaves active, but the record stood in None"
    [one_, *_] = told(seal(first))
    assert one_ == at_last("entry-from-elsewhere", message, place=0, name=FIRST)


@pytest.mark.parametrize(("at", "back"), [("2026-05-02T12:00:00Z", False), ("2026-05-02T11:59:59Z", True)])
def test_an_entry_is_not_dated_before_the_one_before(at, back):
    one = here()
    one.record["history"][1]["at"] = "2026-05-02T12:00:00Z"
    one.record["history"][2]["at"] = at
    message = f"entry 3 is dated {at}, before the entry that precedes it"
    assert told(seal(one)) == ([at_last("entry-backdated", message, place=2, name=THIRD)] if back else [])


def test_only_the_latest_entry_before_it_dates_it():
    """An earlier one may be dated later, which is told of the one between."""
    one = here()
    one.record["history"][0]["at"] = "2026-05-09T12:00:00Z"
    assert told(seal(one)) == []


def test_what_was_voided_dates_no_entry_after_it():
    one = taken_back(at="2026-05-10T12:00:00Z")
    one.record["history"][2]["at"] = "2026-05-30T12:00:00Z"
    moved(one, "ended", id="5" * 16, type_="move", undoes=THIRD, reason="It ended.", at="2026-05-20T12:00:00Z")
    del one.record["history"][4]["undoes"]
    assert told(seal(one), MOMENT) == []


@pytest.mark.parametrize(
    ("landed", "clock", "late"),
    [
        (datetime(2026, 5, 1, 11, 50, tzinfo=UTC), None, False),
        (datetime(2026, 5, 1, 11, 49, tzinfo=UTC), None, True),
        (datetime(2026, 4, 30, 12, tzinfo=UTC), "set", False),
        (datetime(2026, 4, 30, 11, tzinfo=UTC), "set", True),
        (None, None, False),
    ],
)
def test_an_entry_is_not_dated_after_it_landed(landed, clock, late):
    one = active()
    if clock:
        one.record["history"][-1]["clock"] = clock
    message = "entry 2 is dated 2026-05-01T12:00:00Z, after it landed"
    assert told(one, landed) == ([at_last("entry-in-future", message)] if late else [])


@pytest.mark.parametrize(("clock", "back"), [("set", True), (None, False)])
def test_what_a_void_takes_back_dates_it_unless_it_was_dated_ahead(clock, back):
    """A day set by hand is written as its noon, which may still be to come on that day: it was not dated ahead."""
    one = taken_back(at="2026-05-20T12:00:00Z")
    one.record["history"][2]["at"] = "2026-06-02T11:00:00Z"
    if clock:
        one.record["history"][2]["clock"] = clock
    found_ = [each.code for each in told(seal(one), MOMENT)]
    assert found_ == ["entry-backdated"] * back


def test_whoever_acts_holds_a_role_that_day():
    one = active()
    one.record["history"][-1]["by"] = "p-eve"
    message = "p-eve held no role on 2026-05-01: only people of the roster change a stage"
    assert told(one) == [at_last("actor-unknown", message, "partnerkit person role p-eve <role>")]


def chaired() -> World:
    """The way to `active` is for the chair."""
    one = active()
    one.data["roles"]["chair"] = {"title": "Chair"}
    one.data["lifecycles"]["partnership"]["transitions"][0]["by"] = "chair"
    one.policy = Policy.model_validate(one.data)
    return seal(one)


def with_roster(made: Case, **roles: Any) -> Case:
    """The rules before the step know these people."""
    return replace(made, before=replace(made.rules, roster=held(**roles)))


def test_whoever_acts_holds_the_role_that_the_way_asks_for():
    board, chair = {"role": "board"}, {"role": "chair"}
    made = judged(chaired())
    assert judge(made) == []
    message = "p-ann does not hold the role chair, which this change needs (it is held by {})"
    told_so = at_last("actor-lacks-role", message.format("p-bob, p-rosa"))
    assert judge(with_roster(made, p_ann=[board], p_rosa=[chair], p_bob=[chair])) == [told_so]
    later = {**chair, "from": "2026-05-02"}
    assert judge(with_roster(made, p_ann=[board], p_rosa=[later])) == [
        at_last("actor-lacks-role", message.format("nobody"))
    ]
    assert judge(with_roster(judged(active()), p_ann=[board])) == []


def test_a_record_that_is_made_needs_no_way():
    one = chaired()
    del one.record["history"][1]
    one.record["stage"] = "proposed"
    assert judge(with_roster(judged(seal(one)), p_ann=[{"role": "board"}])) == []


def test_what_it_rests_on_counted_at_that_moment():
    one = active()
    one.record["history"][-1]["uses"] = [SAID, "e-00000000000a", "e-00000000000b"]
    told_so = {each.code: each for each in told(one)}
    message = "it rests on e-00000000000a, e-00000000000b, which did not count at that moment"
    assert told_so["uses-nothing"] == at_last("uses-nothing", message)


def test_what_it_rests_on_had_not_been_withdrawn_when_it_landed():
    before = active()
    del before.record["history"][1]
    before.record["stage"] = "proposed"
    after = active()
    assert told(after, before=before) == []
    for one in (before, after):
        one.say("evidence", "e", "more", kind="report", ref="another thing")
    after.record["history"][-1]["uses"] = [said["id"] for said in after.record["evidence"]]
    for one in (before, after):
        for said in one.record["evidence"]:
            said["withdrawn"] = BACK
    ids = ", ".join(said["id"] for said in after.record["evidence"])
    message = f"it rests on {ids}, which had been withdrawn when it landed: somebody took it back meanwhile"
    assert at_last("uses-nothing", message, "partnerkit gates subject") in told(seal(after), before=before)
    made = judged(active())
    assert made.before is not None
    absent = replace(made, before=replace(made.before, records={}))
    assert judge(absent) == judge(replace(made, before=None)) == []


def test_what_it_rests_on_is_as_it_was():
    one = active()
    one.record["evidence"][0]["summary"] = "It was read."
    message = "a statement that it rests on was changed after it was sealed"
    assert told(one) == [at_last("statement-edited", message, CHECKOUT)]


def test_what_it_vouches_for_is_as_it_was():
    one = active()
    one.record["website"] = "https://other.example"
    message = "the fields that it vouches for are not those it was sealed with"
    assert told(one) == [at_last("content-differs", message, CHECKOUT)]
    one = active()
    one.record["name"] = "Another"
    assert told(one) == []


def test_what_it_vouched_for_may_change_once_its_gate_is_open_again():
    one = active()
    moved(one, "proposed", type_="undo", id=THIRD, undoes=SECOND, reason="A slip.", uses=[])
    seal(one)
    one.record["website"] = "https://other.example"
    made = judged(one)
    move = replace(
        made, entry=made.record.model.history[1], raw=one.record["history"][1], index=1, earlier=made.earlier[:1]
    )
    assert judge(move) == []
    assert judge(made) == []


LATER = (LISTED,)


@pytest.mark.parametrize("place", ["history", "evidence", "website"])
def test_text_that_a_later_version_says_was_taken_out_breaks_nothing(place):
    """Where history was rewritten, an earlier version holds markers, and nobody can make its digests anew."""
    one = active()
    if place == "website":
        one.record["website"] = "https://expunged:x-000000000001"
    else:
        words = {"history": "reason", "evidence": "summary"}
        one.record[place][0][words[place]] = "It was expunged:x-000000000001."
    made = judged(one)
    assert len(judge(made)) == 1
    assert judge(replace(made, record=replace(made.record, later=LATER))) == []
    look = seen(one)
    assert len(list(entries_hold(look))) == (place != "website")
    assert list(entries_hold(replace(look, record=replace(look.record, later=LATER)))) == []


def test_text_taken_out_of_an_entry_before_a_void_breaks_nothing():
    one = taken_back()
    entry(0, reason="It was expunged:x-000000000001.")(one)
    look = seen(one)
    assert [told_so.line for told_so in entries_hold(look)] == [
        found("", ("history", place), "").line for place in (1, 3)
    ]
    assert list(entries_hold(replace(look, record=replace(look.record, later=LATER)))) == []
