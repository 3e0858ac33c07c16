"""`partnerkit sync` killed, out of disk, beside others, and whatever two people do."""

from __future__ import annotations

import contextlib
import errno
import itertools
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest
import yaml

from partnerkit.store.disk import files
from tests.faults import killing
from tests.faults.test_commit_faults import Failing
from tests.made import copied
from tests.place import Place, environment
from tests.sharing import Two
from tests.story import ACME


@pytest.mark.long
def test_eight_at_once_from_two_clones_lose_nothing_and_send_nothing_twice(two: Two):
    """Four in each clone, each with a record of its own: every one of them arrives, once."""
    names = [f"partner-{number}" for number in range(8)]
    for number, name in enumerate(names):
        (two.rosa, two.jonas)[number % 2].do("new", "partnership", name, "type=cloud-providers")
    ended = racing([(two.rosa, two.jonas)[number % 2] for number in range(8)])
    for place in (two.rosa, two.jonas):
        ended += racing([place])  # whoever gave up after five rounds goes on
    assert {code for code, _words in ended} <= {0, 3}, ended
    assert [code for code, _words in ended[8:]] == [0, 0], ended
    two.assert_alike()
    subjects = two.rosa.git("log", "--format=%s", "--", "records/partnerships").strip().split("\n")
    assert sorted(subjects) == sorted(f"partnership/{name}: new" for name in names)
    assert two.rosa.git("branch", "--list", "partnerkit/*") == ""


