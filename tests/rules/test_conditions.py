"""When a condition on a field holds, and how people are told of it."""

from __future__ import annotations

import pytest

from partnerkit.conditions import holds
from partnerkit.policies.lifecycle import Transition
from partnerkit.policies.values import Match
from partnerkit.rules.conditions import in_short, open_to, satisfying


@pytest.mark.parametrize(
    ("wanted", "words", "held", "not_held"),
    [
        ("company", "is company", ["company", ["company", "other"]], ["other", None, []]),
        (["a", "b"], "is a or b", ["a", "b"], ["c"]),
        (True, "is true", [True], [False, 1, "true"]),
        ("Berlin", "is Berlin", ["Berlin"], ["berlin"]),
        (Match(filled=True), "is filled", ["x", [1]], ["", " ", None, []]),
        (Match(filled=False), "is empty", ["", None, []], ["x"]),
        (Match.model_validate({"is": "a"}), "is a", ["a"], ["b", None]),
        (Match.model_validate({"not": ["a", "b"]}), "is not a or b", ["c", None], ["a", ["c", "b"]]),
        (Match.model_validate({"filled": True, "not": "a"}), "is filled and is not a", ["c"], ["a", "", None]),
        (Match.model_validate({"is": ["a", "b"], "not": "b"}), "is a or b and is not b", ["a"], ["b", "c", ["a", "b"]]),
    ],
)
def test_a_condition_holds_and_is_said(wanted, words, held, not_held):
    assert in_short({"field": wanted}) == f"field {words}"
    for value in held:
        assert holds({"field": wanted}, {"field": value})
    for value in not_held:
        assert not holds({"field": wanted}, {"field": value})


def test_several_conditions_hold_together():
    both = {"kind": ["a", "b"], "part.size": 3}
    assert in_short(both) == "kind is a or b, part.size is 3"
    assert holds(both, {"kind": "b", "part": {"size": 3}})
    assert not holds(both, {"kind": "b", "part": {"size": 4}})
    assert not holds(both, {"kind": "c", "part": {"size": 3}})


def test_a_way_is_open_to_the_records_that_are_as_it_says():
    way = {"from": "a", "to": "b", "when": {"kind": "c"}}
    assert open_to(Transition.model_validate(way), {"kind": "c"})
    assert not open_to(Transition.model_validate(way), {"kind": "d"})
    del way["when"]
    assert open_to(Transition.model_validate(way), {"kind": "d"})


def test_a_value_that_satisfies_each_condition_where_it_names_one():
    wanted = {
        "one": "Company",
        "several": ["b", "a"],
        "yes": True,
        "no": Match.model_validate({"is": False}),
        "either": Match.model_validate({"is": ["c", "d"]}),
        "number": 3,
        "not": Match.model_validate({"not": "a"}),
        "filled": Match(filled=True),
    }
    assert satisfying(wanted) == {
        "one": "Company",
        "several": "b",
        "yes": "true",
        "no": "false",
        "either": "c",
        "number": "3",
    }
