"""`partnerkit sync`."""

from __future__ import annotations

import os
from typing import Annotated

from partnerkit.cli.arguments import Json
from partnerkit.cli.declared import Commands, Option
from partnerkit.cli.options import desk, emit_made, interactive

app = Commands()


@app.command(epilog="Example: partnerkit sync; partnerkit sync --dry-run")
def sync(
    dry_run: Annotated[bool, Option("--dry-run", help="Fetch and judge only; move nothing, send nothing.")] = False,
    json: Json = False,
) -> None:
    """Share the register: take what others sent to the branch that yours follows, and send what is yours.

    Where both sides have something new, every commit of yours is made again on theirs: records are merged by what they
    say, and a move is judged anew by the gate of where its record now stands. One that others were faster with, or
    whose gate is no longer met, is not made again; it stays on a branch partnerkit/kept-…, and you are told why.

    Where the other side takes nothing on its branch, it goes to one of its own, with the link to bring it in.

    Exit 0 where all of yours was sent, 1 where something was not made again, 3 where it cannot be reached.
    """
    del json
    from partnerkit.jobs.sync import sync as job
    from partnerkit.reports import sync as report

    if not interactive():
        os.environ.setdefault("GIT_TERMINAL_PROMPT", "0")  # git would ask the terminal behind the pipes
    work = desk(dry_run=dry_run)
    synced = job(work)
    emit_made(synced.commit, report.as_page(synced, work.notes), report.as_json(synced, work.notes))
    if synced.left:
        raise SystemExit(1)
