"""The policy language: ways that are for some records only, lists counted, records named, points without words."""

from __future__ import annotations

from typing import Any

import pytest

from tests.policies.packs import Change, refused, told
from tests.policies.test_language import partnership


def parted(first: Any, second: Any) -> Change:
    """Two main ways out of the first stage, each with its condition."""

    def change(data: dict[str, Any]) -> None:
        ways = partnership(data)["transitions"]
        for way, when in zip(ways, (first, second), strict=True):
            way.update({"main": True, **({"when": when} if when else {})})

    return change


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({"partner": "company"}, {"partner": "individual"}),
        ({"partner": ["company", "individual"]}, {"partner": {"is": "organisation"}, "type": "a"}),
    ],
)
def test_two_main_ways_may_part_where_no_record_finds_both(first, second):
    assert told(parted(first, second)) == []


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (None, None),
        ({"partner": "company"}, None),
        ({"partner": "company"}, {"partner": ["company", "individual"]}),
        ({"partner": "company"}, {"type": "a"}),
        ({"partner": "company"}, {"partner": {"not": "individual"}}),
        ({"partner": {"filled": True}}, {"partner": {"filled": False}}),
    ],
)
def test_two_main_ways_that_one_record_could_find_are_refused(first, second):
    assert told(parted(first, second)) == ["two main transitions leave proposed: one is meant"]


def demand(**more: Any) -> Change:
    """A further requirement in the gate to active."""

    def change(data: dict[str, Any]) -> None:
        data["requirements"]["more"] = {"clause": "§1.1", **more}
        partnership(data)["transitions"][0]["needs"].append("more")

    return change


def named(**more: Any) -> Change:
    return demand(named={"field": "benefits.id", "kind": "partnership", "in": ["active"], **more})


@pytest.mark.parametrize(
    "change",
    [
        demand(listed={"field": "objectives"}),
        demand(listed={"field": "benefits", "where": {"kind": "a", "to": ["partner"]}, "at-least": 2, "at-most": 9}),
        demand(listed={"field": "activities", "at-least": "$checks", "fresh-for": "P1Y"}),
        named(),
        named(same={"benefits.kind": "type", "name": "name"}, optional=True),
        demand(compare={"field": "reached", "before": "starts"}),
        lambda data: partnership(data)["transitions"][0].update(when={"partner": "company"}),
    ],
)
def test_demands_that_are_right(change):
    assert told(change) == []


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (demand(listed={"field": "objectivs"}), "a partnership under this policy has no field 'objectivs'"),
        (
            demand(listed={"field": "benefits", "where": {"sort": "a"}}),
            "a partnership under this policy has no field 'benefits.sort'",
        ),
        (demand(listed={"field": "benefits", "at-least": "$many"}), "there is no variable 'many' here"),
        (
            named(kind="partnerships"),
            "there is no lifecycle for the kind 'partnerships' here; did you mean partnership?",
        ),
        (named(**{"in": ["actve"]}), "there is no partnership stage 'actve' here; did you mean active?"),
        (named(field="benefits.of"), "a partnership under this policy has no field 'benefits.of'"),
        (named(same={"benefits.sort": "name"}), "a partnership under this policy has no field 'benefits.sort'"),
        (named(same={"name": "title"}), "a partnership under this policy has no field 'title'"),
        (demand(compare={"field": "arrived", "before": "starts"}), "a partnership under this policy has no field 'arrived'"),
        (
            lambda data: partnership(data)["transitions"][0].update(when={"partners": "x"}),
            "a partnership under this policy has no field 'partners'",
        ),
    ],
)  # laid out by hand, to be read at a glance  # fmt: skip
def test_demands_that_name_what_is_not_there(change, message):
    assert told(change) == [message]


def test_a_list_without_a_name_or_a_record_without_a_stage():
    assert "more.listed.field: Field required" in refused(demand(listed={"at-least": 1}))
    assert "more.named.in: " in refused(named(**{"in": []}))
