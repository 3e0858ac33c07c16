"""A record taken in as it stands: until when a register does that, and who may."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from partnerkit.findings import Finding
from partnerkit.rules.adopting import adopted
from tests.rules.bench import held, policy, world
from tests.rules.sealing import found, judged

SAID: dict[str, Any] = {
    "type_": "adopt",
    "since": "2024-01-01",
    "reason": "It was there.",
    "at": "2026-05-01T12:00:00Z",
}
WAYS = "take the entry out; partnerkit gates subject shows the ways on"


def told(landed: datetime | None = None, **trust: Any) -> list[Finding]:
    """What is wrong with adopting a partnership on the first of May, where the register trusts so."""
    made = judged(world(policy(reason=True)), landed, **SAID)
    settings = made.rules.settings
    asked = settings.model_copy(update={"trust": settings.trust.model_copy(update=trust)})
    board, chair = {"role": "board"}, {"role": "chair"}
    roster = held(
        p_ann=[board], p_rosa=[chair], p_bob=[{"role": "editor"}, chair], p_eve=[{**chair, "from": "2026-05-02"}]
    )
    return adopted(replace(made, before=replace(made.rules, settings=asked, roster=roster)))


def at_first(code: str, message: str, mend: str) -> list[Finding]:
    return [found(code, ("history", 0), message, mend=mend)]


@pytest.mark.parametrize(("until", "late"), [(None, False), (date(2026, 5, 1), False), (date(2026, 4, 30), True)])
def test_a_register_takes_in_what_there_was_until_a_day(until, late):
    message = (
        "it is adopted on 2026-05-01, and records/register.yaml (trust.adopted-until) ends that with 2026-04-30: "
        "since then a partnership begins in its first stage and is judged"
    )
    told_so = at_first("adopted-too-late", message, "partnerkit new partnership <title>")
    assert told(adopted_until=until) == (told_so if late else [])


def test_nobody_gets_past_that_by_an_earlier_date():
    until = date(2026, 5, 2)
    assert told(adopted_until=until) == []
    [one] = told(datetime(2026, 5, 3, tzinfo=UTC), adopted_until=until)
    assert one.message.startswith("it is adopted on 2026-05-03, and ")
    assert told(datetime(2026, 4, 3, tzinfo=UTC), adopted_until=date(2026, 4, 4)) != []


@pytest.mark.parametrize("role", ["board", "chair"])
def test_whoever_adopts_holds_a_role_that_the_register_asks_for(role):
    message = "it is adopted by p-ann, and records/register.yaml (trust.adopted-by) leaves that to {}: {}"
    assert told(adopted_by=[]) == []
    who = message.format("chair", "p-bob, p-rosa")
    told_so = at_first("adopted-by-another", who, "one of them adopts it")
    assert told(adopted_by=[role]) == (told_so if role == "chair" else [])
    assert told(adopted_by=["chair", "board"]) == []
    several = message.format("editor or chair", "p-bob, p-rosa")
    assert [one.message for one in told(adopted_by=["editor", "chair"])] == [several]
    assert [one.message for one in told(adopted_by=["keeper"])] == [message.format("keeper", "nobody")]
