"""The programs that are asked, where they could be installed."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

Asked = Callable[..., "subprocess.CompletedProcess[str]"]


def program(name: str) -> str:
    """Where a program lies that pip installed; the test is skipped where it does not."""
    found = Path(os.environ["PARTNERKIT_CLIENTS"]) / "env" / "bin" / name
    if not found.exists():
        pytest.skip(f"{name} could not be installed")
    return str(found)


def of_node(path: str) -> list[str]:
    """The words that run a program of npm; the test is skipped where it is not there."""
    found = Path(os.environ["PARTNERKIT_CLIENTS"]) / "node_modules" / path
    node = shutil.which("node")
    if node is None or not found.exists():
        pytest.skip(f"{path.partition('/')[0]} needs node, which is not on this machine, or could not be installed")
    return [node, str(found)]


def ask(*words: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(words, cwd=cwd, capture_output=True, text=True, check=False)
