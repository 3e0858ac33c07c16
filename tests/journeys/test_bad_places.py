"""Run where it cannot work: exit 3 with words and a mend, and nothing written; never a traceback."""

from __future__ import annotations

import os
import shutil
import subprocess

import pytest

from tests.barred import barred
from tests.place import Place, environment

WRITER = ("new", "partnership", "Other")
READERS = (("list",), ("check",), ("show", "acme"), ("gates", "acme"), ("log", "acme"))


@pytest.fixture
def acme(place):
    place.do("new", "partnership", "Acme", "id=acme", "type=cloud-providers")
    return place


def stopped(place, *words, by="p-rosa", words_wanted=()):
    said = place.run(*words, by=by)
    assert said.code == 3, (words, said.all)
    assert said.out == ""
    assert "→" in said.err, "a mend is named"
    assert "Traceback" not in said.err
    assert "failed in a way it should not" not in said.err
    for word in words_wanted:
        assert word in said.err, said.err
    data = place.run(*words, "--json", by=by)
    assert data.code == 3
    assert data.json["exit_code"] == 3
    assert data.json["mend"]
    return said


@pytest.mark.parametrize("words", [*READERS, WRITER, ("advance", "acme")], ids=lambda words: words[0])
def test_outside_every_repository(tmp_path, words):
    stopped(Place(tmp_path), *words, words_wanted=["git"])
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("words", [("list",), WRITER], ids=lambda words: words[0])
def test_a_folder_that_is_not_there(tmp_path, words):
    said = Place(tmp_path).run("-C", str(tmp_path / "nowhere"), *words)
    assert said.code in {2, 3}
    assert "nowhere" in said.err
    assert "failed in a way it should not" not in said.err


@pytest.mark.parametrize("words", [("list",), ("check",), WRITER], ids=lambda words: words[0])
def test_a_bare_repository(tmp_path, words):
    place = Place(tmp_path)
    place.git("init", "-q", "--bare")
    stopped(place, *words)


@pytest.mark.parametrize("words", [("list",), ("check",), ("show", "acme"), WRITER], ids=lambda words: words[0])
def test_an_empty_repository(tmp_path, words):
    place = Place(tmp_path)
    place.git("init", "-q")
    stopped(place, *words, words_wanted=["partnerkit init"])
    assert [path.name for path in tmp_path.iterdir()] == [".git"]


@pytest.mark.parametrize("words", [("list",), ("check",), ("show", "acme"), WRITER], ids=lambda words: words[0])
def test_a_repository_without_a_register(tmp_path, words):
    place = Place(tmp_path)
    place.git("init", "-q")
    (tmp_path / "README.md").write_text("x\n", encoding="utf-8")
    place.git("add", ".")
    place.git("commit", "-qm", "x")
    stopped(place, *words, words_wanted=["partnerkit init"])


def test_a_subdirectory_of_the_register_works(acme):
    folder = acme.root / "records" / "partnerships"
    inside = Place(folder)
    assert inside.do("show", "acme").code == 0
    assert inside.do("check").code == 0
    inside.do("set", "acme", "website=https://acme.example")
    assert "website: https://acme.example" in acme.text("acme")
    assert not (folder / "records").exists()


def test_a_detached_head(acme):
    """Readers work; a writer either lands on the commit that is checked out or says why not, and loses nothing."""
    acme.git("checkout", "-q", "--detach")
    assert acme.run("list").code == 0
    assert acme.run("check").code == 0
    before = acme.snapshot()
    said = acme.run("set", "acme", "website=https://acme.example")
    assert said.code in {0, 3}, said.all
    if said.code == 3:
        assert "→" in said.err
        assert acme.snapshot() == before
    else:
        assert acme.git("rev-parse", "HEAD").strip() != before["HEAD"].decode().strip()
        assert "https://acme.example" in acme.text("acme")


