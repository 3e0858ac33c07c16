"""Policies found right are not judged again; nothing that is said is another for it, whatever becomes of them."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from partnerkit.kinds.late import Late
from partnerkit.policies import consistency
from partnerkit.store import rule_files
from tests.place import Place


def kept(place: Place) -> Path:
    return place.root / ".git" / "partnerkit" / "verdicts.sqlite"


def policy(place: Place) -> Path:
    (found,) = (place.root / "records" / "policies").glob("*.yaml")
    return found


def sound(place: Place) -> list[str]:
    with closing(sqlite3.connect(kept(place))) as base:
        return [key for (key,) in base.execute("SELECT oid FROM sound")]


@pytest.fixture
def judged(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The policies that were held against themselves, while nothing that this process read before is remembered."""
    found: list[str] = []
    plain = consistency.problems

    def noting(policy):
        found.append(policy.policy)
        return plain(policy)

    monkeypatch.setattr(consistency, "problems", noting)
    monkeypatch.setattr(rule_files, "read_policy_file", rule_files.read_policy_file.__wrapped__)
    return found


def test_a_policy_found_right_is_not_judged_again(place: Place, judged: list[str]) -> None:
    kept(place).unlink(missing_ok=True)
    first = place.json("list")
    assert judged, "nothing was kept: it was judged"
    judged.clear()
    assert place.json("list") == first
    assert judged == []


def test_one_changed_byte_is_judged_and_what_was_kept_before_goes(place: Place, judged: list[str]) -> None:
    place.json("list")
    before = sound(place)
    with policy(place).open("a", encoding="utf-8") as stream:
        stream.write("# a word more\n")
    judged.clear()
    place.json("list")
    assert judged
    assert len(sound(place)) == len(before) == 1
    assert sound(place) != before


def test_a_policy_with_a_fault_is_told_of_each_time_and_never_kept(place: Place, judged: list[str]) -> None:
    place.json("list")
    before = sound(place)
    text = policy(place).read_text(encoding="utf-8")
    policy(place).write_text(text.replace("title:", "titel:", 1), encoding="utf-8")
    said = [place.run("show", "nobody") for _time in range(2)]
    assert {one.code for one in said} == {3}
    assert said[0].err == said[1].err
    assert policy(place).name in said[0].err
    assert sound(place) == before


def test_what_others_could_have_written_is_not_believed(place: Place, judged: list[str]) -> None:
    place.json("list")
    kept(place).chmod(0o666)
    judged.clear()
    place.json("list")
    assert judged


def test_what_is_made_late_is_made_once_and_equals_what_was_made_at_once() -> None:
    made: list[str] = []

    def make(key: str) -> int:
        made.append(key)
        return len(key)

    late = Late(["a", "bb"], make)
    assert ("a" in late, "c" in late, list(late), len(late), made) == (True, False, ["a", "bb"], 2, [])
    assert late == {"a": 1, "bb": 2}
    assert late["a"] == 1
    assert made == ["a", "bb"]
    with pytest.raises(KeyError):
        late["c"]
