"""Finding a repository and running git in it, whatever the surroundings."""

from __future__ import annotations

import getpass
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from partnerkit.errors import CannotWorkError, WrongCallError
from partnerkit.store.commit.objects import settings
from partnerkit.store.git import environment, facts, history
from partnerkit.store.git.branches import default_branch
from partnerkit.store.git.brought import brought
from partnerkit.store.git.repository import Git
from partnerkit.store.git.results import GitFailed
from partnerkit.store.git.surroundings import PATHS
from partnerkit.store.git.trees import CommitTree
from tests.store.repos import Repo


def test_importing_the_store_does_not_import_gitpython() -> None:
    code = "import sys, partnerkit.store.commit.atomic; sys.exit('git' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_discovers_from_a_folder_below(repo: Repo) -> None:
    assert Git.discover(repo.root / "records").root == repo.root


def test_discovers_linked_worktrees_and_submodules(repo: Repo, tmp_path: Path) -> None:
    repo.git("worktree", "add", "-q", str(tmp_path / "side"))
    assert Git.discover(tmp_path / "side").root == tmp_path / "side"
    outer = Repo(tmp_path / "outer")
    outer.root.mkdir()
    outer.git("init", "-q")
    outer.git("-c", "protocol.file.allow=always", "submodule", "--quiet", "add", str(repo.root), "inner")
    inner = Git.discover(outer.root / "inner")
    assert inner.root == outer.root / "inner"
    assert inner.git_path("partnerkit/lock") == outer.root / ".git/modules/inner/partnerkit/lock"


def test_an_odd_repository_is_found_as_git_finds_it(repo: Repo, tmp_path: Path) -> None:
    """Where a repository is plain its top is found without a git process; anything else is git's to say."""
    (tmp_path / "link").symlink_to(repo.root / "records")
    (repo.root / "empty/.git").mkdir(parents=True)
    for start in (repo.root, repo.root / "records", tmp_path / "link", repo.root / "empty"):
        found = Git.discover(start)
        assert found.root == Path(repo.git("-C", str(start), "rev-parse", "--show-toplevel").strip())
    assert Git.discover(repo.root / "records").processes == 0
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    repo.git("config", "core.worktree", str(elsewhere))
    assert Git.discover(repo.root).root == elsewhere
    repo.git("config", "--unset", "core.worktree")
    repo.git("config", "core.bare", "TRUE")
    with pytest.raises(CannotWorkError, match="bare"):
        Git.discover(repo.root)


@pytest.mark.parametrize("written", ["[core] bare = true\n", "[core]\n  # bare = false\n  bare\n"])
def test_what_is_set_in_an_odd_way_is_set_too(repo: Repo, written: str) -> None:
    config = repo.root / ".git/config"
    config.write_text(config.read_text().replace("\tbare = false\n", "") + written)
    with pytest.raises(CannotWorkError, match="bare"):
        Git.discover(repo.root)


def test_what_is_plain_is_known_as_git_would_say_it(repo: Repo, tmp_path: Path) -> None:
    """Without a git process, but for where hooks lie when a configuration names a folder for them."""
    repo.land(x="x: 1\n")
    repo.git("clone", "-q", "--depth=1", f"file://{repo.root}", str(tmp_path / "cut"))
    for root in (repo.root, tmp_path / "cut"):
        git = Git.discover(root)
        known = {
            name: git.git_path(name) for name in (*PATHS, "shallow", "config", "partnerkit/lock") if name != "hooks"
        }
        assert git.hooks(moved=False) == root / ".git/hooks"
        seen = (git.is_shallow(), git.is_bare(), git.no_commit)
        assert git.processes == 0
        told = facts.told(git)
        assert seen == (told.shallow, told.bare, "0" * 40)
        assert told.root == root
        assert {name: repo.said_path(root, name) for name in known} == known
        assert told.paths == {name: repo.said_path(root, name) for name in PATHS}
    Repo(tmp_path / "cut").git("config", "core.hooksPath", "mine")
    cut = Git.discover(tmp_path / "cut")
    assert cut.hooks(moved=True) == cut.git_path("hooks") == tmp_path / "cut/mine"


@pytest.mark.parametrize("setting", ["core.repositoryFormatVersion=1", "extensions.worktreeConfig=true"])
def test_where_git_may_keep_things_otherwise_it_is_asked(repo: Repo, setting: str) -> None:
    repo.git("config", *setting.split("="))
    git = Git.discover(repo.root)
    assert git.git_path("index") == repo.root / ".git/index"
    assert git.processes == 1


def test_refuses_what_is_no_working_tree(repo: Repo, tmp_path: Path) -> None:
    repo.git("clone", "-q", "--bare", ".", str(tmp_path / "bare"))
    with pytest.raises(CannotWorkError, match="bare"):
        Git.discover(tmp_path / "bare")
    with pytest.raises(CannotWorkError, match="inside git's own folder"):
        Git.discover(repo.root / ".git")
    with pytest.raises(CannotWorkError, match="not inside a git repository") as refused:
        Git.discover(tmp_path)
    assert "git init" in str(refused.value.mend)
    with pytest.raises(WrongCallError):
        Git.discover(tmp_path / "nowhere")


