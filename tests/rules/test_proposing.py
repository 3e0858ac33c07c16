"""Which case can amend its policy, and the lines that put a change before it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from partnerkit.policies.policy import Policy
from partnerkit.register import RecordFile
from partnerkit.rules.proposing import is_amendment, proposing, proposing_any
from tests.policies.packs import small
from tests.rules.bench import policy, register, world

BY_CASE = {"clause": "§1", "case": "amendment", "in": ["decided"]}


def case(**fields: Any) -> RecordFile:
    found = register(world(policy(reason=True))).records["subject"]
    data = {"kind": "case", "of": "SMALL", "policy": "SMALL", "type": "amendment", **fields}
    model = found.model.model_copy(update={"kind": data["kind"], "policy": data["policy"]})
    return replace(found, data=data, model=model)


@pytest.mark.parametrize(
    ("fields", "amends"),
    [
        ({}, True),
        ({"kind": "review"}, False),
        ({"of": "ANOTHER"}, False),
        ({"policy": "ANOTHER"}, False),
        ({"type": "crisis"}, False),
        ({"type": None}, False),
    ],
)
def test_a_case_of_the_type_that_is_about_the_policy_and_under_it_amends_it(fields, amends):
    assert is_amendment(Policy.model_validate(small() | {"amended-by": BY_CASE}), case(**fields)) == amends
    assert not is_amendment(Policy.model_validate(small()), case(**fields))


def with_values(**values: Any) -> Policy:
    data = small()
    for name, value in values.items():
        data["variables"][name]["value"] = value
    return Policy.model_validate(data)


def test_the_lines_that_put_a_change_before_a_case():
    file = "partnerkit policy amend change-1 --from <file>"
    value = "partnerkit policy set SMALL {}=<value> --seen <seen> --amendment change-1"
    assert proposing("change-1") == file
    assert proposing_any(with_values(), "change-1") == f"{file} or {value.format('checks')}"
    assert proposing_any(with_values(checks=3), "change-1") == f"{file} or {value.format('decider')}"
    assert proposing_any(with_values(checks=3, decider="board"), "change-1") == f"{file} or {value.format('checks')}"
    none = with_values().model_copy(update={"variables": {}})
    assert proposing_any(none, "change-1") == file
