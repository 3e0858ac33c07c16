"""What was found right before counts for the same bytes at the same path, beside the same rules, and for nothing else."""

from __future__ import annotations

import os

import pytest

from partnerkit.store.git.repository import Git
from partnerkit.store.sound import Few, Sound

FILES = {"records/a.yaml": b"a: 1\n"}
SAID = dict.fromkeys(FILES, "a")


@pytest.fixture
def sound(repo):
    return Sound(Git.discover(repo.root), keeping=True)


def test_it_counts_for_its_path_and_its_bytes(sound):
    sound.keep(FILES, SAID)
    assert sound.right(FILES) == SAID
    assert sound.right({"records/b.yaml": b"a: 1\n"}) == {}
    assert sound.right({"records/a.yaml": b"a: 2\n"}) == {}


def test_a_record_counts_for_what_it_rests_on_beside_its_file(sound):
    Few(sound, b"these policies").keep(FILES)
    assert Few(sound, b"these policies").right(FILES) == FILES.keys()
    assert not Few(sound, b"other policies").right(FILES)


def test_whoever_only_asks_keeps_nothing(repo, sound):
    Sound(Git.discover(repo.root), keeping=False).keep(FILES, SAID)
    assert sound.right(FILES) == {}


def test_in_a_repository_of_somebody_else_nothing_is_left(repo, sound, monkeypatch):
    mine = os.geteuid()
    monkeypatch.setattr(os, "geteuid", lambda: mine + 1)
    sound.keep(FILES, SAID)
    assert not (repo.root / ".git" / "partnerkit" / "verdicts.sqlite").exists()