def test_what_git_cannot_read_is_said_in_its_words_with_what_to_do(repo: Repo) -> None:
    (repo.root / ".git/config").write_text("[core\n")
    with pytest.raises(CannotWorkError, match="bad config line 1") as refused:
        Git.discover(repo.root).git_path("index")
    assert "git status" in str(refused.value.mend)


def test_a_repository_of_somebody_else_is_named_with_the_line_that_trusts_it(repo: Repo, tmp_path, monkeypatch) -> None:
    repo.git("config", "core.worktree", str(repo.root))  # so that git is asked
    real = shutil.which("git")
    other = tmp_path / "bin" / "git"
    other.parent.mkdir()
    other.write_text(f'#!/bin/sh\nGIT_TEST_ASSUME_DIFFERENT_OWNER=1 exec {real} "$@"\n')
    other.chmod(0o755)
    monkeypatch.setenv("PATH", f"{other.parent}{os.pathsep}{os.environ['PATH']}")
    with pytest.raises(CannotWorkError, match="belongs to somebody else") as refused:
        Git.discover(repo.root)
    assert str(refused.value.mend).endswith(f"git config --global --add safe.directory {repo.root}")


def test_git_missing(repo: Repo) -> None:
    code = (
        "from pathlib import Path; from partnerkit.store.git.repository import Git, CannotWorkError\n"
        f"try: Git.discover(Path({str(repo.root)!r})).head()\nexcept CannotWorkError as e: print(e)"
    )
    found = subprocess.run([sys.executable, "-c", code], env={"PATH": ""}, capture_output=True, text=True, check=True)
    assert "git itself was not found" in found.stdout


