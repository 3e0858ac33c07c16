"""Every single instant of a commit in turn: killed there, or git failing there. Never half a commit, no foreign byte changed."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from partnerkit.errors import CannotWorkError
from partnerkit.store.commit.atomic import commit, writing
from partnerkit.store.git.repository import Git
from tests.faults import committer, killing
from tests.faults.advancing import Busy
from tests.faults.forking import Forked
from tests.faults.killing import LONG, Record, hooked
from tests.faults.striking import (
    KILLED,
    REFUSED,
    WORDS,
    GitStrike,
    commit_and_die,
    land_together,
    land_together_and_die,
    struck,
)
from tests.faults.test_advance_faults import _busy, assert_calm, busy
from tests.faults.test_commit_faults import assert_sound, assert_whole
from tests.store.repos import Repo

#: More instants than one commit has: a guard against endless loops.
MOST = 400

__all__ = ["_busy", "busy"]  # fixtures

dying = pytest.mark.parametrize("code", [REFUSED, KILLED], ids=["git refuses", "git dies having done it"])


def instants(hooked: bool, *what: object) -> Iterator[int]:
    """Every instant; with a hook there are twice as many, and a short run takes one in three, others each time."""
    first, stride = (killing.chances(*what).randint(1, 3), 3) if hooked and not LONG else (1, 1)
    yield from range(first, MOST, stride)


def prepared(repo: Repo, tmp_path: Path, *, hooked: bool) -> tuple[object, str]:
    """Foreign work all around, perhaps a hook runner: the foreign bytes."""
    repo.make_foreign_changes()
    if hooked:
        repo.hook_runner(tmp_path)
    return repo.disk("other"), repo.index("other")


def next_changes(number: int) -> dict[str, bytes | None]:
    """Records changed, one that comes, and another in the place of one that goes."""
    changes = {path: f"{Path(path).stem}: {number + 1}\n".encode() for path in committer.PATHS}
    gone: dict[str, bytes | None] = {f"records/gone/{number}.yaml": None} if number else {}
    return {**changes, **gone, f"records/gone/{number + 1}.yaml": b"n\n", f"records/new/{number + 1}.yaml": b"n\n"}


def killed(
    repo: Repo, folder: Path, foreign: object, do: Callable[..., object], changes: object, nth: int
) -> tuple[str, int]:
    """Where it stood before a writer that dies at its nth instant, and how that ended; what is not its own stays."""
    git = Git.discover(repo.root)
    base = str(git.head())
    process = Forked(folder / "out", do, str(repo.root), dict(os.environ), base, changes, nth)
    ended = process.wait()
    killing.end(process)
    with writing(git, wait=20):
        pass
    assert (repo.disk("other"), repo.index("other")) == foreign, nth
    return base, ended


@hooked
@pytest.mark.long
def test_killed_at_every_instant(repo: Repo, hooked: bool, tmp_path: Path, record_property: Record) -> None:
    foreign = prepared(repo, tmp_path, hooked=hooked)
    number = kills = 0
    for nth in instants(hooked, "killed"):
        base, ended = killed(repo, tmp_path, foreign, commit_and_die, next_changes(number), nth)
        kills += ended == KILLED
        now = assert_whole(repo)
        assert now - number == (repo.git("rev-parse", "HEAD").strip() != base), nth
        if ended != KILLED:
            assert (ended, now) == (0, number + 1), nth
            break
        number = now
    assert 20 < nth < MOST - 1
    assert_sound(repo)
    record_property("figures", {"every instant": {"killed with kill -9": kills}})


@dying
@hooked
def test_every_call_of_git_fails_in_turn(
    repo: Repo, hooked: bool, code: int, tmp_path: Path, record_property: Record
) -> None:
    """It is refused with git's words and nothing changed; or it landed, because that was all that was left to do."""
    foreign = prepared(repo, tmp_path, hooked=hooked)
    number = 0
    for nth in instants(hooked, "git", code):
        git, strike = Git.discover(repo.root), GitStrike(nth, code)
        base, before = git.head(), repo.state()
        oid = problem = None
        with struck(strike):
            try:
                oid = commit(git, base, next_changes(number), "m\n")
            except CannotWorkError as refused:
                problem = refused
        landed = git.head() != base
        assert (problem is None) == (oid is not None) == landed, (nth, strike.struck, problem)
        if problem is not None:
            assert WORDS in f"{problem}{getattr(problem, 'output', '')}" or problem.mend, (nth, strike.struck, problem)
        with writing(git):
            pass
        if not landed:
            assert repo.state() == before, (nth, strike.struck, problem)
        assert (repo.disk("other"), repo.index("other")) == foreign, (nth, strike.struck)
        now = assert_whole(repo)
        assert now == number + landed, (nth, strike.struck)
        number = now
        if strike.struck is None:
            assert oid == git.head()
            break
    assert 5 < nth < MOST - 1
    assert_sound(repo)
    record_property("figures", {"every instant": {"calls of git failed": nth}})


