"""Three versions merged: nothing that only one side changed is lost, whatever the versions."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from partnerkit.policies.merging import merge

LEAF = st.one_of(st.none(), st.booleans(), st.integers(0, 3), st.sampled_from(["a", "b"]), st.just([1]))
TREE = st.recursive(
    LEAF, lambda below: st.dictionaries(st.sampled_from(["k", "l", "m"]), below, max_size=3), max_leaves=8
)
VERSION = st.dictionaries(st.sampled_from(["p", "q", "r"]), TREE, max_size=3)


@given(VERSION, VERSION)
def test_one_side_alone_is_taken_whole(base, new):
    assert merge(base, base, new).data == new
    assert merge(base, new, base).data == new
    assert merge(base, new, new).data == new
    assert not merge(base, base, new).conflicts + merge(base, new, base).conflicts + merge(base, new, new).conflicts


@given(VERSION, VERSION, VERSION)
def test_what_is_contested_stays_as_it_is_here_and_is_named(base, ours, theirs):
    merged = merge(base, ours, theirs)
    flipped = merge(base, theirs, ours)
    assert merged.conflicts == sorted(merged.conflicts, key=merged.conflicts.index)
    assert set(merged.conflicts) == set(flipped.conflicts)
    assert set(merged.taken) == set(flipped.kept)
    if not merged.conflicts:
        assert merged.data == flipped.data
