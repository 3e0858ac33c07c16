"""How a command gives what it made: to the screen, or to a file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from partnerkit.cli.declared import Option
from partnerkit.reports.page import Page, say, show

if TYPE_CHECKING:
    from partnerkit.jobs.desk import Desk

_SCREEN = Path("-")


def _file(out: Path | None) -> Path | None:
    """The file that was named; none where that is a word for the screen."""
    return None if out == _SCREEN else out


Out = Annotated[Path | None, Option(metavar="FILE", callback=_file, help="Write there instead of to the screen (-).")]


def give(desk: Desk, text: str, out: Path | None, what: str) -> None:
    """Print the text, or write it to a file and say so."""
    if out is None:
        say(text)
        return
    from partnerkit.jobs import outgoing

    outgoing.write(desk, text.encode(), out)
    show(Page().add(f"✓ {what} → {out}"))


def demand_out(desk: Desk, out: Path | None) -> None:
    """Whether it can be given there, before anything long is done for it.

    Raises:
        WrongCallError: nothing can be written there.
    """
    if out is not None:
        from partnerkit.jobs import outgoing

        outgoing.demand_writable(desk, out)
