"""When a condition on a field holds, and how people are told of it."""

from __future__ import annotations

import pytest

from partnerkit.policies.values import Match
from partnerkit.rules.conditions import holds, in_short


@pytest.mark.parametrize(
    ("wanted", "words", "held", "not_held"),
    [
        ("company", "is company", ["company", ["company", "other"]], ["other", None, []]),
        (["a", "b"], "is a or b", ["a", "b"], ["c"]),
        (True, "is true", [True], [False, 1, "true"]),
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
