"""Killed at any instant, disk full at any write, eight at once: never half a commit, never a foreign byte changed."""

from __future__ import annotations

import errno
import os
import random
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from partnerkit.errors import CannotWorkError
from partnerkit.store.commit import journal
from partnerkit.store.commit.atomic import Unfinished, commit, writing
from partnerkit.store.disk import files
from partnerkit.store.git.repository import Git
from tests.faults import committer, killing
from tests.faults.killing import LONG, Commit, Record, Tally, hooked, shares
from tests.store.repos import Repo

#: `advance` is killed far more often; this finds where in the commit it went wrong.
KILLS = killing.KILLS // 5
LONGEST_RUN = 100  # more writes than one commit has; a guard against endless loops


def start(repo: Repo, reported: Path, count: int) -> subprocess.Popen[bytes]:
    argv = [sys.executable, committer.__file__, str(repo.root), str(reported), str(count)]
    return subprocess.Popen(argv, start_new_session=True, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)


def assert_whole(repo: Repo) -> int:
    """Disk, index and HEAD agree about every record, and one number is in all of them."""
    assert repo.git("status", "--porcelain", "--untracked-files=all", "--", "records") == ""
    disk = repo.disk("records")
    a, b = (int(disk[path][1].split()[1]) for path in committer.PATHS)
    assert a == b
    assert {path for path in disk if path.startswith("records/new/")} == {
        f"records/new/{n}.yaml" for n in range(1, a + 1)
    }
    assert repo.litter() == []
    return a


def assert_sound(repo: Repo) -> None:
    assert repo.git("fsck", "--strict", "--no-dangling", "--no-progress") == ""


@hooked
@shares(KILLS)
def test_killed_at_any_instant(
    repo: Repo, hooked: bool, part: int, share: int, tmp_path: Path, record_property: Record
) -> None:
    chance = killing.chances(part, hooked)
    repo.make_foreign_changes()
    if hooked:
        repo.hook_runner(tmp_path, "sleep 0.03")
    disk, staged = repo.disk("other"), repo.index("other")
    reported, kills, state = tmp_path / "reported", Tally(share), Commit(repo.root)
    for _ in kills.rounds():
        kill_one(repo, reported, chance, 0.6 if hooked else 0.25)
        kills.found[state.died] += 1
        half = state.journal.exists()
        git = Git.discover(repo.root)
        with writing(git, wait=20) as held:
            assert bool(held.recovered) == half
        reached = assert_whole(repo)
        assert (repo.disk("other"), repo.index("other")) == (disk, staged), f"seed {killing.SEED}"
        landed = repo.git("rev-list", "HEAD").split()
        assert set(reported.read_text().split() if reported.exists() else []) <= set(landed), f"seed {killing.SEED}"
        assert len(landed) == reached + 2
    with writing(Git.discover(repo.root), wait=20):
        pass  # what a git process that outlived its command went on writing is swept by the next command
    assert_sound(repo)
    record_property("figures", {"commit": kills.figures(hooked)})


def kill_one(repo: Repo, reported: Path, chance: random.Random, most: float) -> None:
    """Let a process commit again and again for a random while, then kill it."""
    process = start(repo, reported, 1000)
    Commit(repo.root).wait("commit", process)
    time.sleep(chance.random() * most)
    assert process.poll() is None, process.stderr and process.stderr.read()
    killing.strike(process, chance)


def test_recovery_waits_for_a_hook_that_outlived_its_command(repo: Repo, tmp_path: Path) -> None:
    repo.make_foreign_changes()
    began = tmp_path / "began"
    repo.hook("pre-commit", f"#!/bin/sh\ngit checkout -- .\ntouch {began}\nsleep 0.7\necho late > other/dirty.txt\n")
    before = repo.state()
    process = start(repo, tmp_path / "reported", 1)
    while not began.exists():
        time.sleep(0.01)
    process.kill()
    with writing(Git.discover(repo.root), wait=5) as held:
        assert "nothing of it remains" in str(held.recovered)
        assert "other/dirty.txt was put back as it was before" in str(held.recovered)
    process.communicate()
    assert repo.state() == before


def test_a_lock_of_the_users_own_git_is_named_and_stays(repo: Repo, tmp_path: Path) -> None:
    git = Git.discover(repo.root)
    leave_a_landing_journal(repo, git)
    lock = repo.root / ".git/HEAD.lock"
    lock.write_bytes(b"")
    os.utime(lock, (time.time() + 100, time.time() + 100))
    with pytest.raises(CannotWorkError, match=r"HEAD\.lock is held by another git"), writing(git):
        pass
    assert lock.exists()
    lock.unlink()
    with writing(git) as held:
        assert "nothing of it remains" in str(held.recovered)
    assert repo.litter() == []


@pytest.mark.parametrize("content", ["", "ours"])
def test_our_own_branch_locks_are_removed(repo: Repo, content: str) -> None:
    git = Git.discover(repo.root)
    new = leave_a_landing_journal(repo, git)
    (repo.root / ".git/HEAD.lock").write_bytes(b"")
    (repo.root / ".git/refs/heads/main.lock").write_text(f"{new}\n" if content else "")
    with writing(git) as held:
        assert "nothing of it remains" in str(held.recovered)
    assert repo.litter() == []


