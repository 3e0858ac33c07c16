"""The regression check of bench fails where a command got dearer, and only there."""

from __future__ import annotations

import json

import pytest
from bench import regress
from bench.goals import Figures, Goal, verdicts
from bench.measure import BARE, Case

BASELINE = {"--version, instructions": 2.0, "check, time": 30.0}


@pytest.fixture
def baseline(tmp_path, monkeypatch):
    path = tmp_path / "baseline.json"
    path.write_text(json.dumps(BASELINE), encoding="utf-8")
    monkeypatch.setattr(regress, "BASELINE", path)
    return path


def test_what_costs_the_same_or_a_little_more_passes(baseline, monkeypatch, capsys) -> None:
    monkeypatch.setattr(regress, "measured", lambda: {"--version, instructions": 2.4, "check, time": 45.0})
    assert regress.main([]) == 0
    assert "dearer" not in capsys.readouterr().out


def test_a_command_that_got_slower_fails_and_is_named(baseline, monkeypatch, capsys) -> None:
    monkeypatch.setattr(regress, "measured", lambda: {"--version, instructions": 2.6, "check, time": 30.0})
    assert regress.main([]) == 1
    [line] = [one for one in capsys.readouterr().out.splitlines() if "dearer" in one]
    assert line.split()[:5] == ["--version,", "instructions", "2.00", "2.60", "1.30"]


def test_what_was_slow_but_once_passes(baseline, monkeypatch, capsys) -> None:
    taken = iter([{"--version, instructions": 2.4, "check, time": 50.0}, {"check, time": 40.0}])
    monkeypatch.setattr(regress, "measured", lambda: next(taken))
    assert regress.main([]) == 0
    out = capsys.readouterr().out
    assert "40.00" in out
    assert "dearer" not in out


def test_what_cannot_be_counted_here_is_said_and_does_not_fail(baseline, monkeypatch, capsys) -> None:
    monkeypatch.setattr(regress, "measured", lambda: {"check, time": 20.0})
    assert regress.main([]) == 0
    assert "not measured here" in capsys.readouterr().out


def test_the_committed_baseline_names_only_what_has_a_bound() -> None:
    kept = json.loads(regress.BASELINE.read_text(encoding="utf-8"))
    assert {name.rpartition(", ")[2] for name in kept} <= set(regress.BOUNDS)
    assert regress.trend(kept, kept)[1] == []


def _case(name: str, *seconds: float) -> Case:
    return Case(name, None, lambda _: [], seconds=list(seconds))


def _goal(bound: float, *, at_least: bool = False) -> Goal:
    return Goal("it", "P", "", bound, lambda of: of.bare("it"), (("it", None),), at_least)


@pytest.mark.parametrize(
    ("goal", "said"),
    [
        (_goal(3), "reached"),
        (_goal(2), "missed by a factor of 1.50"),
        (_goal(3, at_least=True), "reached"),
        (_goal(6, at_least=True), "missed by a factor of 2.00"),
    ],
)
def test_a_verdict_says_by_how_much_a_goal_is_missed(goal, said) -> None:
    [found] = verdicts([goal], Figures([_case(BARE, 1.0, 1.0, 9.0), _case("it", 3.0)]))
    assert (found.figure, found.said) == (3.0, said)


def test_what_did_not_run_gets_the_reason_and_no_figure() -> None:
    failed = _case("it")
    failed.failed = "not here"
    [found] = verdicts([_goal(3)], Figures([_case(BARE, 1.0), failed]))
    assert (found.figure, found.said, found.reached) == (None, "not measured: `it`: not here", False)
