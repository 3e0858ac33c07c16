"""A partnership in memory that became active through a sealed gate: by a decision that rests on a report."""

from __future__ import annotations

from typing import Any

from partnerkit.kinds.statements import statement_digest
from partnerkit.steps import content_digest
from tests.policies.fulfil import World
from tests.rules.bench import moved, policy, world
from tests.rules.sealing import seal

ACTIVE = "a" * 16
REPORT, WORD = "e-000000000001", "a-000000000002"
IDENTITY = ["kind", "id", "policy"]
BACK = {"at": "2026-05-20T12:00:00Z", "by": "p-bob", "reason": "A slip."}


def demands() -> dict[str, Any]:
    """A gate that asks for a report and for a decision that rests on it and covers the website."""
    report = {"checked": {"evidence": {"kinds": ["report"]}}}
    data = policy(approval={"role": "board"}, covers=["website"], rests_on=["checked"], others=report)
    data["lifecycles"]["partnership"]["transitions"][0]["needs"] = ["checked", "more"]
    return data


def active() -> World:
    """A partnership that became active through that gate."""
    here = world(demands())
    here.record["website"] = "https://acme.example"
    moved(here, "active", id=ACTIVE, uses=[REPORT, WORD])
    here.record["approvals"][0]["binds"]["content"] = content_digest(here.record, ["website"])
    here.record["approvals"][0]["binds"]["evidence"] = {REPORT: statement_digest(here.record["evidence"][0])}
    return seal(here)


def spoilt(**fields: Any) -> World:
    """The partnership with other fields than were sealed."""
    here = active()
    here.record |= fields
    return here
