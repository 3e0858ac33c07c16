"""docs/ci.md and docs/editor.md: every command in them is run, and prints what the page shows."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
import yaml

from tests.place import Place

DOCS = Path(__file__).parents[2] / "docs"
ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("page", ["ci.md", "editor.md"])
def test_every_command_prints_what_the_page_shows(place: Place, page: str) -> None:
    place.do("new", "partnership", "Acme", "type=cloud-providers")
    text = (DOCS / page).read_text(encoding="utf-8")
    blocks = re.findall(r"^```console\n(.*?)^```$", text, re.DOTALL | re.MULTILINE)
    assert len(blocks) >= 4
    for block in blocks:
        command, _, shown = block.partition("\n")
        assert place.do(*shlex.split(command.removeprefix("$ partnerkit "))).out.rstrip() == shown.rstrip(), command
    for line in re.findall(r"^ {4}partnerkit (.*)$", text, re.MULTILINE):
        assert place.do(*shlex.split(line)).out.startswith("format: 1\nkind: partnership\n")


def test_the_page_names_the_hooks_and_inputs_that_there_are() -> None:
    text = (DOCS / "ci.md").read_text(encoding="utf-8")
    hooks = [one["id"] for one in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))]
    assert re.findall(r"- id: (\S+)", text) == hooks
    inputs = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))["inputs"]
    assert [name for name in inputs if f"`{name}`" not in text] == []
