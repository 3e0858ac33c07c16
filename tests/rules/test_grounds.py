"""What a stage rests on: what met each demand of the gates that were passed, and what of it rests on trust."""

from __future__ import annotations

from typing import Any

import pytest

from partnerkit.policies.definition import gate_digest
from partnerkit.rules.grounds import Grounds, grounds
from tests.obligations.world import ZERO, World

DAY, NEXT = "2026-01-01", "2026-02-01"
FILE = f"sha256:{'1' * 64}"
SAID = {"requirement": "proposal", "kind": "document", "at": f"{DAY}T10:00:00Z", "by": "p-ann"}
LINKED = "evidence in words, or only linked: what it said then cannot be proven"
BY_HAND = "dated by hand: when it was truly made, the commit says"


def active(*evidence: dict[str, Any], uses: list[str] | None = None, **entry: Any) -> World:
    """A partnership that became active on evidence and on an agreement."""
    here = World()
    here.put("agreement", "pact", (DAY, "draft"), (DAY, "active"), title="Pact", partnership="acme")
    here.put("partnership", "acme", (DAY, "proposed"), (NEXT, "active"), name="Acme", evidence=list(evidence))
    data = here.records["acme"].data
    data["history"][1] |= {"uses": uses or [one["id"] for one in evidence], "relies-on": {"pact": f"{2:016x}"}, **entry}
    here.add(data)
    return here


def evidence(number: int, **more: Any) -> dict[str, Any]:
    found = {"id": f"e-{number:012x}", **SAID, **more}
    return {key: value for key, value in found.items() if value is not None}


def of(here: World, id_: str = "acme") -> Grounds:
    return grounds(here.records[id_], here.register)


def trust(here: World, id_: str = "acme") -> dict[str, list[str]]:
    return {one.what: one.of for one in of(here, id_).trust}


def test_each_demand_is_told_with_what_met_it_in_the_order_of_the_policy():
    here = active(evidence(1, digest=FILE), evidence(2, requirement="heard", kind="opened", digest=FILE))
    created, moved = of(here).passed
    assert (created.met, created.voided_by) == ([], None)
    told = [(one.name, [each.said.id for each in one.said], [each.id for each in one.records]) for one in moved.met]
    assert told == [
        ("proposal", ["e-000000000001"], []),
        ("heard", ["e-000000000002"], []),
        ("agreed", [], ["pact"]),
    ]
    assert [one.requirement.clauses for one in moved.met] == [["§1"], ["§1"], ["§1"]]
    assert trust(here) == {}


def test_what_the_record_meets_by_itself_and_what_nobody_can_tell():
    here = World()
    here.put("partnership", "acme", (DAY, "proposed"), (NEXT, "declined"), name="Acme")
    (why,) = of(here).passed[1].met
    assert (why.name, why.said, why.records) == ("why", [], [])
    here.put("partnership", "beta", (DAY, "proposed"), (NEXT, "active"), name="Beta")
    assert of(here, "beta").passed[1].met == [], "nothing is used, and nothing of it is in the record"


@pytest.mark.parametrize(
    ("more", "what"),
    [
        ({"ref": "https://files.example/p"}, f"{LINKED}|e-000000000001 for proposal: https://files.example/p"),
        ({"summary": "It is good"}, f"{LINKED}|e-000000000001 for proposal"),
        (
            {"ref": "vault/p.pdf", "digest": FILE, "claimed": True},
            "digest as somebody gave it, of what is kept elsewhere|e-000000000001 for proposal: vault/p.pdf",
        ),
        (
            {"digest": FILE, "recorded-by": "p-bob", "seen": "minutes/1.md"},
            "said by one and recorded by another|e-000000000001 for proposal: p-ann, recorded by p-bob, seen in minutes/1.md",
        ),
        (
            {"digest": FILE, "withdrawn": {"at": f"{NEXT}T13:00:00Z", "by": "p-ann", "reason": "forged"}},
            "withdrawn since|e-000000000001 for proposal",
        ),
        ({"digest": FILE, "clock": "set"}, f"{BY_HAND}|e-000000000001"),
        ({"digest": FILE, "recorded-by": "p-ann"}, ""),
    ],
)
def test_of_a_statement(more: dict[str, Any], what: str):
    why, _, which = what.partition("|")
    assert trust(active(evidence(1, **more))) == ({why: [which]} if what else {})


def test_only_what_was_used_is_told_of():
    here = active(evidence(1, digest=FILE), evidence(2, summary="beside it"), uses=["e-000000000001"])
    assert trust(here) == {}


def test_of_a_waiver():
    here = active()
    data = here.records["acme"].data
    waiver = {
        "id": "w-000000000001",
        "requirement": "proposal",
        "role": "board",
        "reason": "known",
        "until": "2026-12-31",
    }
    data["waivers"] = [{**waiver, "at": f"{DAY}T10:00:00Z", "by": "p-bob"}]
    data["history"][1]["uses"] = ["w-000000000001"]
    here.add(data)
    assert trust(here) == {"waived": ["w-000000000001 for proposal by p-bob, until 2026-12-31: known"]}


def test_of_entries():
    assert trust(active(evidence(1, digest=FILE), clock="set")) == {BY_HAND: ["entry 2"]}
    assert trust(active(evidence(1, digest=FILE), hooks="skipped")) == {"commit hooks were skipped": ["entry 2"]}
    migrated = "moved because its policy changed, never judged"
    assert trust(active(type="migrate")) == {migrated: ["entry 2"]}


def test_of_what_was_taken_in_as_it_stood():
    here = World()
    here.put("agreement", "pact", (DAY, "active"), adopted="2020-01-01", title="Pact", partnership="acme")
    adopted = "taken in as it stood, never judged"
    assert trust(here, "pact") == {adopted: ["entry 1, in active since 2020-01-01, by p-ann"]}
    here.records["pact"].data["history"][0]["seen"] = "archive/7"
    here.add(here.records["pact"].data)
    assert trust(here, "pact") == {adopted: ["entry 1, in active since 2020-01-01, seen in archive/7, by p-ann"]}
    here.put("partnership", "acme", (DAY, "proposed"), (NEXT, "active"), name="Acme")
    data = here.records["acme"].data
    data["history"][1]["relies-on"] = {"pact": f"{1:016x}"}
    here.add(data)
    assert trust(here) == {"stands on records that were never judged": ["pact"]}


def test_what_was_voided_rests_on_nothing():
    here = active(evidence(1, summary="in words"))
    data = here.records["acme"].data
    entry = {"seq": 3, "id": f"{3:016x}", "type": "void", "from": "active", "to": "proposed", "undoes": f"{2:016x}"}
    data["history"].append({**entry, "at": f"{NEXT}T13:00:00Z", "by": "p-bob", "reason": "wrong", "seal": ZERO})
    data["stage"] = "proposed"
    here.add(data)
    found = of(here)
    assert [one.voided_by for one in found.passed] == [None, f"{3:016x}", None]
    assert [one.met for one in found.passed] == [[], [], []]
    assert [one.rewritten for one in found.passed] == [False, False, False]
    assert found.trust == []


def test_whether_the_policy_demands_otherwise_now():
    here = active(evidence(1, digest=FILE))
    assert [one.rewritten for one in of(here).passed] == [False, True], "sealed with another gate than the policy's"
    transition = here.policy.lifecycles["partnership"].find("proposed", "active")
    data = here.records["acme"].data
    data["history"][1]["seal"] = {**ZERO, "gate": gate_digest(here.data, "proposed", "active", transition)}
    here.add(data)
    assert [one.rewritten for one in of(here).passed] == [False, False]
