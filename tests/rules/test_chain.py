"""The history that stands in a record: every entry in its place, possible, by somebody known."""

from __future__ import annotations

import copy
from datetime import UTC, datetime

import pytest

from partnerkit.rules.chain import content_as_sealed, entries_hold, stage_is_where_history_leads
from partnerkit.rules.standing import judge_trail
from tests.policies.fulfil import MOMENT, World
from tests.rules.bench import moved
from tests.rules.ended import FIRST, SECOND, THIRD, entry, here, sealed_otherwise, taken_back, told, void
from tests.rules.sealing import READ, found, seal, seen, stood


def test_what_nobody_touched_is_found_whole():
    one = here()
    assert list(judge_trail(stood(one), MOMENT)) == []
    assert list(content_as_sealed(seen(one))) == []


def test_an_entry_is_numbered_by_its_place():
    for index, name, mend in ((0, FIRST, READ), (1, SECOND, READ), (2, THIRD, void(THIRD))):
        message = f"entry 7 stands where {index + 1} belongs"
        assert told(entry(index, seq=7), again=True) == [
            found("entry-out-of-order", ("history", index), message, mend=mend, entry=name)
        ]


def test_an_entry_carries_the_digest_of_the_one_before():
    for index, name, mend in ((1, SECOND, READ), (2, THIRD, void(THIRD))):
        message = f"entry {index} was changed, removed or moved after entry {index + 1} was sealed"
        told_so = [found("chain-broken", ("history", index), message, mend=mend, entry=name)]
        assert told(entry(index - 1, reason="It was so.")) == told_so
        assert told(sealed_otherwise(index, "previous"))[:1] == told_so


def test_the_first_entry_is_sealed_as_the_first():
    [one, _after] = told(sealed_otherwise(0, "previous"))
    message = "entry 1 is sealed as if an entry stood before it"
    assert one == found("chain-broken", ("history", 0), message, mend=READ, entry=FIRST)


def test_an_entry_leaves_where_the_one_before_led():
    told_so = told(entry(2, from_="proposed"), again=True)
    message = "entry 3 leaves proposed, but the record stood in active"
    assert told_so == [found("entry-from-elsewhere", ("history", 2), message, mend=void(THIRD), entry=THIRD)]


def test_the_first_entry_may_name_a_stage_that_it_left():
    """Whatever it says: the judge of the step asks, and nothing stood before it to compare."""
    assert told(entry(0, from_="ended"), again=True) == []


def test_an_entry_whose_id_is_used_twice_is_named_by_none():
    [one] = told(lambda one: (entry(1, id=FIRST)(one), entry(0, seq=7)(one)), again=True)
    assert one.entry is None


POSSIBLE = [
    (0, {"type_": "move"}, "never-created", "its first entry neither creates nor adopts it"),
    (1, {"type_": "create"}, "created-twice", "only the first entry creates or adopts a record"),
    (1, {"type_": "adopt"}, "created-twice", "only the first entry creates or adopts a record"),
    (
        1,
        {"type_": "correct"},
        "corrected-elsewhere",
        "a correction leaves the record in proposed, and this one moves it",
    ),
    (
        1,
        {"at": "2025-02-28T23:59:00Z"},
        "entry-backdated",
        "entry 2 is dated 2025-02-28 23:59, before the entry that precedes it",
    ),
    (2, {"at": "2026-06-01T12:11:00Z"}, "entry-in-future", "entry 3 is dated 2026-06-01 12:11, which is still to come"),
]


@pytest.mark.parametrize(("index", "said", "code", "message"), POSSIBLE, ids=[f"{one[2]}-{one[0]}" for one in POSSIBLE])
def test_an_entry_is_possible(index, said, code, message):
    mend = void(THIRD) if index == 2 else READ
    name = (FIRST, SECOND, THIRD)[index]
    assert told(entry(index, **said), again=True) == [found(code, ("history", index), message, mend=mend, entry=name)]


@pytest.mark.parametrize(
    ("index", "said"),
    [
        (0, {"type_": "adopt"}),
        (1, {"type_": "correct", "from_": "proposed", "to": "proposed"}),
        (1, {"at": "2025-03-01T12:00:00Z"}),
        (2, {"at": "2026-06-01T12:10:00Z"}),
        (2, {"at": "2026-06-02T12:00:00Z", "clock": "set"}),
    ],
)
def test_what_is_just_possible_is_told_nothing(index, said):
    def change(one: World) -> None:
        entry(index, **said)(one)
        one.record["history"][2]["from"] = one.record["history"][1]["to"]

    assert told(change, again=True) == []


def test_what_is_still_to_come_is_so_for_the_latest_that_can_have_been_recorded():
    change = entry(2, at="2026-06-09T12:00:00Z")
    assert [one.code for one in told(change, again=True, latest=datetime(2026, 6, 8, tzinfo=UTC))] == [
        "entry-in-future"
    ]
    assert told(change, again=True, latest=datetime(2026, 6, 9, 12, tzinfo=UTC)) == []


