"""What many records change is judged by several processes: the same comes of it as of one."""

from __future__ import annotations

import pytest

from partnerkit.jobs import judging_drafts
from partnerkit.store import divided
from tests.place import Place, Said


@pytest.fixture
def six(place: Place) -> Place:
    """Six proposals; two of them say how somebody is reached, which is a warning."""
    rows = "".join(f"{one},universities,{'ring +48 601 234 567' if one in 'be' else 'Ours'}\n" for one in "abcdef")
    place.do("new", "partnership", "--from", place.write("six.csv", f"name,type,exit-strategy\n{rows}"))
    return place


@pytest.fixture
def parts(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """In how many parts was judged, by several processes."""
    seen: list[int] = []
    work = divided.divided

    def noted(count: int, among: int, of: divided.Work[object]) -> list[object]:
        seen.append(count)
        return work(count, among, of)

    monkeypatch.setattr(judging_drafts, "divided", noted)
    monkeypatch.setattr(judging_drafts, "_MANY", 2)
    monkeypatch.setattr(judging_drafts, "_AT_ONCE", 2)
    monkeypatch.setattr(judging_drafts, "processes", lambda: 2)
    return seen


def both(place: Place, monkeypatch: pytest.MonkeyPatch, *words: str) -> Said:
    """What a command says that only looks, which is the same where one process judges."""
    said = place.run(*words, "--dry-run", seed="s")
    with monkeypatch.context() as patch:
        patch.setattr(judging_drafts, "_MANY", 1000)
        assert place.run(*words, "--dry-run", seed="s") == said
    return said


def test_several_processes_find_what_one_does(six: Place, monkeypatch: pytest.MonkeyPatch, parts: list[int]) -> None:
    said = both(six, monkeypatch, "advance", *"abcdef", "withdrawn", "--reason", "no capacity")
    assert (said.code, parts) == (0, [5])  # the step by its day and by today's, then two records at a time
    assert "b, e: " in said.all
    six.do("advance", *"abcdef", "withdrawn", "--reason", "no capacity")
    assert parts == [5, 5]


def test_several_processes_refuse_what_one_does(six: Place, monkeypatch: pytest.MonkeyPatch, parts: list[int]) -> None:
    said = both(six, monkeypatch, "set", "--where", "stage=proposed", "classification=confidential")
    assert said.code == 1
    assert parts == [5]
