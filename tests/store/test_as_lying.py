"""Which files differ on the disk from a commit is told byte for byte, whatever was asked and committed before."""

from __future__ import annotations

from random import Random

import pytest

from partnerkit.store.git.as_lying import as_lying
from partnerkit.store.git.repository import Git
from partnerkit.store.git.trees import CommitTree
from tests.store.repos import Repo

_NAMES = tuple(f"records/{name}" for name in ("a.yaml", "b.yaml", "deep/c.yaml", "deep/d.tmp"))


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
        assert [one.name for one in git.git_path("partnerkit").glob("exact*")] == [f"exact.{commit}"]