@pytest.mark.parametrize("busy", ["merge", "rebase", "cherry-pick", "revert"])
def test_git_in_the_middle_of_something(acme, busy):
    """A writer would land in the middle of it: it waits. Readers read."""
    acme.git("checkout", "-qb", "side")
    acme.edit("acme", "name: Acme", "name: Acme Side")
    acme.git("commit", "-qam", "side")
    acme.git("checkout", "-q", "main")
    acme.edit("acme", "name: Acme", "name: Acme Main")
    acme.git("commit", "-qam", "main")
    command = {"revert": ("revert", "side", "--no-edit"), "rebase": ("rebase", "side")}.get(busy, (busy, "side"))
    env = environment("p-rosa")
    subprocess.run(["git", *command], cwd=acme.root, env=env, capture_output=True, check=False)
    if busy == "revert":
        (acme.root / ".git" / "REVERT_HEAD").touch()
    before = acme.snapshot()
    for words in (WRITER, ("advance", "acme"), ("set", "acme", "website=x")):
        stopped(acme, *words, words_wanted=[busy])
    assert acme.run("check").code in {0, 1, 3}
    assert acme.run("list").code in {0, 3}
    assert acme.snapshot() == before


@pytest.fixture
def state(acme):
    """The folder under git's own in which partnerkit keeps what is under way."""
    acme.do("check")
    return acme.root / ".git" / "partnerkit"


def test_readers_do_without_a_folder_that_they_may_not_open(acme, state):
    first = barred()
    state.chmod(0)
    try:
        for words in (*READERS, ("check", "acme"), ("check", "--base", "HEAD", "--head", "HEAD"), ("today",)):
            said = acme.spawn(*words, first=first)
            assert said.code == 0, said.all
        said = acme.spawn("doctor", first=first)
        assert said.code == 3
        assert ".git/partnerkit may not be opened" in said.out
        said = acme.spawn("set", "acme", "name=B", first=first)
    finally:
        state.chmod(0o755)
    assert said.code == 3
    assert ".git/partnerkit/lock: Permission denied; nothing changed" in said.err


def test_a_folder_in_which_others_could_write_is_told_with_what_closes_it(acme, state):
    assert acme.do("doctor")
    state.chmod(0o775)
    said = acme.run("doctor")
    assert said.code == 3
    assert f"others could write in {state}: nothing that is kept there is believed" in said.out
    assert acme.run("check").code == 0
    subprocess.run(["chmod", "go-w", state], check=True)
    assert acme.do("doctor")


@pytest.mark.parametrize("what", ["file", "dangling link", "link in a loop"])
def test_no_folder_where_partnerkit_keeps_what_is_under_way(acme, state, what):
    shutil.rmtree(state)
    if what == "file":
        state.write_text("mine", encoding="utf-8")
    else:
        state.symlink_to(state if what == "link in a loop" else "nowhere")
    for words in (*READERS, ("check", "--base", "HEAD", "--head", "HEAD"), ("today",)):
        assert acme.run(*words).code == 0
    stopped(acme, "set", "acme", "name=B", words_wanted=[".git/partnerkit", "nothing changed", "no folder", "mv "])
    assert ".git/partnerkit is no folder" in acme.run("doctor").out
    assert os.path.lexists(state)


@pytest.mark.parametrize("index", [b"", b"DIRC", b"no index at all, and long enough to be read as one"])
def test_a_damaged_index(acme, index):
    place = acme.root / ".git" / "index"
    place.write_bytes(index)
    for words in (("check",), ("set", "acme", "name=B")):
        stopped(
            acme, *words, words_wanted=["what is staged (.git/index) cannot be read", "--git-path index", "git reset"]
        )
    assert acme.run("show", "acme").code == 0
    place.unlink()
    acme.git("reset", "-q")
    acme.do("set", "acme", "name=B")


def test_nobody_in_particular(acme):
    """Git knows no identity at all."""
    env = {
        key: value
        for key, value in environment("p-rosa").items()
        if not key.startswith(("GIT_AUTHOR", "GIT_COMMITTER"))
    }
    said = acme.spawn("set", "acme", "name=B", extra={"GIT_AUTHOR_EMAIL": "", "GIT_COMMITTER_EMAIL": "", "EMAIL": ""})
    assert env
    assert said.code == 3, said.all
    assert "user.email" in said.err
    assert "Traceback" not in said.err


