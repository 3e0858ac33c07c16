"""The model of a kind is made once for all versions of a policy that say the same of the kind, in the same order."""

from __future__ import annotations

from typing import Any

import pytest

from partnerkit.policies.policy import Policy
from partnerkit.policies.shapes import model_for
from tests.policies.packs import small

FIELDS: dict[str, dict[str, Any]] = {
    "one": {"type": "choice", "clause": "§1", "title": "One", "choices": ["a", "b"]},
    "two": {"type": "text", "clause": "§1", "title": "Two"},
}


def version(**parts):
    return Policy.model_validate({**small(), "fields": {"partnership": FIELDS}, **parts})


def stages(*names):
    cycle = small()["lifecycles"]["partnership"]
    return {"partnership": {**cycle, "stages": {**cycle["stages"], **{name: {"title": name} for name in names}}}}


def turned(mapping):
    return dict(reversed(mapping.items()))


def test_what_says_the_same_of_a_kind_has_the_same_model():
    assert model_for(version(), "partnership") is model_for(version(title="Another"), "partnership")
    assert model_for(version(), "partnership") is model_for(
        version(requirements=turned(small()["requirements"])), "partnership"
    )


@pytest.mark.parametrize(
    "other",
    [
        {"policy": "OTHER"},
        {"lifecycles": stages("more")},
        {"fields": {"partnership": turned(FIELDS)}},
        {"fields": {"partnership": {**FIELDS, "one": {**FIELDS["one"], "choices": ["b", "a"]}}}},
        {"fields": {"partnership": {**FIELDS, "two": {**FIELDS["two"], "title": "Too"}}}},
        {"taxonomy": {"tech": {"title": "Tech", "clause": "§1", "leaves": ["cloud"]}}},
    ],
    ids=lambda other: next(iter(other)),
)
def test_what_says_anything_else_of_it_has_another(other):
    assert model_for(version(), "partnership") is not model_for(version(**other), "partnership")
