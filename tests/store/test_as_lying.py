"""Which files differ on the disk from a commit is told byte for byte, whatever was asked and committed before."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest

from partnerkit.store.git.as_lying import as_lying
from partnerkit.store.git.glance import Glance, glance
from partnerkit.store.git.repository import Git
from partnerkit.store.git.trees import CommitTree
from tests.store.repos import Repo

_NAMES = tuple(f"records/{name}" for name in ("a.yaml", "b.yaml", "deep/c.yaml", "deep/d.tmp"))
_LONG_AGO = 1_000_000_000


def _differing(repo: Repo, commit: str) -> frozenset[str]:
    """The same, each file held against the commit by itself."""
    tree = CommitTree(Git.discover(repo.root), commit)
    lying = {path: repo.root / path for path in _NAMES if (repo.root / path).is_file()}
    there = {path: lying[path].read_bytes() if path in lying else None for path in _NAMES}
    return frozenset(path for path in _NAMES if tree.read(path) != there[path])


def _step(repo: Repo, chance: Random) -> None:
    """Edit a file, take one away, have git believe that it did not change, commit, or go back."""
    path = chance.choice(_NAMES)
    full, kind = repo.root / path, chance.randrange(6)
    if kind < 2:
        full.parent.mkdir(parents=True, exist_ok=True)
        full.write_text(f"{chance.randrange(3)}\n")
    elif kind == 2:
        full.unlink(missing_ok=True)
    elif kind == 3:
        repo.git("add", "-A", "-f")
        repo.git("commit", "-q", "--allow-empty", "-m", "step")
    elif kind == 4 and repo.git("ls-files", "--", path):
        repo.git("update-index", chance.choice(("--assume-unchanged", "--no-assume-unchanged")), "--", path)
    else:
        commits = repo.git("rev-list", "--all").split()
        repo.git("reset", "-q", chance.choice(("--soft", "--mixed", "--hard")), chance.choice(commits))


@pytest.mark.parametrize("seed", range(4))
def test_each_file_is_held_against_the_commit(repo: Repo, seed: int) -> None:
    chance = Random(seed)  # noqa: S311 - nothing secret
    (repo.root / ".gitignore").write_text("*.tmp\n")
    repo.git("add", "-A")
    repo.git("commit", "-q", "--allow-empty", "-m", "first")
    for _ in range(15):
        _step(repo, chance)
        git = Git.discover(repo.root)
        commit = str(git.head())
        assert as_lying(git, commit, "records/") == _differing(repo, commit)
        # Nothing is kept in the second in which a file changes that says of itself that it was written before.
        assert len([*git.git_path("partnerkit").glob("exact*")]) <= 1


def _in_one_second(path: Path, first: str, then: str, ask: Callable[[], object]) -> None:
    """A file is written and asked about, and written once more, in one second; its time of writing is as it was."""
    while True:
        for text in (first, then):
            path.write_text(text)
            os.utime(path, (_LONG_AGO, _LONG_AGO))
            if text == first:
                began = int(path.stat().st_ctime)
                ask()
        if int(path.stat().st_ctime) == began:
            return


@pytest.mark.parametrize("committed", [True, False])
def test_a_file_that_changes_again_in_the_second_in_which_it_was_looked_at(repo: Repo, committed: bool) -> None:
    path = repo.root / _NAMES[0]
    path.parent.mkdir(exist_ok=True)
    path.write_text("one\n")
    os.utime(path, (_LONG_AGO, _LONG_AGO))
    repo.git("add", "-A")
    repo.git("commit", "-q", "-m", "first")
    git = Git.discover(repo.root)
    commit = str(git.head())

    def ask() -> frozenset[str] | None:
        return as_lying(git, commit, "records/")

    ask()
    first, then = ("one\n", "two\n") if committed else ("two\n", "one\n")
    _in_one_second(path, first, then, ask)
    assert ask() == _differing(repo, commit)


def _landed(repo: Repo) -> Path:
    path = repo.root / _NAMES[0]
    path.parent.mkdir(exist_ok=True)
    path.write_text("one\n")
    repo.git("add", "-A")
    repo.git("commit", "-q", "-m", "first")
    return path


def test_what_git_has_is_known_at_a_glance_though_it_changes_twice_in_a_second(repo: Repo) -> None:
    path = _landed(repo)
    seen: list[Glance | None] = []
    _in_one_second(path, "one\n", "two\n", lambda: seen.append(glance(repo.root, (), tree=True)))
    found = glance(repo.root, (), tree=True)
    assert found is None or seen[-1] is None or found.digest != seen[-1].digest


def test_it_is_kept_once_that_second_is_over(repo: Repo) -> None:
    path = _landed(repo)
    os.utime(path, (_LONG_AGO, _LONG_AGO))
    time.sleep(1.05)
    git = Git.discover(repo.root)
    as_lying(git, str(git.head()), "records/")
    assert [one.name for one in git.git_path("partnerkit").glob("exact*")] == [f"exact.{git.head()}"]
    assert glance(repo.root, (), tree=True) is not None
