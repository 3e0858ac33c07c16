"""What is wrong with an entry that takes another back, or relies on another record: in so many words."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from partnerkit.rules.entry_types import of_its_type
from partnerkit.rules.proven import vouched
from partnerkit.rules.settled import settlements
from partnerkit.steps import Step, history_digest, passed_gates
from tests.policies.fulfil import MOMENT, ZERO, World
from tests.rules.bench import case, found_in, look, moved, policy, register, world

ACTIVE = "a" * 16


def active(**more: Any) -> World:
    """A partnership that became active."""
    here = world(policy(**(more or {"reason": True})))
    moved(here, "active", id=ACTIVE)
    return here


def taken_back(here: World, type_: str = "undo", **entry: Any) -> list[tuple[str, str]]:
    """What is wrong with taking the latest entry back."""
    seal = {**ZERO, "gate": history_digest(here.record["history"])}
    said = {"type_": type_, "undoes": ACTIVE, "reason": "A slip.", "by": "p-bob", "seal": seal, **entry}
    moved(here, said.pop("to", "proposed"), **{key: one for key, one in said.items() if one is not None})
    return found_in(of_its_type(case(here)))


@pytest.mark.parametrize(
    ("entry", "code", "words"),
    [
        ({}, None, None),
        ({"undoes": "b" * 16}, "undoes-another", f"it {{does}} {'b' * 16}, which is not the latest entry that counts"),
        ({"to": "ended"}, "undone-elsewhere", f"{{doing}} {ACTIVE} leads back to proposed, not to ended"),
        ({"reason": None}, "undone-without-reason", "{what} says why"),
    ],
)
@pytest.mark.parametrize(
    ("type_", "says"),
    [
        ("undo", {"does": "undoes", "doing": "undoing", "what": "an undo"}),
        ("void", {"does": "voids", "doing": "voiding", "what": "a void"}),
    ],
)
def test_what_is_taken_back_is_the_latest_that_counts(type_, says, entry, code, words):
    assert taken_back(active(), type_, **entry) == ([(code, words.format(**says))] if code else [])


def test_a_void_vouches_for_what_stands_before_it():
    assert taken_back(active(), "void", seal=ZERO) == [
        ("chain-broken", "it does not vouch for the entries before it as they stand")
    ]


def test_nothing_is_left_to_be_taken_back():
    here = active()
    assert taken_back(here) == []
    assert taken_back(here) == [("undoes-another", f"it undoes {ACTIVE}, which is not the latest entry that counts")]


@pytest.mark.parametrize("named", [True, False])
def test_an_undo_leads_back_only_to_a_stage_that_still_has_what_it_must_have(named):
    here = active(filled=["website"], standing=["proposed"], when={"partner": "company"})
    here.record |= {"partner": "company" if named else "individual"}
    here.record.pop("website", None)
    found = taken_back(here)
    assert [code for code, _words in found] == ["requirement-unmet"] * named
    assert all(words.startswith("active → proposed needs more. Missing: website") for _code, words in found)


def relying(**entry: Any) -> World:
    """An agreement that relies on the partnership above."""
    here = world(
        policy(kind="agreement", subject_meets=["checked"], others={"checked": {"evidence": {"kinds": ["report"]}}})
    )
    moved(here, "executed", relies_on={"owner": "0" * 16}, **entry)
    return here


def relies(here: World) -> list[tuple[str, str]]:
    return [one for one in found_in(of_its_type(case(here))) if one[0] not in {"gate-differs", "uses-differ"}]


def test_a_move_is_not_dated_before_what_it_relies_on():
    here = relying()
    assert relies(here) == []
    assert here.owner is not None
    here.owner["history"][-1]["at"] = "2026-05-02T12:00:00Z"
    words = "entry 2 is dated before the latest entry of owner, on which it relies and which stood before it"
    assert ("entry-backdated", words) in relies(here)


def test_a_move_relies_on_no_entry_that_was_voided():
    here = relying()
    assert here.owner is not None
    [first] = here.owner["history"]
    void = {"seq": 2, "id": "b" * 16, "type": "void", "undoes": first["id"], "from": first["to"], "to": "void"}
    here.owner["history"].append({**first, **void, "reason": "A slip."})
    here.owner["stage"] = "void"
    words = f"it relies on entry {first['id']} of owner, which was voided: it never counted"
    assert ("relies-on-nothing", words) in relies(here)


def test_what_is_younger_than_the_record_above_was_not_there_before_its_time():
    here = world(policy(kind="agreement", reason=True))
    adopted: dict[str, Any] = {"type_": "adopt", "since": "2025-03-01", "reason": "It was there before."}
    assert found_in(of_its_type(case(here, **adopted, at="2026-05-01T12:00:00Z"))) == []
    [(code, words)] = found_in(of_its_type(case(here, **{**adopted, "since": "2025-03-02"})))
    assert code == "adopted-late"
    assert words == (
        "it is adopted as standing there since 2025-03-02, but owner, above it, has been in the register since "
        "2025-03-01: what came about after that is made and judged, not adopted"
    )


def test_an_adopted_record_vouches_for_nothing():
    """No gate was passed: what its first entry says was never judged, and so proves nothing."""
    here = world(policy(reason=True))
    made = look(here)
    gates = passed_gates(here.record["history"], made.policy, "partnership")
    assert [one.entry.type for one in vouched(made.record, made.source, made.register, gates, MOMENT)] == ["create"]
    here.record["history"][0] |= {"type": "adopt", "since": "2024-01-01", "reason": "It was there before."}
    made = look(here)
    assert list(vouched(made.record, made.source, made.register, gates, MOMENT)) == []


def test_a_record_that_is_gone_settles_nothing():
    here = active()
    taken_back(here, "void")
    after = register(here)
    gone = replace(after, records={})
    assert [one.type for one in settlements(Step(gone, after), None, [])] == ["void"]
    assert settlements(Step(after, gone), None, []) == []
