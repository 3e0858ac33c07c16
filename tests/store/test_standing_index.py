"""What is known of the records of a tree is known until its day, of the rules it was judged by, and of nothing else."""

from __future__ import annotations

import pytest

from partnerkit.store import standing_index
from partnerkit.store.standing_index import NEVER, Known, StandingIndex, Tree

NOW = Tree("c1", "t1", "2026-03-01T09:00:00", [])


def _known(*words, until=NEVER, told=""):
    return Known(True, until, told, False, words)


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "own" / "standing.sqlite"
    rows = {"one": _known("s/x", until="2026-03-02"), "two": _known("s/y", told="[]")}
    _renewed(StandingIndex(path, "rules"), None, NOW, rows)
    return path


def _renewed(index, was, now, rows, gone=(), *, settled=True):
    with index.open() as found:
        assert found == was
        index.renew(was, now, rows, gone, lambda: settled)


def test_a_record_is_known_until_the_day_on_which_it_may_be_another(path):
    index = StandingIndex(path, "rules")
    with index.open() as found:
        assert found == NOW
        assert index.due("2026-03-01") == set()
        assert index.due("2026-03-02") == {"one"}
        assert index.due("2026-03-03") == {"one"}


def test_under_other_rules_and_by_another_tool_nothing_is_known(path, monkeypatch):
    with StandingIndex(path, "others").open() as found:
        assert found is None
    monkeypatch.setattr(standing_index, "stamp", lambda: "another")
    with StandingIndex(path, "rules").open() as found:
        assert found is None


def test_what_moved_while_it_was_written_stays_as_it_was(path):
    index = StandingIndex(path, "rules")
    _renewed(index, NOW, NOW._replace(oid="t2"), {"one": _known(told="[1]")}, settled=False)
    with index.open() as found:
        assert found == NOW
        assert index.odd().keys() == {"two"}


def test_what_somebody_else_wrote_meanwhile_stays_as_they_left_it(path):
    one, other = StandingIndex(path, "rules"), StandingIndex(path, "rules")
    with one.open() as was:
        assert was == NOW
        later = NOW._replace(commit="c2", oid="t2")
        with other.open():
            one.odd()
        one.renew(was, later, {"one": _known(told="[1]")}, (), lambda: True)
    with other.open() as found:
        assert found == later
        other.renew(NOW, NOW._replace(oid="t3"), {"two": _known(told="[3]")}, ["one"], lambda: True)
    with other.open() as found:
        assert found == later
        assert {name: row.told for name, row in other.odd().items()} == {"one": "[1]", "two": "[]"}


def test_a_word_that_two_say_is_repeated_until_one_of_them_says_another(path):
    index = StandingIndex(path, "rules")
    second, third, fourth = (NOW._replace(oid=f"t{number}") for number in (2, 3, 4))
    _renewed(index, NOW, second, {"two": _known("s/x")})
    with index.open():
        assert index.repeated() == {"s/x": {"one", "two"}}
    _renewed(index, second, third, {"three": _known("s/x"), "two": _known("s/y")})
    with index.open():
        assert index.repeated() == {"s/x": {"one", "three"}}
    _renewed(index, third, fourth, {}, ["one"])
    with index.open():
        assert index.repeated() == {}
