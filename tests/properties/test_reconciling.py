"""Two versions that grew from one made one: the same whichever side is here, and nothing that either said is lost."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from partnerkit.kinds.canonical import canonical
from partnerkit.rules.reconciled import reconcile

LEAF = st.one_of(st.booleans(), st.integers(0, 3), st.sampled_from(["a", "b"]))
ITEM = st.fixed_dictionaries({"id": st.sampled_from(["i1", "i2", "i3"])}, optional={"t": LEAF, "u": LEAF})
NAMED = st.lists(ITEM, max_size=3, unique_by=lambda item: item["id"])
PLAIN = st.lists(st.one_of(LEAF, st.fixed_dictionaries({"by": st.integers(1, 3), "says": LEAF})), max_size=4)
VALUE = st.recursive(
    st.one_of(LEAF, NAMED, PLAIN),
    lambda below: st.dictionaries(st.sampled_from(["k", "l", "m"]), below, max_size=3),
    max_leaves=8,
)
VERSION = st.dictionaries(st.sampled_from(["p", "q", "r"]), VALUE, max_size=3)
STATEMENTS = st.lists(
    st.fixed_dictionaries({"id": st.sampled_from([f"a-{n}" for n in range(9)]), "by": st.just("p-rosa")}),
    max_size=6,
    unique_by=lambda said: said["id"],
)


def unordered(value: Any) -> Any:
    """A value in which the order of lists does not count: it is the order of landing."""
    if isinstance(value, dict):
        return {key: unordered(part) for key, part in value.items()}
    if isinstance(value, list):
        return sorted((unordered(item) for item in value), key=canonical)
    return value


@given(VERSION, VERSION)
def test_what_one_side_alone_changed_is_taken_and_identical_changes_merge_to_one(base, new):
    for found in (reconcile(base, base, new), reconcile(base, new, base), reconcile(base, new, new)):
        assert canonical(found.data) == canonical(new)
        assert not found.contested


@given(VERSION, VERSION, VERSION)
def test_it_is_the_same_whichever_side_is_here(base, one, other):
    found, flipped = reconcile(base, one, other), reconcile(base, other, one)
    assert {(x.path, canonical(x.there), canonical(x.here)) for x in found.contested} == {
        (x.path, canonical(x.here), canonical(x.there)) for x in flipped.contested
    }
    if not found.contested:
        assert unordered(found.data) == unordered(flipped.data)


LINES = st.lists(st.fixed_dictionaries({"on": st.integers(1, 3), "says": LEAF}), max_size=4)


@given(LINES, LINES, LINES)
def test_a_log_holds_what_either_side_added_and_not_what_one_took_out(base, there, here):
    found = reconcile({"log": base}, {"log": there}, {"log": here})
    texts = [[canonical(item) for item in one] for one in (base, there, here)]
    if found.contested:
        assert all(any(one.count(item) < texts[0].count(item) for item in texts[0]) for one in texts[1:])
        return
    merged = [canonical(item) for item in found.data["log"]]
    for item in {*texts[0], *texts[1], *texts[2], *merged}:
        before, sides = texts[0].count(item), [one.count(item) for one in texts[1:]]
        most, least = max(before, *sides), min(before, *sides)
        assert merged.count(item) == before + (most - before) - (before - least)


@given(PLAIN, PLAIN, PLAIN)
def test_a_list_without_ids_is_one_that_somebody_wrote(base, there, here):
    found = reconcile({"log": base}, {"log": there}, {"log": here})
    texts = [canonical(one) for one in (base, there, here)]
    assert canonical(found.data["log"]) in texts[1:]
    assert bool(found.contested) == (len({*texts}) == len(texts))


@given(STATEMENTS, STATEMENTS, STATEMENTS)
def test_every_statement_and_every_withdrawal_of_either_side_is_there(base, there, here):
    def grown(new: list[dict[str, Any]], reason: str) -> list[dict[str, Any]]:
        known = {said["id"] for said in base}
        taken = [{**base[0], "withdrawn": {"reason": reason}}, *base[1:]] if base and reason else base
        return [*taken, *(said for said in new if said["id"] not in known)]

    sides = grown(there, "wrong paper"), grown(here, "")
    found = reconcile({"approvals": base}, {"approvals": sides[0]}, {"approvals": sides[1]})
    assert not found.contested
    assert {said["id"] for said in found.data["approvals"]} == {said["id"] for side in sides for said in side}
    assert all("withdrawn" in said for said in found.data["approvals"] if base and said["id"] == base[0]["id"])


@given(VERSION, VERSION, VERSION)
def test_what_is_contested_is_named_with_what_both_say(base, there, here):
    for one in reconcile(base, there, here).contested:
        assert one.path
        assert canonical(one.there) != canonical(one.here)


ENTRIES = st.lists(st.sampled_from("0123456789abcdef"), unique=True, max_size=6).map(
    lambda ids: [{"id": one, "to": f"stage-{one}"} for one in ids]
)


@given(ENTRIES, ENTRIES, ENTRIES)
def test_the_history_is_the_one_there_and_what_was_made_here_waits_to_be_made_again(base, there, here):
    known = {entry["id"] for entry in base}
    histories = [[*base, *(entry for entry in new if entry["id"] not in known)] for new in (there, here)]
    stages = [{"history": history, "stage": history[-1]["to"] if history else "new"} for history in histories]
    found = reconcile({"history": base, "stage": "new"}, stages[0], stages[1])
    assert found.data == stages[0]
    assert [one["id"] for one in found.entries] == [one["id"] for one in histories[1] if one not in histories[0]]


def test_a_history_that_was_rewritten_here_is_contested():
    base = {"history": [{"id": "1"}, {"id": "2"}]}
    found = reconcile(base, base, {"history": [{"id": "2"}]})
    assert [one.path for one in found.contested] == ["history"]
