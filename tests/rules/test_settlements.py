"""The entries of a step that settle what was found, if they break no rule themselves; and what they settle."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from partnerkit.findings import Finding
from partnerkit.rules.restored import as_it_is
from partnerkit.rules.settled import Settlement, settled_in, settlements
from partnerkit.steps import Step
from tests.policies.fulfil import World
from tests.rules import passed
from tests.rules.bench import moved, policy, register, under, world
from tests.rules.placed import governed_elsewhere
from tests.rules.sealing import seal

ACTIVE, MADE = "a" * 16, "0" * 16
AT = datetime(2026, 5, 2, 12, tzinfo=UTC)


def active() -> World:
    here = world(policy(reason=True))
    moved(here, "active", id=ACTIVE, reason="So.")
    return seal(here)


def settling(type_: str, **entry: Any) -> World:
    """The partnership, with an entry that takes back or corrects."""
    here = active()
    to = "active" if type_ == "correct" else "proposed"
    moved(here, to, **{"type_": type_, "undoes": ACTIVE, "id": "c" * 16, "by": "p-bob", "reason": "A slip.", **entry})
    return here


def found(here: World, told: Any = (), old: World | None = None) -> list[Settlement]:
    return settlements(Step(register(old or active()), register(here)), None, told)


def test_a_void_settles_what_was_found_of_the_entry_that_it_names():
    expected = Settlement("subject", "c" * 16, "void", "p-bob", AT, "A slip.", frozenset({ACTIVE}))
    assert found(settling("void")) == [expected]
    assert found(settling("void", reason=None)) == [replace(expected, reason="")]
    assert found(settling("void", undoes=None)) == [replace(expected, about=frozenset({""}))]


def test_a_correction_settles_what_its_seals_prove():
    fields = {f"{entry}/{path}" for entry in (MADE, ACTIVE) for path in ("kind", "id", "policy")}
    there = as_it_is(register(settling("correct")).records["subject"], 2)
    about = frozenset({"stage", MADE, ACTIVE, *fields, *there})
    expected = Settlement("subject", "c" * 16, "correct", "p-bob", AT, "A slip.", about)
    assert found(settling("correct")) == [expected]


def test_a_correction_proves_what_was_sealed_by_what_the_policy_said_before():
    here = passed.active()
    moved(here, "active", type_="correct", undoes=ACTIVE, id="c" * 16, reason="A slip.")
    was = register(here).policies["SMALL"]
    now = register(here, policies={"SMALL": under(here, passed.demands("name"))})
    [none] = settlements(Step(None, now), None, [])
    assert f"{ACTIVE}/website" not in none.about
    [one] = settlements(Step(None, replace(now, former=lambda _path: [was])), None, [])
    assert f"{ACTIVE}/website" in one.about


@pytest.mark.parametrize("type_", ["undo", "move", "migrate"])
def test_other_entries_settle_nothing(type_):
    assert found(settling(type_)) == []


@pytest.mark.parametrize(
    ("told", "lawful"),
    [
        ({}, False),
        ({"severity": "warning"}, True),
        ({"record": "other"}, True),
        ({"entry": ACTIVE}, True),
    ],
)
def test_what_breaks_a_rule_itself_settles_nothing(told, lawful):
    one = Finding("wrong", "It is.", record="subject", entry="c" * 16)
    assert (found(settling("void"), [replace(one, **told)]) != []) == lawful


def test_only_what_the_step_brings_settles():
    here = settling("void")
    assert found(here, old=here) == []
    again = settling("void")
    again.record["website"] = "https://acme.example"
    assert found(again, old=here) == []
    assert [one.entry for one in settlements(Step(None, register(here)), None, [])] == ["c" * 16]
    assert settlements(Step(None, register(here)), {"other"}, []) == []


def test_every_entry_of_the_step_is_asked_and_none_hides_another():
    here = settling("void")
    moved(here, "active", id="d" * 16, reason="Again.")
    moved(here, "active", type_="correct", id="d" * 16, undoes=MADE, reason="A slip.")
    moved(here, "active", type_="correct", id="e" * 16, undoes=MADE, reason="A slip.")
    assert [(one.type, one.entry) for one in found(here)] == [("void", "c" * 16), ("correct", "e" * 16)]


def test_a_record_that_is_gone_or_governed_elsewhere_hides_no_other():
    here, none = register(settling("void")), replace(register(active()), records={})
    one = here.records["subject"]
    before = replace(none, records={"aaa": one})
    after = replace(here, records={"subject": one})
    assert [found.record for found in settlements(Step(before, after), None, [])] == ["subject"]
    other = replace(one, model=one.model.model_copy(update={"id": "abc"}), data={**one.data, "id": "abc"})
    both = governed_elsewhere(replace(here, records={"abc": other, "subject": one}), "abc")
    assert [found.record for found in settlements(Step(none, both), None, [])] == ["subject"]


WRONG = Finding("wrong", "It is wrong.", record="subject", entry=ACTIVE, sealed=f"{ACTIVE}/website")


def settlement(type_: str, *about: str) -> Settlement:
    return Settlement("subject", "c" * 16, type_, "p-bob", AT, "A slip.", frozenset(about))


def test_what_is_settled_in_the_very_step_that_brought_it():
    other = replace(WRONG, code="other", entry=MADE, sealed=None)
    told = f"It is wrong; voided by p-bob on 2026-05-02: A slip. (entry {'c' * 16})"
    warning = replace(WRONG, severity="warning", message=told, settled="c" * 16)
    assert settled_in([WRONG, other], [settlement("void", ACTIVE)]) == [warning, other]
    assert settled_in([other, WRONG], [settlement("correct", f"{ACTIVE}/website")]) == [other]
    assert settled_in([other, WRONG], [settlement("correct", f"{ACTIVE}/website"), settlement("void", MADE)]) == [
        replace(other, severity="warning", message=told, settled="c" * 16)
    ]
    assert settled_in([WRONG, other], []) == [WRONG, other]


@pytest.mark.parametrize(
    ("type_", "about", "settles"),
    [
        ("void", ACTIVE, True),
        ("void", MADE, False),
        ("void", f"{ACTIVE}/website", False),
        ("correct", ACTIVE, False),
        ("correct", f"{ACTIVE}/website", True),
        ("correct", f"{ACTIVE}/web", False),
    ],
)
def test_a_void_is_about_entries_and_a_correction_about_what_is_sealed(type_, about, settles):
    one = settlement(type_, about)
    assert one.settles(WRONG) == settles
    below = replace(WRONG, sealed=f"{ACTIVE}/website.first")
    assert one.settles(below) == settles
    assert not one.settles(replace(WRONG, record=None))
    assert not one.settles(replace(WRONG, severity="info"))
    assert not one.settles(replace(WRONG, entry=None, sealed=None))


def test_how_it_is_told_from_now_on():
    told = settlement("correct").told(replace(WRONG, message="It is wrong"))
    assert told.message == f"It is wrong; corrected by p-bob on 2026-05-02: A slip. (entry {'c' * 16})"
    assert told == replace(WRONG, severity="warning", message=told.message, settled="c" * 16)
