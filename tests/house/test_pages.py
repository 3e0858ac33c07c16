"""README runs as shown, the generated pages are in step, and every field says what it is."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pydantic import BaseModel

from partnerkit.kinds.catalogue import KINDS
from partnerkit.kinds.roster import Roster
from partnerkit.kinds.settings import Settings
from partnerkit.policies.policy import Policy
from tests.house import pages, readme


def test_readme_shows_what_its_commands_print() -> None:
    """When this fails: `python -m tests.house.readme` writes what is printed now; read the difference."""
    assert readme.PAGE.read_text(encoding="utf-8") == readme.rendered()


def test_policy_language_page_is_what_the_models_say() -> None:
    """When this fails: `python -m tests.house.pages`."""
    assert pages.LANGUAGE.read_text(encoding="utf-8") == pages.language()


def test_json_page_lists_every_placeholder() -> None:
    """When this fails: `python -m tests.house.pages`."""
    assert pages.JSON.read_text(encoding="utf-8") == pages.json_page()


def test_audit_page_lists_every_cheat() -> None:
    """When this fails: `python -m tests.house.pages`."""
    assert pages.AUDIT.read_text(encoding="utf-8") == pages.audit_page()


def _fields() -> Iterator[tuple[str, str | None]]:
    found: dict[str, type[BaseModel]] = {}
    models: list[type[BaseModel]] = [*KINDS.values(), Roster, Settings, Policy]
    for model in models:
        pages._collect(model, found)
    for name, model in found.items():
        for key, info in model.model_fields.items():
            yield f"{name}.{key}", info.description


@pytest.mark.parametrize(("field", "description"), sorted(_fields()))
def test_every_field_says_what_it_is(field: str, description: str | None) -> None:
    assert description, f"{field} has no description"
    assert description.endswith((".", "?")), f"{field}: {description}"
