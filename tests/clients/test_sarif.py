"""Microsoft's SARIF Multitool, which knows more of SARIF than its schema says, finds nothing wrong in our reports."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import At
from tests.place import Place
from tests.story import ACME

#: What is no mistake: a page about partnerkit, which has no address of its own.
_ADVICE = {"SARIF2005"}


def _multitool() -> str:
    """The program, one file that needs nothing else; npm runs no script of its package, which would make it one."""
    packages = Path(os.environ["PARTNERKIT_CLIENTS"]) / "node_modules" / "@microsoft"
    found = packages / f"sarif-multitool-{sys.platform}" / "Sarif.Multitool"
    if not found.exists():
        pytest.skip("SARIF Multitool could not be installed, or is not made for this machine")
    found.chmod(0o755)
    return str(found)


def _said(report: Path) -> set[str]:
    """The rules of SARIF that a report breaks."""
    out = report.with_suffix(".validated")
    words = [_multitool(), "validate", str(report), "--output", str(out), "--log", "ForceOverwrite"]
    env = os.environ | {"DOTNET_SYSTEM_GLOBALIZATION_INVARIANT": "1"}
    ended = subprocess.run(words, env=env, capture_output=True, text=True, check=False)
    assert out.exists(), ended.stdout + ended.stderr
    runs: list[dict[str, Any]] = json.loads(out.read_text(encoding="utf-8"))["runs"]
    return {one["ruleId"] for run in runs for one in run.get("results", [])}


@pytest.fixture
def cheated(at: At) -> Place:
    place = at("assessment")
    place.edit(ACME, "stage: assessment", "stage: active")
    place.git("commit", "-qam", "by hand")
    place.edit(ACME, "name: Acme", "nmae: <b>Acme</b>")
    return place


@pytest.mark.parametrize("command", ["check", "audit"])
def test_a_report_is_right(cheated: Place, tmp_path: Path, command: str) -> None:
    report = tmp_path / "report.sarif"
    said = cheated.run(command, "--format", "sarif")
    assert said.code == 1
    assert json.loads(said.out)["runs"][0]["results"]
    report.write_text(said.out, encoding="utf-8")
    assert _said(report) <= _ADVICE


def test_it_would_find_a_slip(cheated: Place, tmp_path: Path) -> None:
    """Which the schema alone does not see: a result that names another rule than it points at."""
    report = tmp_path / "report.sarif"
    told = cheated.run("check", "--format", "sarif").json
    told["runs"][0]["results"][0]["ruleIndex"] = 9999
    report.write_text(json.dumps(told), encoding="utf-8")
    assert _said(report) - _ADVICE
