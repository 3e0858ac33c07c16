"""The programs that are asked, where they could be installed."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling

Asked = Callable[..., "subprocess.CompletedProcess[str]"]
Office = Callable[..., Path]


class Together(LoadScopeScheduling):  # type: ignore[misc] # xdist tells no types
    """Tests for which the same editor or runner of hooks is begun run in one process; every other one where there is room."""

    def _split_scope(self, nodeid: str) -> str:
        path, _, test = nodeid.partition("::")
        shared = {"test_editor.py": path, "test_hooks.py": test.partition("[")[2]}
        return shared.get(Path(path).name, nodeid)


def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> Together:
    return Together(config, log)


@pytest.fixture(scope="session")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """LibreOffice of this machine, which makes another file of one; what it keeps of itself it makes once."""
    found = shutil.which("soffice") or shutil.which("libreoffice")
    if found is None:
        pytest.skip("LibreOffice is not on this machine")
    profile = f"-env:UserInstallation=file://{tmp_path_factory.mktemp('office')}/profile"

    def convert(file: Path, form: str, *words: str) -> Path:
        made = file.with_suffix(f".{form}")
        made.unlink(missing_ok=True)
        line = [found, profile, "--headless", *words, "--convert-to", form, "--outdir", str(file.parent), str(file)]
        ended = subprocess.run(line, capture_output=True, text=True, check=False, timeout=240)
        assert made.exists(), ended.stdout + ended.stderr
        return made

    return convert


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
