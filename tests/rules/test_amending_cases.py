"""A case that came to its decision past several gates: every one of them was passed by what decides there."""

from __future__ import annotations

from partnerkit.policies.definition import definition_digest
from partnerkit.rules.amended import Lacks, changed_as_decided, standing
from partnerkit.steps import content_digest
from tests.policies.fulfil import World
from tests.rules.amending import BY_CASE, NEW, OTHER, VOTE, amendable, before, decided, source, step
from tests.rules.bench import moved
from tests.rules.sealing import seal


def found(here: World) -> list[tuple[str, str | None]]:
    return [(one.message, one.mend) for one in changed_as_decided(step(here, "subject"), None)]


def by_two_gates() -> World:
    """A case that was heard by a vote, and decided by another."""
    data = amendable()
    data["requirements"]["also"] = VOTE
    lifecycle = data["lifecycles"]["case"]
    lifecycle["stages"]["heard"] = {"title": "Heard"}
    lifecycle["transitions"] = [
        {"from": "open", "to": "heard", "needs": ["vote"]},
        {"from": "heard", "to": "decided", "needs": ["also"]},
    ]
    here = World(data, "case", "open", "heard")
    here.record |= {"of": "SMALL", "type": "amendment", "amends-to": NEW}
    [said] = here.record["approvals"]
    said["binds"]["content"] = content_digest(here.record, ["type", "amends-to"])
    binds = {**said["binds"], "definition": definition_digest(here.data, "also")}
    here.record["approvals"].append({**said, "id": "a-00000000000b", "requirement": "also", "binds": binds})
    moved(here, "heard", uses=[said["id"]])
    moved(here, "decided", uses=["a-00000000000b"])
    return here


def test_every_gate_on_the_way_was_passed_by_what_decides_there():
    assert found(seal(by_two_gates())) == []
    for index, to, name in ((1, "heard", "vote"), (2, "decided", "also")):
        here = by_two_gates()
        here.record["history"][index]["uses"] = []
        why = f"subject came to {to} without resting on what decides {name}"
        assert found(here) == [(why, "partnerkit gates subject")]


def test_a_gate_was_passed_before_the_case_went_back_behind_a_later_one():
    here = by_two_gates()
    moved(here, "heard", uses=[])
    anew = {**here.record["approvals"][1], "id": "a-00000000000c", "at": "2026-05-03T13:00:00Z"}
    here.record["approvals"].append(anew)
    moved(here, "decided", uses=[anew["id"]])
    assert found(seal(here)) == []


def test_what_was_altered_after_it_was_decided_decides_nothing():
    """Though everything else was made to fit: the digest on which it was decided, and what its approvals bind."""
    here = decided()
    here.record["amends-to"] = OTHER
    for one in here.record["approvals"]:
        one["binds"]["content"] = content_digest(here.record, ["type", "amends-to"])
    word = source(here).policy.amended_by
    assert word is not None
    told = standing(before(here), source(here), word, before(here).records["subject"], OTHER)
    assert told is not None
    assert told.why.endswith("of subject was altered after the gate at which it was decided")


def test_why_a_case_as_it_stands_decides_nothing_yet():
    here = decided(amendable(amended_by={**BY_CASE, "in": ["decided", "heard"]}))
    here.record["history"].pop()
    here.record["stage"] = "open"
    word = source(here).policy.amended_by
    assert word is not None
    told = standing(before(here), source(here), word, before(here).records["subject"], NEW)
    why = "subject stands in open, and what it changes is decided in decided or heard"
    assert told == Lacks(why, "partnerkit gates subject")
