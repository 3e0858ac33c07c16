"""The policy language: how a figure is counted, and what a policy is told that cannot be counted as it says."""

from __future__ import annotations

from typing import Any

import pytest

from tests.policies.packs import Change, refused, told

ACTIVE = {"of": "partnership", "in": ["active"]}


def metric(**ways: Any) -> Change:
    """The small policy with a figure that is counted so."""

    def change(data: dict[str, Any]) -> None:
        named = {"clause": "§1.1", "title": "Partners", "definition": "Partners that were active in the period."}
        data["metrics"] = {"partners": {**named, **ways}}

    return change


@pytest.mark.parametrize(
    "ways",
    [
        {},
        {"count": ACTIVE},
        {"growth": {"of": "partnership", "reached": ["ended"], "after": ["active"], "when": {"type": "a"}}},
        {"share": {"of": {**ACTIVE, "before": True}, "that": ACTIVE}},
        {"share": {"of": {**ACTIVE, "each": "proposer"}, "that": {**ACTIVE, "items": "actions", "each": "owner"}}},
        {"sum": {"of": "partnership", "items": "activities", "days": "on", "value": "attendance"}},
        {"mean": {**ACTIVE, "items": "benefits", "value": "status", "points": {"delivered": 100, "promised": 50}}},
        {"mean": {**ACTIVE, "items": "activities", "where": {"kind": "fair"}, "value": "attendance", "weight": "attendance"}},
    ],
)  # fmt: skip
def test_what_can_be_counted(ways: dict[str, Any]) -> None:
    assert told(metric(**ways)) == []


@pytest.mark.parametrize(
    ("ways", "words"),
    [
        ({"count": ACTIVE, "growth": ACTIVE}, "a figure is counted in one way: count, growth, share, sum, mean (here: count and growth)"),
        ({"count": {"of": "partnership"}}, "say what it has to do with the period: `in`, `reached`, or `days` of theirs"),
        ({"count": {**ACTIVE, "reached": ["ended"]}}, "say `in` (stood there in the period) or `reached` (came there in the period): not both"),
        ({"count": {**ACTIVE, "after": ["active"]}}, "`after` goes with `reached`"),
        ({"count": {**ACTIVE, "where": {"type": "a"}}}, "`where` is about `items`; of records, say `when`"),
        ({"count": {**ACTIVE, "before": True}}, "`before` goes with `share`; against the period before, say `growth`"),
        ({"sum": {**ACTIVE, "value": "name", "each": "proposer"}}, "`each` counts names once"),
        ({"mean": {**ACTIVE, "value": "type", "points": {"a": -1}}}, "points.a: Input should be greater than or equal to 0"),
        ({"count": {**ACTIVE, "whose": "x"}}, "count.whose: Extra inputs are not permitted"),
        ({"sum": ACTIVE}, "sum.value: Field required"),
    ],
)  # fmt: skip
def test_what_contradicts_itself(ways: dict[str, Any], words: str) -> None:
    assert words in refused(metric(**ways))


@pytest.mark.parametrize(
    ("tally", "words"),
    [
        ({"of": "partnerships", "in": ["active"]}, "there is no lifecycle for the kind 'partnerships' here; did you mean partnership?"),
        ({"of": "review", "in": ["done"]}, "there is no lifecycle for the kind 'review' here"),
        ({"of": "partnership", "in": ["activ"]}, "there is no partnership stage 'activ' here; did you mean active?"),
        ({"of": "partnership", "reached": ["end"]}, "there is no partnership stage 'end' here"),
        ({"of": "partnership", "reached": ["ended"], "after": ["activ"]}, "there is no partnership stage 'activ' here; did you mean active?"),
        ({**ACTIVE, "when": {"sort": "a"}}, "a partnership under this policy has no field 'sort'"),
        ({**ACTIVE, "items": "members"}, "a partnership under this policy has no field 'members'"),
        ({**ACTIVE, "items": "activities", "each": "member"}, "an item of activities under this policy has no field 'member'"),
        ({**ACTIVE, "items": "activities", "where": {"type": "a"}}, "an item of activities under this policy has no field 'type'"),
        ({"of": "partnership", "days": "born"}, "a partnership under this policy has no field 'born'"),
        ({"of": "partnership", "days": "name"}, "name of a partnership is no day"),
        ({**ACTIVE, "when": {"stage": "activ"}}, "stage of a partnership: there is no choice 'activ' here"),
        ({**ACTIVE, "items": "benefits", "where": {"status": "given"}}, "benefits.status of a partnership: there is no choice 'given' here"),
    ],
)  # fmt: skip
def test_what_is_not_there(tally: dict[str, Any], words: str) -> None:
    assert any(words in one for one in told(metric(count=tally))), told(metric(count=tally))


def test_numbers_are_numbers_and_points_are_of_choices() -> None:
    summed = {**ACTIVE, "items": "activities", "value": "title"}
    assert told(metric(sum=summed)) == ["activities.title of a partnership is no number"]
    weighed = {**ACTIVE, "items": "activities", "value": "attendance", "weight": "title"}
    assert told(metric(mean=weighed)) == ["activities.title of a partnership is no number"]
    [words] = told(metric(mean={**ACTIVE, "items": "benefits", "value": "status", "points": {"given": 1}}))
    assert "there is no choice 'given' here" in words


def test_a_share_is_of_one_sort() -> None:
    other = {**ACTIVE, "items": "activities"}
    assert told(metric(share={"of": ACTIVE, "that": other})) == [
        "`of` and `that` count different things: give both the same `of` and `items`, or `each`"
    ]


def test_fewest_is_a_number_or_a_variable_that_is_there() -> None:
    assert told(lambda data: data.update(fewest=8)) == []
    assert told(lambda data: data.update(fewest="$checks")) == []
    assert told(lambda data: data.update(fewest="$check")) == [
        "there is no variable 'check' here; did you mean checks?"
    ]
    assert "write a whole number" in refused(lambda data: data.update(fewest="some"))
