"""What was kept counts only for what judged it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import partnerkit
from partnerkit.store import tool

_SAY = "from partnerkit.store.tool import stamp; print(stamp())"


def _stamp(where: Path | str) -> str:
    said = subprocess.run(
        [sys.executable, "-c", _SAY], env={"PYTHONPATH": str(where)}, capture_output=True, text=True, check=True
    )
    return said.stdout


def test_a_changed_source_is_another_tool(tmp_path: Path) -> None:
    package = tmp_path / "partnerkit"
    shutil.copytree(Path(partnerkit.__file__).parent, package, ignore=shutil.ignore_patterns("__pycache__"))
    first = _stamp(tmp_path)
    assert first == _stamp(tmp_path)
    judge = package / "rules" / "standing.py"
    judge.write_bytes(judge.read_bytes()[:-1] + b"#")  # of the same length
    assert _stamp(tmp_path) != first
    second = _stamp(tmp_path)
    (package / "policies" / "packs" / "another.yaml").write_text("id: x\n", encoding="utf-8")
    assert _stamp(tmp_path) != second


@pytest.mark.parametrize("reader", ["pydantic", "yaml", "jinja2"])
def test_another_reader_is_another_tool(tmp_path: Path, reader: str) -> None:
    source = Path(partnerkit.__file__).parents[1]
    other = tmp_path / reader / "__init__.py"
    other.parent.mkdir()
    other.write_text("", encoding="utf-8")
    assert _stamp(f"{tmp_path}{os.pathsep}{source}") != _stamp(source)


def test_another_python_is_another_tool(monkeypatch: pytest.MonkeyPatch) -> None:
    first = tool.stamp.__wrapped__()
    assert first == tool.stamp.__wrapped__()
    monkeypatch.setattr(sys, "version", "4.0.0")
    assert tool.stamp.__wrapped__() != first
