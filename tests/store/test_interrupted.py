"""What is left of a command that was interrupted, in words; and which other git is at work here."""

from __future__ import annotations

import subprocess
from pathlib import Path

from partnerkit.store.commit import journal
from partnerkit.store.commit.moving import after_interrupt
from partnerkit.store.commit.stale import git_processes
from partnerkit.store.git.repository import Git
from tests.store.repos import Repo


def test_what_had_landed_is_named_and_nothing_else(repo: Repo) -> None:
    git = Git.discover(repo.root)
    head = git.head()
    assert head is not None
    assert after_interrupt(git) == "no commit landed here"
    tree = repo.git("rev-parse", "HEAD^{tree}").strip()
    loose = repo.git("commit-tree", tree, "-m", "never landed").strip()
    git.attempted.append(loose)
    assert after_interrupt(git) == "no commit landed here"
    git.attempted.append(head)
    assert after_interrupt(git) == f"{head[:10]} had landed here and stays"


def test_what_was_under_way_is_put_in_order_by_a_command(repo: Repo) -> None:
    git = Git.discover(repo.root)
    place = journal.place(git)
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text("{}", encoding="utf-8")
    assert after_interrupt(git) == "no commit landed here; partnerkit doctor puts in order what was under way"


def test_a_git_at_work_in_the_repository_is_seen_and_one_elsewhere_is_not(repo: Repo, tmp_path: Path) -> None:
    git, elsewhere = Git.discover(repo.root), tmp_path / "elsewhere"
    subprocess.run(["git", "init", "-q", str(elsewhere)], check=True)
    words = ["sh", "-c", "git cat-file --batch; exit $?"]  # one that somebody else started
    with (
        subprocess.Popen(words, cwd=repo.root, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as here,
        subprocess.Popen(words, cwd=elsewhere, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as there,
    ):
        for one in (here, there):  # it has answered once, so it is git by now
            assert one.stdin
            assert one.stdout
            one.stdin.write(b"HEAD\n")
            one.stdin.flush()
            one.stdout.readline()
        assert git.head()  # asks a process of our own, which stays
        assert git_processes(git) == [_begun_by(here.pid)]
        assert git_processes(Git(elsewhere)) == [_begun_by(there.pid)]


def _begun_by(pid: int) -> int:
    return int(Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="utf-8"))