@pytest.mark.parametrize("type_", ["undo", "void"])
def test_what_took_something_back_is_found_whole(type_):
    assert list(judge_trail(stood(taken_back(type_)), MOMENT)) == []


def test_what_was_voided_is_told_nothing_more():
    """It never counted: whoever voided it vouches for what stands before that."""
    one = taken_back()
    spoilt = copy.deepcopy(one)
    spoilt.record["history"][2] |= {"seq": 9, "by": "p-eve", "at": "2026-05-01T12:00:00Z"}
    seal(spoilt)
    assert list(entries_hold(seen(spoilt))) == []
    undone = taken_back("undo")
    undone.record["history"][2] |= {"seq": 9}
    assert [one.code for one in entries_hold(seen(seal(undone)))] == ["entry-out-of-order"]


def test_what_was_voided_dates_nothing():
    one = taken_back(at="2026-05-04T12:00:00Z")
    one.record["history"][2]["at"] = "2027-01-01T12:00:00Z"
    assert list(entries_hold(seen(seal(one)))) == []
    one.record["history"][3]["at"] = "2026-05-01T11:00:00Z"
    message = "entry 4 is dated 2026-05-01 11:00, before the entry that precedes it"
    assert list(entries_hold(seen(seal(one)))) == [
        found("entry-backdated", ("history", 3), message, mend=READ, entry="4" * 16)
    ]


def test_what_is_voided_later_still_dates_what_came_between():
    """A correction follows the entry that it was made after, whatever became of that one."""
    one = here()
    del one.record["history"][2]
    moved(one, "active", type_="correct", id=THIRD, undoes=FIRST, reason="So.", at="2026-04-01T12:00:00Z", uses=[])
    moved(one, "proposed", type_="void", id="4" * 16, undoes=SECOND, reason="A slip.", at="2026-05-09T12:00:00Z")
    message = "entry 3 is dated 2026-04-01 12:00, before the entry that precedes it"
    assert list(entries_hold(seen(seal(one)))) == [
        found("entry-backdated", ("history", 2), message, mend=READ, entry=THIRD)
    ]


def test_a_void_vouches_for_every_entry_before_it():
    one = taken_back()
    one.record["history"][3]["seal"]["gate"] = "c1:" + "f" * 64
    message = "an entry before it was changed after entry 4 was sealed"
    assert list(entries_hold(seen(one))) == [found("chain-broken", ("history", 3), message, mend=READ, entry="4" * 16)]


def test_only_the_latest_entry_that_counts_may_be_voided():
    one = taken_back("undo")
    one.record["history"][1]["seq"] = 7
    [told_so] = entries_hold(seen(seal(one)))
    assert told_so.mend == void(SECOND)


def test_what_stands_below_a_migration_may_be_voided_too():
    one = here()
    one.record["history"][2] |= {"type": "migrate"}
    for made in one.record["history"]:
        made["seq"] = 7
    assert [told_so.mend for told_so in entries_hold(seen(seal(one)))] == [READ, void(SECOND), void(THIRD)]


def test_two_voids_each_vouch_for_what_stood_before_them():
    one = taken_back(at="2026-05-10T12:00:00Z")
    moved(one, "proposed", type_="void", undoes=SECOND, id="5" * 16, reason="A slip.", at="2026-05-11T12:00:00Z")
    assert list(entries_hold(seen(seal(one)))) == []
    for index in (3, 4):
        spoilt = copy.deepcopy(one)
        spoilt.record["history"][index]["seal"]["gate"] = "c1:" + "f" * 64
        [told_so, *_after] = entries_hold(seen(spoilt))
        message = f"an entry before it was changed after entry {index + 1} was sealed"
        assert (told_so.code, told_so.message) == ("chain-broken", message)


def test_whoever_acted_is_on_the_roster():
    mend = "partnerkit person add p-eve --email <email>"
    assert told(entry(1, by="p-eve"), again=True) == [
        found("person-unknown", ("history", 1, "by"), "p-eve is not on the roster", mend=mend, entry=SECOND)
    ]


def test_the_stage_is_where_the_history_leads():
    one = here()
    assert list(stage_is_where_history_leads(seen(one))) == []
    one.record["stage"] = "active"
    message = "the stage says active, but the history leads to ended: a stage is changed by advance, not by hand"
    mend = "write `stage: ended` back; partnerkit gates subject shows what the next stage needs"
    assert list(stage_is_where_history_leads(seen(one))) == [
        found("stage-edited", ("stage",), message, mend=mend, sealed="stage")
    ]
    assert [one.code for one in judge_trail(stood(one), MOMENT)] == ["stage-edited"]
