"""A file whose name is no text, anywhere in a register: every command goes on, and every verdict is given."""

from __future__ import annotations

import os

import pytest

from tests.chance import TIMES
from tests.conftest import At
from tests.place import Place

ODD = os.fsdecode(b"M\xfcller \xff.md")
WHERE = ("", "records/evidence/acme/", "records/partnerships/", "records/policies/")
Commands = tuple[tuple[str, ...], ...]
READERS: Commands = (
    ("check",),
    ("check", "--staged"),
    ("check", "--staged", "--private"),
    ("check", "--format", "markdown"),
    ("check", "--format", "github"),
    ("check", "--format", "sarif"),
    ("check", "--json"),
    ("diff",),
    ("diff", "--json"),
    ("diff", "HEAD"),
    ("today",),
    ("list",),
    ("doctor",),
    ("fmt", "--check"),
    ("gates", "acme"),
    ("show", "acme", "--as-of", "HEAD"),
    ("setup", "schemas", "--check"),
    ("setup", "codeowners", "--dry-run"),
    ("setup", "git", "--check"),
)
LANDED: Commands = (
    ("check",),
    ("check", "--base", "HEAD~1", "--head", "HEAD"),
    ("check", "--base", "HEAD~1", "--head", "HEAD", "--changed"),
    ("check", "--base", "HEAD", "--head", "HEAD~1", "--changed"),
    ("check", "--base", "HEAD~1", "--head", "HEAD", "--landed"),
    ("diff", "HEAD~1", "HEAD"),
    ("diff", "HEAD~1", "HEAD", "--format", "markdown"),
    ("diff", "HEAD", "HEAD~1", "--json"),
    ("audit",),
    ("audit",),
    ("audit", "--format", "markdown"),
    ("log", "acme", "name"),
)


#: What tells one folder from another, where there is one such file alone: each sort of command once.
EACH = READERS if TIMES > 1 else (("check", "--json"), ("diff",), ("show", "acme", "--as-of", "HEAD"), ("doctor",))
EACH_LANDED = (
    LANDED
    if TIMES > 1
    else (("check", "--base", "HEAD~1", "--head", "HEAD"), ("diff", "HEAD", "HEAD~1", "--json"), ("audit",))
)


def goes_on(place: Place, folders: tuple[str, ...], readers: Commands, landed: Commands) -> None:
    for folder in folders:
        path = place.root / folder / ODD
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("notes\n", encoding="utf-8")
    for words in readers:
        said = place.run(*words)
        assert said.code in {0, 1}, (words, said.all)
    place.git("add", "--all")
    for words in readers:
        assert place.run(*words).code in {0, 1}, words
    place.git("commit", "-qm", "odd", "--no-verify")
    for words in landed:
        said = place.run(*words)
        assert said.code in {0, 1}, (words, said.all)
        assert said.all.isprintable() or all(char.isprintable() or char == "\n" for char in said.all), words
    assert place.run("set", "acme", "name=Acme Labs").code == 0


@pytest.mark.long
def test_no_command_stumbles_over_names(at: At) -> None:
    goes_on(at("assessment"), WHERE, READERS, LANDED)


@pytest.mark.parametrize("folder", WHERE)
def test_no_command_stumbles_over_a_name(at: At, folder: str) -> None:
    goes_on(at("assessment"), (folder,), EACH, EACH_LANDED)
