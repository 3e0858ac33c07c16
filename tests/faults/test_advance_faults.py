"""`partnerkit advance` killed at any instant, on a full disk, interrupted, and by eight at once: nothing half, nothing lost.

PARTNERKIT_KILLS says how many commands are killed (see killing.py).
"""

from __future__ import annotations

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
from tests.faults import advancing, killing
from tests.faults.advancing import Busy
from tests.faults.forking import Forked
from tests.faults.killing import KILLS, LONG, Record, Tally, hooked, shares
from tests.faults.test_commit_faults import LONGEST_RUN, Failing
from tests.made import copied
from tests.place import Place, Said, environment
from tests.store.repos import make_calm

TRACES = ("Traceback", "failed in a way it should not")


@pytest.fixture(scope="session")
def _busy(_made: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("busy") / "register"
    copied(_made, root)
    with pytest.MonkeyPatch.context() as patch:
        make_calm(patch, root.parent)
        Busy.made(Place(root))
    return root


@pytest.fixture
def busy(_busy: Path, tmp_path: Path, calm_git: None) -> Busy:
    root = tmp_path / "register"
    copied(_busy, root)
    return Busy(Place(root))


def assert_calm(said: Said) -> None:
    """No traceback, and nothing that only its authors understand."""
    assert not any(trace in said.all for trace in TRACES), said.all


def go_on(busy: Busy) -> None:
    """Advance again; where a command was killed alone, its git may land the commit after we looked where HEAD is."""
    said = busy.place.run(*busy.words)
    if said.code:
        assert "had landed" in said.err, said.all
        busy.place.do(*busy.words)


@hooked
@shares(KILLS)
@pytest.mark.long
def test_killed_at_any_instant(
    busy: Busy, hooked: bool, part: int, share: int, tmp_path: Path, record_property: Record
) -> None:
    """No half state after the next command, every foreign byte as it was, every reported success in HEAD's history."""
    chance = killing.chances(part, hooked)
    if hooked:
        busy.repo.hook_runner(tmp_path, "sleep 0.05")
    out = tmp_path / "out"
    spans, moves = busy.spans(busy.fork(out)), busy.assert_whole()
    successes, kills = set(), Tally(share)
    for number in kills.rounds():
        words = advancing.kill(busy, busy.fork(out), chance, spans)
        assert not any(trace in words for trace in TRACES), words
        success = advancing.reported(out)
        kills.found[busy.commit.died] += 1
        if number % 5 == 4:
            assert_calm(busy.place.run("doctor"))
        else:
            go_on(busy)
        if busy.repo.litter():  # a git that outlived its command wrote on while this one swept: the next one finds it
            time.sleep(0.5)
            assert_calm(busy.place.run("doctor"))
        now = busy.assert_whole()
        assert moves <= now <= moves + 2, f"seed {killing.SEED}"
        moves = now
        if success:
            successes.add(success)
            assert success in busy.landed(), f"seed {killing.SEED}"
    assert successes <= set(busy.landed())
    busy.assert_sound()
    record_property("figures", {"advance": kills.figures(hooked)})


@pytest.mark.parametrize(("hooked", "for_good"), [(False, False), (True, True)], ids=["once", "for good, with a hook"])
@pytest.mark.long
def test_every_write_fails_in_turn(
    busy: Busy, hooked: bool, for_good: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On a full disk: exit 3 and a clear word; nothing changed, or the next command finishes what had landed."""
    if hooked:
        busy.repo.hook_runner(tmp_path)
    moves = busy.assert_whole()
    for nth in killing.one_in_three(LONGEST_RUN, hooked):
        failing = Failing(nth, for_good=for_good, problem=errno.ENOSPC)
        before, words = busy.place.snapshot(), busy.words
        with monkeypatch.context() as broken:
            broken.setattr(files, "point", failing)
            said = busy.place.run(*words)
            looked = busy.place.run("doctor") if for_good and failing.failed and nth % 8 == 1 else None
        assert_calm(said)
        if looked:
            assert_calm(looked)
        finished = "landed and is safe" in said.all
        if said.code:
            assert said.code == 3, said.all
            assert "No space left on device" in said.all
            assert finished or "nothing changed" in said.all
        if said.code and not finished and not for_good:
            assert busy.place.snapshot() == before, nth
        moves += said.code == 0 or finished
        if said.code and nth % 8 == 0:
            assert_calm(busy.place.run("doctor"))
        elif said.code:
            busy.place.do(*busy.words)
            moves += 1
        assert busy.assert_whole() == moves, nth
        if not failing.failed:
            assert said.code == 0
            break
    assert 10 < nth < LONGEST_RUN - 1
    busy.assert_sound()


def test_a_refused_command_too_says_what_it_cleared_up(busy: Busy, monkeypatch: pytest.MonkeyPatch) -> None:
    """Else somebody who repeats an advance that had landed reads only that there is no way there from there."""
    words = busy.words
    for nth in range(1, LONGEST_RUN):
        with monkeypatch.context() as broken:
            broken.setattr(files, "point", Failing(nth, for_good=True, problem=errno.ENOSPC))
            said = busy.place.run(*words)
        if "landed and is safe" in said.all:
            break
    again = busy.place.run(*words)
    assert again.code == 1
    assert "had landed; the files on disk now show it" in again.err
    assert busy.assert_whole() == 1


@hooked
@pytest.mark.long
def test_ctrl_c_leaves_nothing_half(busy: Busy, hooked: bool, tmp_path: Path) -> None:
    """Exit 130 at whatever instant the whole group is interrupted; no traceback; nothing half even before another command."""
    chance = killing.chances(hooked)
    if hooked:
        busy.repo.hook_runner(tmp_path, "sleep 0.3")
    out = tmp_path / "out"
    latest = busy.spans(busy.launch(out))["start"]
    moves, codes, interrupted = busy.assert_whole(), Counter[int](), 130
    times = 40 if LONG else 8
    # How long it takes hangs on what else the machine does: it goes on until enough were caught at work.
    for number in itertools.takewhile(lambda _number: codes[interrupted] < times, range(4 * times)):
        process = busy.launch(out)
        time.sleep(latest * (0.15 + (number % times + chance.random()) / times * 0.85))
        os.killpg(process.pid, signal.SIGINT)
        words = killing.end(process)
        assert not any(trace in words for trace in TRACES), words
        # A shell says 130, too, for a Python that ends itself by the signal: not yet awake, or interrupted in an `eval`.
        code = interrupted if process.returncode == -signal.SIGINT else process.returncode
        codes[code] += 1
        assert code in {0, interrupted}, words
        now = busy.assert_whole()
        assert now == moves + 1 if code == 0 else now in {moves, moves + 1}
        if words:
            said = words.splitlines()[-1]
            assert said.startswith("interrupted; "), words
            assert ("had landed here and stays" in said) == (now == moves + 1), (words, now - moves)
            assert ("no commit landed here" in said) == (now == moves), (words, now - moves)
        moves = now
    assert codes[interrupted] == times, codes


@pytest.mark.parametrize(
    ("hook", "said"),
    [
        ("pre-commit", "interrupted; no commit landed here\n"),
        ("post-commit", "interrupted; {landed} had landed here and stays\n"),
    ],
)
@pytest.mark.parametrize("data", [True, False])
def test_ctrl_c_says_in_one_line_what_landed(busy: Busy, hook: str, said: str, data: bool, tmp_path: Path) -> None:
    """Just before the commit, and just after it."""
    path = busy.place.root / ".git" / "hooks" / hook
    path.parent.mkdir(exist_ok=True)
    path.write_text("#!/bin/sh\nkill -INT 0\nsleep 1\n", encoding="utf-8")
    path.chmod(0o755)
    moves = busy.assert_whole()
    out = tmp_path / "out"
    process = busy.launch(out, data=data)
    words = killing.end(process)
    assert process.returncode in {130, -signal.SIGINT}
    assert words.splitlines(keepends=True)[-1] == said.format(landed=busy.landed()[0][:10] if busy.landed() else "")
    path.unlink()
    assert busy.assert_whole() == moves + (hook == "post-commit")


def test_a_ctrl_c_that_is_swallowed_comes_back() -> None:
    """Where Python cannot raise it (in a destructor, in a callback from Rust) it is raised a moment later."""
    code = """
import os, signal, sys, time
from partnerkit.cli import main
class Deaf:
    def __del__(self):
        os.kill(os.getpid(), signal.SIGINT)
        time.sleep(0.05)
def run(_arguments):
    Deaf()
    time.sleep(30)
main.run = run
sys.argv = ["partnerkit", "list"]
main.main()
"""
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=20, check=False)
    assert (ended.returncode, ended.stderr) == (130, "interrupted; no commit landed here\n")


@pytest.mark.parametrize("same", [False, True], ids=["distinct records", "the same record"])
@pytest.mark.long
def test_eight_at_once_lose_nothing(place: Place, same: bool, tmp_path: Path) -> None:
    """8 writers x 6 advances on one clone (25 in a long run): every success is in HEAD's history, none lost, none there twice."""
    many, each = 8, 25 if LONG else 4 if same else 6
    names = ["shared"] if same else [f"writer-{n}" for n in range(many)]
    for name in names:
        place.do("new", "partnership", name, "type=cloud-providers", f"id={name}")
    start = place.git("rev-parse", "HEAD").strip()
    running = [race(place, tmp_path / str(n), each, names[n % len(names)]) for n in range(many)]
    for process in running:
        words = killing.end(process)
        assert process.returncode == 0, words
    reports = [line.split() for n in range(many) for line in (tmp_path / str(n)).read_text().splitlines()]
    commits = [commit for commit, *_ in reports]
    assert sorted(commits) == sorted(set(commits)) == sorted(place.git("rev-list", f"{start}..HEAD").split())
    assert len(commits) == many * each
    entries: list[str] = []
    for name in names:
        history = yaml.load(place.text(name), yaml.CSafeLoader)["history"][1:]
        assert len(history) == sum(record == name for _, record, _ in reports)
        entries += [one["id"] for one in history]
    assert len(set(entries)) == len(entries) == many * each
    assert place.git("status", "--porcelain") == ""
    place.day = None  # the writers went by the real clock
    assert [one for one in place.findings("--base", start) if one["severity"] == "error"] == []


def race(place: Place, report: Path, count: int, *records: str) -> Forked:
    """A writer as a process of its own, forked off one that has loaded everything: what they do is what they race in."""
    return Forked(
        report.with_suffix(".out"), advancing.repeatedly, environment(), str(place.root), str(report), count, *records
    )
