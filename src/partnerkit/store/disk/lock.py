"""One writer at a time: an flock that the kernel frees when its holder, and every child that inherited it, is dead."""

from __future__ import annotations

import contextlib
import errno
import fcntl
import os
import time
from pathlib import Path
from types import TracebackType
from typing import Self

from partnerkit.dataclass import dataclass
from partnerkit.errors import CannotWorkError
from partnerkit.store.disk import files
from partnerkit.store.disk.stamped import CLOSED

WAIT = 30.0
_POLL = 0.005


@dataclass(frozen=True, slots=True)
class Lock:
    """A held lock; a context manager that frees it.

    Attributes:
        path: the file.
        fd: its descriptor. A child that gets it through `pass_fds` keeps the lock until it ends too.
    """

    path: Path
    fd: int

    @classmethod
    def take(cls, path: Path, *, wait: float = WAIT) -> Lock:
        """Take the lock at `path`, waiting for another holder at most `wait` seconds.

        Raises:
            CannotWorkError: somebody else still holds it; the message names who and for how long.
        """
        files.make_folder(path.parent, mode=CLOSED)
        fd = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        try:
            _wait_for(fd, path, wait)
            os.ftruncate(fd, 0)
            os.pwrite(fd, f"{os.getpid()} {time.time():.0f}\n".encode(), 0)
        except BaseException:
            os.close(fd)
            raise
        return cls(path, fd)

    def release(self) -> None:
        """Free the lock, unless a child still holds it."""
        with contextlib.suppress(OSError):
            os.close(self.fd)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.release()


def is_held(path: Path) -> bool:
    """Tell whether anybody alive holds the lock at `path`."""
    try:
        fd = os.open(path, os.O_RDWR | os.O_CLOEXEC)
    except FileNotFoundError:
        return False
    try:
        return not _try(fd, path)
    finally:
        os.close(fd)


def wait_until_free(path: Path, wait: float) -> bool:
    """Wait until nobody holds the lock at `path`; False when somebody still does after `wait` seconds."""
    end = time.monotonic() + wait
    while is_held(path):
        if time.monotonic() >= end:
            return False
        time.sleep(_POLL)
    return True


def alive(pid: int) -> bool:
    """Tell whether a process with this id exists."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _wait_for(fd: int, path: Path, wait: float) -> None:
    end = time.monotonic() + wait
    while not _try(fd, path):
        if time.monotonic() >= end:
            raise _taken(fd, path)
        time.sleep(_POLL)


def _try(fd: int, path: Path) -> bool:
    try:
        fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as problem:
        if problem.errno in {errno.EAGAIN, errno.EACCES, errno.EINTR}:
            return False
        raise CannotWorkError(
            f"this file system cannot lock {path}: {problem.strerror}; nothing changed",
            "keep the register on a local disk",
        ) from problem
    return True


def _taken(fd: int, path: Path) -> CannotWorkError:
    words = os.pread(fd, 100, 0).decode("ascii", "replace").split()
    if len(words) != 2 or not all(word.isdigit() for word in words):  # noqa: PLR2004 - pid and time
        return CannotWorkError(f"another command is writing here ({path}); nothing changed", "try again in a moment")
    pid, since = map(int, words)
    age = max(0, round(time.time() - since))
    who = f"process {pid}" if alive(pid) else f"a child of process {pid}, which itself is gone,"
    return CannotWorkError(
        f"{who} has been writing here for {age} s ({path}); nothing changed",
        f"try again when it is done; if it hangs, end it: kill {pid}",
    )
