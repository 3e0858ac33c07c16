"""Hooks around the atomic commit: the message they leave, hooks of the configuration, files that they take away."""

from __future__ import annotations

import pytest

from partnerkit.errors import CannotWorkError
from partnerkit.store.commit import hooks
from partnerkit.store.commit.atomic import HookRefused, commit
from partnerkit.store.commit.objects import settings
from partnerkit.store.git.repository import Git
from tests.store.repos import Repo

A = "records/a.yaml"


def land(repo: Repo) -> str:
    git = Git.discover(repo.root)
    return commit(git, git.head(), {A: b"a: 1\n"}, "change\n")


def test_a_message_is_tidied_as_git_does(repo: Repo) -> None:
    repo.hook("commit-msg", "#!/bin/sh\nprintf '\\n\\nfirst  \\n\\n\\n\\nsecond\\n\\n' > \"$1\"\n")
    land(repo)
    assert repo.git("cat-file", "commit", "HEAD").split("\n\n", 1)[1] == "first\n\nsecond\n"


def test_hooks_of_the_configuration_are_left_to_git(repo: Repo) -> None:
    """Only git knows whether it has them, so it is asked for each; an older one has none."""
    repo.git("config", "hook.lint.command", "true")
    git = Git.discover(repo.root)
    assert settings(git) == (False, None)
    assert hooks.installed(None) == {*hooks.BEFORE, hooks.AFTER}
    assert hooks.installed(git.git_path("hooks")) == set()
    assert land(repo) == git.head()
    assert repo.git("log", "-1", "--format=%B").strip() == "change"


def test_what_cannot_be_copied_no_hook_gets_near(repo: Repo) -> None:
    """A folder lies where git tracks a file: a hook that restores the working tree would remove what is in it."""
    repo.hook("pre-commit", "#!/bin/sh\ngit checkout -- .\n")
    (repo.root / "records/b.yaml").unlink()
    repo.write("records/b.yaml/mine.txt", "mine\n")
    before = repo.state()
    with pytest.raises(CannotWorkError, match=r"git tracks records/b\.yaml, but a folder or link lies") as refused:
        land(repo)
    assert "git restore records/b.yaml" in str(refused.value.mend)
    assert repo.state() == before


def test_a_folder_in_the_way_of_a_file_that_is_put_back_is_told_of(repo: Repo) -> None:
    repo.make_foreign_changes()
    repo.hook("pre-commit", "#!/bin/sh\nrm other/dirty.txt\nmkdir other/dirty.txt\nexit 1\n")
    dirty = (repo.root / "other/dirty.txt").read_bytes()
    with pytest.raises(HookRefused, match=r"other/dirty\.txt could not be put back, because a folder") as refused:
        land(repo)
    kept = refused.value.output.split("its bytes are in ")[1].splitlines()[0]
    with open(kept, "rb") as file:
        assert file.read() == dirty


def test_a_clean_file_that_a_refusing_hook_removed_is_back(repo: Repo) -> None:
    repo.hook("pre-commit", "#!/bin/sh\nrm records/b.yaml\nexit 1\n")
    before = repo.state()
    with pytest.raises(HookRefused, match="said no") as refused:
        land(repo)
    assert refused.value.output == ""
    assert repo.state() == before