@pytest.mark.parametrize(
    "words",
    [
        WRITER,
        ("advance", "acme"),
        ("set", "acme", "name=B"),
        ("undo",),
        ("add", "acme", "partnership-proposal", "summary=x"),
        ("person", "add", "p-x", "--email", "x@x.example"),
    ],
    ids=lambda words: words[0],
)
def test_somebody_the_roster_does_not_know(acme, words):
    before = acme.snapshot()
    stopped(acme, *words, by="stranger@elsewhere.example", words_wanted=["stranger@elsewhere.example", "person add"])
    assert acme.snapshot() == before


def test_an_address_that_would_act_on_a_terminal(acme):
    said = acme.run("set", "acme", "name=B", by="a\x1b[31m@x.example")
    assert said.code == 3
    assert "\x1b" not in said.all


def test_a_shared_mailbox_is_nobody(acme):
    """T13."""
    people = acme.root / "records" / "people.yaml"
    people.write_text(
        people.read_text(encoding="utf-8") + "shared-mailboxes:\n  - team@lighthouse.example\n", encoding="utf-8"
    )
    acme.git("commit", "-qam", "a shared mailbox")
    before = acme.snapshot()
    for words in (("approve", "acme", "final-decision"), ("set", "acme", "name=B"), WRITER):
        stopped(acme, *words, by="team@lighthouse.example", words_wanted=["shared mailbox", "git config user.email"])
    assert acme.snapshot() == before


def test_an_address_twice_on_the_roster_is_said(acme):
    """Two people with one address: nobody could say who acted."""
    people = acme.root / "records" / "people.yaml"
    text = people.read_text(encoding="utf-8").replace("jonas@lighthouse.example", "ROSA@lighthouse.example")
    people.write_text(text, encoding="utf-8")
    acme.git("commit", "-qam", "one address", "--no-verify")
    before = acme.snapshot()
    said = acme.run("set", "acme", "name=B")
    assert said.code == 3, said.all
    assert "rosa@lighthouse.example" in said.err.casefold()
    assert acme.snapshot() == before


@pytest.mark.parametrize(
    "revision", ["nowhere", "--all", "-x", "", "HEAD~99", "HEAD:records", "a b", "@{upstream}", "\x1b[31m"]
)
def test_revisions_that_are_none(acme, revision):
    for words in (("check", f"--base={revision}"), ("check", "--base", "HEAD", f"--head={revision}")):
        said = acme.run(*words)
        assert said.code in {2, 3}, (words, said.all)
        assert "failed in a way it should not" not in said.all
        assert "\x1b" not in said.all


def test_a_git_that_is_too_old_is_told_by_whoever_needs_it(place, tmp_path):
    """It answers what every git answers, and does not know what 2.36 brought."""
    git, old = shutil.which("git"), tmp_path / "old/git"
    old.parent.mkdir()
    old.write_text(
        '#!/bin/sh\ncase "$*" in\nversion) echo git version 2.35.9 ;;\n'
        f'*--batch-command*) echo unknown option >&2; exit 129 ;;\n*) exec {git} "$@" ;;\nesac\n',
        encoding="utf-8",
    )
    old.chmod(0o755)
    path = {"PATH": f"{old.parent}{os.pathsep}{os.environ['PATH']}"}
    before = place.snapshot()
    said = place.spawn("new", "partnership", "Acme", "type=sponsors", "partner=company", extra=path)
    assert said.code == 3
    assert "this git is too old: it answers no questions one after the other; nothing changed" in said.err
    assert "install git 2.36 or newer" in said.err
    assert place.snapshot() == before
    doctor = place.spawn("doctor", extra=path)
    assert "git 2.35.9 is too old" in doctor.all
    assert "install git 2.36 or newer" in doctor.all
