"""Two versions of a record that grew from one, made one: by what they say."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from partnerkit.rules.reconciled import Contested, Reconciled, reconcile


def merged(base: dict[str, Any], there: dict[str, Any], here: dict[str, Any]) -> Reconciled:
    """The two made one; neither of them is touched, nor shares a part with what came of it."""
    given = copy.deepcopy((base, there, here))
    found = reconcile(base, there, here)
    assert (base, there, here) == given
    _spoil(found.data)
    _spoil(found.entries)
    for one in found.contested:
        _spoil(one.there)
        _spoil(one.here)
    assert (base, there, here) == given
    return reconcile(base, there, here)


def _spoil(value: Any) -> None:
    """Put something into every list and block."""
    for part in list(value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()):
        _spoil(part)
    if isinstance(value, dict):
        value["spoilt"] = True
    elif isinstance(value, list):
        value.append("spoilt")


GONE: Any = object()


def field(value: Any) -> dict[str, Any]:
    return {"kept": 1} if value is GONE else {"kept": 1, "field": value}


@pytest.mark.parametrize("other", [False, True])
@pytest.mark.parametrize(
    ("base", "changed", "left"),
    [
        (1, 1, 1),
        (1, 2, 1),
        (GONE, 2, GONE),
        (1, GONE, 1),
        ({"a": 1}, {"a": {"b": [1]}}, {"a": 1}),
        ([1], [1, 2], [1]),
        (GONE, [{"id": "x", "n": [1]}], GONE),
    ],
)
def test_what_one_side_alone_changed_is_taken(base, changed, left, other):
    there, here = (changed, left) if other else (left, changed)
    assert merged(field(base), field(there), field(here)) == Reconciled(field(changed))


@pytest.mark.parametrize("both", [2, GONE, {"a": 2}, ["a"], "e\u0301"])
def test_what_both_sides_changed_alike_is_there_once(both):
    assert merged(field(1), field(both), field(both)) == Reconciled(field(both))


def test_letters_composed_otherwise_and_keys_in_another_order_are_alike():
    found = merged(field({"a": "x", "b": 1}), field({"a": "e\u0301", "b": 1}), field({"b": 1, "a": "\u00e9"}))
    assert found == Reconciled(field({"a": "e\u0301", "b": 1}))


@pytest.mark.parametrize(
    ("base", "there", "here"),
    [
        (1, 2, 3),
        (GONE, 2, 3),
        (1, GONE, 3),
        (1, 2, GONE),
        ({"a": 1}, 2, {"a": 2}),
        ({"a": 1}, {"a": 2}, [1]),
        ({"a": 1}, [1], {"a": 2}),
        ([1], {"a": 1}, [2]),
        ([1], [2], {"a": [1]}),
        ([1], [2], [3]),
        ({"a": 1}, {"a": 2}, GONE),
        (True, 1, 0),
        ({"a": 1}, {"a": {"b": [1]}}, [{"c": [1]}]),
    ],
)
def test_what_both_sides_changed_in_their_own_way_stays_as_it_is_there(base, there, here):
    sides = (None if one is GONE else one for one in (there, here))
    assert merged(field(base), field(there), field(here)) == Reconciled(field(there), [], [Contested("field", *sides)])


def test_blocks_are_merged_key_by_key():
    base = {"a": {"same": 1, "there": 1, "here": 1, "gone": 1, "both": 1, "deep": {"x": 1, "y": 1}}}
    there = {"a": {"same": 1, "there": 2, "here": 1, "gone": 1, "both": 2, "deep": {"x": 2, "y": 1}, "new": 1}}
    here = {"a": {"same": 1, "there": 1, "here": 2, "both": 3, "deep": {"x": 3, "y": 2}, "more": 1}}
    found = merged(base, there, here)
    expected = {"same": 1, "there": 2, "here": 2, "both": 2, "deep": {"x": 2, "y": 2}, "new": 1, "more": 1}
    assert found == Reconciled({"a": expected}, [], [Contested("a.both", 2, 3), Contested("a.deep.x", 2, 3)])
    assert list(found.data["a"]) == ["same", "there", "here", "both", "deep", "new", "more"]


def test_blocks_that_both_sides_added_are_merged_too():
    assert merged({}, {"a": {"x": 1}}, {"a": {"y": 1}}) == Reconciled({"a": {"x": 1, "y": 1}})
    assert merged({"a": 1}, {"a": {"x": 1}}, {"a": {"y": 1}}) == Reconciled({"a": {"x": 1, "y": 1}})


@pytest.mark.parametrize("mine", [{"emails": ["b"]}, {"emails": ["a"], "keys": ["k"]}, {"keys": ["k"]}])
def test_a_named_part_that_both_sides_made_is_not_made_one(mine):
    """Two people under one id are not one person with both addresses."""
    there, here = {"people": {"p-kim": {"emails": ["a"]}}}, {"people": {"p-kim": mine, "p-omar": {"emails": ["o"]}}}
    both = {"people": there["people"] | {"p-omar": {"emails": ["o"]}}}
    found = merged({"people": {}}, there, here)
    assert found == Reconciled(both, [], [Contested("people.p-kim", {"emails": ["a"]}, mine)])


def test_keys_keep_the_order_that_they_have_there():
    found = merged({"b": 1}, {"c": 1, "b": 1, "stage": "x", "a": 1}, {"b": 2, "d": 1, "stage": "y"})
    assert list(found.data.items()) == [("c", 1), ("b", 2), ("stage", "x"), ("a", 1), ("d", 1)]


def test_a_key_that_is_no_text_has_a_path_all_the_same():
    assert merged({1: 1}, {1: 2}, {1: 3}).contested == [Contested("1", 2, 3)]  # type: ignore[dict-item]  # keys of any type come out of YAML


@pytest.mark.parametrize(
    ("base", "there", "here"),
    [
        ([1], [1, 2], [1, 3]),
        ([1, 2, 3], [1, 2], [2, 3]),
        ([1, 2], [2], [1, 2, 3]),
        ([], [{"n": 1}], [{"n": 2}]),
        (GONE, [{"n": 1}], [{"n": 2}]),
        (1, ["x"], ["y"]),
        ([1, 2], [3, 2], [1, 4]),
        ([{"id": "a"}, "x"], [{"id": "a"}, "x", "y"], [{"id": "a"}, "x", "z"]),
        ([], [{"id": 1}], [{"id": 2}]),
        ([], [{"id": "a"}, {"id": "a"}], [{"id": "a"}, {"id": "b"}]),
        ([{"id": "a"}], [{"id": "b"}], [{"id": "c"}]),
        ([{"id": "a"}, {"id": "b"}], [{"id": "a"}], [{"id": "b"}]),
    ],
)
def test_a_list_that_both_sides_set_is_not_made_of_both(base, there, here):
    """Nobody wrote the list that holds what both wrote; only items with their own ids are added one by one."""
    assert merged(field(base), field(there), field(here)) == Reconciled(
        field(there), [], [Contested("field", there, here)]
    )


@pytest.mark.parametrize(
    ("base", "there", "here", "expected"),
    [
        ([], ["x"], ["x", "y"], ["x", "y"]),
        ([], ["x"], ["y"], ["x", "y"]),
        (["x"], ["x", "y"], ["x", "z"], ["x", "y", "z"]),
        (["x"], ["y"], ["x", "z"], ["y", "z"]),
        (["x"], ["x", "y"], ["z"], ["y", "z"]),
    ],
)
def test_items_with_ids_are_added_and_taken_out(base, there, here, expected):
    lists = [[item(one) for one in ids] for ids in (base, there, here, expected)]
    assert merged(*(field(one) for one in lists[:3])) == Reconciled(field(lists[3]))


@pytest.mark.parametrize(
    ("base", "there", "here", "expected"),
    [
        ([1], [1, 2], [1, 3], [1, 2, 3]),
        ([1], [2, 1], [3, 1], [2, 1, 3]),
        ([], [1], [2], [1, 2]),
        ([1, 2], [1, 2, 3], [2], [2, 3]),
        ([1, 2], [2], [1, 2, 3], [2, 3]),
        ([1], [1, 2, 2], [1, 2], [1, 2, 2]),
        ([1], [1, 2], [1, 2, 2], [1, 2, 2]),
        ([1, 1, 2], [1, 1, 2, 3], [1, 2], [1, 2, 3]),
        ([1], [1, 5], [1, 4, 1, 4], [1, 5, 4, 1, 4]),
        ([1, 2], [1, 2, 1], [2], [1, 2]),
        ([1, 2], [3, 2], [1, 2, 4], [3, 2, 4]),
    ],
)
def test_lines_of_a_log_are_added_and_taken_out(base, there, here, expected):
    logs = [[{"on": day, "n": [1]} for day in days] for days in (base, there, here, expected)]
    assert merged(*({"a": one} for one in logs[:3])) == Reconciled({"a": logs[3]})


@pytest.mark.parametrize(("there", "here"), [([3, 2], [4, 2]), ([3, 2], [1, 4]), ([2], [1])])
def test_a_log_from_which_both_took_lines_is_contested(there, here):
    logs = [[{"on": day} for day in days] for days in ([1, 2], there, here)]
    found = merged(*({"a": one} for one in logs))
    assert found == Reconciled({"a": logs[1]}, [], [Contested("a", logs[1], logs[2])])


def item(id_: str, **more: Any) -> dict[str, Any]:
    return {"id": id_, **more}


def test_items_with_ids_are_merged_one_by_one():
    base = {"a": [item("x", n=1), item("y", n=1, m=1), item("gone"), item("also")]}
    there = {"a": [item("new"), item("y", n=2, m=1), item("x", n=1), item("also")]}
    here = {"a": [item("x", n=2), item("y", n=3, m=2), item("gone"), item("also"), item("more")]}
    found = merged(base, there, here)
    expected = [item("new"), item("y", n=2, m=2), item("x", n=2), item("also"), item("more")]
    assert found == Reconciled({"a": expected}, [], [Contested("a.y.n", 2, 3)])


def entry(id_: str, to: str = "active") -> dict[str, Any]:
    return {"id": id_, "to": to, "seal": {"gate": "g"}}


FIRST, SECOND, THIRD = entry("1", "proposed"), entry("2"), entry("3", "ended")


@pytest.mark.parametrize(
    ("base", "there", "here", "made"),
    [
        ([FIRST], [FIRST], [FIRST], []),
        ([FIRST], [FIRST, SECOND], [FIRST, THIRD], [THIRD]),
        ([FIRST], [FIRST, SECOND], [FIRST, SECOND, THIRD], [THIRD]),
        ([FIRST], [FIRST], [FIRST, SECOND, THIRD], [SECOND, THIRD]),
        ([], [], [FIRST], [FIRST]),
    ],
)
def test_entries_made_here_follow_those_there(base, there, here, made):
    versions = [{"stage": one[-1]["to"] if one else "x", "history": one} for one in (base, there, here)]
    found = merged(*versions)
    assert found == Reconciled(versions[1], made)


def test_a_history_that_was_rewritten_here_is_contested():
    there = {"history": [FIRST, SECOND]}
    found = merged({"history": [FIRST]}, there, {"history": [entry("1", "other"), THIRD]})
    assert found == Reconciled(there, [], [Contested("history", None, None)])
    assert merged({"history": [FIRST, SECOND]}, there, {"history": [FIRST]}).contested == found.contested


def test_a_file_without_a_history_is_merged_as_well():
    assert merged({"a": 1}, {"a": 1, "b": 1}, {"a": 2}) == Reconciled({"a": 2, "b": 1})
    assert merged({"history": None}, {"history": None}, {"history": None}) == Reconciled({"history": None})
