"""A partnership that is active by a decision, which rests on a report."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from tests.policies.fulfil import World
from tests.rules.bench import moved, policy, world
from tests.rules.sealing import bind, seal

CHECKED, DECISION, SECOND = "e-000000000001", "a-000000000002", "2" * 16
CLAUSE = "SMALL §1.1"


def day(number: int, hour: int = 12) -> datetime:
    return datetime(2026, 5, number, hour, tzinfo=UTC)


def checked(**evidence: Any) -> World:
    """A partnership that is active by a decision, which rests on a report."""
    others = {"checks": {"evidence": {"kinds": ["report"], **evidence}}}
    data = policy(approval={"role": "board"}, rests_on=["checks"], others=others)
    ways = data["lifecycles"]["partnership"]["transitions"]
    ways[0]["needs"] = ["checks", "more"]
    ways.append({"from": "active", "to": "proposed"})
    one = world(data)
    moved(bind(one), "active", id=SECOND, uses=[CHECKED, DECISION])
    return seal(one)


def also(one: World, said: str = "e-00000000000f", **more: Any) -> None:
    """Another report, recorded later."""
    before = one.record["evidence"][0]
    one.record["evidence"].append({**before, "id": said, "at": "2026-05-10T12:00:00Z", **more})
