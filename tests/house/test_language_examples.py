"""The examples in the reference of the policy language say what they are said to, and leave no key out."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import BaseModel

from partnerkit.policies.metric import Mean, Sum, Tally
from partnerkit.policies.policy import Policy
from partnerkit.store.rule_files import read_policy_text
from partnerkit.store.yaml.reader import read
from tests.house.describing import collect
from tests.house.exemplify import OWN, TESTS, Example, examples, plain_keys

#: A policy that needs it would need everything about matching.
NOWHERE = {"Measured": {"weight"}}


@pytest.fixture(scope="module")
def shown() -> dict[str, list[Example]]:
    return examples()


def test_every_example_is_read_as_what_stands_in_the_policy(shown):
    for every in shown.values():
        for one in every:
            document, problems = read(one.text.encode(), "example.yaml")
            assert document is not None, one.text
            assert problems == []
            data: Any = document.data
            for key in one.path:
                data = data[0] if key == "-" else data[key]
            assert data == one.value


def test_every_key_of_the_language_has_an_example(shown):
    models: dict[str, type[BaseModel]] = {}
    collect(Policy, models)
    tally = {info.alias or name for name, info in Tally.model_fields.items()}
    for name, model in models.items():
        elsewhere = NOWHERE.get(name, set()) | (tally if model in {Sum, Mean} else set())
        assert plain_keys(model) - {key for one in shown[name] for key in one.value} <= elsewhere, name


@pytest.mark.parametrize("name", OWN)
def test_a_policy_from_which_examples_come_is_one(name: str) -> None:
    """`read_policy_text` refuses any other, and says why."""
    assert read_policy_text((TESTS / name).read_text(encoding="utf-8"), name).policy.lifecycles
