"""`partnerkit check`."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from partnerkit.cli.arguments import Json
from partnerkit.cli.completion import complete_ids
from partnerkit.cli.options import OPTIONS, desk, emit
from partnerkit.errors import WrongCallError
from partnerkit.reports.page import say

app = typer.Typer(rich_markup_mode=None, add_completion=False)


@app.command(epilog="Example: partnerkit check; partnerkit check --base main; partnerkit check --format github")
def check(
    paths: Annotated[
        list[str] | None, typer.Argument(metavar="[PATH|ID…]", autocompletion=complete_ids, help="Only these.")
    ] = None,
    base: Annotated[
        str | None,
        typer.Option(
            metavar="REV", help="Judge what changed since the branch left REV, by the rules of where it began."
        ),
    ] = None,
    head: Annotated[str | None, typer.Option(metavar="REV", help="Judge REV instead of the working tree.")] = None,
    staged: Annotated[
        bool, typer.Option("--staged", help="Judge what is staged for the next commit, as its hook does.")
    ] = False,
    private: Annotated[
        bool,
        typer.Option("--private", help="Of what is staged only whether something of the private place comes in."),
    ] = False,
    landed: Annotated[
        bool, typer.Option("--landed", help="REV is what lands: it counts whose commit it is, as in a hook.")
    ] = False,
    format_: Annotated[str, typer.Option("--format", metavar="WORD", help="text, json or github.")] = "text",
    json: Json = False,
) -> None:
    """Judge the working tree against HEAD by HEAD's rules, and everything that stands. Never writes.

    With --base a whole branch: judged by the rules of where it began, whatever has landed on REV since.

    Exit 0 where nothing is wrong (warnings do not count), 1 where something is.
    """
    del json
    from partnerkit.findings import has_errors
    from partnerkit.jobs.check import Staged
    from partnerkit.jobs.check import check as judge
    from partnerkit.jobs.guarding import guard
    from partnerkit.reports import findings as report

    job = guard if private else judge
    if format_ not in {"text", "json", "github"}:
        raise WrongCallError(f"there is no format {format_!r}", "one of text, json, github")
    OPTIONS.json = OPTIONS.json or format_ == "json"
    # Taken before git's variables are scrubbed: a commit in progress may have an index of its own.
    given = os.environ.get("GIT_INDEX_FILE")
    index = str(Path(given).absolute()) if given is not None else None
    at = desk(bare=base is not None and head is not None)
    found = job(at, paths or [], base, head, Staged(index) if staged else None, landed=landed)
    if format_ == "github" and not OPTIONS.json:
        say(report.as_github(found.findings))
    else:
        count = f"{found.records} record{'' if found.records == 1 else 's'}"
        emit(
            report.as_page(found.findings).extend(report.counted(found.findings, count, found.expunged)),
            report.as_json(found.findings, found.expunged),
        )
    if has_errors(found.findings):
        raise typer.Exit(1)
