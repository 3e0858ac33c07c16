"""`today` and `list` of what they told before: they say what they would say anew, whatever happened since."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from partnerkit.cli import again
from partnerkit.jobs import today as job
from tests.journeys.changing import Changing
from tests.made import copied
from tests.place import Place, Said

_SETTLED = 0.025
_ASKED = (
    ("today",),
    ("today", "--json", "--within", "P1Y"),
    ("today", "--me"),
    ("today", "--format", "markdown", "--all"),
    ("list",),
    ("list", "partnership", "--where", "stage=active", "--json"),
)


@pytest.fixture
def place(few: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Place:
    """The example register at rest, where a clone is used again and again."""
    monkeypatch.setattr(again, "_WORTH", 0)
    root = tmp_path / "register"
    copied(few, root)
    time.sleep(_SETTLED)
    return Place(root, day=None)


def anew(place: Place, words: tuple[str, ...], monkeypatch: pytest.MonkeyPatch) -> Said:
    """What is told where nothing is kept."""
    with monkeypatch.context() as patch:
        patch.setenv("CI", "true")
        return place.run(*words)


def test_it_is_told_again_without_being_worked_out(place, monkeypatch):
    first = {words: place.run(*words) for words in _ASKED}
    assert all(said.code == 0 and said.out for said in first.values())
    monkeypatch.setattr(job, "outlook", None)
    monkeypatch.setattr("partnerkit.jobs.listing.asking", None)
    assert {words: place.run(*words) for words in _ASKED} == first


def test_whatever_changed_it_is_what_would_be_told_anew(place, monkeypatch):
    changing = Changing(place.root, 7)
    for _ in range(6):
        done = changing.once()
        for words in _ASKED[::2]:
            assert place.run(*words) == anew(place, words, monkeypatch), done
        time.sleep(_SETTLED)
        for words in _ASKED[::2]:
            assert place.run(*words) == place.run(*words) == anew(place, words, monkeypatch), done


def test_a_day_that_is_set_is_a_question_of_its_own(place, monkeypatch):
    for day in ("2026-10-01", "2027-03-01", "2026-10-01"):
        place.day = day
        assert place.run("today") == anew(place, ("today",), monkeypatch)
    place.day = "2027-03-01"
    assert place.run("today").out != place.run("today", day="2026-10-01").out


def test_who_asks_is_part_of_what_is_asked(place, monkeypatch):
    for person in ("p-rosa", "p-jonas", "p-rosa"):
        place.person = person
        assert place.run("today", "--me") == anew(place, ("today", "--me"), monkeypatch)
