"""The options before the command."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

from partnerkit.cli.declared import Option
from partnerkit.cli.options import OPTIONS, day
from partnerkit.errors import WrongCallError


def before(
    directory: Annotated[Path | None, Option("-C", metavar="DIR", help="Work in DIR, as git -C.")] = None,
    today: Annotated[str | None, Option(metavar="DATE", help="Work on this day; records say so.")] = None,
    ids_from: Annotated[str | None, Option(metavar="SEED", hidden=True)] = None,
    version: Annotated[bool, Option("--version", "-V", help="Say the version.")] = False,
) -> None:
    """Options before the command."""
    if version:
        from partnerkit import __version__
        from partnerkit.reports.page import say

        say(f"partnerkit {__version__}\n")
        raise SystemExit(0)
    if directory is not None:
        _work_in(directory)
    OPTIONS.today = day(today)
    OPTIONS.seed = ids_from


def _work_in(directory: Path) -> None:
    """As git -C: everything after it is read from there, names of files too."""
    try:
        os.chdir(directory)
    except OSError as error:
        raise WrongCallError(f"-C {directory}: {error.strerror}", "name a folder inside the register") from error
    OPTIONS.directory = Path.cwd()
