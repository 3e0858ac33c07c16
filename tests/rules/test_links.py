"""What a record refers to: the policy that the register allows, and what it goes on from."""

from __future__ import annotations

from datetime import UTC, datetime

from partnerkit.findings import Finding
from partnerkit.rules.standing import judge_trail
from tests.obligations.world import World

NOW = datetime(2026, 7, 1, 12, tzinfo=UTC)


def found(world: World, code: str) -> list[Finding]:
    return [one for one in judge_trail(world.register, NOW) if one.code == code]


def test_a_policy_that_the_register_does_not_allow() -> None:
    world = World()
    world.acme()
    assert found(world, "policy-not-allowed") == []
    world.settings.policies.allowed[:] = ["OTHER"]
    [one] = found(world, "policy-not-allowed")
    assert (one.record, one.message) == ("acme", "records/register.yaml does not allow the policy SMALL")
    assert one.mend == "see policies.allowed in records/register.yaml"


def test_an_agreement_goes_on_from_one_in_one_way() -> None:
    world = World()
    world.acme()
    for name in ("first", "second"):
        world.put("agreement", name, ("2026-01-01", "draft"), title=name, partnership="acme")
    world.put("agreement", "next", ("2026-06-01", "draft"), title="Next", partnership="acme", renews="first")
    assert found(world, "continuation-mismatch") == []
    world.change("next", amends="second")
    [one] = found(world, "continuation-mismatch")
    assert (one.record, one.message) == ("next", "it renews and amends another: it goes on from one, in one way")
    assert one.mend == "partnerkit set next amends="


def test_an_agreement_does_not_go_on_from_itself() -> None:
    world = World()
    world.acme()
    world.put("agreement", "next", ("2026-06-01", "draft"), title="Next", partnership="acme", renews="next")
    [one] = found(world, "continuation-mismatch")
    assert (one.record, one.message, one.mend) == ("next", "it renews itself", "partnerkit show next")
