"""Work divided among processes: this one, and others that are forked off it.

What another one tells comes as JSON, once it has done all that it took. What it does not tell, because it failed or
somebody ended it, this one does itself: nothing rests on whether it lives.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import struct
import threading
from collections.abc import Callable, Iterator, Sequence
from typing import Any, NoReturn, Protocol, TypeVar

from partnerkit.tuples import NamedTuple

#: More processes hold more memory, and wait for the one disk.
_MOST = 4

#: So many parts fit into the smallest pipe, each as a number that is read at once.
MOST_PARTS = 1_000
_NUMBER = struct.Struct("=I")

Done = TypeVar("Done")


class Parts(NamedTuple):
    """Things in their order, in as many parts as work may have.

    Attributes:
        every: all of them.
        least: how many a part has at the least, but for the last one.
    """

    every: Sequence[str]
    least: int

    @property
    def size(self) -> int:
        """How many a part has."""
        return max(self.least, -(-len(self.every) // MOST_PARTS))

    @property
    def many(self) -> int:
        """How many parts there are."""
        return -(-len(self.every) // self.size)

    def part(self, number: int) -> Sequence[str]:
        """One of them."""
        return self.every[number * self.size : (number + 1) * self.size]


class Work(Protocol[Done]):
    """What is to be done, in parts."""

    def do(self, parts: Iterator[int]) -> Done:
        """Do these, one after the other."""

    def leave(self) -> None:
        """Let go of what is not to be shared: from now on this is another process."""

    def told(self, done: Done) -> Any:
        """What came of it, in words of JSON."""

    def heard(self, told: Any) -> Done:
        """What came of it, from what was told."""


def cores() -> int:
    """On how many cores this process may run."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def processes() -> int:
    """Among how many processes work may be divided: no other is forked where threads run, which would not come along.

    Only Linux, which tells the cores of a process, forks whatever libraries it holds.
    """
    if not hasattr(os, "sched_getaffinity") or threading.active_count() > 1:
        return 1
    return min(cores(), _MOST)


def divided(parts: int, among: int, work: Work[Done]) -> list[Done]:
    """What came of some work in each process, beginning with this one; at the end that of what others did not tell.

    Each takes one part after the other.

    Args:
        parts: into how many parts it falls, at most `MOST_PARTS`.
        among: how many processes do it.
        work: the work.
    """
    left, numbers = os.pipe()
    os.write(numbers, b"".join(map(_NUMBER.pack, range(parts))))
    os.close(numbers)
    asked_by = os.getpid()

    def share() -> Any:
        work.leave()
        mine: list[int] = []
        told = work.told(work.do(_while_wanted(_parts(left, mine), asked_by)))
        return [mine, told]

    taken: list[int] = []
    try:
        with contextlib.ExitStack() as others:
            answers = [others.enter_context(beside(share)) for _ in range(among - 1)]
            done = [work.do(_parts(left, taken))]
            for answer in filter(None, [told() for told in answers]):
                taken += answer[0]
                done.append(work.heard(answer[1]))
    finally:
        os.close(left)
    lost = sorted(set(range(parts)).difference(taken))
    return [*done, work.do(iter(lost))] if lost else done


def _parts(left: int, taken: list[int]) -> Iterator[int]:
    """The parts that nobody took yet, each taken as it is asked for."""
    while number := os.read(left, _NUMBER.size):
        taken.append(_NUMBER.unpack(number)[0])
        yield taken[-1]


@contextlib.contextmanager
def beside(work: Callable[[], Any]) -> Iterator[Callable[[], Any]]:
    """Have some work done by another process, as long as this lasts; then it is ended, whatever it is at.

    Args:
        work: the work; gives what came of it, in words of JSON.

    Yields:
        What waits for that: None where the process did not come to its end, or there was room for none.
    """
    answer, says = os.pipe()
    held = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})  # an interrupt between two lines would be lost
    process = None
    try:
        with contextlib.suppress(OSError):
            process = os.fork()
        if process == 0:
            _alone(says, work)
    finally:
        os.close(says)
        signal.pthread_sigmask(signal.SIG_SETMASK, held)
    try:
        yield lambda: _told(answer)
    finally:
        os.close(answer)
        if process is not None:
            _end(process)


def _told(answer: int) -> Any:
    with contextlib.suppress(ValueError), open(answer, encoding="ascii", closefd=False) as words:
        return json.load(words)
    return None


def _end(process: int) -> None:
    """End another process, and leave nothing of it behind."""
    with contextlib.suppress(ChildProcessError):
        if os.waitpid(process, os.WNOHANG) == (0, 0):
            os.kill(process, signal.SIGKILL)
            os.waitpid(process, 0)


def _alone(says: int, work: Callable[[], Any]) -> NoReturn:
    """Work as another process, and end: without a word, and without what this one does at its end."""
    code = 1
    try:
        if signal.getsignal(signal.SIGINT) is not signal.SIG_IGN:
            signal.signal(signal.SIGINT, signal.SIG_DFL)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
        told = json.dumps(work())
        with open(says, "w", encoding="ascii", closefd=False) as answer:
            answer.write(told)
        code = 0
    finally:
        os._exit(code)


def _while_wanted(parts: Iterator[int], asked_by: int) -> Iterator[int]:
    """The parts, as long as whoever asked for them is there."""
    for one in parts:
        if os.getppid() != asked_by:
            os._exit(1)
        yield one
