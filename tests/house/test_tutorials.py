"""Every tutorial shows what its commands print."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.house import tutorials
from tests.journeys.telling import pasteable

#: Those that show nothing that is printed, too.
READ = (*tutorials.PAGES, "design", "threats")


@pytest.mark.parametrize("page", tutorials.PAGES)
def test_a_tutorial_shows_what_its_commands_print(page: str, demo: Path) -> None:
    """When this fails: `python -m tests.house.tutorials` writes what is printed now; read the difference."""
    assert (tutorials.DOCS / f"{page}.md").read_text(encoding="utf-8") == tutorials.rendered(page, demo)


@pytest.mark.parametrize("page", READ)
def test_every_command_of_a_tutorial_parses(page: str) -> None:
    """Those that stand in the text and are not run, too."""
    text = (tutorials.DOCS / f"{page}.md").read_text(encoding="utf-8")
    lines = re.findall(r"^ {4,}(partnerkit .*)$|^\| [^|]* \| `(partnerkit [^`]*)` \|", text, re.MULTILINE)
    every = ["".join(found).partition(" > ")[0] for found in lines]
    assert [line for line in every if not pasteable(line)] == []


@pytest.mark.parametrize("page", READ)
def test_what_a_tutorial_links_to_is_there(page: str) -> None:
    text = (tutorials.DOCS / f"{page}.md").read_text(encoding="utf-8")
    links = [link.partition("#")[0] for link in re.findall(r"\]\(([^)]+)\)", text) if not link.startswith("http")]
    assert [link for link in links if link and not (tutorials.DOCS / link).exists()] == []
