"""A Player runs the real command, as several people on several days, in a register made to be looked at."""

from __future__ import annotations

import contextlib
import io
import os
import tempfile
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from types import TracebackType
from typing import Self

from partnerkit.cli import options
from partnerkit.dataclass import dataclass, field
from partnerkit.errors import CannotWorkError
from partnerkit.reports.encode import terminal
from partnerkit.store.git.repository import Git


def address(person: str) -> str:
    """The fictional address of a fictional person."""
    return f"{person.removeprefix('p-')}@lighthouse.example"


@dataclass(frozen=True, slots=True)
class Played:
    """A command that was run: its words, who ran it, how it ended, what it said."""

    words: tuple[str, ...]
    person: str
    code: int
    said: str


@dataclass
class Player:
    """Runs commands in one register.

    Attributes:
        root: the register.
        seed: makes ids follow from it, so that the register comes out the same each time.
        played: every command so far.
        landed: the latest day on which one was run: what lands later says no earlier day.
    """

    root: Path
    seed: str
    day: str = "2026-01-05"
    person: str = "p-rosa"
    played: list[Played] = field(default_factory=list)
    landed: str = ""
    _folder: tempfile.TemporaryDirectory[str] | None = None

    def __enter__(self) -> Self:
        self._folder = tempfile.TemporaryDirectory(prefix="partnerkit-")
        self.root.mkdir(parents=True, exist_ok=True)
        with self._surroundings(self.person):
            self._git("init", "-q", "-b", "main")
            self._git("config", "user.name", self.person)
            self._git("config", "user.email", address(self.person))
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._folder is not None:
            self._folder.cleanup()

    def _git(self, *words: str) -> None:
        Git(self.root).run(*words)

    def file(self, name: str, text: str) -> str:
        """A file outside the register, to be given to a command."""
        path = Path(self._folder.name if self._folder else ".") / name
        path.write_text(text, encoding="utf-8")
        return str(path)

    def on(self, day: str, person: str = "p-rosa") -> Player:
        """From now on, that day and that person."""
        self.day, self.person = day, person
        return self

    def after(self, days: int, person: str = "p-rosa") -> Player:
        """From now on, so many days later, and that person."""
        return self.on((date.fromisoformat(self.day) + timedelta(days)).isoformat(), person)

    def run(self, *words: str, expect: int = 0) -> Played:
        """Run a command.

        Raises:
            CannotWorkError: it did not end as expected.
        """
        from partnerkit.cli.main import run

        before = ["-C", str(self.root), "--today", self.day, "--ids-from", f"{self.seed}/{len(self.played)}"]
        kept = options.OPTIONS.copied()
        options.OPTIONS.restore(options.Options())  # each command starts as at a shell, whatever it is played for
        out = io.StringIO()
        with self._surroundings(self.person), contextlib.redirect_stdout(out), contextlib.redirect_stderr(out):
            try:
                code = run([*before, *words])
            except SystemExit as ended:
                code = ended.code if isinstance(ended.code, int) else 1
        options.OPTIONS.restore(kept)
        found = Played(words, self.person, code, out.getvalue())
        self.played.append(found)
        if code != expect:
            message = f"partnerkit {' '.join(words)} ended with {code} instead of {expect}: {terminal(found.said)}"
            raise CannotWorkError(message, "please report it")
        return found

    def refused(self, *words: str) -> Played:
        """Run a command that the policy refuses."""
        return self.run(*words, expect=1)

    @contextlib.contextmanager
    def _surroundings(self, person: str) -> Iterator[None]:
        """An environment with one fictional person in it, and nothing of the user's own git configuration."""
        kept, here = dict(os.environ), Path.cwd()
        for key in [key for key in os.environ if key.startswith("GIT_")]:
            del os.environ[key]
        email = address(person)
        self.landed = max(self.landed, self.day)  # stories are told one after the other: what lands, lands in order
        at = f"{self.landed}T12:00:00+0000"
        os.environ.update(
            GIT_CONFIG_GLOBAL=os.devnull,
            GIT_CONFIG_SYSTEM=os.devnull,
            GIT_AUTHOR_NAME=person,
            GIT_AUTHOR_EMAIL=email,
            GIT_AUTHOR_DATE=at,
            GIT_COMMITTER_NAME=person,
            GIT_COMMITTER_EMAIL=email,
            GIT_COMMITTER_DATE=at,
        )
        try:
            yield
        finally:
            os.environ.clear()
            os.environ.update(kept)
            os.chdir(here)
