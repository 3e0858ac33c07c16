"""The instant at which commits land: moved to one that was made already, locks without hard links, git dying on the way."""

from __future__ import annotations

import errno
import os
from pathlib import Path
from typing import Any

import pytest

from partnerkit.errors import CannotWorkError
from partnerkit.store.commit import index, moving
from partnerkit.store.commit.atomic import Moved, commit, writing
from partnerkit.store.commit.objects import made_again
from partnerkit.store.disk import files
from partnerkit.store.git.repository import Git
from partnerkit.store.git.results import GitFailed, Result
from tests.store.repos import Repo

A = "records/a.yaml"


def ahead(repo: Repo, **files: str) -> tuple[str, str]:
    """A commit that is made and not moved to: where we are, and the commit."""
    base = repo.git("rev-parse", "HEAD").strip()
    new = repo.land(**files)
    repo.git("reset", "-q", "--hard", base)
    return base, new


def move(repo: Repo, base: str, new: str) -> None:
    git = Git.discover(repo.root)
    with writing(git):
        moving.move(git, base, new)


def test_moves_only_from_where_it_was_judged(repo: Repo) -> None:
    base, new = ahead(repo, records__a="a: 1\n")
    repo.land(records__c="c: 0\n")
    before = repo.state()
    with pytest.raises(Moved, match=f"HEAD was {base[:10]}"):
        move(repo, base, new)
    assert repo.state() == before


def test_a_folder_goes_with_its_last_file(repo: Repo) -> None:
    repo.land(records__old__c="c: 0\n")
    base = repo.git("rev-parse", "HEAD").strip()
    repo.git("rm", "-q", "records/old/c.yaml")
    repo.git("commit", "-q", "-m", "gone")
    new = repo.git("rev-parse", "HEAD").strip()
    repo.git("reset", "-q", "--hard", base)
    move(repo, base, new)
    assert not (repo.root / "records/old").exists()
    assert (repo.root / A).exists()
    assert repo.git("status", "--porcelain") == ""


def test_a_repository_inside_is_left_to_git(repo: Repo) -> None:
    base = repo.git("rev-parse", "HEAD").strip()
    repo.git("update-index", "--add", "--cacheinfo", f"160000,{base},inside")
    repo.git("commit", "-q", "-m", "a repository inside")
    new = repo.git("rev-parse", "HEAD").strip()
    repo.git("reset", "-q", "--hard", base)
    before = repo.state()
    with pytest.raises(CannotWorkError, match="inside is a repository inside this one") as refused:
        move(repo, base, new)
    assert "git pull --rebase" in str(refused.value.mend)
    assert repo.state() == before


def test_files_that_git_only_calls_text_are_moved(repo: Repo) -> None:
    repo.write(".gitattributes", "records/** text\n")
    base, new = ahead(repo, records__a="a: 1\n")
    repo.write(".gitattributes", "records/** text\n")
    move(repo, base, new)
    assert (repo.root / A).read_text() == "a: 1\n"
    assert repo.git("rev-parse", "HEAD").strip() == new


def test_a_commit_made_again_lets_files_go(repo: Repo) -> None:
    git = Git.discover(repo.root)
    onto, like = ahead(repo, records__c="c: 0\n")
    blob = repo.git("rev-parse", f"{onto}:{A}").strip()
    with writing(git):
        contents = {"records/b.yaml": None, "records/d.yaml": ("100644", blob), "records/e.yaml": b"e: 0\n"}
        made = made_again(git, like, onto, contents, {"by hand": "by us"})
    assert repo.git("ls-tree", "-r", "--name-only", str(made)).split() == [A, "records/d.yaml", "records/e.yaml"]
    assert repo.git("log", "-1", "--format=%s %P", str(made)).strip() == f"by us {onto}"
    assert repo.litter() == []


def test_a_clone_without_a_checkout_gets_the_one_file(repo: Repo, tmp_path: Path) -> None:
    repo.git("clone", "-q", "--no-checkout", str(repo.root), str(tmp_path / "bare-handed"))
    clone = Repo(tmp_path / "bare-handed")
    assert not (clone.root / ".git/index").exists()
    git = Git.discover(clone.root)
    oid = commit(git, git.head(), {"records/c.yaml": b"c: 1\n"}, "m\n")
    assert clone.git("ls-tree", "-r", "--name-only", oid).split() == [A, "records/b.yaml", "records/c.yaml"]
    assert clone.git("ls-files").split() == ["records/c.yaml"]
    assert [path for path, (kind, _) in clone.disk().items() if kind != "folder"] == ["records/c.yaml"]


def test_a_message_that_git_refuses_is_refused_in_its_words(repo: Repo) -> None:
    git = Git.discover(repo.root)
    before = repo.state()
    with pytest.raises(GitFailed, match="NUL byte"):
        commit(git, git.head(), {A: b"a: 1\n"}, "a\0b\n")
    assert repo.state() == before


@pytest.mark.parametrize("taken", [False, True])
def test_the_index_is_locked_without_hard_links_too(repo: Repo, taken: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    def without_links(operation: str, path: Path) -> None:
        if operation == "link":
            raise OSError(errno.EPERM, os.strerror(errno.EPERM), str(path))

    monkeypatch.setattr(files, "point", without_links)
    monkeypatch.setattr(index, "WAIT", 0.01)
    git = Git.discover(repo.root)
    if not taken:
        assert commit(git, git.head(), {A: b"a: 1\n"}, "m\n") == git.head()
        assert (repo.git("status", "--porcelain"), repo.litter()) == ("", [])
        return
    repo.write(".git/index.lock", b"")
    before = repo.state()
    with pytest.raises(CannotWorkError, match=r"another git is at work here: it has held .*index\.lock"):
        commit(git, git.head(), {A: b"a: 1\n"}, "m\n")
    assert repo.state() == before


def test_a_lock_that_comes_and_goes_is_named_all_the_same(tmp_path: Path) -> None:
    said = index.lock_taken(tmp_path / "index.lock")
    assert f"keeps taking {tmp_path / 'index.lock'}; nothing changed" in str(said)
    assert said.mend == "try again"


@pytest.mark.parametrize("done", [True, False], ids=["having moved it", "before it moved it"])
def test_git_dies_as_it_moves_the_branch(repo: Repo, done: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """What counts is where the branch is: then it landed, or nothing of it remains."""
    git, real = Git.discover(repo.root), Git.run

    def dying(self: Git, *args: str, **options: Any) -> Result:
        if args[0] != "update-ref":
            return real(self, *args, **options)
        if done:
            real(self, *args, **options)
        raise GitFailed(args, -9, "")

    monkeypatch.setattr(Git, "run", dying)
    before = repo.state()
    if done:
        assert commit(git, git.head(), {A: b"a: 1\n"}, "m\n") == git.head()
        assert (repo.git("status", "--porcelain"), repo.litter()) == ("", [])
        return
    with pytest.raises(GitFailed, match="git update-ref was killed by signal 9"):
        commit(git, git.head(), {A: b"a: 1\n"}, "m\n")
    assert repo.state() == before
