"""Commands as processes that are forked off one which has loaded everything: each costs its work, not its start."""

from __future__ import annotations

import multiprocessing
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import IO, Any

from partnerkit.cli import main as entry

FORKS = multiprocessing.get_context("forkserver")
FORKS.set_forkserver_preload(["tests.faults.loaded", "tests.faults.striking", "tests.faults.advancing", __name__])


class Forked:
    """A command under way, or anything else that is done in a process of its own; used like one of `subprocess`."""

    def __init__(self, out: Path, does: Callable[..., Any], *given: Any) -> None:
        err = out.with_name(f"{out.name}.err")
        for path in (out, err):
            path.write_bytes(b"")
        self._process = FORKS.Process(target=_alone, args=(out, err, does, given))
        self._process.start()
        self.pid = self._process.pid or 0
        self.stderr: IO[bytes] | None = err.open("rb")

    @property
    def returncode(self) -> int | None:
        return self._process.exitcode

    def poll(self) -> int | None:
        return self._process.exitcode

    def kill(self) -> None:
        self._process.kill()

    def wait(self) -> int:
        self._process.join()
        return self._process.exitcode or 0


def command(environment: Mapping[str, str], words: Sequence[str]) -> int:
    """As `partnerkit words…` at a shell."""
    os.environ.clear()
    os.environ.update(environment)
    return entry.run(list(words))


def _alone(out: Path, err: Path, does: Callable[..., Any], given: tuple[Any, ...]) -> None:
    os.setsid()  # a group of its own, as a shell makes it
    for path, stream in ((out, 1), (err, 2)):
        handle = os.open(path, os.O_WRONLY | os.O_APPEND)
        os.dup2(handle, stream)
        os.close(handle)
    sys.exit(does(*given))
