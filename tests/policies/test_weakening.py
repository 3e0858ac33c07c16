"""What a new version of a policy demands less is said in words, whatever it is that was loosened."""

from __future__ import annotations

import copy

import pytest

from partnerkit.policies.policy import Policy
from partnerkit.policies.weakening import weakened
from tests.policies.packs import pack_data

DECISION, DILIGENCE = "final-decision", "due-diligence"


def changed(requirement, key, value):
    """The policy with one key of one demand set; taken out where the value is None."""
    data = copy.deepcopy(pack_data("OPS-05-03"))
    demand = data["requirements"][requirement]
    *above, last = key.split(".")
    for part in above:
        demand = demand[part]
    if value is None:
        demand.pop(last, None)
    else:
        demand[last] = value
    return Policy.model_validate(data)


@pytest.mark.parametrize(
    ("requirement", "key", "strict", "loose", "told"),
    [
        (DECISION, "approval.assurance", "signed-statement", None, "assurance from signed-statement to nothing"),
        (DECISION, "approval.at-least", 3, 2, "at-least from 3 to 2"),
        (DECISION, "approval.role", "core-team", "partnership-manager", "role from core-team to partnership-manager"),
        (DILIGENCE, "evidence.fresh-for", "P3M", "P1Y", "fresh-for from P3M to P1Y"),
        (DILIGENCE, "evidence.with-digest", True, None, "with-digest from true to false"),
        (DILIGENCE, "advisory", None, True, "only warns"),
        (DILIGENCE, "waivable", None, {"by": "core-team"}, "may be waived by core-team"),
    ],
)
def test_each_loosening_is_told_and_its_opposite_is_none(requirement, key, strict, loose, told):
    before, after = changed(requirement, key, strict), changed(requirement, key, loose)
    assert any(told in one for one in weakened(before, after)), weakened(before, after)
    assert weakened(before, before) == []
    if key != "approval.role":
        assert not any("demands less" in one or "only warns" in one for one in weakened(after, before))


def test_what_must_be_decided_before_the_policy_changes_is_told():
    word = {"clause": "§9.2.2", "case": "crisis", "in": ["closed"]}

    def amended(by):
        data = pack_data("OPS-05-03")
        return Policy.model_validate({**data, "amended-by": by} if by is not None else data)

    free, bound = amended(None), amended(word)
    assert weakened(bound, free) == ["§9.2.2 (amended-by) is gone: its file may change without a case that decides it"]
    assert (weakened(free, bound), weakened(bound, bound)) == ([], [])
    assert weakened(bound, amended({**word, "in": ["closed", "unfounded"]})) == [
        "§9.2.2 (amended-by) lets more through: in also unfounded"
    ]
    assert weakened(bound, amended({**word, "case": "breach"})) == [
        "§9.2.2 (amended-by) demands something else: case from crisis to breach"
    ]
