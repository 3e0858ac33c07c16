"""`list` and `today` after changes: they read only what changed, and say what they say when they read everything."""

from __future__ import annotations

import json
import os
import re
import time
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from partnerkit.jobs import in_parts
from partnerkit.store.records import Records
from tests.chance import examples
from tests.journeys.changing import Changing, clock
from tests.place import Place, Said

LISTS = (
    ("list", "partnership"),
    ("list", "--where", "stage=active", "--sort", "-since", "--columns", "id,belongs-to,policy,name"),
)
TODAY = (("today",), ("today", "--json"))
LINES = LISTS + TODAY
PARTNER = "records/partnerships/tidewater-rowing-club.yaml"
OWING = "records/partnerships/northwind-cloud-cooperative.yaml"


pytestmark = pytest.mark.usefixtures("at_home")


@pytest.fixture
def register(own_example: Place) -> Place:
    """A copy of the example register, of which everything was asked before."""
    time.sleep(0.05)  # what was written this very moment may be written again while it is read
    for line in LINES:
        own_example.run(*line)
    return own_example


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """The ids of the records of which a file was read."""
    found: set[str] = set()
    load = Records.load

    def noted(self: Records, ids: list[str]) -> None:
        wanted = list(ids)
        found.update(wanted)
        load(self, wanted)

    monkeypatch.setattr(Records, "load", noted)
    return found


def anew(place: Place, line: tuple[str, ...]) -> Said:
    """What it says where nothing that was kept is believed."""
    with pytest.MonkeyPatch.context() as here:
        here.setenv("CI", "1")
        return place.run(*line)


def same(place: Place) -> bool:
    return same_of(place, LINES)


def same_of(place: Place, lines: tuple[tuple[str, ...], ...]) -> bool:
    return all(place.run(*line) == anew(place, line) for line in lines)


def edit(place: Place, old: str, new: str, path: str = PARTNER) -> None:
    file = place.root / path
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


def test_only_what_changed_is_read(register, read):
    edit(register, "name: ", "name: New ")
    assert "New " in register.run("list", "partnership").out
    assert read == {"tidewater-rowing-club"}
    register.git("commit", "-q", "-a", "--no-verify", "-m", "an edit")
    register.run("list", "partnership")
    read.clear()
    assert "New " in register.run("list", "partnership").out
    assert not read


def test_only_what_a_change_can_touch_is_worked_out(register, read, monkeypatch):
    edit(register, "name: ", "name: New ", OWING)
    assert "New " in register.run("today", "--json").out
    assert "northwind-cloud-cooperative" in read
    assert len(read) < 10
    register.git("commit", "-q", "-a", "--no-verify", "-m", "an edit")
    register.run("today")
    read.clear()
    assert "New " in register.run("today", "--json").out
    assert len(read) < 5
    clock(monkeypatch, lambda: timedelta(days=1))
    assert same_of(register, TODAY[:1])


def test_the_other_day_is_another_without_all_being_read(register, read, monkeypatch):
    every = len(json.loads(register.run("list", "--json").out)["records"])
    told = [register.run("today").out]
    passed = 0
    clock(monkeypatch, lambda: timedelta(days=passed))
    for passed in (1, 2, 400):
        read.clear()
        told.append(register.run("today").out)
        assert len(read) < every / 2 or passed == 400, passed
        assert same_of(register, TODAY)
    assert len(set(told)) == len(told)


@pytest.mark.parametrize("within", ["P7D", "P2Y"])
def test_how_far_ahead_is_looked_is_part_of_what_is_asked(register, within):
    line = ("today", "--within", within, "--json")
    assert register.run(*line) == anew(register, line)
    assert register.run(*line) != register.run("today", "--json")
    assert same_of(register, TODAY)


def test_where_a_clone_is_used_once_nothing_is_left_of_what_was_worked_out(own_example, monkeypatch):
    monkeypatch.setenv("CI", "1")
    state = own_example.root / ".git" / "partnerkit"
    before = {one.name: one.read_bytes() for one in state.glob("*.sqlite")}
    for line in (*LINES, ("check",), ("check", "--base", "HEAD"), ("show", "tidewater-rowing-club")):
        own_example.run(*line)
    assert {one.name: one.read_bytes() for one in state.glob("*.sqlite")} == before


def test_a_day_before_the_one_that_was_asked_for_is_another(register, monkeypatch):
    """A clock that was ahead and is put right."""
    passed = 0
    clock(monkeypatch, lambda: timedelta(days=passed))
    for passed in (400, 1, 2, 0):
        assert same_of(register, TODAY), passed


def test_what_says_a_moment_to_come_is_asked_again_when_it_has(register, monkeypatch):
    file = register.root / "records/agreements/tidewater-rowing-club-2026.yaml"
    text = file.read_text(encoding="utf-8")
    soon = (datetime.now(UTC) + timedelta(days=3)).strftime("%Y-%m-%dT%H:%M:%SZ")
    file.write_text(text.replace(max(re.findall(r"at: (\S+Z)", text)), soon), encoding="utf-8")
    register.git("commit", "-q", "-a", "--no-verify", "-m", "a clock that is ahead")
    assert same(register)
    clock(monkeypatch, lambda: timedelta(days=4))
    assert same(register)


