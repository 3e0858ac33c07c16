"""How a command gives what it made: to the screen, or to a file."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from partnerkit.reports.page import Page, say, show

Out = Annotated[Path | None, typer.Option(metavar="FILE", help="Write there instead of to the screen.")]


def give(text: str, out: Path | None, what: str) -> None:
    """Print the text, or write it to a file and say so."""
    if out is None:
        say(text)
        return
    from partnerkit.store.disk.files import write_atomic

    write_atomic(out, text.encode())
    show(Page().add(f"✓ {what} → {out}"))
