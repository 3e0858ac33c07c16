"""`audit` of a long history is made in two halves, side by side: it says what an audit of all at once says."""

from __future__ import annotations

from datetime import UTC, datetime
from multiprocessing import active_children

import pytest

from partnerkit.jobs import verdicts_beside
from partnerkit.jobs.levels import Levels
from partnerkit.jobs.verdicts_beside import Beside, Part
from partnerkit.register import SETTINGS_PATH
from partnerkit.store.git.repository import Git
from partnerkit.store.git.trees import WorkingTree
from partnerkit.store.load import load
from tests import halves
from tests.place import Place
from tests.scenarios.cheat import ACME, commit


def told(place: Place) -> dict[str, object]:
    place.day = None
    return {key: value for key, value in place.json("audit", "--full").items() if key != "looked_at"}


def part(place: Place) -> Part:
    """The whole of a history."""
    oids = place.git("rev-list", "--first-parent", "--reverse", "HEAD").split()
    return Part(place.root, False, datetime.now(UTC), None, oids, {}, {})


def test_it_is_what_is_said_at_once(at, monkeypatch):
    place = at("ended")
    at_once = told(place)
    halves.force(monkeypatch)
    assert told(place) == at_once
    assert at_once["proven"]


@pytest.mark.parametrize("how", ["deleted", "unreadable", "no rules"])
@pytest.mark.parametrize("half", ["the second half", "where it begins", "the first half"])
def test_what_is_missing_for_a_while_is_told_all_the_same(at, monkeypatch, how, half):
    """It comes back with the last commit, in another shape."""
    place = at("decided")
    file = place.root / (SETTINGS_PATH if how == "no rules" else ACME)
    landed = int(place.git("rev-list", "--count", "HEAD"))
    before = file.read_bytes()
    file.unlink() if how != "unreadable" else file.write_bytes(b"a: 1\na: 2\n")
    commit(place)
    for _ in range({"the second half": 0, "where it begins": landed, "the first half": landed + 4}[half]):
        place.git("commit", "-q", "--allow-empty", "--no-verify", "-m", "something else")
    file.write_bytes(before.replace(b"seq: 1\n", b"seq: 4\n", 1))
    commit(place)
    at_once = told(place)
    assert at_once["findings"]
    halves.force(monkeypatch)
    assert told(place) == at_once


def test_another_process_judges_the_first_half(at, monkeypatch):
    """And where that is ended, this one does."""
    place = at("decided")
    at_once = told(place)
    came: list[int] = []
    waits = Beside.verdicts

    def counted(self):
        found = waits(self)
        came.append(len(found))
        return found

    def ended(self):
        for one in active_children():
            one.kill()
            one.join()
        return waits(self)

    monkeypatch.setattr(verdicts_beside, "_WORTH_IT", 2)
    monkeypatch.setattr(verdicts_beside, "cores", lambda: 2)
    monkeypatch.setattr(Beside, "verdicts", counted)
    assert told(place) == at_once
    assert came[-1] > 2
    monkeypatch.setattr(Beside, "verdicts", ended)
    assert told(place) == at_once
    assert not active_children()


def test_whoever_interrupts_it_ends_both(at):
    place = at("decided")

    def interrupted() -> None:
        with verdicts_beside._beside(part(place)):
            assert active_children()
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert not active_children()


def test_it_is_not_begun_for_little(monkeypatch):
    assert not verdicts_beside._pays(10)
    monkeypatch.setattr(verdicts_beside, "cores", lambda: 1)
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
