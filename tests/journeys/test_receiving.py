"""A bare repository judges what is pushed to it: `check --base --head` and `audit` read commits alone."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.place import Place
from tests.sharing import HOOK, shared


def hooked(place: Place, tmp_path: Path) -> Place:
    """A register and the bare repository that it pushes to, which checks what it gets."""
    hub = shared(place, tmp_path)
    hook = hub / "hooks/pre-receive"
    hook.write_text(HOOK.replace("partnerkit check", f"{sys.executable} -m partnerkit check"), encoding="utf-8")
    hook.chmod(0o755)
    return place


def pushed(place: Place) -> str:
    """Push by hand, as somebody would who does not run the command; what the other side said."""
    place.git("config", "push.default", "upstream")
    return place.try_git("push")


def test_the_hook_of_the_readme_lets_through_what_is_legal_and_refuses_what_is_not(place: Place, tmp_path: Path):
    hooked(place, tmp_path)
    place.do("new", "partnership", "Acme", "type=cloud-providers")
    assert "rejected" not in pushed(place)
    place.edit("acme", "stage: proposed", "stage: active")
    place.git("commit", "-qam", "in a hurry")
    said = pushed(place)
    assert "pre-receive hook declined" in said
    assert "stage-edited" in said
    assert "records/partnerships/acme.yaml:5:8" in said
    place.git("fetch", "-q")
    assert place.git("rev-list", "--count", "@{upstream}..HEAD").strip() == "1"


def test_a_role_and_then_what_is_done_in_it_are_two_steps_of_one_push(place: Place, tmp_path: Path):
    hooked(place, tmp_path)
    place.do("new", "partnership", "Acme", "type=cloud-providers")
    place.do("person", "add", "p-ines", "--email", "ines@lighthouse.example", "--role", "core-team")
    place.do("set", "acme", "proposer=p-ines")
    place.do("advance", "acme", "withdrawn", "--reason", "they closed")
    place.day = None
    said = place.do("sync")
    assert "4 commits sent to origin/main" in said.out


def test_what_only_reads_commits_works_in_a_bare_repository(place: Place, tmp_path: Path):
    place.do("new", "partnership", "Acme", "type=cloud-providers")
    hub = Place(shared(place, tmp_path), day=None)
    hub.do("check", "--base", "main~1", "--head", "main")
    assert hub.run("audit", "--json").json["proven"]


@pytest.mark.parametrize("words", [("check",), ("check", "--base", "main"), ("list",), ("advance", "acme"), ("sync",)])
def test_what_needs_files_says_so_there(place: Place, tmp_path: Path, words: tuple[str, ...]):
    hub = Place(shared(place, tmp_path))
    said = hub.run(*words)
    assert said.code == 3
    assert "is a bare repository: it has no files to work on" in said.err
