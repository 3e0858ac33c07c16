"""What bench says of a process is that process's own, and what nothing could come of is refused before it begins."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from bench import __main__ as command
from bench.measure import Case, measure
from bench.starter import NotStartedError, Starter

ROOT = Path(__file__).resolve().parents[2]
SMALL = [sys.executable, "-c", "pass"]


@pytest.fixture
def starter():
    with Starter() as one:
        yield one


def _run(starter, line, cwd=None, env=None, out=os.devnull):
    return starter.run(line, env or dict(os.environ), cwd, Path(os.devnull), Path(out))


def test_the_memory_of_a_process_is_not_that_of_the_harness(starter) -> None:
    held = bytearray(b"x" * 200_000_000)
    assert _run(starter, SMALL)[1] < 60
    assert _run(starter, [sys.executable, "-c", "held = bytearray(b'x' * 100_000_000)"])[1] > 100
    assert _run(starter, SMALL)[1] < 60
    del held


def test_the_memory_of_what_a_process_starts_counts(starter) -> None:
    large = "held = bytearray(b'x' * 100_000_000)"
    line = [sys.executable, "-c", f"import subprocess, sys; subprocess.run([sys.executable, '-c', {large!r}])"]
    assert _run(starter, line)[1] > 100


def test_it_runs_where_it_is_to_with_what_it_is_to_and_says_how_it_ended(starter, tmp_path) -> None:
    script = "import os, sys; print(os.getcwd(), os.environ['WORD']); print('!', file=sys.stderr); sys.exit(3)"
    out = tmp_path / "out"
    out.touch()
    _, _, status = _run(starter, [sys.executable, "-c", script], tmp_path, {"WORD": "said"}, out)
    assert os.waitstatus_to_exitcode(status) == 3
    assert sorted(out.read_text().split()) == sorted([str(tmp_path), "said", "!"])
    _, _, status = _run(starter, [sys.executable, "-c", "import os; print(os.getcwd())"], None, None, out)
    assert out.read_text().startswith(str(Path.cwd()))


def test_a_program_that_is_not_there_is_named_and_the_next_one_runs(starter) -> None:
    with pytest.raises(NotStartedError, match="No such file"):
        _run(starter, ["no-such-program"])
    assert _run(starter, SMALL)[2] == 0


def test_what_cannot_run_is_asked_but_once_and_is_put_back(capsys) -> None:
    after: list[int] = []
    missing = Case("missing", None, lambda _: ["no-such-program"], after=after.append)
    there = Case("there", None, lambda _: SMALL)
    measure([missing, there], 2)
    assert missing.failed.startswith("could not be started")
    assert after == [0]
    assert len(there.seconds) == 2
    assert capsys.readouterr().err.splitlines() == [f"round {one} of 2" for one in range(3)]


@pytest.mark.parametrize(
    "words",
    [
        ["--rounds", "0"],
        ["--records", "3"],
        ["--records", "-5"],
        ["--largest", "4"],
        ["--records", "20", "--largest", "20"],
        ["--commits", "0"],
        ["--writers", "-1"],
        ["--out", "/nowhere/at/all.md"],
        ["--out", "/"],
    ],
)
def test_what_nothing_could_come_of_is_refused_before_anything_is_made(words, capsys) -> None:
    with pytest.raises(SystemExit) as ended:
        command.main(["--without-peers", *words])
    assert ended.value.code == 2
    assert words[-2] in capsys.readouterr().err


def test_an_interrupt_leaves_nothing_behind_and_says_so(tmp_path) -> None:
    place, out = tmp_path / "place", tmp_path / "R.md"
    place.mkdir()
    env = os.environ | {"TMPDIR": str(place), "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}"}
    line = [sys.executable, "-m", "bench", "--without-peers", "--records", "5000", "--out", str(out)]
    with subprocess.Popen(line, env=env, cwd=ROOT, stderr=subprocess.PIPE, text=True) as running:
        assert running.stderr is not None
        assert running.stderr.readline().startswith("making")
        time.sleep(0.2)
        running.send_signal(signal.SIGINT)
        assert running.wait(30) == 130
        assert running.stderr.read().split("\n")[-2].startswith("interrupted")
    assert not list(place.iterdir())
    assert not out.exists()


def test_an_interrupt_ends_what_is_measured() -> None:
    script = (
        "from bench.measure import Case, measure; import sys\n"
        "line = [sys.executable, '-c', 'import time; print(1, flush=True); time.sleep(60)']\n"
        "measure([Case('waits', None, lambda _: line)], 1)"
    )
    env = os.environ | {"PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}"}
    began = time.monotonic()
    with subprocess.Popen([sys.executable, "-c", script], env=env, stderr=subprocess.DEVNULL) as running:
        time.sleep(1)
        running.send_signal(signal.SIGINT)
        running.wait(30)
    assert time.monotonic() - began < 20
