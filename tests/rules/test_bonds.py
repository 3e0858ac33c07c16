"""Every digest that a record carries of something in it: of what it is, whether it holds, what it becomes."""

from __future__ import annotations

import copy
from dataclasses import replace
from typing import Any

import pytest

from partnerkit.kinds.canonical import digest
from partnerkit.kinds.expunging import marker
from partnerkit.kinds.ssh import Signed
from partnerkit.kinds.statements import statement_digest
from partnerkit.rules.bonds import Bond, bonds, restatements
from partnerkit.rules.look import Look
from partnerkit.steps import content_digest, entry_digest, history_digest, uses_digest
from tests.policies.fulfil import MOMENT, ZERO, World
from tests.rules.bench import moved, register, under
from tests.rules.passed import IDENTITY, REPORT, active, demands
from tests.rules.sealing import seal

X, Y = "x-000000000001", "x-000000000002"


def look(here: World, **changed: Any) -> Look:
    found = register(here, **changed)
    return Look(found.records["subject"], found, found.policies["SMALL"], MOMENT, MOMENT)


def every(here: World, **changed: Any) -> list[Bond]:
    return list(bonds(look(here, **changed)))


#: What each digest of the record is of, in order.
OF = ["covers 1", "statements 1", "entry 1", "covers 2", "statements 2", "content", "report"]


def test_what_a_record_carries_digests_of():
    here = active()
    first, last = here.record["history"]
    binds = here.record["approvals"][0]["binds"]
    found = every(here)
    assert [one.sealed for one in found] == [
        content_digest(here.record, IDENTITY),
        uses_digest([]),
        entry_digest(first),
        content_digest(here.record, [*IDENTITY, "website"]),
        uses_digest([here.record["evidence"][0], here.record["approvals"][0]]),
        content_digest(here.record, ["website"]),
        statement_digest(here.record["evidence"][0]),
    ]
    seals = first["seal"], last["seal"]
    carried = [seals[0]["covers"], seals[0]["statements"], seals[1]["previous"], seals[1]["covers"]]
    assert [one.sealed for one in found[:4]] == carried
    assert [one.sealed for one in found[4:]] == [seals[1]["statements"], binds["content"], binds["evidence"][REPORT]]
    assert [one.of(here.record) for one in found] == [one.sealed for one in found]
    assert all(one.holds(here.record) for one in found)


@pytest.mark.parametrize(
    ("change", "broken"),
    [
        (lambda data: data.update(website="other"), {"covers 2", "content"}),
        (lambda data: data.update(id="other"), {"covers 1", "covers 2"}),
        (lambda data: data.update(name="Other"), set()),
        (lambda data: data["evidence"][0].update(summary="Otherwise."), {"statements 2", "report"}),
        (lambda data: data["approvals"][0].update(reason="So."), {"statements 2"}),
        (lambda data: data["evidence"].clear(), {"statements 2", "report"}),
        (lambda data: data.pop("evidence"), {"statements 2", "report"}),
        (lambda data: data["history"][0].update(reason="So."), {"entry 1"}),
        (lambda data: data["history"][1].update(reason="Else."), set()),
        (lambda data: data["history"].clear(), {"entry 1"}),
    ],
)
def test_which_digests_of_a_version_of_the_record_do_not_hold(change, broken):
    here = active()
    other = copy.deepcopy(here.record)
    change(other)
    held = {what: one.holds(other) for what, one in zip(OF, every(here), strict=True)}
    assert {what for what, holds in held.items() if not holds} == broken


def test_a_version_without_what_a_digest_is_of_has_none():
    found = dict(zip(OF, every(active()), strict=True))
    bare: dict[str, Any] = {"history": []}
    assert [what for what, one in found.items() if one.of(bare) is None] == ["entry 1", "statements 2", "report"]
    assert [what for what, one in found.items() if one.of({**bare, "evidence": None}) is None] == [
        "entry 1",
        "statements 2",
        "report",
    ]


def test_a_digest_holds_also_of_what_an_expunging_made_of_it():
    here = active()
    content = every(here)[5]
    other = {**here.record, "website": marker(X)}
    now = content_digest(other, ["website"])
    assert not content.holds(other)
    assert content.holds({**other, "expunged": [{"id": X, "again": {content.sealed: now}}]})
    assert not content.holds({**other, "expunged": [{"id": X, "again": {content.sealed: "c1:0"}}]})


def test_a_void_carries_a_digest_of_all_entries_before_it():
    here = active()
    moved(here, "proposed", type_="void", undoes=here.record["history"][1]["id"], reason="A slip.")
    seal(here, 2)
    found = every(here)
    assert [one.sealed for one in found][5:7] == [
        entry_digest(here.record["history"][1]),
        history_digest(here.record["history"][:2]),
    ]
    void = found[6]
    assert void.holds(here.record)
    assert void.holds({"history": here.record["history"][:2]})
    assert void.of({"history": here.record["history"][:1]}) is None
    assert not void.holds({"history": [{}, *here.record["history"][1:]]})


