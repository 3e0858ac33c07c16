"""From which fields a day follows: who may not see one of them is told nothing that follows from it."""

from __future__ import annotations

import pytest

from partnerkit.obligations.obligation import Obligation
from partnerkit.obligations.resting import tells_of
from tests.obligations.test_dated import MILESTONE, agreement
from tests.obligations.world import World


def everything() -> dict[str, tuple[World, Obligation]]:
    """What is owed, by what it is."""
    world = World()
    world.acme(roadmap=[{"text": "More", "target": "2026-05-01"}])
    agreement(world, ends="2026-12-31", notice="P3M", milestones=[MILESTONE])
    world.pair(meets_every="P2W")
    return {one.what: (world, one) for one in world.all("2026-04-01", "P1Y")}


@pytest.mark.parametrize(
    ("what", "kept", "tells"),
    [
        ("milestones.m1.due", "milestones.due", True),
        ("milestones.m1.due", "milestones", True),
        ("milestones.m1.due", "milestones.text", False),
        ("milestones.m1.due", "ends", False),
        ("roadmap.0.target", "roadmap.target", True),
        ("roadmap.0.target", "roadmap", True),
        ("ends", "ends", True),
        ("notice", "notice", True),
        ("notice", "ends", True),
        ("notice", "title", False),
        ("check-ins", "starts", True),
        ("check-ins", "participants.id", True),
        ("check-ins", "participants", True),
        ("check-ins", "check-ins.needs-help", True),
        ("check-ins", "goals", False),
        ("meetings", "meets-every", True),
        ("mid-review", "ends", True),
        ("monthly-reviews", "name", False),
        ("insurance", "insurance", False),
    ],
)
def test_what_follows_from_a_field_is_known(what: str, kept: str, tells: bool) -> None:
    world, one = everything()[what]
    assert tells_of(one, world.policy, [kept]) is tells
    assert tells_of(one, world.policy, ["website", kept]) is tells
    assert not tells_of(one, world.policy, [])
