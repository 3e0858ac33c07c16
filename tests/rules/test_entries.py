"""What is wrong with one entry, whatever its type: in so many words."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from partnerkit.rules.entries import by_somebody_who_may, in_its_place, sealed
from partnerkit.rules.entry_types import of_its_type
from tests.policies.fulfil import MOMENT, ZERO, World
from tests.rules.bench import case, found_in, moved, policy, world


def here() -> World:
    """A partnership with a report and a gate that asks for it."""
    return world(policy(evidence={"kinds": ["report"]}))


def test_a_kind_without_stages_is_not_created():
    one = here()
    one.policy = one.policy.model_copy(update={"lifecycles": {}})
    one.record["stage"] = "void"  # the only stage that a kind has without any
    assert found_in(of_its_type(case(one, to="void"))) == [("no-lifecycle", "SMALL has no lifecycle for a partnership")]


def test_a_record_is_created_once_and_where_its_kind_starts():
    assert found_in(of_its_type(case(here()))) == []
    twice = here()
    moved(twice, "active", type_="create")
    assert found_in(of_its_type(case(twice))) == [
        ("created-twice", "only the first entry creates a record"),
        ("wrong-start", "a partnership starts in proposed, not in active"),
    ]


ADOPTED: dict[str, Any] = {"type_": "adopt", "since": "2024-01-01", "reason": "It was there before."}


@pytest.mark.parametrize(
    ("entry", "code", "words"),
    [
        ({"to": "gone"}, "unknown-stage", "SMALL has no stage gone for a partnership"),
        (
            {"reason": None},
            "adopted-without-reason",
            "an adopted record says since when it stands there, and why it was not judged",
        ),
        (
            {"since": None},
            "adopted-without-reason",
            "an adopted record says since when it stands there, and why it was not judged",
        ),
        (
            {"since": "2025-03-02"},
            "adopted-in-future",
            "it is adopted as standing there since 2025-03-02, which is still to come",
        ),
    ],
)
def test_what_an_adopted_record_says(entry, code, words):
    assert found_in(of_its_type(case(here(), **ADOPTED))) == []
    assert found_in(of_its_type(case(here(), **{**ADOPTED, **entry}))) == [(code, words)]


def test_only_the_first_entry_adopts():
    late = here()
    moved(late, "active", **ADOPTED)
    assert found_in(of_its_type(case(late))) == [("adopted-late", "only the first entry adopts a record")]


@pytest.mark.parametrize("entry", [{"to": "ended", "reason": "A slip."}, {"to": "void"}])
def test_a_tombstone_leads_to_the_end_of_all_and_says_why(entry):
    one = here()
    moved(one, "void", type_="tombstone", reason="A slip.")
    assert found_in(of_its_type(case(one))) == []
    buried = here()
    moved(buried, **{"type_": "tombstone", **entry})
    words = "a tombstone leads to void and says why"
    assert found_in(of_its_type(case(buried))) == [("tombstone-incomplete", words)]


def test_a_move_takes_a_way_that_there_is():
    one = here()
    moved(one, "ended")
    moved(one, "active")
    words = "SMALL has no way from ended to active (possible: none: it is an end)"
    assert found_in(of_its_type(case(one))) == [("no-such-transition", words)]


def test_a_way_may_be_none_for_this_record():
    one = here()
    one.data["lifecycles"]["partnership"]["transitions"][0]["when"] = {"partner": "company"}
    one.policy = type(one.policy).model_validate(one.data)
    one.record["partner"] = "individual"
    moved(one, "active")
    words = "SMALL has no way from proposed to active for subject: only where partner is company"
    assert found_in(of_its_type(case(one))) == [("no-such-transition", words)]


def test_a_move_rests_on_what_it_says_and_on_nothing_else():
    one = here()
    moved(one, "active", relies_on={"nobody-there": "0" * 16})
    assert found_in(of_its_type(case(one))) == [
        ("gate-differs", "the gate it was sealed with is not that of SMALL as it stood"),
        ("uses-differ", "entry 2 says that it rests on [], but it rests on ['e-000000000001']"),
        ("relies-differ", "entry 2 says that it relies on ['nobody-there'], but it relies on []"),
        ("relies-on-nothing", f"it relies on entry {'0' * 16} of nobody-there, which is not there"),
    ]


def test_whoever_makes_a_move_holds_the_role_that_it_asks_for():
    one = here()
    one.data["roles"]["chair"] = {"title": "Chair"}
    one.data["lifecycles"]["partnership"]["transitions"][0]["by"] = "chair"
    one.policy = type(one.policy).model_validate(one.data)
    moved(one, "active")
    assert found_in(by_somebody_who_may(case(one))) == []
    made = case(one)
    for person in made.rules.roster.people.values():
        person.roles[:] = [held for held in person.roles if held.role != "chair"]
    words = "p-ann does not hold the role chair, which this change needs (it is held by nobody)"
    assert found_in(by_somebody_who_may(made)) == [("actor-lacks-role", words)]


def test_only_people_of_the_roster_change_a_stage():
    words = "p-eve held no role on 2025-03-01: only people of the roster change a stage"
    assert found_in(by_somebody_who_may(case(here(), by="p-eve"))) == [("actor-unknown", words)]


def test_an_entry_continues_the_list():
    one = here()
    moved(one, "active", seq=7, id="0" * 16, from_="ended", at="2024-01-01T12:00:00Z")
    assert found_in(in_its_place(case(one))) == [
        ("entry-out-of-order", "entry 7 stands where 2 belongs"),
        ("entry-repeated", f"the entry id {'0' * 16} is used twice"),
        ("chain-broken", "entry 7 does not follow the entry before it: that one was changed after it was sealed"),
        ("entry-from-elsewhere", "entry 2 leaves ended, but the record stood in proposed"),
        ("entry-backdated", "entry 2 is dated 2024-01-01T12:00:00Z, before the entry that precedes it"),
    ]


@pytest.mark.parametrize(("landed", "late"), [(MOMENT, False), (datetime(2026, 4, 30, tzinfo=UTC), True)])
def test_an_entry_is_not_dated_after_it_landed(landed, late):
    one = here()
    moved(one, "active", at="2026-05-01T12:00:00Z")
    words = "entry 2 is dated 2026-05-01T12:00:00Z, after it landed"
    assert (("entry-in-future", words) in found_in(in_its_place(case(one, landed)))) == late


@pytest.mark.parametrize(
    ("ahead", "void", "back"),
    [
        ("2026-05-03", "2026-05-02", True),  # what it voids dates it
        ("2026-09-01", "2026-05-02", False),  # unless that was dated ahead of the day on which this landed
        ("2026-09-01", "2025-01-01", True),  # and what stands dates it in any case
    ],
)
def test_a_void_is_dated_by_what_stands_and_by_what_it_voids(ahead, void, back):
    one = here()
    moved(one, "active", at=f"{ahead}T12:00:00Z", id="a" * 16)
    moved(one, "proposed", type_="void", undoes="a" * 16, at=f"{void}T12:00:00Z")
    codes = [code for code, _words in found_in(in_its_place(case(one, MOMENT)))]
    assert ("entry-backdated" in codes) == back


def test_what_an_entry_rests_on_counted_at_that_moment():
    one = here()
    moved(one, "active", uses=["e-00000000000f"])
    found = found_in(sealed(case(one)))
    assert found[0] == ("uses-nothing", "it rests on e-00000000000f, which did not count at that moment")
    assert found[1] == ("content-differs", "the fields that it vouches for are not those it was sealed with")


def test_what_an_entry_rests_on_is_as_it_was_sealed():
    one = here()
    moved(one, "active", uses=["e-000000000001"], at="2026-05-01T12:00:00Z", seal=ZERO)
    words = "a statement that it rests on was changed after it was sealed"
    assert found_in(sealed(case(one)))[0] == ("statement-edited", words)


def test_what_an_entry_rests_on_had_not_been_withdrawn_when_it_landed():
    one = here()
    withdrawn = {"at": "2026-05-20T12:00:00Z", "by": "p-bob", "reason": "A slip."}
    one.record["evidence"][0]["withdrawn"] = withdrawn
    moved(one, "active", uses=["e-000000000001"], at="2026-05-10T12:00:00Z")
    words = "it rests on e-000000000001, which had been withdrawn when it landed: somebody took it back meanwhile"
    assert found_in(sealed(case(one)))[0] == ("uses-nothing", words)
