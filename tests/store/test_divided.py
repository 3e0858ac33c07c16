"""Work divided among processes: whatever becomes of the others, each part is done, and nothing is left of them."""

from __future__ import annotations

import json
import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from partnerkit.store.divided import MOST_PARTS, divided, processes

_HERE = os.getpid()
_PARTS = 40


class Noting:
    """Tells who did which parts; the other processes begin, and tell, as they are told to."""

    def __init__(self, begins: Callable[[], object] = int, tells: Callable[[], object] = int) -> None:
        self.begins = begins
        self.tells = tells

    def do(self, parts: Iterator[int]) -> list[list[int]]:
        return [[os.getpid(), one] for one in parts]

    def leave(self) -> None:
        self.begins()

    def told(self, done: list[list[int]]) -> Any:
        self.tells()
        return done

    def heard(self, told: Any) -> list[list[int]]:
        assert os.getpid() == _HERE
        return list(told)


def done(work: Noting, among: int = 3) -> list[list[int]]:
    return [one for some in divided(_PARTS, among, work) for one in some]


def each_once(found: list[list[int]]) -> bool:
    return sorted(part for _who, part in found) == list(range(_PARTS))


def test_each_part_is_done_once_and_all_processes_do_some(tmp_path):
    class Waiting(Noting):
        """Whoever came first would take all parts: each takes one, and waits for the others."""

        def do(self, parts: Iterator[int]) -> list[list[int]]:
            found = [[os.getpid(), next(parts)]]
            (tmp_path / str(os.getpid())).touch()
            while len(list(tmp_path.iterdir())) < 3:
                time.sleep(0.001)
            return [*found, *super().do(parts)]

    found = done(Waiting())
    assert each_once(found)
    assert len({who for who, _part in found}) == 3
    for who in {who for who, _part in found} - {_HERE}:
        with pytest.raises(ChildProcessError):
            os.waitpid(who, 0)


def test_the_smallest_pipe_takes_as_many_parts_as_there_may_be():
    assert MOST_PARTS * 4 <= 4096
    assert [len(some) for some in divided(MOST_PARTS, 1, Noting())] == [MOST_PARTS]


def _killed() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def _failed() -> None:
    raise MemoryError


@pytest.mark.parametrize("how", [_killed, _failed])
@pytest.mark.parametrize("when", ["begins", "tells"])
def test_what_another_process_does_not_tell_is_done_here(how, when):
    found = done(Noting(**{when: how}))
    assert each_once(found)
    assert {who for who, _part in found} == {_HERE}


def test_half_an_answer_is_none(monkeypatch):
    """It ended while it wrote."""
    whole = json.dumps
    monkeypatch.setattr(json, "dumps", lambda said: whole(said)[:-5])
    assert {who for who, _part in done(Noting())} == {_HERE}


def test_where_no_other_process_is_to_be_had_all_is_done_here(monkeypatch):
    def none() -> int:
        raise BlockingIOError

    monkeypatch.setattr(os, "fork", none)
    assert {who for who, _part in done(Noting())} == {_HERE}


def test_who_is_interrupted_leaves_no_other_process_behind(tmp_path):
    class Interrupted(Noting):
        def do(self, parts: Iterator[int]) -> list[list[int]]:
            if os.getpid() == _HERE:
                while not list(tmp_path.iterdir()):
                    time.sleep(0.001)
                raise KeyboardInterrupt
            (tmp_path / str(os.getpid())).touch()
            time.sleep(60)
            return super().do(parts)

    with pytest.raises(KeyboardInterrupt):
        divided(_PARTS, 2, Interrupted())
    (other,) = tmp_path.iterdir()
    with pytest.raises(ProcessLookupError):
        os.kill(int(other.name), 0)


def test_what_waits_to_be_printed_is_printed_once(tmp_path):
    with (tmp_path / "out").open("w", encoding="utf-8") as out:
        out.write("once")
        done(Noting())
    assert (tmp_path / "out").read_text(encoding="utf-8") == "once"


@pytest.mark.parametrize(("free", "among"), [({0}, 1), ({2, 5}, 2), (set(range(64)), 4)])
def test_there_are_as_many_processes_as_cores_that_this_one_may_use(monkeypatch, free, among):
    monkeypatch.setattr(os, "sched_getaffinity", lambda _this: free)
    monkeypatch.setattr(threading, "active_count", lambda: 1)
    assert processes() == among


def test_where_threads_run_or_nobody_says_which_cores_there_are_no_other_is_forked(monkeypatch):
    monkeypatch.setattr(os, "sched_getaffinity", lambda _this: {0, 1})
    with ThreadPoolExecutor(1) as pool:
        pool.submit(int).result()
        assert processes() == 1
    monkeypatch.setattr(threading, "active_count", lambda: 1)
    monkeypatch.delattr(os, "sched_getaffinity")
    assert processes() == 1
