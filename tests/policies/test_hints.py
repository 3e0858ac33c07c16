"""What a field is to hold, in a few words."""

from __future__ import annotations

import pytest

from partnerkit.policies.hints import hint, with_hint
from partnerkit.policies.lists import asked_for
from partnerkit.policies.policy import Policy
from tests.policies.packs import pack, pack_data


@pytest.mark.parametrize(
    ("kind", "path", "words"),
    [
        ("review", "conclusion", "continue, adjust or end"),
        ("agreement", "starts", "a day"),
        ("agreement", "objectives", "a list of {id, text, supports}"),
        ("agreement", "terms.confidentiality", "{status: included or not-applicable, where, reason}"),
        ("partnership", "roles.partnership-manager", "the id of a person"),
        ("partnership", "exit-strategy", None),
        ("partnership", "nowhere", None),
        ("agreement", "milestones.due", "a day"),
    ],
)
def test_the_shape_of_a_field(kind, path, words):
    assert hint(pack("OPS-05-03"), kind, path) == words


def test_of_many_choices_some_are_told():
    assert with_hint(pack("OPS-05-03"), "partnership", "type").endswith("… (28 choices))")


def test_what_a_new_line_of_a_list_must_say():
    ops = pack("OPS-05-03")
    assert asked_for(ops, "partnership", "objectives") == ["text"]
    assert asked_for(ops, "agreement", "commitments") == ["by", "text"]
    assert asked_for(ops, "risk", "assessments") == ["likelihood", "impact", "why"]
    assert asked_for(ops, "agreement", "starts") is None


def test_choices_keep_the_order_of_their_own_policy():
    """Two policies with the same choices in another order, in one process: `typing` alone would mix them up."""
    for order in (["box", "delta", "sled"], ["sled", "box", "delta"]):
        data = pack_data("OPS-05-03")
        field = {"type": "choice", "clause": "§1.2", "title": "Which kite.", "choices": order}
        data["fields"]["partnership"]["kite"] = field
        words = hint(Policy.model_validate(data), "partnership", "kite")
        assert words == f"{order[0]}, {order[1]} or {order[2]}"