def test_variables_that_git_exports_to_hooks_lead_nowhere(
    repo: Repo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("GIT_DIR", "GIT_INDEX_FILE", "GIT_WORK_TREE", "GIT_CONFIG_PARAMETERS"):
        monkeypatch.setenv(name, str(tmp_path / "elsewhere"))
    monkeypatch.setenv("GIT_SSH_COMMAND", "ssh -F mine")
    git = Git.discover(repo.root)
    assert git.head() == repo.git("rev-parse", "HEAD").strip()
    assert "GIT_DIR" not in os.environ
    assert environment.for_network()["GIT_SSH_COMMAND"] == "ssh -F mine"


def test_head_branch_and_resolve(repo: Repo, empty: Repo) -> None:
    git = Git.discover(repo.root)
    head = git.head()
    assert git.branch() == "refs/heads/main"
    assert git.resolve("HEAD") == git.resolve("main") == head
    for odd in ("--help", "-q", "no-such", "main..main", "", "a\0b", "HEAD:records/a.yaml", "\n"):
        with pytest.raises(WrongCallError, match="names no commit"):
            git.resolve(odd)


def test_unborn_branch(empty: Repo) -> None:
    git = Git.discover(empty.root)
    assert git.head() is None
    assert git.busy() is None
    assert history.log(git) == []


@pytest.mark.parametrize(
    ("name", "value", "signs"),
    [
        ("alias.x", "a\nGIT_AUTHOR_IDENT=Eve <eve@example.org> 1 +0000", False),
        ("alias.x", "a\ncommit.gpgSign=false", True),
        ("alias.x", "a\ncommit.gpgsign=true", False),
        ("alias.x", "a\nuser.email=eve@example.org\nuser.name=Eve", False),
    ],
)
def test_what_a_value_says_is_no_setting(
    repo: Repo, monkeypatch: pytest.MonkeyPatch, name: str, value: str, signs: bool
) -> None:
    """All is asked at once, and a value may hold lines that look like others."""
    repo.git("config", name, value)
    repo.git("config", "commit.gpgSign", str(signs).lower())
    git = Git.discover(repo.root)
    assert settings(git) == (signs, repo.root / ".git/hooks")
    assert git.identity().email == "ada@example.org"
    for one in ("GIT_AUTHOR_NAME", "GIT_AUTHOR_EMAIL", "EMAIL"):
        monkeypatch.delenv(one, raising=False)
    with pytest.raises(CannotWorkError, match="does not know who you are"):
        Git(repo.root).identity()


def test_who_acts_and_how_commits_are_made_is_asked_at_once(repo: Repo) -> None:
    git = Git.discover(repo.root)
    assert (git.identity().name, settings(git)) == ("Ada", (False, repo.root / ".git/hooks"))
    assert git.processes == 1


def test_a_name_that_was_taken_back_is_nobodys(repo: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    """Git would make one up, from the user's name; that the same name was said before changes nothing."""
    monkeypatch.delenv("GIT_AUTHOR_NAME")
    made_up = getpass.getuser()
    config = repo.root / ".git/config"
    config.write_text(config.read_text() + f"[user]\n  name = {made_up}\n[user]\n  name =\n")
    with pytest.raises(CannotWorkError, match="does not know who you are"):
        Git(repo.root).identity()


@pytest.mark.parametrize(
    ("words", "mend"),
    [
        ("fatal: unable to write loose object file: No space left on device", "make room"),
        ("error: unable to create temporary file: Read-only file system\nfatal: it failed", "make room"),
        ("a@b.example: Permission denied (publickey).", "git fsck"),
    ],
)
def test_what_the_disk_refused_is_mended_there(words: str, mend: str) -> None:
    assert str(GitFailed(("unpack-objects",), 128, words).mend).startswith(mend)


def test_identity_is_never_invented(repo: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    assert Git(repo.root).identity().email == "ada@example.org"
    for name in ("GIT_AUTHOR_NAME", "GIT_AUTHOR_EMAIL", "EMAIL"):
        monkeypatch.delenv(name, raising=False)
    with pytest.raises(CannotWorkError, match="does not know who you are") as refused:
        Git(repo.root).identity()
    assert "git config user.email" in str(refused.value.mend)
    repo.git("config", "user.name", "Grace <X> Hopper")
    repo.git("config", "user.email", "grace@example.org")
    assert Git(repo.root).identity().email == "grace@example.org"


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("MERGE_HEAD", "a merge"),
        ("CHERRY_PICK_HEAD", "a cherry-pick"),
        ("REVERT_HEAD", "a revert"),
        ("BISECT_LOG", "a bisect"),
        ("rebase-merge/onto", "a rebase"),
        ("rebase-apply/applying", "an am"),
        ("rebase-apply/rebasing", "a rebase"),
        ("sequencer/todo", "several commits"),
    ],
)
def test_busy(repo: Repo, name: str, words: str) -> None:
    assert Git.discover(repo.root).busy() is None
    repo.write(f".git/{name}", "x")
    assert words in str(Git.discover(repo.root).busy())


def test_shallow(repo: Repo, tmp_path: Path) -> None:
    repo.land(x="x: 1\n")
    repo.git("clone", "-q", "--depth=1", f"file://{repo.root}", str(tmp_path / "cut"))
    assert Git.discover(tmp_path / "cut").is_shallow()
    assert not Git.discover(repo.root).is_shallow()


def test_failures_carry_gits_own_words(repo: Repo) -> None:
    with pytest.raises(GitFailed, match="bad revision") as failed:
        Git(repo.root).run("rev-list", "no-such", "--")
    assert failed.value.code == 128


def test_sha256_repositories(tmp_path: Path, calm_git: None) -> None:
    repo = Repo(tmp_path / "r")
    repo.root.mkdir()
    repo.git("init", "-q", "--object-format=sha256")
    oid = repo.land(x="x: 1\n")
    git = Git(repo.root)
    assert git.no_commit == "0" * 64
    assert git.blob_id(b"x: 1\n") == repo.git("rev-parse", f"{oid}:x.yaml").strip()


def test_log_follows_what_landed(repo: Repo) -> None:
    git = Git.discover(repo.root)
    first = git.head()
    repo.git("switch", "-q", "-c", "side")
    repo.land(records__a="a: 1\n")
    repo.git("switch", "-q", "main")
    repo.land(records__b="b: 1\n")
    repo.git("merge", "-q", "--no-edit", "side")
    repo.git("config", "log.showSignature", "true")
    merge = git.head()
    assert merge
    assert first
    landed = history.log(git, "records/a.yaml")
    assert [commit.oid for commit in landed] == [merge, first]
    assert (landed[0].author, landed[0].email) == ("Ada", "ada@example.org")
    assert landed[0].subject.startswith("Merge branch")
    assert landed[0].date.tzinfo
    assert len(history.log(git)) == 3
    assert [commit.oid for commit in history.log(git, rev=first)] == [first]
    assert history.parent(git, merge) == history.log(git)[1].oid
    assert history.parent(git, first) is None


def test_the_default_branch_is_a_branch_whatever_tags_are_called(repo: Repo) -> None:
    git = Git.discover(repo.root)
    assert default_branch(git) == ("refs/heads/main", "main", "the main branch here")
    repo.git("tag", "main", "HEAD")
    repo.land(records__a="a: 1\n")
    found = default_branch(git)
    assert found is not None
    assert (git.resolve(found.name), found.branch) == (git.head(), "main")
    repo.git("branch", "-m", "main", "trunk")
    assert default_branch(git) is None


def test_what_was_only_touched_brings_nothing(repo: Repo) -> None:
    """Git calls a file changed that was written again, such as in a copied folder; what it holds is the same."""
    repo.land(x="x: 1\n", y="y: 1\n", z="z: 1\n")
    for name, text in (("x", "x: 1\n"), ("y", "y: 2\n")):
        (repo.root / f"{name}.yaml").unlink()
        repo.write(f"{name}.yaml", text)
    (repo.root / "z.yaml").chmod(0o755)
    repo.write("new.yaml", "n: 1\n")
    repo.git("add", "new.yaml")
    git = Git(repo.root)
    found = brought(CommitTree(git, str(git.head())), None, lambda _path: True)
    assert found.paths == ["new.yaml", "y.yaml"]
    assert found.now == {"new.yaml": b"n: 1\n", "y.yaml": b"y: 2\n"}
    assert found.before == {"y.yaml": b"y: 1\n"}
    assert found.large == []
