"""What was kept counts only for what judged it."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import partnerkit

_SAY = "from partnerkit.store.tool import stamp; print(stamp())"


def _stamp(where: Path) -> str:
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
