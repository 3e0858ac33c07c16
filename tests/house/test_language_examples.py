"""The examples in the reference of the policy language say what they are said to, and leave no key out."""

from __future__ import annotations

import re
from typing import Any

import pytest

from partnerkit.conditions import holds
from partnerkit.kinds.modelled import BaseModel
from partnerkit.kinds.twins import adapter
from partnerkit.policies.metric import Mean, Sum, Tally
from partnerkit.policies.policy import Policy
from partnerkit.policies.values import Condition
from partnerkit.store.policy_reading import read_policy_text
from partnerkit.store.yaml.reader import read
from tests.house.describing import collect
from tests.house.exemplify import OWN, TESTS, Example, examples, plain_keys
from tests.house.pages import LANGUAGE

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


def _written(cell: str) -> list[dict[str, Any]]:
    """The blocks in backticks in a cell of a table."""
    documents = [read(f"it: {one}\n".encode(), "cell.yaml")[0] for one in re.findall(r"`([^`]*)`", cell)]
    return [document.data["it"] for document in documents if document is not None]


def _conditions() -> list[tuple[str, ...]]:
    rows = re.findall(r"^\| (`\{.*) \| (`\{.*) \| (`\{.*) \|$", LANGUAGE.read_text(encoding="utf-8"), re.MULTILINE)
    return [tuple(row) for row in rows]


@pytest.mark.parametrize("row", _conditions(), ids=lambda row: row[0])
def test_a_condition_holds_of_what_the_page_says(row):
    [condition] = _written(row[0])
    read_as = adapter(Condition).validate_python(condition)
    assert [holds(read_as, one) for one in _written(row[1])] == [True] * row[1].count("`{")
    assert [holds(read_as, one) for one in _written(row[2])] == [False] * row[2].count("`{")


def test_every_sort_of_condition_is_on_the_page():
    assert len(_conditions()) == 10
