"""In which stages a document is final, as the lifecycles of the four policies alone say."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from partnerkit.documents.settled import is_decided, is_signed
from partnerkit.policies.policy import Policy
from partnerkit.store import packs


def signed(programme: str) -> Callable[[Policy, str, str], bool]:
    return lambda policy, kind, stage: is_signed(policy, kind, stage, {"programme": programme})


def stages(name: str, kind: str, holds: Callable[[Policy, str, str], bool]) -> set[str]:
    policy = packs.load(name).policy
    return {stage for stage in policy.lifecycles[kind].stages if holds(policy, kind, stage)}


@pytest.mark.parametrize(
    ("name", "kind", "wanted"),
    [
        ("OPS-05-03", "agreement", "executed active expired terminated superseded"),
        ("MANDALA-PCP", "agreement", "executed expired terminated superseded"),
        ("MEM-02-03", "pairing", "agreed active paused completed terminated"),
        ("OTS-PG", "partnership", "active after closed"),  # nobody signs; partners acknowledge
    ],
)
def test_past_the_signatures_of_all(name: str, kind: str, wanted: str) -> None:
    assert stages(name, kind, signed("formal")) == set(wanted.split())


def test_where_nobody_signs_what_is_acknowledged_counts() -> None:
    """Nothing is signed between peers; they say that they know what is expected of them."""
    assert stages("MEM-02-03", "pairing", signed("peer")) == {"agreed", "active", "paused", "completed", "terminated"}


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("OPS-05-03", "active suspended ending ended"),
        ("MANDALA-PCP", "active ending ended"),
        ("OTS-PG", "preparing active after closed cancelled"),
    ],
)
def test_past_every_decision_of_the_usual_way(name: str, wanted: str) -> None:
    assert stages(name, "partnership", is_decided) == set(wanted.split())