def next_series(number: int) -> list[dict[str, bytes | None]]:
    """What three commits change, one after the other; a file comes with one of them and goes with the next."""
    return [next_changes(number + more) for more in range(3)]


@pytest.mark.long
def test_killed_at_every_instant_of_several_commits_at_once(
    repo: Repo, tmp_path: Path, record_property: Record
) -> None:
    """All of them stand there afterwards, or none."""
    foreign = prepared(repo, tmp_path, hooked=False)
    number = kills = 0
    for nth in instants(not LONG, "killed at once"):
        base, ended = killed(repo, tmp_path, foreign, land_together_and_die, next_series(number), nth)
        kills += ended == KILLED
        now = assert_whole(repo)
        assert now - number == 3 * (repo.git("rev-parse", "HEAD").strip() != base), nth
        assert len(repo.git("rev-list", f"{base}..HEAD").split()) == now - number, nth
        number = now
        if ended != KILLED:
            assert (ended, now > 0) == (0, True), nth
            break
    assert 20 < nth < MOST - 1
    assert_sound(repo)
    record_property("figures", {"every instant": {"killed with kill -9": kills}})


@dying
def test_every_call_of_git_for_several_commits_fails_in_turn(
    repo: Repo, code: int, tmp_path: Path, record_property: Record
) -> None:
    foreign = prepared(repo, tmp_path, hooked=False)
    number = 0
    for nth in instants(not LONG, "git at once", code):
        git, strike = Git.discover(repo.root), GitStrike(nth, code)
        base, before = str(git.head()), repo.state()
        oids: list[str] = []
        with struck(strike), contextlib.suppress(CannotWorkError):
            oids = land_together(git, base, next_series(number))
        landed = git.head() != base
        assert bool(oids) == landed, (nth, strike.struck)
        with writing(git):
            pass
        if not landed:
            assert repo.state() == before, (nth, strike.struck)
        assert (repo.disk("other"), repo.index("other")) == foreign, (nth, strike.struck)
        number += 3 * landed
        assert assert_whole(repo) == number, (nth, strike.struck)
        if strike.struck is None:
            assert oids[-1] == git.head()
            break
    assert 5 < nth < MOST - 1
    assert_sound(repo)
    record_property("figures", {"every instant": {"calls of git failed": nth}})


@dying
def test_advance_says_what_git_said(busy: Busy, code: int, record_property: Record) -> None:
    """Through the command: exit 3, git's own words or what to do, nothing changed, no traceback."""
    moves = busy.assert_whole()
    for nth in instants(not LONG, "advance", code):
        before, strike = busy.place.snapshot(), GitStrike(nth, code)
        with struck(strike):
            said = busy.place.run(*busy.words)
        assert_calm(said)
        landed = len(busy.landed()) > moves
        if strike.struck is None or landed:
            assert said.code == 0, (nth, strike.struck, said.all)
            moves += 1
        else:
            assert said.code == 3, (nth, strike.struck, said.all)
            assert said.json["mend"], (nth, strike.struck, said.all)
            assert "nothing changed" in said.all or "--path-format" in strike.struck, (nth, strike.struck, said.all)
            assert busy.place.snapshot() == before, nth
        assert busy.assert_whole() == moves, (nth, strike.struck)
        if strike.struck is None:
            break
    assert 5 < nth < MOST - 1
    record_property("figures", {"every instant": {"calls of git failed": nth}})
