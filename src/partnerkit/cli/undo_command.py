"""`partnerkit undo`."""

from __future__ import annotations

from typing import Annotated

import typer

from partnerkit.cli.arguments import DryRun, Json, NoVerify, Reason
from partnerkit.cli.options import desk, emit_landed

app = typer.Typer(rich_markup_mode=None, add_completion=False)


@app.command(epilog="Example: partnerkit undo; partnerkit undo 5f0c2a9be1d34c77 --reason 'wrong partner'")
def undo(
    entry: Annotated[
        str | None, typer.Argument(metavar="[ENTRY]", help="An entry's id; else the latest commit.")
    ] = None,
    reason: Reason = None,
    dry_run: DryRun = False,
    no_verify: NoVerify = False,
    json: Json = False,
) -> None:
    """Take back what the latest commit did to records, whoever made it, or one entry; it says what and whose it was.

    By a new change, since history is never rewritten: fields get their former values, statements are withdrawn, a new
    record becomes a tombstone that keeps its id. An undo is not undone: do it again instead. A commit that changed no
    record (person, policy) is taken back with git revert.
    """
    del json
    from partnerkit.jobs.undo import undo as job  # noqa: PLC0415
    from partnerkit.rules.commands import line  # noqa: PLC0415

    work = desk(dry_run=dry_run, verify=not no_verify)
    landed = job(work, entry, reason)
    records = landed.result or []
    emit_landed("undo", landed, records, line("log", records[0].id) if records else None, work)