def test_recovery_follows_head_when_others_committed_since(repo: Repo) -> None:
    git = Git.discover(repo.root)
    old = repo.git("rev-parse", "HEAD:records/a.yaml").strip()
    mid = repo.land(records__a="a: 1\n")
    new = repo.land(records__a="a: 2\n")
    repo.write("records/a.yaml", "a: 0\n")
    files.make_folder(journal.state(git))
    repo.git("update-index", "--cacheinfo", f"100644,{old},records/a.yaml")
    change = journal.Change("records/a.yaml", old, git.blob_id(b"a: 1\n"))
    journal.Journal("ab", "landing", None, mid, "refs/heads/main", (change,)).write(git)
    with writing(git) as held:
        assert "had landed" in str(held.recovered)
    assert git.head() == new
    assert (repo.git("status", "--porcelain"), repo.disk()["records/a.yaml"][1]) == ("", b"a: 2\n")


def leave_a_landing_journal(repo: Repo, git: Git) -> str:
    """Leave what a process leaves that was killed while git moved the branch."""
    tree = repo.git("rev-parse", "HEAD^{tree}").strip()
    new = repo.git("commit-tree", tree, "-p", "HEAD", "-m", "never landed").strip()
    files.make_folder(journal.state(git))
    journal.Journal("ab", "landing", git.head(), new, "refs/heads/main", ()).write(git)
    return new


class Failing:
    """Stands at `files.point` and lets the Nth change to the disk fail, alone or with all that follow."""

    def __init__(self, nth: int, *, for_good: bool, problem: int) -> None:
        self.nth = nth
        self.for_good = for_good
        self.problem = problem
        self.seen = 0

    @property
    def failed(self) -> bool:
        return self.seen >= self.nth

    def __call__(self, _operation: str, path: Path) -> None:
        self.seen += 1
        if self.seen == self.nth or (self.for_good and self.seen > self.nth):
            raise OSError(self.problem, os.strerror(self.problem), str(path))


@pytest.mark.parametrize("for_good", [False, True], ids=["once", "from then on"])
@hooked
def test_every_write_fails_in_turn(
    repo: Repo, hooked: bool, for_good: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The disk is full for one write, or broken for good."""
    repo.make_foreign_changes()
    if hooked:
        repo.hook_runner(tmp_path)
    disk, staged = repo.disk("other"), repo.index("other")
    number = 0
    for nth in killing.one_in_three(LONGEST_RUN, hooked, for_good):
        failing = Failing(nth, for_good=for_good, problem=errno.EIO if for_good else errno.ENOSPC)
        number = commit_while(repo, failing, number, monkeypatch)
        assert (repo.disk("other"), repo.index("other")) == (disk, staged), nth
        if not failing.failed:
            break
    assert 10 < nth < LONGEST_RUN - 1


def commit_while(repo: Repo, failing: Failing, number: int, monkeypatch: pytest.MonkeyPatch) -> int:
    """Commit number + 1 while the disk fails, then let the next command set things right; return where we are."""
    git = Git.discover(repo.root)
    changes = {path: f"{Path(path).stem}: {number + 1}\n".encode() for path in committer.PATHS}
    changes[f"records/new/{number + 1}.yaml"] = b"n\n"
    base = git.head()
    before = repo.state()
    oid = problem = None
    with monkeypatch.context() as broken:
        broken.setattr(files, "point", failing)
        try:
            oid = commit(git, base, changes, "m\n")
        except CannotWorkError as refused:
            problem = refused
    if problem and git.head() == base and not failing.for_good:
        assert repo.state() == before, failing.seen
    with writing(git):
        pass
    now = assert_whole(repo)
    assert (problem is None) == (oid is not None)
    if oid is not None or isinstance(problem, Unfinished):
        assert now == number + 1
    elif problem:
        assert os.strerror(failing.problem) in str(problem)
        assert "nothing changed" in str(problem)
        assert now == number
    return now


@pytest.mark.parametrize("hooked", [False, True], ids=["no hooks", "with a hook"])
def test_ctrl_c_leaves_nothing(repo: Repo, hooked: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    if hooked:
        repo.hook("pre-commit", "#!/bin/sh\nexit 0\n")
    git = Git.discover(repo.root)
    real: Callable[..., object] = git.run
    for nth in range(1, 60):
        calls = iter(range(1, 1000))
        base, number = git.head(), assert_whole(repo)

        def run(*args: str, nth: int = nth, calls: object = calls, **options: object) -> object:
            found = real(*args, **options)
            if next(calls) == nth:  # type: ignore[call-overload]  # an endless count
                raise KeyboardInterrupt
            return found

        monkeypatch.setattr(git, "run", run)
        changes = {path: f"{Path(path).stem}: {number + 1}\n".encode() for path in committer.PATHS}
        changes[f"records/new/{number + 1}.yaml"] = b"n\n"
        try:
            commit(git, base, changes, "m\n")
        except KeyboardInterrupt:
            assert_whole(repo)
        else:
            return
        finally:
            monkeypatch.setattr(git, "run", real)
    pytest.fail("a commit needs no 60 git processes")


def test_eight_at_once_lose_nothing(repo: Repo, tmp_path: Path) -> None:
    many, each = 8, 25 if LONG else 8
    processes = [start(repo, tmp_path / f"reported-{n}", each) for n in range(many)]
    for process in processes:
        _, words = process.communicate(timeout=120)
        assert process.returncode == 0, words.decode()
    reported = [line for n in range(many) for line in (tmp_path / f"reported-{n}").read_text().split()]
    landed = repo.git("rev-list", "HEAD").split()
    assert len(set(reported)) == len(reported) == many * each
    assert set(reported) <= set(landed)
    assert assert_whole(repo) == many * each
    assert len(landed) == many * each + 1
    assert_sound(repo)
