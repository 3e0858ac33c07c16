"""The commit hook judges what is being committed: neither more nor less than the commit in progress."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import At
from tests.place import Place, environment
from tests.story import ACME


@pytest.fixture
def hooked(at: At) -> Place:
    place = at("assessment")
    place.do("setup", "hooks")
    return place


def _commit(place: Place, *words: str, path: str | None = None) -> subprocess.CompletedProcess[str]:
    programs = path or f"{Path(sys.executable).parent}:{os.environ['PATH']}"
    command = ["git", "commit", "-qm", "by hand", *words]
    env = environment() | {"PATH": programs}
    return subprocess.run(command, cwd=place.root, env=env, capture_output=True, text=True, check=False)


def _cheat(place: Place) -> None:
    place.edit(ACME, "stage: assessment", "stage: active")


def test_an_unfinished_edit_elsewhere_blocks_no_commit(hooked: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", f"{Path(sys.executable).parent}:{os.environ['PATH']}")
    hooked.do("new", "partnership", "Other", "id=other")
    _cheat(hooked)

    hooked.do("set", "other", "name=Another")

    assert hooked.run("check").code == 1
    assert hooked.run("check", "--staged").code == 0


@pytest.mark.parametrize("words", [(), ("-a",)])
def test_a_staged_cheat_is_refused_though_its_file_was_put_back(hooked: Place, words: tuple[str, ...]) -> None:
    honest = hooked.text(ACME)
    _cheat(hooked)
    if not words:
        hooked.git("add", "-A")
        hooked.path(ACME).write_text(honest)
        assert hooked.run("check").code == 0
        index = (hooked.root / ".git/index").read_bytes()
        assert hooked.run("check", "--staged").code == 1
        assert (hooked.root / ".git/index").read_bytes() == index
    before = hooked.git("rev-parse", "HEAD")

    ended = _commit(hooked, *words)

    assert ended.returncode != 0
    assert "acme.yaml" in ended.stderr + ended.stdout
    assert hooked.git("rev-parse", "HEAD") == before


def test_a_commit_without_a_register_is_not_judged(hooked: Place) -> None:
    """The folder of a register that is not committed, and a branch of something else in the same repository."""
    hooked.git("checkout", "-q", "--orphan", "pages")
    hooked.git("rm", "-rqf", ".")
    (hooked.root / "index.html").write_text("x")
    hooked.git("add", "index.html")
    ended = _commit(hooked, path="/usr/bin:/bin")
    assert ended.returncode == 0, ended.stderr


def test_a_hook_that_finds_no_partnerkit_says_so(hooked: Place, tmp_path: Path) -> None:
    programs = tmp_path / "bin"
    programs.mkdir()
    for name in ("git", "sh"):
        found = subprocess.run(["which", name], capture_output=True, text=True, check=True).stdout.strip()
        (programs / name).symlink_to(found)
    (hooked.root / "notes.txt").write_text("x")
    hooked.git("add", "-A")

    ended = _commit(hooked, path=str(programs))

    assert ended.returncode != 0
    assert "partnerkit is not on PATH" in ended.stderr


def test_an_older_hook_of_ours_is_replaced(hooked: Place) -> None:
    hook = hooked.root / ".git/hooks/pre-commit"
    now = hook.read_text()
    hook.write_text("\n".join(now.splitlines()[:2]) + "\nexec partnerkit check\n")
    assert hooked.run("setup", "hooks", "--check").code == 1

    hooked.do("setup", "hooks")

    assert hook.read_text() == now


def test_a_hook_of_ours_that_somebody_changed_stays(hooked: Place) -> None:
    hook = hooked.root / ".git/hooks/pre-commit"
    mine = hook.read_text().replace("exec partnerkit", "make lint\nexec partnerkit")
    hook.write_text(mine)
    assert "was changed by hand" in hooked.run("setup", "hooks", "--check").out
    assert hooked.run("setup", "hooks").code == 3
    assert hook.read_text() == mine


def test_staged_goes_with_no_revision(hooked: Place) -> None:
    hooked.wrong("check", "--staged", "--base", "HEAD")


def test_beside_a_hook_of_ones_own_the_same_line_is_called(at: At) -> None:
    place = at("assessment")
    hook = place.root / ".git/hooks/pre-commit"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("#!/bin/sh\n")
    said = place.run("setup", "hooks")
    assert said.code == 3
    assert "call `partnerkit check --staged` from it" in said.err


def _merged(place: Place) -> subprocess.CompletedProcess[str]:
    env = environment() | {"PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}"}
    words = ["git", "merge", "-q", "--no-edit", "topic"]
    return subprocess.run(words, cwd=place.root, env=env, capture_output=True, text=True, check=False)


def test_a_merge_that_git_finds_clean_is_judged(at: At) -> None:
    """Each side is right by itself: a statement for a requirement, and whoever made it has left the day before."""
    place = at("decision")
    place.day = "2026-03-03"
    place.git("checkout", "-qb", "topic")
    place.do("approve", ACME, "core-team-review", "--for", "p-jonas", "--seen", "minutes")
    place.git("checkout", "-q", "main")
    place.do("person", "end", "p-jonas", "core-team", "--until", "2026-03-02")
    place.do("setup", "hooks")
    before = place.git("rev-parse", "HEAD")
    ended = _merged(place)
    assert ended.returncode != 0, ended.stdout
    assert "acme.yaml" in ended.stderr + ended.stdout
    assert place.git("rev-parse", "HEAD") == before


def test_an_honest_merge_passes(hooked: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", f"{Path(sys.executable).parent}:{os.environ['PATH']}")
    hooked.git("checkout", "-qb", "topic")
    hooked.do("set", ACME, "name=Acme again")
    hooked.git("checkout", "-q", "main")
    hooked.do("new", "partnership", "Other", "id=other")
    ended = _merged(hooked)
    assert ended.returncode == 0, ended.stderr + ended.stdout
    assert len(hooked.git("log", "-1", "--format=%P").split()) == 2


def test_each_hook_is_installed_though_another_of_one_s_own_is_there(at: At) -> None:
    place = at("assessment")
    hooks = place.root / ".git/hooks"
    hooks.mkdir(exist_ok=True)
    (hooks / "pre-commit").write_text("#!/bin/sh\n")
    said = place.run("setup", "git")
    assert "wrote pre-merge-commit" in said.out
    assert (hooks / "pre-commit").read_text() == "#!/bin/sh\n"
    (hooks / "pre-merge-commit").unlink()
    said = place.run("setup", "hooks")
    assert said.code == 3
    assert "nothing changed" in said.err
    assert not (hooks / "pre-merge-commit").exists()
