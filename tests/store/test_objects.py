"""What git holds, asked of one process that stays: every answer belongs to its question, whatever goes wrong."""

from __future__ import annotations

import gc
import os
import signal
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from partnerkit.errors import CannotWorkError, WrongCallError
from partnerkit.store.git.blobs import read_blobs
from partnerkit.store.git.objects import Object, Objects
from partnerkit.store.git.repository import Git
from partnerkit.store.git.results import GitFailed
from partnerkit.store.git.trees import CommitTree
from tests.store.repos import Repo


def test_each_answer_belongs_to_its_question(repo: Repo) -> None:
    git, head = Git(repo.root), repo.git("rev-parse", "HEAD").strip()
    tree, blob = (repo.git("rev-parse", name).strip() for name in ("HEAD^{tree}", "HEAD:records/a.yaml"))
    asked = [blob, "1" * 40, "HEAD^{tree}", "no such branch", "HEAD:records/a.yaml", head]
    found = list(git.objects.read(asked))
    assert [one and (one.oid, one.kind) for one in found] == [
        (blob, "blob"),
        None,
        (tree, "tree"),
        None,
        (blob, "blob"),
        (head, "commit"),
    ]
    assert found[0] == Object(blob, "blob", 5, b"a: 0\n")
    assert git.objects.what("HEAD:records/a.yaml") == Object(blob, "blob", 5)
    assert git.objects.what("HEAD^{blob}") is None


def test_each_answer_belongs_to_the_thread_that_asked(repo: Repo) -> None:
    """Of two that ask at once, neither takes what was said to the other."""
    git = Git(repo.root)
    names = [repo.git("rev-parse", name).strip() for name in ("HEAD", "HEAD^{tree}", "HEAD:records/a.yaml")]

    def answered(name: str) -> list[str]:
        return [found.oid for _ in range(200) if (found := git.objects.what(name)) is not None]

    with ThreadPoolExecutor(len(names)) as beside:
        assert [*beside.map(answered, names)] == [[name] * 200 for name in names]


@pytest.mark.parametrize(
    "rev", ["", "no such branch", "HEAD@{1000000}", "HEAD:records/a.yaml", "HEAD\nHEAD", "HEAD\0", "^HEAD"]
)
def test_what_names_no_commit_is_told_and_the_next_question_is_answered(repo: Repo, rev: str) -> None:
    git = Git(repo.root)
    assert git.known(rev) is None
    with pytest.raises(WrongCallError, match="names no commit here"):
        git.resolve(rev)
    assert git.known("HEAD") == git.head()


def test_many_and_large_ones_come_whole(repo: Repo) -> None:
    """More is asked, and more is said, than any pipe holds."""
    texts = {f"records/{number}.yaml": f"n: {number}\n".encode() * 60 for number in range(900)}
    texts["records/large.yaml"] = os.urandom(3_000_000)
    for path, data in texts.items():
        (repo.root / path).write_bytes(data)
    repo.git("add", ".")
    repo.git("commit", "-q", "-m", "many")
    git = Git(repo.root)
    tree = CommitTree(git, "HEAD")
    assert tree.read_many(reversed(texts)) == texts


def test_what_landed_meanwhile_is_seen(repo: Repo) -> None:
    git, before = Git(repo.root), Git(repo.root).head()
    assert git.head() == before
    after = repo.land(records__a="a: 1\n")
    repo.git("gc", "-q")
    assert git.head() == after != before
    assert CommitTree(git, after).read("records/a.yaml") == b"a: 1\n"


def test_a_process_that_ended_is_started_anew(repo: Repo) -> None:
    git = Git(repo.root)
    head = git.head()
    assert git.objects._process
    os.kill(git.objects._process.pid, signal.SIGKILL)
    os.waitid(os.P_PID, git.objects._process.pid, os.WEXITED | os.WNOWAIT)
    assert git.head() == head


def test_one_that_ends_while_it_answers_is_no_answer(repo: Repo) -> None:
    git = Git(repo.root)
    assert git.head()
    process = git.objects._process
    assert process
    process.kill()
    process.poll = lambda: None  # type: ignore[method-assign]  # as if it ended just after it was looked at
    with pytest.raises(GitFailed, match="killed by signal 9"):
        git.head()
    assert git.head()


def test_after_an_interrupt_the_next_answer_is_that_of_the_next_question(repo: Repo) -> None:
    git = Git(repo.root)
    blob = repo.git("rev-parse", "HEAD:records/a.yaml").strip()
    answers = git.objects.read([blob] * 500)
    next(answers)
    real = Objects._answers
    with pytest.MonkeyPatch.context() as patch:

        def interrupted(self: Objects, questions: list[bytes], *, whole: bool) -> list[Object | None]:
            real(self, [b"info HEAD\n"], whole=False)
            assert self._process
            assert self._process.stdin
            self._process.stdin.write(b"".join([*questions, b"flush\n"]))
            self._process.stdin.flush()
            raise KeyboardInterrupt

        patch.setattr(Objects, "_answers", interrupted)
        with pytest.raises(KeyboardInterrupt):
            list(answers)
    assert read_blobs(git, [blob]) == {blob: b"a: 0\n"}
    assert git.objects.what("HEAD^{tree}") is not None


def test_the_process_ends_with_whoever_asked(repo: Repo) -> None:
    git = Git(repo.root)
    assert git.head()
    process = git.objects._process
    assert process
    del git
    gc.collect()
    assert process.poll() is not None


def test_a_git_that_is_too_old_is_named(repo: Repo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    old = tmp_path / "bin/git"
    old.parent.mkdir()
    old.write_text('#!/bin/sh\necho "error: unknown option \\`batch-command\'" >&2\nexit 129\n', encoding="utf-8")
    old.chmod(0o755)
    monkeypatch.setenv("PATH", str(old.parent), prepend=os.pathsep)
    with pytest.raises(CannotWorkError, match=r"this git is too old.*nothing changed") as refused:
        Git(repo.root).head()
    assert refused.value.mend == "install git 2.36 or newer; git version says which one is here"