def racing(places: list[Place]) -> list[tuple[int, str]]:
    """Several syncs at the same time, each a process of its own."""
    running = [
        subprocess.Popen(
            [sys.executable, "-m", "partnerkit", "-C", str(place.root), "sync"],
            env=environment(place.person),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        for place in places
    ]
    return [(one.returncode, words.decode()) for one in running for words, _ in [one.communicate(timeout=120)]]


@pytest.mark.long
def test_killed_at_any_instant_it_is_all_there_or_not_at_all(two: Two, tmp_path: Path):
    """What comes in is there whole or not at all once the next command has run, and what is local is never lost."""
    two.rosa.do("new", "partnership", "Acme", "type=cloud-providers")
    for number in range(12):
        (two.rosa.root / f"file-{number}.txt").write_text("x\n" * 1000, encoding="utf-8")
    two.rosa.git("add", "--all")
    two.rosa.git("commit", "-qm", "files")
    two.rosa.do("sync")
    two.jonas.do("new", "partnership", "Other", "type=cloud-providers")
    chance, died = killing.chances("sync"), Counter[str]()
    commits = {"landing", "landed, unfinished", "preparing"}
    # How long it takes hangs on what else the machine does: it goes on until one was caught at work.
    for number in itertools.takewhile(lambda number: number < 12 or not died.keys() & commits, range(36)):
        clone = Place(tmp_path / f"clone-{number}", "p-jonas", two.jonas.day)
        copied(two.jonas.root, clone.root)
        process = subprocess.Popen(
            [sys.executable, "-m", "partnerkit", "-C", str(clone.root), "sync"],
            env=environment("p-jonas"),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        commit = killing.Commit(clone.root)
        commit.wait(("journal", "commit", "start")[number % 3], process)
        time.sleep(chance.random() * (0.02 if number % 3 == 0 else 0.4))
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        died[commit.died] += 1
        clone.do("doctor")
        assert clone.git("status", "--porcelain") == "", commit.died
        assert clone.path("other").exists()
        assert clone.git("branch", "--list", "partnerkit/*") == ""
    assert died.keys() & commits, died


def test_every_write_fails_in_turn(two: Two, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """On a full disk: exit 3 and a clear word; what is local is there, and the next sync does all of it."""
    two.rosa.do("new", "partnership", "Acme", "type=cloud-providers")
    two.rosa.do("sync")
    two.jonas.do("new", "partnership", "Other", "type=cloud-providers")
    first, stride = killing.chances("sync on a full disk").randint(1, 4), 1 if killing.LONG else 4
    for nth in range(first, 300, stride):
        hub, root = tmp_path / f"hub-{nth}.git", tmp_path / f"full-{nth}"
        copied(two.hub, hub)
        copied(two.jonas.root, root)
        clone = Place(root, "p-jonas", two.jonas.day)
        clone.git("remote", "set-url", "origin", str(hub))
        failing = Failing(nth, for_good=nth % 2 == 1, problem=errno.ENOSPC)
        before = clone.snapshot()
        with monkeypatch.context() as broken:
            broken.setattr(files, "point", failing)
            said = clone.run("sync")
        assert "Traceback" not in said.all
        assert "failed in a way it should not" not in said.all
        if said.code:
            assert said.code == 3, said.all
            assert "No space left on device" in said.all
            assert "landed and is safe" in said.all or clone.snapshot() == before, said.all
        clone.do("sync")
        assert clone.git("status", "--porcelain") == ""
        assert clone.git("branch", "--list", "partnerkit/*") == ""
        assert Place(hub).git("rev-parse", "main") == clone.git("rev-parse", "HEAD")
        assert clone.path("acme").exists()
        if not failing.failed:
            assert said.code == 0
            break
    assert 10 < nth < 299


#: What an entry says, but for what vouches for it.
ENTRY = ("type", "from", "to", "at", "by", "reason")


def said_in(place: Place, ref: str = "HEAD") -> set[str]:
    """Every statement that a commit holds, in any record, by its id, and every entry by what it says.

    An entry that is made again on what others sent has another id where it rests on other statements than before.
    """
    names = place.git("ls-tree", "-r", "--name-only", ref, "records/partnerships").split()
    records = [yaml.load(place.git("show", f"{ref}:{name}"), yaml.CSafeLoader) for name in names]
    items = [item for one in records for value in one.values() if isinstance(value, list) for item in value]
    told = [item for item in items if isinstance(item, dict) and "id" in item]
    return {str([item.get(key) for key in ENTRY]) if "seal" in item else item["id"] for item in told}


@pytest.mark.parametrize("part", range(6 if killing.LONG else 2))
@pytest.mark.long
def test_whatever_two_people_do_nothing_is_lost_and_all_of_it_is_legal(deciding: Two, part: int):
    """Commands at random in two clones, shared at random: alike in the end, proven, and every word somewhere."""
    two, chance = deciding, killing.chances("two people", part)
    made: set[str] = set()
    codes: Counter[int] = Counter()
    for number in range(24):
        place = chance.choice((two.rosa, two.jonas))
        day = f"2026-03-{6 + number:02}"
        words, by = chance.choice(
            (
                (("approve", ACME, "core-team-review"), "p-jonas"),
                (("approve", ACME, "core-team-review"), "p-timo"),
                (("approve", ACME, "core-team-review", "--decision", "withdraw", "--reason", "misread"), "p-jonas"),
                (("add", ACME, "community-input", f"https://forum.example/t/{number}", "kind=opened"), "p-rosa"),
                (("add", ACME, "community-input", "kind=closed", "summary=Most are in favour"), "p-rosa"),
                (("approve", ACME, "final-decision", "--for", "p-timo", "--seen", "minutes/1.md"), "p-rosa"),
                (("advance", ACME), "p-rosa"),
                (("advance", ACME, "assessment", "--reason", "look again"), "p-jonas"),
                (("add", ACME, "communications", "kind=core-team-updates", f"summary=News {number}"), "p-rosa"),
                (("set", ACME, f"exit-strategy=Plan {number}"), "p-jonas"),
                (("new", "partnership", f"Partner {number}", "type=cloud-providers"), "p-rosa"),
                (("undo", "--reason", "taken back"), "p-rosa"),
                (("sync",), "p-rosa"),
                (("sync",), "p-jonas"),
            )
        )
        said = place.run(*words, by=by, day=day)
        assert said.code in {0, 1, 2}, f"seed {killing.SEED}: {words}\n{said.all}"
        codes[said.code] += 1
        made |= said_in(place)
    two.rosa.day = two.jonas.day = "2026-04-30"
    for place in (two.jonas, two.rosa, two.jonas):
        assert place.run("sync").code in {0, 1}, f"seed {killing.SEED}"
    two.assert_alike()
    kept = [
        said_in(place, ref)
        for place in (two.rosa, two.jonas)
        for ref in place.git("for-each-ref", "--format=%(refname)", "refs/heads/partnerkit/").split()
    ]
    assert made <= said_in(two.rosa).union(*kept), f"seed {killing.SEED}"
    assert codes[0] > 6, codes
