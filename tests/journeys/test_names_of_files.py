"""A file whose name is no text, anywhere in a register: every command goes on, and every verdict is given."""

from __future__ import annotations

import os

import pytest

from tests.conftest import At

ODD = os.fsdecode(b"M\xfcller \xff.md")
WHERE = ("", "records/evidence/acme/", "records/partnerships/", "records/policies/")
READERS: tuple[tuple[str, ...], ...] = (
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
LANDED: tuple[tuple[str, ...], ...] = (
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


@pytest.mark.parametrize("folder", WHERE)
def test_no_command_stumbles_over_a_name(at: At, folder: str) -> None:
    place = at("assessment")
    path = place.root / folder / ODD
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("notes\n", encoding="utf-8")
    for words in READERS:
        said = place.run(*words)
        assert said.code in {0, 1}, (words, said.all)
    place.git("add", "--all")
    for words in READERS:
        assert place.run(*words).code in {0, 1}, words
    place.git("commit", "-qm", "odd", "--no-verify")
    for words in LANDED:
        said = place.run(*words)
        assert said.code in {0, 1}, (words, said.all)
        assert said.all.isprintable() or all(char.isprintable() or char == "\n" for char in said.all), words
    assert place.run("set", "acme", "name=Acme Labs").code == 0