@pytest.mark.parametrize("source", ["agreements/tidewater-rowing-club-2026", "reviews"])
def test_what_is_named_or_names_it_is_another(register, source):
    """What a partnership owes rests on its agreements and reviews: on their stages, and on whether they are there."""
    found = min((register.root / "records").glob(f"{source}*"))
    paths = [found] if found.is_file() else sorted(found.rglob("*.yaml"))[:1]
    for path in paths:
        text = path.read_text(encoding="utf-8")
        path.unlink()
        assert same_of(register, TODAY)
        path.write_text(re.sub(r"(?m)^stage: .*$", "stage: draft", text), encoding="utf-8")
        assert same_of(register, TODAY)
        register.git("commit", "-q", "-a", "--no-verify", "-m", "another stage")
        assert same_of(register, TODAY)


@pytest.mark.parametrize(
    "words", [("--columns", "id,type"), ("--where", "type~corporate"), ("--by", "stage"), ("--search", "cloud")]
)
def test_what_is_not_kept_is_read(register, read, words):
    register.run("list", "partnership", *words)
    assert read


def test_a_record_that_is_edited_broken_taken_away_renamed_added_or_put_back(register):
    full = register.root / PARTNER
    was = full.read_text(encoding="utf-8")
    edit(register, "name: ", "name: New ")
    assert same(register)
    full.write_text(was.replace("stage:", "stages:"), encoding="utf-8")
    assert same(register)
    full.write_text(was + "\n  : [", encoding="utf-8")
    assert same(register)
    full.unlink()
    assert same(register)
    other = full.with_name("another-club.yaml")
    other.write_text(was.replace("id: tidewater-rowing-club\n", "id: another-club\n"), encoding="utf-8")
    assert same(register)
    full.write_text(was, encoding="utf-8")
    assert same(register)


def test_rules_that_are_edited_and_committed(register):
    for path, old, new in (
        ("records/people.yaml", "people:", "# a word more\npeople:"),
        ("records/policies/OPS-05-03.yaml", "every: P1M", "every: P2M"),
    ):
        edit(register, old, new, path)
        assert same(register)
        register.git("commit", "-q", "-a", "--no-verify", "-m", "other rules")
        assert same(register)


def test_another_branch_and_a_tree_that_git_lost(register):
    register.git("checkout", "-q", "-b", "other")
    edit(register, "name: ", "name: New ")
    register.git("commit", "-q", "-a", "--no-verify", "-m", "an edit")
    assert same(register)
    register.git("checkout", "-q", "-")
    assert same(register)
    register.git("branch", "-q", "-D", "other")
    register.git("reflog", "expire", "--expire=now", "--all")
    register.git("gc", "-q", "--prune=now")
    assert same(register)


def test_what_others_could_have_written_or_is_torn_is_not_believed(register, read):
    kept = register.root / ".git" / "partnerkit" / "listed-partnership.sqlite"
    read.clear()
    kept.chmod(0o666)
    assert register.run(*LISTS[0]).code == 0
    assert read
    assert same(register)
    kept.chmod(0o600)
    kept.write_bytes(b"SQLite format 3\x00" + b"\xff" * 5000)
    assert same(register)
    assert same(register)


def test_another_program_that_verifies_signatures_has_all_looked_at_anew(register, read, tmp_path, monkeypatch):
    """What it says of a signature is part of what is found of a record."""
    edit(register, "stage:", "stage:  ")
    register.run(*LISTS[0])
    read.clear()
    register.run(*LISTS[0])
    few = set(read)
    other = tmp_path / "bin" / "ssh-keygen"
    other.parent.mkdir()
    other.write_text("#!/bin/sh\nexit 1\n", encoding="utf-8")
    other.chmod(0o755)
    monkeypatch.setenv("PATH", f"{other.parent}{os.pathsep}{os.environ['PATH']}")
    read.clear()
    register.run(*LISTS[0])
    assert few < read


@pytest.mark.parametrize("seed", range(examples(1)))
def test_whatever_changed_it_says_what_it_says_of_everything(register, monkeypatch, seed):
    """At every third change nothing is kept, and all is worked out part by part, by one process or two."""
    changing = Changing(register.root, seed)
    clock(monkeypatch, lambda: timedelta(days=changing.days))
    done: list[str] = []
    told = _told(monkeypatch)
    for step in range(6):
        done.append(changing.once())
        if step % 3 == 0:
            for path in (register.root / ".git/partnerkit").glob("*.sqlite"):
                path.unlink()
        with monkeypatch.context() as here:
            here.setattr(in_parts, "_MANY", 0)
            here.setattr(in_parts, "AT_ONCE", 2)
            here.setattr(in_parts, "processes", lambda many=1 + step // 3: many)
            assert same(register), done
    assert any(told)


def _told(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """Of each other process whether it told anything of records."""
    found: list[bool] = []
    heard = in_parts._Share.heard

    def noted(share: in_parts._Share[Any], told: Any) -> object:
        found.append(bool(told[0]))
        return heard(share, told)

    monkeypatch.setattr(in_parts._Share, "heard", noted)
    return found
