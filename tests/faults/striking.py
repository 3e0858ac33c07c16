"""Something happens at the Nth thing that a command asks of the disk or of git: we die, git dies, git says no."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest import mock

from partnerkit.store.commit import series
from partnerkit.store.commit.atomic import commit, writing
from partnerkit.store.disk import files
from partnerkit.store.git.repository import Git
from partnerkit.store.git.results import GitFailed, Result

#: What `git` says and returns when it cannot write, and the code of a process that was killed.
REFUSED, KILLED = 128, -9
WORDS = "fatal: made to fail"


class Strike:
    """Counts what is asked of disk and git, and strikes at the Nth.

    Attributes:
        seen: how many were asked so far.
        struck: the one at which it happened, in words; None until then.
    """

    def __init__(self, nth: int) -> None:
        self.nth = nth
        self.seen = 0
        self.struck: str | None = None

    def due(self, what: str) -> bool:
        self.seen += 1
        if self.seen == self.nth:
            self.struck = what
        return self.seen == self.nth


class Death(Strike):
    """The process is killed before the Nth change to the disk, or before or after the Nth call of git."""

    def disk(self, operation: str, path: Path) -> None:
        self._die(f"{operation} {path.name}")

    def git(self, real: Callable[..., Result], repository: Git, *args: str, **options: Any) -> Result:
        self._die(f"before git {args[0]}")
        result = real(repository, *args, **options)
        self._die(f"after git {args[0]}")
        return result

    def _die(self, what: str) -> None:
        if self.due(what):
            os.kill(os.getpid(), signal.SIGKILL)


class GitStrike(Strike):
    """The Nth call of git fails: it refuses at once, or is killed when it has done its work.

    Attributes:
        code: `REFUSED` or `KILLED`.
    """

    def __init__(self, nth: int, code: int) -> None:
        super().__init__(nth)
        self.code = code

    def disk(self, operation: str, path: Path) -> None:
        """The disk is well."""

    def git(self, real: Callable[..., Result], repository: Git, *args: str, **options: Any) -> Result:
        if not self.due(f"git {' '.join(args[:2])}"):
            return real(repository, *args, **options)
        if self.code == KILLED:
            real(repository, *args, **options)
        if self.code in options.get("ok", (0,)):
            return Result(self.code, b"", WORDS)
        raise GitFailed(args, self.code, WORDS)


@contextmanager
def struck(strike: Death | GitStrike) -> Iterator[None]:
    """As long as this lasts, every change to the disk and every call of git passes the strike."""
    real = Git.run

    def run(self: Git, *args: str, **options: Any) -> Result:
        return strike.git(real, self, *args, **options)

    with mock.patch.object(Git, "run", run), mock.patch.object(files, "point", strike.disk):
        yield


def commit_and_die(
    root: str, environment: Mapping[str, str], base: str, changes: Mapping[str, bytes | None], nth: int
) -> None:
    """In a process of its own: commit, and be killed at the Nth instant; it ends with 0 where there are not so many."""
    _dying(environment, nth, lambda: commit(Git.discover(Path(root)), base, changes, "m\n"))


def land_together_and_die(
    root: str, environment: Mapping[str, str], base: str, each: Sequence[Mapping[str, bytes | None]], nth: int
) -> None:
    """The same with several commits at once."""
    _dying(environment, nth, lambda: land_together(Git.discover(Path(root)), base, each))


def land_together(git: Git, base: str, each: Sequence[Mapping[str, bytes | None]]) -> list[str]:
    """Several commits at once, each with changes of its own."""
    with writing(git) as held:
        return series.land(git, held, base, [series.Link(changes, "m\n") for changes in each])


def _dying(environment: Mapping[str, str], nth: int, work: Callable[[], object]) -> None:
    os.environ.clear()
    os.environ.update(environment)
    with struck(Death(nth)):
        work()
