"""`audit` of a long history is made in two halves, side by side: it says what an audit of all at once says."""

from __future__ import annotations

import os
import signal

import pytest

from partnerkit.jobs import verdicts_beside
from partnerkit.jobs.levels import Levels
from partnerkit.jobs.verdict_rows import from_texts
from partnerkit.register import SETTINGS_PATH
from partnerkit.store.git.repository import Git
from partnerkit.store.git.trees import WorkingTree
from partnerkit.store.load import load
from tests.place import Place
from tests.scenarios.cheat import ACME, commit


def told(place: Place) -> dict[str, object]:
    place.day = None
    return {key: value for key, value in place.json("audit", "--full").items() if key != "looked_at"}


@pytest.fixture
def halve(monkeypatch):
    """From when it is called on, every audit of two commits or more is made in two halves; how many verdicts came."""
    came: list[int] = []

    def noted(texts):
        came.append(len(texts))
        return from_texts(texts)

    def begin() -> list[int]:
        monkeypatch.setattr(verdicts_beside, "_WORTH_IT", 2)
        monkeypatch.setattr(verdicts_beside, "processes", lambda: 2)
        monkeypatch.setattr(verdicts_beside, "from_texts", noted)
        return came

    return begin


def test_it_is_what_is_said_at_once(at, halve):
    place = at("ended")
    at_once = told(place)
    came = halve()
    assert told(place) == at_once
    assert at_once["proven"]
    assert came == [int(place.git("rev-list", "--count", "--first-parent", "HEAD")) // 2]


@pytest.mark.parametrize("how", ["deleted", "unreadable", "no rules", "newer rules"])
@pytest.mark.parametrize("half", ["the second half", "where it begins", "the first half"])
def test_what_is_missing_for_a_while_is_told_all_the_same(at, halve, how, half):
    """It comes back with the last commit, in another shape."""
    place = at("decided")
    file = place.root / (SETTINGS_PATH if how.endswith("rules") else ACME)
    landed = int(place.git("rev-list", "--count", "HEAD"))
    before = file.read_bytes()
    if how == "newer rules":
        file.write_bytes(before.replace(b"format: 1\n", b"format: 2\n", 1))
    else:
        file.unlink() if how != "unreadable" else file.write_bytes(b"a: 1\na: 2\n")
    commit(place)
    for _ in range({"the second half": 0, "where it begins": landed, "the first half": landed + 4}[half]):
        place.git("commit", "-q", "--allow-empty", "--no-verify", "-m", "something else")
    file.write_bytes(before.replace(b"seq: 1\n", b"seq: 4\n", 1))
    commit(place)
    at_once = told(place)
    assert at_once["findings"]
    halve()
    assert told(place) == at_once


def test_what_nobody_could_read_and_went_away_is_known_where_it_comes_again(at, halve):
    place = at("decided")
    file = place.root / "records/partnerships/ghost.yaml"
    landed = int(place.git("rev-list", "--count", "HEAD"))
    file.write_bytes(b"a: 1\na: 2\n")
    commit(place)
    file.unlink()
    commit(place)
    for _ in range(landed + 4):
        place.git("commit", "-q", "--allow-empty", "--no-verify", "-m", "something else")
    place.do("new", "partnership", "Ghost", "type=cloud-providers")
    place.do("new", "partnership", "Other", "type=cloud-providers")
    at_once = told(place)
    assert at_once["findings"]
    came = halve()
    assert told(place) == at_once
    assert came != [0]  # the other process told its verdicts, and what went away with them


def test_where_the_other_process_is_ended_this_one_judges_all(at, halve, monkeypatch):
    place = at("decided")
    at_once = told(place)
    monkeypatch.setattr(verdicts_beside, "as_text", lambda _verdict: os.kill(os.getpid(), signal.SIGKILL))
    came = halve()
    assert told(place) == at_once
    assert came == [0]


def test_it_is_not_begun_for_little(monkeypatch):
    assert not verdicts_beside._pays(10)
    monkeypatch.setattr(verdicts_beside, "processes", lambda: 1)
    assert not verdicts_beside._pays(1_000_000)


def test_how_surely_something_was_said_is_asked_of_the_other_half_once(at):
    place = at("decided")
    asked: list[int] = []

    def elsewhere():
        asked.append(1)
        return {"a-there": "signed-commit", "a-here": "author"}

    levels = Levels(Git(place.root), None, {"a-here": "claimed"}, elsewhere)
    level = levels.of(next(iter(load(WorkingTree(Git(place.root))).demand().records.values())))
    assert [level(one) for one in ("a-here",)] == ["claimed"]
    assert not asked
    assert [level(one) for one in ("a-there", "a-nowhere", "a-here")] == ["signed-commit", None, "claimed"]
    assert asked == [1]
