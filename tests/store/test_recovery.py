"""After an interruption: what is finished, what is left alone, and what is said where it cannot be cleared up."""

from __future__ import annotations

import errno
import fcntl
import os
from pathlib import Path

import pytest

from partnerkit.errors import CannotWorkError
from partnerkit.store.commit import index, journal, recovery
from partnerkit.store.commit.atomic import put_in_order, writing
from partnerkit.store.disk import files
from partnerkit.store.git.repository import Git
from tests.store.repos import Repo

A = "records/a.yaml"


def interrupted(repo: Repo, *, landed: bool) -> journal.Journal:
    """Leave what a process leaves that was killed as its branch moved, with the working tree still as before."""
    git = Git.discover(repo.root)
    base = str(git.head())
    old = repo.git("rev-parse", f"HEAD:{A}").strip()
    new = repo.land(records__a="a: 1\n")
    repo.git("reset", "-q", "--hard", base)
    if landed:
        repo.git("update-ref", "refs/heads/main", new)
    found = journal.Journal(
        "ab", "landing", base, new, "refs/heads/main", (journal.Change(A, old, git.blob_id(b"a: 1\n")),)
    )
    files.make_folder(found.run(git).folder)
    found.write(git)
    return found


def recovered(repo: Repo) -> str | None:
    with writing(Git.discover(repo.root)) as held:
        return held.recovered


def test_what_was_edited_since_is_left_alone_and_named(repo: Repo) -> None:
    interrupted(repo, landed=True)
    repo.write(A, "a: by hand\n")
    assert f"the files on disk now show it, except {A}, edited since" in str(recovered(repo))
    assert (repo.root / A).read_text() == "a: by hand\n"
    assert repo.git("show", f"HEAD:{A}") == "a: 1\n"
    assert repo.litter() == []


def test_no_index_is_made_where_there_is_none(repo: Repo) -> None:
    interrupted(repo, landed=True)
    (repo.root / ".git/index").unlink()
    assert "the files on disk now show it" in str(recovered(repo))
    assert (repo.root / A).read_text() == "a: 1\n"
    assert not (repo.root / ".git/index").exists()


def test_the_lock_that_it_left_on_the_index_goes_and_that_of_another_git_stays(repo: Repo) -> None:
    """Ours is a second name of a file in the run's folder: nobody else's can be."""
    found, git = interrupted(repo, landed=False), Git.discover(repo.root)
    lock, ours = repo.root / ".git/index.lock", found.run(git).index_lock
    ours.write_bytes(b"")
    lock.write_bytes(b"")
    index.drop_our_lock(git, found.run(git))
    assert lock.exists()
    lock.unlink()
    os.link(ours, lock)
    assert "nothing of it remains" in str(put_in_order(git))
    assert (repo.litter(), put_in_order(git)) == ([], None)


def test_a_hook_that_does_not_end_is_named(repo: Repo) -> None:
    found, git = interrupted(repo, landed=False), Git.discover(repo.root)
    alive = found.run(git).alive
    alive.write_bytes(b"")
    before = repo.state()
    with alive.open() as hook:
        fcntl.flock(hook, fcntl.LOCK_EX)
        with pytest.raises(CannotWorkError, match=rf"\(process {found.pid}\) started is still running") as refused:
            recovery.recover(git, wait=0.05)
    assert str(alive) in str(refused.value.mend)
    assert repo.state() == before
    assert "nothing of it remains" in str(recovered(repo))


def test_a_disk_that_refuses_the_clearing_up_is_named(repo: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    interrupted(repo, landed=True)

    def broken(_operation: str, path: Path) -> None:
        raise OSError(errno.EROFS, os.strerror(errno.EROFS), str(path))

    with monkeypatch.context() as patch:
        patch.setattr(files, "point", broken)
        with pytest.raises(CannotWorkError, match="Read-only file system; an interrupted command waits") as refused:
            recovered(repo)
    assert "run the command again" in str(refused.value.mend)
    assert "the files on disk now show it" in str(recovered(repo))


@pytest.mark.parametrize("text", ["{}", "[]", '{"format": "1"}', '{"format": 1, "changes": [], "saved": []}'])
def test_each_journal_that_makes_no_sense_is_kept(repo: Repo, text: str) -> None:
    for number in (1, 2):
        repo.write(".git/partnerkit/journal.json", text)
        kept = repo.root / f".git/partnerkit/kept/unreadable-{number}"
        assert f"could not be read; it lies in {kept}" in str(recovered(repo))
        assert (kept / "journal.json").read_text() == text
    assert recovered(repo) is None
