"""Statements that stand in a record: dated ahead, each told with the line that makes it anew, and withdrawn for good."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from partnerkit.kinds.readable import as_day
from partnerkit.rules.signed import NEEDED
from partnerkit.rules.standing import judge_trail
from partnerkit.rules.trusted import facts
from tests.obligations.world import ZERO, World
from tests.rules.sealing import withdraw

NOW = datetime(2026, 7, 1, 12, tzinfo=UTC)
SHA = "sha256:" + "0" * 64
BINDS = {"definition": ZERO["gate"], "content": ZERO["gate"]}


def said(letter: str, requirement: str, **more: Any) -> dict[str, Any]:
    about = {"id": f"{letter}-0123456789ab", "requirement": requirement, "at": "2026-02-01T12:00:00Z", "by": "p-ann"}
    return about | {key.rstrip("_"): value for key, value in more.items()}


@pytest.mark.parametrize(
    ("group", "statement", "mend"),
    [
        (
            "waivers",
            said("w", "insurance", role="board", reason="none needed", until="2026-12-31"),
            "waive acme insurance --reason <reason> --until <day> --on <day>",
        ),
        ("signatures", said("s", "proposal", party="us", document=SHA), "add acme proposal party=us --on <day>"),
        ("acknowledgements", said("k", "proposal", party="us"), "add acme proposal party=us --on <day>"),
        ("evidence", said("e", "proposal", kind="document"), "add acme proposal <file-or-link> --on <day>"),
        (
            "approvals",
            said("a", "sign-off", record="acme", role="board", decision="approve", binds=BINDS),
            "approve acme sign-off --for p-ann --seen <seen> --on <day>",
        ),
    ],
    ids=lambda one: one if isinstance(one, str) and " " not in one else "",
)
def test_what_is_dated_after_it_was_recorded_is_said_again(group: str, statement: dict[str, Any], mend: str) -> None:
    world = World()
    world.acme(**{group: [{**statement, "on": "2026-02-01"}]})
    assert [one for one in judge_trail(world.register, NOW) if one.code == "statement-in-future"] == []
    world.acme(**{group: [{**statement, "on": "2026-02-02"}]})
    [one] = [one for one in judge_trail(world.register, NOW) if one.code == "statement-in-future"]
    assert one.message == f"{statement['id']} is dated 2026-02-02, after the day it was recorded (2026-02-01)"
    away = withdraw(statement["id"], statement["requirement"], "acme")
    assert (one.statement, one.mend) == (statement["id"], f"{away}, then partnerkit {mend}")


def test_a_signature_that_nobody_could_verify_is_not_passed_over() -> None:
    world = World()
    signed = said("a", "sign-off", record="acme", role="board", decision="approve", binds=BINDS, signature="a seal")
    world.acme(approvals=[signed])
    [one] = [one for one in judge_trail(world.register, NOW) if one.code.startswith("signature-")]
    assert (one.code, one.severity, one.mend) == ("signature-unverified", "error", NEEDED)
    assert one.message.endswith("of p-ann under a-0123456789ab for sign-off cannot be verified here: nobody was asked")


def test_the_file_of_evidence_that_was_withdrawn_unused_may_go() -> None:
    world = World()
    evidence = said("e", "proposal", kind="document", ref="records/evidence/acme/proposal.md", digest=SHA)
    world.acme(evidence=[evidence])
    assert "evidence-missing" in {one.code for one in judge_trail(world.register, NOW)}
    taken_back = {"at": "2026-03-01T12:00:00Z", "by": "p-ann", "reason": "another one came"}
    world.acme(evidence=[{**evidence, "withdrawn": taken_back}])
    assert "evidence-missing" not in {one.code for one in judge_trail(world.register, NOW)}


def test_an_auditor_counts_what_can_be_read() -> None:
    """A record that is named and cannot be read adds nothing."""
    world = World()
    world.acme(evidence=[said("e", "proposal", kind="document")])
    found = facts(world.register, {"acme", "unreadable"})
    assert (found.records, found.in_words) == (1, 1)


@pytest.mark.parametrize("value", ["soon", "2026-02-30", "9999-01-01", 20260331, None])
def test_what_is_no_day_is_no_day_yet(value: object) -> None:
    """A step is judged by the policy before it, which may know a day where the record now holds something else."""
    assert as_day(value) is None
    assert as_day("2026-03-31") == datetime(2026, 3, 31).date()  # noqa: DTZ001 - a day
