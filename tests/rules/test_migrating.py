"""Where a migration may put a record whose stage is gone, and where not: in so many words."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from partnerkit.rules.migrating import migrated
from tests.policies.fulfil import World
from tests.rules.bench import case, found_in, moved, policy, under, world

BOARD = {"approval": {"role": "board"}}


def newer(*, to: str = "proposed", others: dict[str, Any] | None = None, **vote: Any) -> dict[str, Any]:
    """A version of the policy in which `active` is called `running`, and `vote` is asked for on the way to it."""
    data = policy(reason=True, others={"vote": vote or BOARD, **(others or {})})
    lifecycle = data["lifecycles"]["partnership"]
    lifecycle["transitions"][0]["needs"] = ["vote"]
    lifecycle["stages"]["running"] = lifecycle["stages"].pop("active")
    lifecycle["transitions"][0]["to"] = "running"
    lifecycle["transitions"][1]["from"] = ["proposed", "running"]
    return data | {"migrates": {"partnership": {"active": to}}}


def active() -> World:
    """A record that became active under the version before, without a decision."""
    here = world(policy(reason=True))
    moved(here, "active")
    return here


def told(here: World, data: dict[str, Any], to: str, *, changes: bool = True) -> list[tuple[str, str]]:
    """What is wrong with migrating it in a step that brings the new version of its policy."""
    moved(here, to, type_="migrate")
    here.record["stage"] = "active"
    made = case(here)
    source = under(here, data)
    rules = {source.path: "new" if changes else "old"}
    after = replace(made.after, policies={source.policy.policy: source}, rules=rules)
    before = replace(made.after, rules={source.path: "old"})
    return found_in(migrated(replace(made, before=before, after=after)))


def test_a_record_goes_where_the_new_version_says():
    assert told(active(), newer(), "proposed") == []


@pytest.mark.parametrize("changes", [False, True])
def test_only_in_the_step_that_changes_its_policy(changes):
    data = newer()
    if changes:
        data["lifecycles"] = {"case": data["lifecycles"]["partnership"]}
        data["migrates"] = {}
    words = "a record is migrated in the step that changes its policy, and this one does not change SMALL"
    assert told(active(), data, "proposed", changes=changes) == [("migrated-alone", words)]


def test_a_stage_that_is_still_there_is_not_left():
    words = "SMALL still has the stage active: only those that are gone move"
    assert told(active(), policy(reason=True), "proposed") == [("migrated-needlessly", words)]


def test_a_record_goes_nowhere_else():
    words = "SMALL moves what stood in active to proposed, not to ended"
    assert told(active(), newer(), "ended") == [("migrated-elsewhere", words)]
    words = "SMALL moves what stood in active to nowhere, not to ended"
    assert told(active(), newer() | {"migrates": {}}, "ended") == [("migrated-elsewhere", words)]


def test_an_entry_that_leaves_nothing_goes_nowhere():
    here = active()
    moved(here, "ended", type_="migrate", from_=None)
    here.record["stage"] = "active"
    made = case(here)
    source = under(here, newer())
    after = replace(made.after, policies={"SMALL": source}, rules={source.path: "new"})
    words = "SMALL moves what stood in  to nowhere, not to ended"
    assert found_in(migrated(replace(made, after=after))) == [("migrated-elsewhere", words)]


def test_a_policy_that_is_gone_migrates_nothing():
    here = active()
    moved(here, "proposed", type_="migrate")
    here.record["stage"] = "active"
    made = case(here)
    words = "a record is migrated in the step that changes its policy, and this one does not change SMALL"
    gone = replace(made.after, policies={}, rules={made.source.path: "new"})
    assert found_in(migrated(replace(made, after=gone))) == [("migrated-alone", words)]


def further(**vote: Any) -> dict[str, Any]:
    """What was active is now `signed`, one stage behind `running` and its gate."""
    data = newer(to="signed", **vote)
    lifecycle = data["lifecycles"]["partnership"]
    lifecycle["stages"]["signed"] = {"title": "Signed"}
    lifecycle["transitions"].append({"from": "running", "to": "signed", "main": True})
    return data


def test_a_record_passes_no_decision_that_nobody_took():
    [(code, words)] = told(active(), further(), "signed")
    assert code == "migrated-past-decision"
    assert words == (
        "signed lies behind vote (proposed → running), which was never passed: "
        "a migration takes what stood in active past no decision"
    )


@pytest.mark.parametrize(
    "vote",
    [
        {"reason": True},  # nobody decides
        {**BOARD, "advisory": True},  # it refuses nothing
        {**BOARD, "when": {"partner": "company"}},  # it is not asked of this record
    ],
)
def test_what_is_no_decision_on_this_record_holds_nothing_up(vote):
    assert told(active(), further(**vote), "signed") == []


def test_one_alternative_that_somebody_decides_makes_a_decision():
    data = further(**{"any-of": ["ballot", "word"]}, others={"ballot": BOARD, "word": {"reason": True}})
    assert [code for code, _words in told(active(), data, "signed")] == ["migrated-past-decision"]


def test_a_kind_that_had_no_stages_before_has_passed_everything():
    """Nobody could have decided by a version that says nothing of the kind."""
    here = active()
    moved(here, "signed", type_="migrate")
    here.record["stage"] = "active"
    made = case(here)
    nothing = made.source.policy.model_copy(update={"lifecycles": {}})
    new = under(here, further())
    after = replace(made.after, policies={"SMALL": new}, rules={new.path: "new"})
    source = replace(made.source, policy=nothing)
    assert migrated(replace(made, source=source, after=after)) == []
