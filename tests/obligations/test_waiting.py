"""What waits for somebody: decisions, answers, periods, drafts, people to be told; roles that nobody holds; policies."""

from __future__ import annotations

from typing import Any

import pytest

from partnerkit.kinds.canonical import digest
from partnerkit.policies.definition import definition_digest
from tests.obligations.world import World


def approval(by: str, record: str, requirement: str = "selection", at: str = "2026-02-01") -> dict[str, Any]:
    world = World()
    binds = {"definition": definition_digest(world.data, requirement), "content": digest({})}
    return {
        "id": f"a-{by[2:].encode().hex():0>12}",
        "requirement": requirement,
        "record": record,
        "role": "board",
        "decision": "approve",
        "binds": binds,
        "at": f"{at}T09:00:00Z",
        "by": by,
    }


def apply(world: World, *moves: tuple[str, str], **fields: Any) -> None:
    world.put(
        "application",
        "app",
        *(moves or (("2026-01-20", "applied"),)),
        **{"title": "Mentor", "applicant": "p-new", "as": "mentor", "applied": "2026-01-20", **fields},
    )


def test_a_gate_that_lacks_only_votes_says_how_many_and_whose() -> None:
    world = World()
    apply(world)
    one = world.one("decision", "2026-02-01")
    assert (one.state, one.role, one.people, str(one.since)) == ("waiting", "board", ("p-ann", "p-bob"), "2026-01-20")
    assert "0 of 2" in (one.note or "")
    apply(world, approvals=[approval("p-ann", "app")])
    one = world.one("decision", "2026-02-01")
    assert (one.people, one.command) == (("p-bob",), "partnerkit approve app selection --for p-bob --seen <seen>")
    assert "1 of 2" in (one.note or "")
    apply(world, approvals=[approval("p-ann", "app"), approval("p-bob", "app")])
    assert world.of("decision", "2026-02-01") == []


def test_a_gate_that_lacks_other_things_waits_for_nobody_yet() -> None:
    world = World()
    world.acme()
    world.review("jan", "2026-01-01", "2026-01-31", ("2026-01-05", "draft"), findings=None, rhythm="other")
    assert world.of("decision", "2026-02-01") == []
    world.review("jan", "2026-01-01", "2026-01-31", ("2026-01-05", "draft"), rhythm="other")
    assert [one.record for one in world.of("decision", "2026-02-01")] == ["jan"]


def test_a_review_begun_outside_every_rhythm_is_not_forgotten() -> None:
    world = World()
    world.acme()
    world.review("odd", "2026-01-01", "2026-01-31", ("2026-01-05", "draft"), findings=None, rhythm="occasional")
    one = world.one("draft", "2026-02-01")
    assert (one.record, one.command, one.people) == ("odd", "partnerkit set odd findings=<findings>", ("p-bob",))
    assert str(one.since) == "2026-01-05"


def test_an_answer_is_awaited() -> None:
    world = World()
    said = {"on": "2026-02-01", "kind": "word", "audience": "partner", "summary": "New dates?", "awaits-answer": True}
    world.acme(communications=[said, {**said, "awaits-answer": False}])
    one = world.one("answer", "2026-02-10")
    assert (one.state, one.title, one.person) == ("waiting", "Answer awaited: New dates?", "partner")
    assert (str(one.since), one.command) == ("2026-02-01", "partnerkit set acme")


def test_a_decision_is_to_be_told() -> None:
    """Owed once people decided; not where nobody did, where it was told, or where the policy says itself until when."""
    world = World()
    decided = (("2026-01-20", "applied"), ("2026-02-02", "accepted"))
    apply(world, *decided)
    assert world.of("notification", "2026-02-10") == []
    votes = [approval("p-ann", "app"), approval("p-bob", "app")]
    apply(world, *decided, approvals=votes)
    data = world.records["app"].data
    data["history"][1]["uses"] = [one["id"] for one in votes]
    world.add(data)
    one = world.one("notification", "2026-02-10")
    assert (one.state, str(one.since), one.command) == ("due", "2026-02-02", "partnerkit set app notified=<day>")
    world.change("app", notified="2026-02-11")
    assert world.of("notification", "2026-02-12") == []


