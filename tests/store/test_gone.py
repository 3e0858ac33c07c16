"""What went away is told as git tells it of all of history, and git is asked only for what landed since."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from random import Random

import pytest

from partnerkit.store import gone as module
from partnerkit.store.git.repository import Git
from partnerkit.store.git.walk import gone_from
from partnerkit.store.gone import Gone
from partnerkit.store.record_paths import RECORDS, id_of
from partnerkit.store.verdict_cache import VerdictCache
from tests.store.repos import Repo

_NAMES = tuple(f"records__{name}" for name in ("risks__a", "risks__b", "partnerships__c", "partnerships__deep__d"))


def _told(repo: Repo) -> set[str]:
    git = Git.discover(repo.root)
    return Gone(git).before(str(git.head()))


def _all(repo: Repo) -> set[str]:
    return {id_of(path) for path in gone_from(Git.discover(repo.root), "HEAD", RECORDS)}


def _remembering(repo: Repo) -> Path:
    """Something is kept already: nothing is where nobody ever kept anything."""
    path = repo.said_path(repo.root, "partnerkit/verdicts.sqlite")
    VerdictCache(path).keep([("one", "sound")])
    return path


def _step(repo: Repo, chance: Random) -> None:
    """Write files, take one away, merge another branch, or go elsewhere."""
    kind, branch = chance.randrange(6), chance.choice(("main", "side", "other"))
    if kind < 2:
        repo.land(**{one: f"{chance.random()}\n" for one in chance.sample(_NAMES, 2)})
    elif kind < 4:
        for one in repo.git("ls-files", "--", "records").split()[: chance.randrange(1, 3)]:
            repo.git("rm", "-q", "--", one)
        repo.git("commit", "-q", "--allow-empty", "-m", "taken away")
    elif kind == 4:
        repo.git("merge", "-q", "-X", "ours", "--no-ff", "-m", "merged", branch, ok=False)
        repo.git("add", "-A")
        repo.git("commit", "-q", "--allow-empty", "-m", "merged")
    else:
        repo.git("switch", "-q", branch)


@pytest.mark.parametrize("seed", range(6))
def test_it_is_what_all_of_history_says(repo: Repo, seed: int) -> None:
    chance = Random(seed)  # noqa: S311 - nothing secret
    repo.land(**dict.fromkeys(_NAMES, "first\n"))
    for branch in ("side", "other"):
        repo.git("branch", branch)
    _remembering(repo)
    for _ in range(20):
        _step(repo, chance)
        if chance.random() < 0.7:
            assert _told(repo) == _all(repo)


def test_git_is_asked_for_what_landed_since(repo: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str | None] = []

    def noted(git: Git, rev: str, folder: str, since: str | None = None) -> set[str]:
        asked.append(since)
        return gone_from(git, rev, folder, since)

    monkeypatch.setattr(module, "gone_from", noted)
    _remembering(repo)
    first = repo.land(records__risks__a="a\n", records__risks__b="b\n")
    assert [_told(repo), _told(repo)] == [set(), set()]
    repo.git("rm", "-q", "records/risks/a.yaml")
    repo.git("commit", "-q", "-m", "taken away")
    repo.land(records__risks__c="c\n")
    assert [_told(repo), _told(repo)] == [{"a"}, {"a"}]
    assert asked == [None, first]


def test_the_main_line_is_asked_again_where_a_merge_put_it_aside(repo: Repo) -> None:
    """What was made and taken away on a line that a merge put aside went away on none that is looked at."""
    _remembering(repo)
    repo.land(records__risks__a="a\n")
    repo.git("switch", "-q", "-c", "side")
    repo.land(records__risks__b="b\n")
    repo.git("switch", "-q", "main")
    repo.git("rm", "-q", "records/risks/a.yaml")
    repo.git("commit", "-q", "-m", "taken away")
    assert _told(repo) == {"a"}
    repo.git("switch", "-q", "side")
    repo.git("merge", "-q", "--no-edit", "main")
    repo.git("rm", "-q", "records/risks/b.yaml")
    repo.git("commit", "-q", "-m", "taken away")
    assert _told(repo) == _all(repo) == {"a", "b"}
    repo.git("reset", "-q", "--hard", "HEAD~2")
    assert _told(repo) == _all(repo) == set()


@pytest.mark.parametrize("said", ['["--all", "x"]', '["x"]', "{}", "[1]", "torn", ""])
def test_what_somebody_wrote_is_passed_over(repo: Repo, said: str) -> None:
    path = _remembering(repo)
    repo.land(records__risks__a="a\n")
    assert _told(repo) == set()
    with closing(sqlite3.connect(path)) as base, base:
        assert base.execute("UPDATE gone SET body = ?", (said,)).rowcount == 1
    assert _told(repo) == set()
    with closing(sqlite3.connect(path)) as base:
        assert base.execute("SELECT body FROM gone").fetchone() != (said,)


def test_what_is_no_commit_is_never_given_to_git(repo: Repo) -> None:
    path = _remembering(repo)
    repo.land(records__risks__a="a\n")
    VerdictCache(path).keep_gone(["--all\nHEAD", "b"])
    assert _told(repo) == set()


@pytest.mark.parametrize("cut", ["shallow", "info/grafts"])
def test_what_a_history_that_is_cut_off_says_is_not_kept(repo: Repo, cut: str) -> None:
    """What went away before the cut is not seen, and is missed when all of history is there again."""
    _remembering(repo)
    repo.land(records__risks__a="a\n")
    repo.git("rm", "-q", "records/risks/a.yaml")
    repo.git("commit", "-q", "-m", "taken away")
    latest = repo.land(records__risks__b="b\n")
    path = repo.said_path(repo.root, cut)
    path.write_text(f"{latest}\n", encoding="ascii")
    assert _told(repo) == set()
    path.unlink()
    assert _told(repo) == {"a"}


def test_nothing_is_made_where_nothing_was_kept(repo: Repo) -> None:
    repo.land(records__risks__a="a\n")
    assert _told(repo) == set()
    assert not repo.said_path(repo.root, "partnerkit/verdicts.sqlite").exists()
