"""The atomic commit: what lands, what is refused, and that nobody else's work is touched."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from partnerkit.errors import CannotWorkError, WrongCallError
from partnerkit.store.commit import index, journal
from partnerkit.store.commit.atomic import Dirty, HookRefused, Moved, commit, writing
from partnerkit.store.disk.lock import Lock
from partnerkit.store.git.repository import Git
from partnerkit.store.git.trees import CommitTree
from tests.store.repos import Repo

A = "records/a.yaml"


def land(repo: Repo, changes: dict[str, bytes | None] | None = None, message: str = "change\n", **options: bool) -> str:
    git = Git.discover(repo.root)
    return commit(git, git.head(), changes or {A: b"a: 1\n"}, message, **options)


def test_lands_on_disk_in_index_and_in_history(repo: Repo) -> None:
    new = b"new: \xc3\xa9\r\n"
    oid = land(repo, {A: b"a: 1\n", "records/pairings/2026/c.yaml": new}, "two files\n\nand a body\n")
    assert repo.git("rev-parse", "HEAD").strip() == oid
    assert repo.git("log", "-1", "--format=%B").strip() == "two files\n\nand a body"
    assert repo.git("status", "--porcelain") == ""
    assert (repo.root / "records/pairings/2026/c.yaml").read_bytes() == new
    assert CommitTree(Git(repo.root), oid).read("records/pairings/2026/c.yaml") == new
    assert repo.git("reflog", "-1", "--format=%H").strip() == oid
    assert repo.litter() == []


def test_a_file_goes_with_what_else_changes(repo: Repo) -> None:
    repo.land(records__sub__gone="c: 0\n")
    land(repo, {A: b"a: 1\n", "records/sub/gone.yaml": None, "records/never.yaml": None})
    assert repo.git("show", "--name-status", "--format=").split() == ["M", A, "D", "records/sub/gone.yaml"]
    assert repo.git("status", "--porcelain") == ""
    assert not (repo.root / "records/sub").exists()
    land(repo, {A: None})
    assert not (repo.root / A).exists()
    assert repo.git("status", "--porcelain") == ""


def test_first_commit_of_all(empty: Repo) -> None:
    oid = land(empty)
    assert empty.git("rev-list", "HEAD").split() == [oid]
    assert empty.git("status", "--porcelain") == ""


def test_first_commit_loses_against_another_first_commit(empty: Repo) -> None:
    git = Git.discover(empty.root)
    empty.land(x="x: 1\n")
    before = empty.state()
    with pytest.raises(Moved):
        commit(git, None, {A: b"a: 1\n"}, "m\n")
    assert empty.state() == before


def test_moved_before_the_start(repo: Repo) -> None:
    git = Git.discover(repo.root)
    base = git.head()
    repo.land(records__c="c: 0\n")
    before = repo.state()
    with pytest.raises(Moved, match="nothing changed"):
        commit(git, base, {A: b"a: 1\n"}, "m\n")
    assert repo.state() == before


def test_moved_at_the_last_moment_by_a_hook(repo: Repo) -> None:
    repo.hook("commit-msg", "#!/bin/sh\nunset GIT_INDEX_FILE\ngit commit -q --no-verify --allow-empty -m theirs\n")
    before = repo.disk(), repo.index()
    with pytest.raises(Moved):
        land(repo)
    assert (repo.disk(), repo.index()) == before
    assert repo.git("log", "-1", "--format=%s").strip() == "theirs"
    assert repo.litter() == []


@pytest.mark.parametrize("hooked", [False, True])
@pytest.mark.parametrize("refuse", [False, True])
def test_foreign_work_stays_byte_for_byte(repo: Repo, hooked: bool, refuse: bool, tmp_path: Path) -> None:
    repo.make_foreign_changes()
    if hooked:
        repo.hook_runner(tmp_path, "exit 1" if refuse else "true")
    disk, index, state = repo.disk("other"), repo.index("other"), repo.state()
    if hooked and refuse:
        with pytest.raises(HookRefused):
            land(repo, {A: b"a: 1\n", "records/new/c.yaml": b"c: 1\n"})
        assert repo.state() == state
        return
    oid = land(repo, {A: b"a: 1\n", "records/new/c.yaml": b"c: 1\n"})
    assert (repo.disk("other"), repo.index("other")) == (disk, index)
    assert repo.git("show", "--format=", "--name-only", oid).split() == [A, "records/new/c.yaml"]
    assert repo.git("diff", "HEAD", "--", "records") == ""
    assert repo.litter() == []


def test_foreign_work_survives_a_hook_that_dies_half_way(repo: Repo) -> None:
    repo.make_foreign_changes()
    repo.hook("pre-commit", "#!/bin/sh\ngit checkout -- .\nrm -r other/both.txt\nkill -9 $$\n")
    before = repo.state()
    with pytest.raises(HookRefused):
        land(repo)
    assert repo.state() == before


def test_a_refusing_hook_that_edits_clean_files_leaves_no_trace(repo: Repo) -> None:
    repo.hook("pre-commit", "#!/bin/sh\necho scribble >> records/b.yaml\nrm records/a.yaml\nexit 1\n")
    before = repo.state()
    with pytest.raises(HookRefused, match=r"kept in .*records/b\.yaml"):
        land(repo)
    assert repo.state() == before


def test_a_hook_sees_what_will_be_committed_and_nothing_else(repo: Repo, tmp_path: Path) -> None:
    repo.make_foreign_changes()
    seen = tmp_path / "seen"
    repo.hook("pre-commit", f"#!/bin/sh\ngit diff --cached --name-only > {seen}\n")
    land(repo)
    assert seen.read_text().split() == [A]


@pytest.mark.parametrize("name", ["pre-commit", "prepare-commit-msg", "commit-msg"])
def test_a_refusing_hook_is_heard_and_nothing_changes(repo: Repo, name: str) -> None:
    repo.hook(name, "#!/bin/sh\necho 'line one'\necho 'not like this' >&2\nexit 4\n")
    before = repo.state()
    with pytest.raises(HookRefused, match="not like this") as refused:
        land(repo)
    assert refused.value.hook == name
    assert "line one" in refused.value.output
    assert repo.state() == before
    land(repo, verify=False)


@pytest.mark.parametrize("fix", ["echo '# end' >> records/a.yaml", "sed -i '1i# begin' records/a.yaml other/both.txt"])
def test_what_a_hook_runner_fixes_is_refused_and_leaves_no_trace(repo: Repo, fix: str, tmp_path: Path) -> None:
    """With and without a conflict between the fix and what the runner had put aside."""
    repo.land(records__a="a: 0\n" + "# more\n" * 9)
    repo.make_foreign_changes()
    repo.hook_runner(tmp_path, fix)
    before = repo.state()
    with pytest.raises(HookRefused, match="said no"):
        land(repo, {A: b"a: 0\n" + b"# more\n" * 8 + b"# other\n"})
    assert repo.state() == before


def test_a_hook_that_changes_the_tree_is_refused(repo: Repo) -> None:
    repo.hook("pre-commit", "#!/bin/sh\necho more >> records/b.yaml\ngit add records/b.yaml\n")
    before = repo.state()
    with pytest.raises(HookRefused, match=r"changed what was to be committed \(records/b\.yaml\)"):
        land(repo)
    assert repo.state() == before


def test_hooks_may_change_the_message(repo: Repo) -> None:
    repo.hook("prepare-commit-msg", '#!/bin/sh\n[ "$2" = message ] && echo "Ticket: 7" >> "$1"\n')
    repo.hook("commit-msg", '#!/bin/sh\necho "Checked: yes  " >> "$1"\n')
    oid = land(repo)
    assert repo.git("log", "-1", "--format=%B", oid).split("\n")[:3] == ["change", "Ticket: 7", "Checked: yes"]


def test_a_hook_that_empties_the_message_is_refused(repo: Repo) -> None:
    repo.hook("commit-msg", '#!/bin/sh\n: > "$1"\n')
    before = repo.state()
    with pytest.raises(HookRefused, match="left no message"):
        land(repo)
    assert repo.state() == before


def test_hooks_path_post_commit_and_the_users_language(
    repo: Repo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LC_ALL", "de_DE.UTF-8")
    repo.git("config", "core.hooksPath", "../hooks")
    hook = tmp_path / "hooks/post-commit"
    hook.parent.mkdir()
    hook.write_text(f'#!/bin/sh\necho "$LC_ALL|$LANGUAGE|$GIT_NO_REPLACE_OBJECTS" > {tmp_path}/told\nexit 1\n')
    hook.chmod(0o755)
    land(repo)
    assert (tmp_path / "told").read_text() == "de_DE.UTF-8||\n"


def test_a_daemon_left_by_a_hook_locks_nobody_out(repo: Repo) -> None:
    repo.hook("pre-commit", "#!/bin/sh\nsleep 30 </dev/null >/dev/null 2>&1 &\nexit 0\n")
    land(repo)
    land(repo, {A: b"a: 2\n"})


def test_a_hook_cannot_commit_through_partnerkit(repo: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PARTNERKIT_INSIDE_HOOK", "1")
    with pytest.raises(CannotWorkError, match="inside a hook"):
        land(repo)


def test_signing_without_a_key_changes_nothing(repo: Repo) -> None:
    repo.git("config", "commit.gpgsign", "true")
    repo.git("config", "gpg.format", "ssh")
    repo.git("config", "user.signingkey", str(repo.root / "no-such-key"))
    before = repo.state()
    with pytest.raises(CannotWorkError, match="could not be signed"):
        land(repo)
    assert repo.state() == before


@pytest.mark.parametrize(
    ("do", "match"),
    [
        (lambda repo: repo.write(A, "a: by hand\n"), "was edited here"),
        (lambda repo: (repo.write(A, "a: x\n"), repo.git("add", A), repo.write(A, "a: 0\n")), "is staged"),
        (lambda repo: os.unlink(repo.root / A), "was deleted here"),
        (lambda repo: repo.write(A, b"a: 0\r\n"), "line endings"),
        (lambda repo: repo.write("records/new.yaml", "mine\n"), "git does not know it"),
        (lambda repo: os.mkdir(repo.root / "records/new.yaml"), "not a plain file"),
        (lambda repo: os.symlink("b.yaml", repo.root / "records/new.yaml"), "not a plain file"),
        (lambda repo: repo.git("rm", "-q", "--cached", A), "is staged"),
    ],
)
def test_work_in_our_own_paths_is_refused(repo: Repo, do: object, match: str) -> None:
    assert callable(do)
    do(repo)
    before = repo.state()
    with pytest.raises(Dirty, match=match) as refused:
        land(repo, {A: b"a: 1\n", "records/new.yaml": b"new: 1\n"})
    assert refused.value.mend
    assert repo.state() == before


def test_an_executable_record_is_refused(repo: Repo) -> None:
    repo.git("update-index", "--chmod=+x", A)
    repo.git("commit", "-q", "-m", "executable")
    repo.git("restore", A)
    before = repo.state()
    with pytest.raises(CannotWorkError, match="mode 100755"):
        land(repo)
    assert repo.state() == before


def test_a_link_on_the_way_never_leads_outside(repo: Repo, tmp_path: Path) -> None:
    (tmp_path / "outside").mkdir()
    (repo.root / "records/pairings").symlink_to(tmp_path / "outside")
    with pytest.raises(Dirty):
        land(repo, {"records/pairings/x.yaml": b"x: 1\n"})
    assert list((tmp_path / "outside").iterdir()) == []


@pytest.mark.parametrize("path", ["../x", "/x", "a//b", ".git/config", "a/.GIT/x", "", "a/../b", "a\nb"])
def test_paths_outside_are_a_wrong_call(repo: Repo, path: str) -> None:
    with pytest.raises(WrongCallError):
        land(repo, {path: b"x\n"})


def test_nothing_to_commit(repo: Repo) -> None:
    before = repo.state()
    with pytest.raises(WrongCallError, match="nothing to commit"):
        land(repo, {A: b"a: 0\n"})
    assert repo.state() == before


def test_filters_and_line_endings_never_touch_the_bytes(repo: Repo) -> None:
    repo.git("config", "core.autocrlf", "true")
    oid = land(repo, {"records/x.yaml": b"x: 1\r\n", "records/y.yaml": b"y: 1\n"})
    assert CommitTree(Git(repo.root), oid).read_many(["records/x.yaml", "records/y.yaml"]) == {
        "records/x.yaml": b"x: 1\r\n",
        "records/y.yaml": b"y: 1\n",
    }


def test_linked_worktree(repo: Repo, tmp_path: Path) -> None:
    repo.git("worktree", "add", "-q", "-b", "side", str(tmp_path / "side"))
    side = Repo(tmp_path / "side")
    oid = land(side)
    assert side.git("rev-parse", "side").strip() == oid
    assert side.git("status", "--porcelain") == ""
    assert repo.git("status", "--porcelain") == ""


def test_sparse_checkout_stays_sparse(repo: Repo, tmp_path: Path) -> None:
    repo.make_foreign_changes()
    repo.git("stash", "-q", "-u")
    repo.git("sparse-checkout", "set", "records")
    repo.hook_runner(tmp_path)
    land(repo)
    assert not (repo.root / "other").exists()
    assert repo.git("status", "--porcelain") == ""


def test_a_locked_index_is_named_and_nothing_changes(repo: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(index, "WAIT", 0.1)
    (repo.root / ".git/index.lock").write_bytes(b"")
    before = repo.state()
    with pytest.raises(CannotWorkError, match=r"index\.lock for \d+ s; nothing changed"):
        land(repo)
    assert repo.state() == before


def test_a_locked_branch_is_named_and_nothing_changes(repo: Repo) -> None:
    (repo.root / ".git/HEAD.lock").write_bytes(b"")
    before = repo.state()
    with pytest.raises(CannotWorkError, match=r"HEAD\.lock"):
        land(repo)
    assert repo.state() == before


def test_busy_and_detached_are_refused(repo: Repo) -> None:
    repo.git("switch", "-q", "--detach")
    with pytest.raises(CannotWorkError, match="detached"):
        land(repo)
    repo.git("switch", "-q", "main")
    (repo.root / ".git/MERGE_HEAD").write_text(repo.git("rev-parse", "HEAD"))
    with pytest.raises(CannotWorkError, match="a merge; nothing changed") as refused:
        land(repo)
    assert "git merge --abort" in str(refused.value.mend)


def test_a_second_writer_waits_and_then_hears_who_is_there(repo: Repo) -> None:
    git = Git.discover(repo.root)
    with writing(git), pytest.raises(CannotWorkError, match=f"process {os.getpid()} has been writing here"):
        Lock.take(git.git_path("partnerkit/lock"), wait=0.1)
    with writing(git) as held:
        assert (held.identity.email, held.branch, held.recovered) == ("ada@example.org", "refs/heads/main", None)


def test_an_unreadable_journal_is_set_aside(repo: Repo) -> None:
    git = Git.discover(repo.root)
    land(repo)
    repo.write(".git/partnerkit/journal.json", b"\x00\x00{")
    repo.write(".git/partnerkit/run-aa/saved-0", "precious")
    with writing(git) as held:
        assert "could not be read" in str(held.recovered)
    kept = repo.root / ".git/partnerkit/kept/unreadable-1"
    assert (kept / "run-aa/saved-0").read_text() == "precious"
    assert repo.litter() == []


def test_a_journal_from_the_future_stops_us(repo: Repo) -> None:
    git = Git.discover(repo.root)
    repo.write(".git/partnerkit/journal.json", '{"format": 99}')
    with pytest.raises(CannotWorkError, match="newer partnerkit"), writing(git):
        pass
    assert journal.interrupted(git)
