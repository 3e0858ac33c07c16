"""Install the programs that read what partnerkit writes, and run the tests that ask them; for `make test-clients`.

What cannot be installed, because no registry answers or there is no node, is said in a sentence and skipped: that is
no fault of partnerkit. A test that fails with a program that could be installed is.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
import tomllib
import venv
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PLACE = ROOT / ".cache" / "clients"
PACKAGES = Path(__file__).parent / "package.json"
_NO_TESTS = 5


def main() -> int:
    PLACE.mkdir(parents=True, exist_ok=True)
    with ThreadPoolExecutor(1) as beside:
        of_node = beside.submit(_node_programs)  # both mostly wait for a registry
        said = _python_programs()
    if said is not None:
        print(f"test-clients: skipped, {said}")
        return 0
    if (said := of_node.result()) is not None:
        print(f"test-clients: without those that need node: {said}")
    programs = f"{PLACE / 'env' / 'bin'}{os.pathsep}{os.environ['PATH']}"
    env = os.environ | {"PATH": programs, "PARTNERKIT_CLIENTS": str(PLACE)}
    workers = str((os.cpu_count() or 2) + 1)  # much of their time goes to waiting for the programs
    words = [sys.executable, "-m", "pytest", "-n", workers, "--dist", "loadscope", "-p", "no:cacheprovider", "-rs"]
    words += ["--no-loadscope-reorder", "tests/clients", *sys.argv[1:]]
    ended = subprocess.run(words, cwd=ROOT, env=env, check=False)
    return 0 if ended.returncode == _NO_TESTS else ended.returncode


def _python_programs() -> str | None:
    """Install the dependency group `clients` into an environment of its own; say why that cannot be."""
    project = ROOT / "pyproject.toml"
    wanted = json.dumps(tomllib.loads(project.read_text(encoding="utf-8"))["dependency-groups"]["clients"])
    if _is_ready(PLACE / "env", wanted):
        return None
    venv.create(PLACE / "env", clear=True)
    # The pip that is here installs into it. What is used of the programs is compiled when it is used.
    pip = [sys.executable, "-m", "pip", "--python", str(PLACE / "env" / "bin" / "python"), "install", "--no-compile"]
    pip += ["--quiet", "--disable-pip-version-check", "--retries", "1", "--group", f"{project}:clients"]
    if (said := _tried(pip)) is not None:
        return f"pip could not install the programs that it asks: {said}"
    _ready(PLACE / "env", wanted)
    return None


def _node_programs() -> str | None:
    """Install package.json beside this file; say why that cannot be."""
    modules = PLACE / "node_modules"
    if shutil.which("node") is None or shutil.which("npm") is None:
        return "node and npm are not on this machine"
    wanted = PACKAGES.read_text(encoding="utf-8")
    if _is_ready(modules, wanted):
        return None
    shutil.rmtree(modules, ignore_errors=True)
    shutil.copy(PACKAGES, PLACE / "package.json")
    quiet = (
        "--no-package-lock",
        "--no-audit",
        "--no-fund",
        "--ignore-scripts",
        "--loglevel=error",
        "--fetch-retries=1",
    )
    said = _tried(["npm", "install", "--prefix", str(PLACE), *quiet])
    if said is not None:
        shutil.rmtree(modules, ignore_errors=True)
        return f"npm could not install them: {said}"
    _ready(modules, wanted)
    return None


def _tried(words: list[str]) -> str | None:
    """Run a command; its last word on why it failed."""
    ended = subprocess.run(words, cwd=PLACE, capture_output=True, text=True, check=False, timeout=300)
    lines = [line for line in (ended.stderr + ended.stdout).splitlines() if line.strip()]
    return (lines[-1] if lines else f"it ended with {ended.returncode}") if ended.returncode else None


def _is_ready(folder: Path, wanted: str) -> bool:
    stamp = folder / "ready"
    return stamp.exists() and stamp.read_text(encoding="ascii") == _digest(wanted)


def _ready(folder: Path, wanted: str) -> None:
    (folder / "ready").write_text(_digest(wanted), encoding="ascii")


def _digest(wanted: str) -> str:
    return hashlib.sha256(wanted.encode()).hexdigest()


if __name__ == "__main__":
    sys.exit(main())
