"""When a waiver counts, and why not: in so many words."""

from __future__ import annotations

from typing import Any

import pytest

from partnerkit.kinds.statements import Waiver
from partnerkit.rules.demands.waived import may_waive, waiver_against
from partnerkit.steps import of_sort, statements
from tests.policies.fulfil import World
from tests.rules.bench import asked, held, policy, question, world

BOARD = {"role": "board"}
MAY = held(p_bob=[BOARD], p_ann=[BOARD])


def waived(waivable: dict[str, Any] | None, **said: Any) -> World:
    """A partnership of which a report is waived by p-bob of the board."""
    own: dict[str, Any] = {"waivable": waivable} if waivable else {}
    here = world(policy(evidence={"kinds": ["report"]}, **own) | {"separation-of-duties": "require"})
    here.record["evidence"] = []
    here.say("waivers", "w", "more", **{"role": "board", "reason": "in a hurry", "until": "2026-06-01", **said})
    return here


def test_a_waiver_counts_to_its_last_day():
    given = asked(waived({"by": "board"}), roster=MAY)
    assert (given.met, given.waived, given.uses) == (True, True, ["w-000000000002"])
    assert not asked(waived({"by": "board"}, until="2026-05-31"), roster=MAY).met


def test_a_waiver_dated_on_a_day_to_come_does_not_count_yet():
    here = waived({"by": "board"}, until="2026-12-31", on="2026-06-01")
    assert asked(here, roster=MAY).met
    here.record["waivers"][0]["on"] = "2026-06-02"
    assert not asked(here, roster=MAY).met


@pytest.mark.parametrize(
    ("waivable", "said", "code", "why"),
    [
        (None, {}, "not-waivable", "SMALL lets nobody waive more"),
        (
            {"by": "board"},
            {"role": "chair"},
            "role-not-held",
            "p-bob may not waive more on 2026-05-01: that takes the role board (held by p-ann, p-bob)",
        ),
        (
            {"by": "board"},
            {"by": "p-eve"},
            "role-not-held",
            "p-eve may not waive more on 2026-05-01: that takes the role board (held by p-ann, p-bob)",
        ),
        (
            {"by": "board", "for-at-most": "P1M"},
            {"until": "2026-06-02"},
            "waived-too-long",
            "more may be waived for P1M at most, until 2026-06-01",
        ),
        ({"by": "board", "for-at-most": "P1M"}, {}, None, None),
        (
            {"by": "chair"},
            {"role": "chair"},
            "role-not-held",
            "p-bob may not waive more on 2026-05-01: that takes the role chair (held by nobody)",
        ),
    ],
)
def test_why_a_waiver_counts_for_nothing(waivable, said, code, why):
    here = waived(waivable, **said)
    found = question(here, roster=MAY)
    [(waiver, told)] = of_sort(statements(found.record), Waiver)
    assert waiver_against(found, told, waiver) == ((code, why) if code else None)
    assert asked(here, roster=MAY).met == (code is None)


def test_nobody_waives_what_the_policy_lets_nobody_waive():
    found = question(waived(None), roster=MAY)
    assert may_waive(found, found.day) == []


def test_a_role_for_one_city_waives_for_no_other():
    here = waived({"by": "board", "scope": {"city": "city"}})
    here.data["fields"] = {"partnership": {"city": {"type": "text", "clause": "§1.1", "title": "Where."}}}
    here.data["roles"]["board"]["scopes"] = ["city"]
    here.policy = type(here.policy).model_validate(here.data)
    here.record["city"] = "Dortmund"
    roster = held(p_bob=[{**BOARD, "scope": {"city": "Dortmund"}}], p_ann=[{**BOARD, "scope": {"city": "Hamm"}}])
    found = question(here, roster=roster)
    assert may_waive(found, found.day) == ["p-bob"]
    assert asked(here, roster=roster).waived


def test_whoever_proposed_it_waives_nothing():
    here = waived({"by": "board"})
    here.record["proposer"] = "p-bob"
    found = question(here, roster=MAY)
    [(waiver, told)] = of_sort(statements(found.record), Waiver)
    words = "p-bob is the proposer of subject or a party to it, and may not waive more"
    assert waiver_against(found, told, waiver) == ("not-separate", words)
    assert not asked(here, roster=MAY).met
