"""README runs as shown, the generated pages are in step, and every field says what it is."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from partnerkit.kinds.catalogue import KINDS
from partnerkit.kinds.modelled import BaseModel
from partnerkit.kinds.roster import Roster
from partnerkit.kinds.settings import Settings
from partnerkit.policies.policy import Policy
from tests.house import pages, readme
from tests.house.describing import collect


def test_readme_shows_what_its_commands_print() -> None:
    """When this fails: `python -m tests.house.readme` writes what is printed now; read the difference."""
    assert readme.PAGE.read_text(encoding="utf-8") == readme.rendered()


@pytest.mark.parametrize("path", pages.PAGES, ids=lambda path: path.name)
def test_generated_pages_are_what_the_code_says(path: Path) -> None:
    """When this fails: `python -m tests.house.pages`."""
    assert path.read_text(encoding="utf-8") == pages.PAGES[path]()


def test_a_page_that_is_not_in_step_is_named(monkeypatch, capsys) -> None:
    monkeypatch.setattr(pages, "PAGES", {pages.JSON: lambda: "other"})
    assert pages.main(["--check"]) == 1
    assert "docs/json.md is not in step" in capsys.readouterr().out


def _fields() -> Iterator[tuple[str, str | None]]:
    found: dict[str, type[BaseModel]] = {}
    models: list[type[BaseModel]] = [*KINDS.values(), Roster, Settings, Policy]
    for model in models:
        collect(model, found)
    for name, model in found.items():
        for key, info in model.model_fields.items():
            yield f"{name}.{key}", info.description


@pytest.mark.parametrize(("field", "description"), sorted(_fields()))
def test_every_field_says_what_it_is(field: str, description: str | None) -> None:
    assert description, f"{field} has no description"
    assert description.endswith((".", "?")), f"{field}: {description}"