def test_where_the_policy_says_until_when_a_decision_is_told_that_counts() -> None:
    def told(data: dict[str, Any]) -> None:
        data["requirements"]["told"] = {
            "clause": "§1/selection",
            "filled": ["notified"],
            "of": "application",
            "standing": ["accepted", "rejected"],
            "within": "P7D",
        }

    world = World(told)
    apply(world, ("2026-01-20", "applied"), ("2026-02-02", "accepted"))
    one = world.one("standing", "2026-02-10", what="told")
    assert (one.state, str(one.due)) == ("late", "2026-02-09")
    assert world.of("notification", "2026-02-10") == []


@pytest.mark.parametrize(("day", "state"), [("2026-01-20", "upcoming"), ("2026-01-24", "due"), ("2026-03-01", "due")])
def test_a_period_that_has_stood_open_can_be_closed(day: str, state: str) -> None:
    world = World()
    opened = {
        "id": "e-00000000000f",
        "requirement": "heard",
        "kind": "opened",
        "at": "2026-01-10T09:00:00Z",
        "by": "p-ann",
    }
    world.acme(("2026-01-05", "proposed"), evidence=[opened])
    one = world.one("period", day)
    assert (one.state, str(one.since), one.title) == (state, "2026-01-24", "Heard: close it")
    assert one.command == "partnerkit add acme heard kind=closed summary=<summary>"
    closed = {**opened, "id": "e-000000000010", "kind": "closed", "summary": "fine", "at": "2026-01-25T09:00:00Z"}
    world.acme(("2026-01-05", "proposed"), evidence=[opened, closed])
    assert world.of("period", "2026-03-01") == []


def test_a_role_that_each_record_has_is_vacant_where_it_names_nobody() -> None:
    world = World()
    world.acme()
    assert world.of("vacancy", "2026-02-01") == []
    world.acme(roles={})
    one = world.one("vacancy", "2026-02-01")
    assert (one.record, one.title, one.state) == ("acme", "Nobody is Manager", "due")
    assert one.command == "partnerkit set acme roles.manager=<person>"
    world.acme(roles={"manager": "p-ann"})
    assert world.one("vacancy", "2026-02-01").note == "p-ann does not hold it any more"
    world.acme(("2026-01-01", "proposed"), roles={})
    assert world.of("vacancy", "2026-02-01") == []  # nothing is owed of it yet


def test_a_role_that_nobody_on_the_roster_holds_is_said_once() -> None:
    world = World()
    world.people["p-bob"]["roles"] = [{"role": "coordinator", "from": "2020-01-01", "until": "2026-01-31"}]
    world.acme(roles={})
    world.pair()
    assert [one.id for one in world.of("vacancy", "2026-01-31")] == ["SMALL/vacancy/manager"]
    found = world.of("vacancy", "2026-02-01")
    assert [one.id for one in found] == ["SMALL/vacancy/coordinator", "SMALL/vacancy/manager"]
    assert found[0].command == "partnerkit person role <person> coordinator"


@pytest.mark.parametrize(
    ("facts", "due"),
    [
        ({"next-review": "2024-07-01"}, "2024-07-01"),
        ({"approved": "2024-07-07", "review-every": "P1Y"}, "2025-07-07"),
        ({"approved": "2023-08-31", "reviewed": "2025-08-31", "review-every": "P6M"}, "2026-02-28"),
    ],
)
def test_a_policy_overdue_for_its_own_review_is_a_warning_with_the_days(facts: dict[str, str], due: str) -> None:
    """T1: overdue from the day it took effect, and never an error."""
    world = World(lambda data: data.update(facts))
    one = world.one("policy-review", "2026-11-20")
    assert (one.state, one.severity, str(one.due), one.role) == ("late", "warning", due, "board")
    assert one.people == ("p-ann", "p-bob")
    assert one.command is not None
    assert one.command.startswith("partnerkit policy reaffirm SMALL --seen <seen>")
    assert ("--next" in one.command) == ("review-every" not in facts)


def test_a_policy_without_any_day_owes_no_review() -> None:
    """T23: a policy with no version, date or owner."""
    world = World(lambda data: (data.pop("effective"), data.pop("owner")))
    assert world.of("policy-review", "2026-11-20") == []
    assert world.one("gap", "2026-11-20").people == ()
