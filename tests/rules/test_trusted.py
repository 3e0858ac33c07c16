"""What rests on trust: counted, and listed where an auditor should look by eye."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from partnerkit.register import Register
from partnerkit.rules.trusted import Facts, facts
from tests.obligations.world import ZERO, World

SHA, OTHER = "sha256:" + "0" * 64, "sha256:" + "1" * 64
AT = "2026-02-01T12:00:00Z"
HERE = "records/evidence/acme/proposal.md"
BINDS = {"definition": ZERO["gate"], "content": ZERO["gate"]}


def evidence(number: int = 1, **more: Any) -> dict[str, Any]:
    about = {"id": f"e-{number:012x}", "requirement": "proposal", "at": AT, "by": "p-ann", "kind": "document"}
    return about | more


def approval(**more: Any) -> dict[str, Any]:
    said = {"id": "a-000000000001", "requirement": "sign-off", "at": AT, "by": "p-ann", "record": "acme"}
    return said | {"role": "board", "decision": "approve", "binds": BINDS} | more


def waiver(**more: Any) -> dict[str, Any]:
    said = {"id": "w-000000000001", "requirement": "insurance", "at": AT, "by": "p-ann"}
    return said | {"role": "board", "reason": "none needed", "until": "2026-12-31"} | more


def expunging(**more: Any) -> dict[str, Any]:
    said = {"id": "x-000000000001", "at": AT, "by": "p-ann", "reason": "A name.", "places": 1}
    return said | {"digest": ZERO["gate"], "previous": ZERO["gate"]} | more


def register(**fields: Any) -> Register:
    """A register in which the bytes of one file are those that were recorded."""
    here = World()
    here.acme(**fields)
    return replace(here.register, digests={HERE: SHA}.get)


@pytest.mark.parametrize(
    ("said", "counted"),
    [
        ({}, "in_words"),
        ({"ref": "minutes/1.md"}, "without_hash"),
        ({"ref": "archive 7", "digest": SHA, "claimed": True}, "not_opened"),
        ({"digest": SHA}, "not_opened"),
        ({"ref": HERE, "digest": SHA, "claimed": True}, "not_opened"),
        ({"ref": HERE, "digest": SHA}, "verified"),
        ({"ref": HERE, "digest": OTHER}, None),
        ({"ref": "records/evidence/gone.md", "digest": SHA}, None),
    ],
)
def test_what_evidence_is_worth(said, counted):
    for times in (1, 2):
        expected = Facts(records=1)
        if counted:
            setattr(expected, counted, times)
        spoken = [evidence(number, **said) for number in range(times)]
        assert facts(register(evidence=spoken), None) == expected


def test_bytes_from_which_text_was_expunged_since_are_those_that_were_recorded():
    again = [expunging(again={OTHER: SHA})]
    assert facts(register(evidence=[evidence(ref=HERE, digest=OTHER)], expunged=again), {"acme"}).verified == 1


def test_what_was_decided_for_others_or_waived_is_listed():
    spoken = approval(**{"recorded-by": "p-bob", "seen": "minutes"})
    found = facts(register(approvals=[spoken], waivers=[waiver()]), None)
    assert [(one.record, one.said.id) for one in found.on_behalf] == [("acme", "a-000000000001")]
    assert [(one.record, one.said.id) for one in found.waivers] == [("acme", "w-000000000001")]
    assert replace(found, on_behalf=[], waivers=[]) == Facts(records=1)


@pytest.mark.parametrize("said", [{}, {"recorded-by": "p-ann"}])
def test_what_somebody_recorded_of_their_own_is_not_on_behalf_of_others(said):
    assert facts(register(approvals=[approval(**said)]), None) == Facts(records=1)


def test_what_else_was_recorded_for_others_is_no_decision():
    said = evidence() | {"recorded-by": "p-bob", "seen": "minutes"}
    assert facts(register(evidence=[said]), None) == Facts(records=1, in_words=1)


def test_days_set_by_hand_hooks_skipped_and_text_taken_out():
    here = World()
    taken = [expunging(clock="set", hooks="skipped"), expunging(id="x-000000000002")]
    spoken = {"evidence": [evidence(clock="set"), evidence(2)], "waivers": [waiver(clock="set")]}
    here.acme(("2026-01-01", "proposed"), ("2026-02-01", "active"), ("2026-03-01", "ended"), expunged=taken, **spoken)
    data = here.records["acme"].data
    data["history"][0] |= {"clock": "set"}
    data["history"][1] |= {"clock": "set", "hooks": "skipped"}
    data["history"][2] |= {"hooks": "skipped"}
    here.add(data)
    here.put("partnership", "zeta", ("2026-01-01", "active"), name="Zeta")
    found = facts(here.register, None)
    assert [(record, one.id) for record, one in found.expunged] == [
        ("acme", "x-000000000001"),
        ("acme", "x-000000000002"),
    ]
    assert (found.clock_set, found.hooks_skipped) == (5, 3)
    assert (found.records, found.in_words, len(found.waivers)) == (2, 2, 1)


def several() -> Register:
    here = World()
    here.acme(evidence=[evidence()])
    here.put("partnership", "zeta", ("2026-01-01", "active"), adopted="2020-01-01", name="Zeta")
    here.put("partnership", "beta", ("2026-01-01", "active"), adopted="2020-01-01", name="Beta", evidence=[evidence()])
    return here.register


def test_records_that_came_in_as_they_stood_and_how_many_there_are():
    found = facts(several(), None)
    assert (found.records, [one.id for one in found.adopted], found.in_words) == (3, ["beta", "zeta"], 2)


def test_only_the_records_that_are_asked_about_in_order():
    found = facts(several(), {"zeta", "gone", "beta", "aaa"})
    assert (found.records, [one.id for one in found.adopted], found.in_words) == (2, ["beta", "zeta"], 1)
    assert facts(several(), set()) == Facts()
