"""pre-commit and prek take our hooks from a repository, install partnerkit from it, and run them at a commit."""

from __future__ import annotations

import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.clients.conftest import program
from tests.place import Place, environment, new_register

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ("src", "pyproject.toml", "README.md", "LICENSE", ".pre-commit-hooks.yaml")
HOOKS = ("partnerkit-fmt", "partnerkit-check", "partnerkit-private")


@dataclass
class Hooked:
    """A register in which a runner of hooks is installed."""

    place: Place
    env: dict[str, str]

    def commit(self) -> subprocess.CompletedProcess[str]:
        self.place.git("add", "-A")
        return self.git("commit", "-m", "by hand")

    def git(self, *words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            ["git", *words], cwd=self.place.root, env=self.env, capture_output=True, text=True, check=False
        )


@pytest.fixture(scope="session")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """This project as somebody would name it in their configuration: a repository with a tag."""
    root = tmp_path_factory.mktemp("hooks") / "partnerkit"
    root.mkdir()
    for name in SOURCE:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, root / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(ROOT / name, root / name)
    made = Place(root)
    made.git("init", "-q")
    made.git("add", "-A")
    made.git("commit", "-qm", "all")
    made.git("tag", "v1")
    return root


@pytest.fixture(scope="session", params=["pre-commit", "prek"])
def hooked(request: pytest.FixtureRequest, repository: Path, tmp_path_factory: pytest.TempPathFactory) -> Hooked:
    runner = program(request.param)
    home = tmp_path_factory.mktemp(request.param)
    place = new_register(home / "register")
    place.do("new", "partnership", "Acme", "type=cloud-providers")
    wanted = "".join(f"      - id: {name}\n" for name in HOOKS)
    config = f"repos:\n  - repo: file://{repository}\n    rev: v1\n    hooks:\n{wanted}"
    (place.root / ".pre-commit-config.yaml").write_text(config, encoding="utf-8")
    place.git("add", "-A")
    place.git("commit", "-qm", "hooks")
    paths = {"PRE_COMMIT_HOME": str(home / "home"), "PREK_HOME": str(home / "home")}
    path = f"{Path(runner).parent}{os.pathsep}{os.environ['PATH']}"
    env = {key: value for key, value in environment().items() if key != "PYTHONPATH"} | paths | {"PATH": path}
    ended = subprocess.run(
        [runner, "install", "--install-hooks", "-t", "pre-commit", "-t", "pre-merge-commit"],
        cwd=place.root,
        env=env,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 0, ended.stdout + ended.stderr
    return Hooked(place, env)


@pytest.mark.long
def test_they_let_through_what_is_right_and_stop_what_is_not(hooked: Hooked) -> None:
    place = hooked.place
    honest = place.text("acme")

    place.edit("acme", "name: Acme", "name: Acme  ")
    said = hooked.commit()
    assert said.returncode == 1, said.stdout + said.stderr
    assert "files were modified by this hook" in said.stdout + said.stderr
    assert place.text("acme") == honest

    place.edit("acme", "stage: proposed", "stage: active")
    said = hooked.commit()
    assert said.returncode == 1
    assert "stage-edited" in said.stdout + said.stderr, said.stdout + said.stderr
    place.path("acme").write_text(honest, encoding="utf-8")

    (place.root / "private").mkdir()
    (place.root / "private" / "contacts.yaml").write_text("format: 1\npeople: {}\n", encoding="utf-8")
    place.git("add", "--force", "private/contacts.yaml")
    said = hooked.commit()
    assert said.returncode == 1
    assert "lies in the private place" in said.stdout + said.stderr
    place.git("rm", "-q", "--cached", "private/contacts.yaml")

    place.edit("acme", "name: Acme", "name: Acme again")
    said = hooked.commit()
    assert said.returncode == 0, said.stdout + said.stderr
    assert place.git("log", "-1", "--format=%s").strip() == "by hand"


@pytest.mark.long
def test_they_stop_a_merge_that_git_finds_clean(hooked: Hooked) -> None:
    place = hooked.place
    place.git("checkout", "-qb", "topic")
    place.edit("acme", "stage: proposed", "stage: active")
    place.git("commit", "-qam", "past the hooks", "--no-verify")
    place.git("checkout", "-q", "-")
    place.do("new", "partnership", "Other", "type=cloud-providers", "--no-verify")
    before = place.git("rev-parse", "HEAD")
    said = hooked.git("merge", "--no-edit", "topic")
    assert said.returncode != 0
    assert "stage-edited" in said.stdout + said.stderr, said.stdout + said.stderr
    assert place.git("rev-parse", "HEAD") == before
    place.git("merge", "--abort")
