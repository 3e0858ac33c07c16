"""A process that does nothing but start others, so small that the memory of none is taken for larger than it is.

What the kernel says of the most memory a process ever had counts what it was copied from, until it became another
program: whatever a harness starts by itself is said to have had at least as much as the harness.
"""

from __future__ import annotations

import marshal
import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import IO, Self

#: Only what an interpreter has in itself is imported: it is to be smaller than anything that is measured.
_STARTS = """
import marshal, posix, sys, time
given, told, home = sys.stdin.buffer, sys.stdout.buffer, posix.getcwd()
while True:
    try:
        line, env, cwd, stdin, out = marshal.load(given)
    except EOFError:
        break
    files = [(posix.POSIX_SPAWN_OPEN, 0, stdin, posix.O_RDONLY, 0),
             (posix.POSIX_SPAWN_OPEN, 1, out, posix.O_WRONLY, 0), (posix.POSIX_SPAWN_DUP2, 1, 2)]
    try:
        posix.chdir(cwd or home)
        began = time.perf_counter()
        process = posix.posix_spawnp(line[0], line, env, file_actions=files)
    except OSError as error:
        found = (0.0, 0, None, str(error))
    else:
        _, status, used = posix.wait4(process, 0)
        found = (time.perf_counter() - began, used.ru_maxrss, status, "")
    marshal.dump(found, told)
    told.flush()
"""

#: What is said of the most memory: in bytes on a Mac, in KB elsewhere.
_UNIT = 1024 * 1024 if sys.platform == "darwin" else 1024


class NotStartedError(Exception):
    """A program could not be started; the text says why."""


class Starter:
    """Starts programs one after another, and says what each of them took."""

    def __init__(self) -> None:
        # in a session of its own: what runs when the harness is interrupted is ended by it, and says nothing
        line = [sys.executable, "-I", "-S", "-c", _STARTS]
        self._process = subprocess.Popen(line, stdin=subprocess.PIPE, stdout=subprocess.PIPE, start_new_session=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_told: object) -> None:
        if kind is not None:
            os.killpg(self._process.pid, signal.SIGKILL)
        _pipe(self._process.stdin).close()
        self._process.wait()
        _pipe(self._process.stdout).close()

    def run(
        self, line: Sequence[str], env: dict[str, str], cwd: Path | None, stdin: Path, out: Path
    ) -> tuple[float, float, int]:
        """Seconds, MB of its largest process, and how it ended as the system tells it.

        Args:
            line: the command line.
            env: the whole of its environment.
            cwd: where it runs; None: where this runs.
            stdin: what it reads.
            out: a file that is there, for all that it says.
        """
        given = _pipe(self._process.stdin)
        marshal.dump((list(line), env, str(cwd or ""), str(stdin), str(out)), given)
        given.flush()
        seconds, memory, status, why = marshal.load(_pipe(self._process.stdout))  # noqa: S302 - from our own process
        if status is None:
            raise NotStartedError(why)
        return seconds, memory / _UNIT, status


def _pipe(pipe: IO[bytes] | None) -> IO[bytes]:
    if pipe is None:
        raise AssertionError("it was asked for a pipe")
    return pipe