def test_an_expunging_carries_a_digest_of_the_one_before():
    here = active()
    said = {"at": "2026-05-10T12:00:00Z", "by": "p-bob", "reason": "A name.", "digest": ZERO["gate"], "places": 0}
    first = {"id": X, **said, "previous": ZERO["gate"]}
    second = {"id": Y, **said, "previous": digest(first)}
    third = {"id": "x-000000000003", **said, "previous": digest(second)}
    here.record["expunged"] = [first, second, third]
    found = every(here)[5:7]
    assert [one.sealed for one in found] == [digest(first), digest(second)]
    assert [one.of(here.record) for one in found] == [digest(first), digest(second)]
    assert [one.of({"expunged": [first]}) for one in found] == [digest(first), None]
    assert [one.of({}) for one in found] == [None, None]
    assert len(every(here)) == 9


def test_an_approval_under_another_demand_says_nothing_of_fields():
    here = active()
    said = here.record["approvals"][0]
    said["binds"]["definition"] = ZERO["gate"]
    assert [one.sealed for one in every(here)[5:]] == [said["binds"]["evidence"][REPORT]]
    here = active()
    here.record["approvals"][0]["requirement"] = "gone"
    assert len(every(here)) == 6


def test_a_genuine_signature_counts_as_one_of_what_it_is_under():
    here = active()
    assert len(every(here, signed=lambda _said: Signed(key="k"))) == 7
    said = here.record["approvals"][0]
    said["signature"] = "a seal"
    found = every(here, signed=lambda raw: Signed(key="k") if raw is said else Signed(wrong="no"))
    assert [one.sealed for one in found[5:]][-1] == statement_digest(said)
    assert len(found) == 8
    assert found[7].of(here.record) == statement_digest(said)
    assert found[7].of({}) is None
    assert len(every(here, signed=lambda _said: Signed(wrong="no"))) == 7


def test_of_a_gate_that_nobody_knows_any_more_nothing_can_be_said():
    here = active()
    here.record["website"] = "https://other.example"
    now = under(here, demands("name"))
    gone = list(bonds(replace(look(here), source=now)))[3]
    assert gone.sealed == here.record["history"][1]["seal"]["covers"]
    assert gone.of(here.record) is None
    assert not gone.holds(here.record)
    former = register(here, former=lambda _path: [register(here).policies["SMALL"]])
    known = list(bonds(replace(look(here), source=now, register=former)))[3]
    assert known.of(here.record) == content_digest(here.record, [*IDENTITY, "website"])
    none = replace(now, policy=now.policy.model_copy(update={"lifecycles": {}}))
    assert len(list(bonds(replace(look(here), source=none)))) == 6


def test_a_seal_that_holds_is_over_the_same_fields_whatever_else_the_policy_asks_now():
    here = active()
    data = demands("website")
    data["requirements"]["more"]["approval"]["at-least"] = 2
    covers = list(bonds(replace(look(here), source=under(here, data))))[3]
    assert covers.of(here.record) == here.record["history"][1]["seal"]["covers"]


def test_what_digests_become_when_text_is_taken_out():
    here = active()
    after = copy.deepcopy(here.record)
    after["website"] = marker(X)
    after["evidence"][0]["summary"] = marker(X)
    covered = [*IDENTITY, "website"]
    changed = (
        (content_digest(here.record, covered), content_digest(after, covered)),
        (uses_digest(_used(here.record)), uses_digest(_used(after))),
        (content_digest(here.record, ["website"]), content_digest(after, ["website"])),
        (statement_digest(here.record["evidence"][0]), statement_digest(after["evidence"][0])),
    )
    assert restatements(look(here), after) == dict(changed)
    assert restatements(look(here), here.record) == {}


def _used(data: dict[str, Any]) -> list[dict[str, Any]]:
    return [data["evidence"][0], data["approvals"][0]]


def test_what_held_no_more_or_is_gone_becomes_nothing():
    here = active()
    after = copy.deepcopy(here.record)
    after["evidence"] = []
    assert restatements(look(here), after) == {}
    here.record["website"] = "https://other.example"
    after = {**here.record, "website": marker(X)}
    assert restatements(look(here), after) == {}


def test_what_an_expunging_made_of_a_digest_is_what_the_next_begins_with():
    here = active()
    was, first = content_digest(here.record, ["website"]), {**here.record, "website": marker(X)}
    now = content_digest(first, ["website"])
    listed = {"id": X, "at": "2026-05-10T12:00:00Z", "by": "p-bob", "reason": "A name.", "digest": ZERO["gate"]}
    here.record |= {"website": marker(X), "expunged": [{**listed, "places": 1, "again": {was: now}, **_previous()}]}
    assert restatements(look(here), {**here.record, "website": marker(Y)}) == {
        now: content_digest({"website": marker(Y)}, ["website"])
    }


def _previous() -> dict[str, str]:
    return {"previous": ZERO["gate"]}
