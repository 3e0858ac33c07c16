"""What comes before the command, and how a command gets its desk and prints."""

from __future__ import annotations

import contextlib
import os
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from partnerkit.dataclass import dataclass, replace
from partnerkit.errors import CannotSayError, CannotWorkError
from partnerkit.reports.encode import as_json
from partnerkit.reports.page import Page, Span, names_from, say, show

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from partnerkit.jobs.desk import Desk
    from partnerkit.jobs.landing import Landed
    from partnerkit.store.git.repository import Git


@dataclass
class Options:
    """The options that every command shares.

    Attributes:
        directory: where to work, as git's -C; None where it was not said.
        today: the day to work on instead of today.
        seed: makes ids follow from a seed, so that a scripted register comes out the same each time.
        json: whether to print for other programs.
        git: the repository in which a command works, once that is known.
    """

    directory: Path | None = None
    today: date | None = None
    seed: str | None = None
    json: bool = False
    git: Git | None = None

    def here(self) -> Path:
        """The folder to work in.

        Raises:
            CannotWorkError: it was removed meanwhile.
        """
        try:
            return self.directory or Path.cwd()
        except OSError as error:
            message = f"the folder you are in cannot be found any more: {error.strerror}"
            raise CannotWorkError(
                message, "cd into a folder that exists, or say where the register is: -C DIR"
            ) from error

    def copied(self) -> Options:
        """The same options, to be restored later."""
        return replace(self)

    def restore(self, kept: Options) -> None:
        """The options as they were."""
        self.directory, self.today, self.seed, self.json = kept.directory, kept.today, kept.seed, kept.json
        self.git = kept.git


OPTIONS = Options()


def _names() -> Mapping[str, str]:
    """Who is behind which id, for a terminal."""
    if OPTIONS.git is None:
        return {}
    from partnerkit.jobs.private import names_here

    return names_here(OPTIONS.git)


names_from(_names)


def desk(*, dry_run: bool = False, verify: bool = True, bare: bool = False) -> Desk:
    """The desk of a command: the one place where clock, environment and chance are read.

    Args:
        dry_run: judge only.
        verify: whether commit hooks run.
        bare: whether a repository without a working tree will do, because only commits are read.
    """
    from partnerkit.cli.kept import used_once
    from partnerkit.cli.progress import watching
    from partnerkit.jobs.desk import Desk, seeded
    from partnerkit.store.git.repository import Git

    def clock() -> datetime:
        return datetime.now(UTC).replace(microsecond=0)

    seed = OPTIONS.seed

    def draw(digits: int) -> str:
        return os.urandom((digits + 1) // 2).hex()[:digits]  # as `secrets` draws, which imports much

    once = used_once()  # asked before git's variables are scrubbed
    git = OPTIONS.git = Git.discover(OPTIONS.here(), bare=bare)
    git.remembers = not once
    random = seeded(seed) if seed is not None else draw
    return Desk(git, clock, random, OPTIONS.today, verify, dry_run, watching(data=OPTIONS.json))


def day(text: str | None) -> date | None:
    """A day as typed, or None where none was.

    Raises:
        WrongCallError: it is none.
    """
    if text is None:
        return None
    from partnerkit.jobs.typed_day import typed_day

    return typed_day(text)


def emit(page: Page, data: dict[str, Any]) -> None:
    """Print the answer on stdout: a page for a person, JSON for other programs."""
    if OPTIONS.json:
        say(as_json(data) + "\n")
    else:
        show(page)


def emitted(page: Callable[[], Page], data: Callable[[], dict[str, Any]]) -> str:
    """The answer as `emit` prints it where nobody looks at a terminal."""
    return as_json(data()) + "\n" if OPTIONS.json else page().plain()


def emit_either(page: Callable[[], Page], data: Callable[[], dict[str, Any]]) -> None:
    """Print the answer as `emit` does; the other way of saying it is not made, for it is long."""
    if OPTIONS.json:
        say(as_json(data()) + "\n")
    else:
        show(page())


def emit_made(commit: str | None, page: Page, data: dict[str, Any]) -> None:
    """Print what a commit made. It has landed, whether or not that can be said: nobody may be led to repeat it."""
    try:
        emit(page, data)
    except CannotSayError as error:
        if commit is None:
            raise
        what = f"this landed as commit {commit[:10]}; do not run it again. {error.message}"
        with contextlib.suppress(CannotSayError):
            show(Page().add(Span("! ", "yellow"), what), sys.stderr)


def emit_landed(command: str, landed: Landed, records: list[Any], next_: str | None, desk_: Desk) -> None:
    """Print what a writer landed."""
    emit_made(landed.commit, landed_page(landed, next_, desk_), landed_data(command, landed, records, desk_))


def landed_page(landed: Landed, next_: str | None, desk_: Desk) -> Page:
    """What a writer landed, for a person."""
    from partnerkit.reports import landed as report

    notes = [*desk_.notes, *landed.notes]
    return report.as_page(
        landed.subject, landed.commit, landed.paths, notes, landed.outcomes, dry_run=landed.dry_run, next_=next_
    )


def landed_data(command: str, landed: Landed, records: list[Any], desk_: Desk) -> dict[str, Any]:
    """What a writer landed, for other programs."""
    from partnerkit.reports import landed as report

    notes = [*desk_.notes, *landed.notes]
    summary = [{"id": one.id, "kind": one.kind, "stage": one.stage, "file": one.path} for one in records]
    data = report.as_json(command, landed.commit, landed.subject, landed.paths, notes, summary, dry_run=landed.dry_run)
    return {**data, "outcomes": report.outcomes_json(landed.outcomes)}


def interactive() -> bool:
    """Whether there is somebody to ask."""
    return sys.stdin.isatty() and not OPTIONS.json and "CI" not in os.environ


def ask(question: str, about: str | None = None) -> str:
    """What somebody at the terminal answers; asked on stderr, for data goes to stdout.

    Args:
        question: what stands before the answer.
        about: a line above it.
    """
    import typer

    if about is not None:
        typer.echo(about, err=True)
    try:
        answer: str = typer.prompt(question, err=True)
    except typer.Abort:  # as Typer ends where it reads the line
        typer.echo("Aborted!", err=True)
        raise SystemExit(1) from None
    return answer
