"""`partnerkit audit`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from partnerkit.cli.arguments import Json, Rewritten
from partnerkit.cli.completion import complete_ids
from partnerkit.cli.options import OPTIONS, desk, emit_either
from partnerkit.errors import WrongCallError
from partnerkit.reports.page import say

app = typer.Typer(rich_markup_mode=None, add_completion=False)

FORMATS = ("text", "json", "markdown")


@app.command(epilog="Example: partnerkit audit; partnerkit audit acme; partnerkit audit --since v2026.1")
def audit(
    ids: Annotated[
        list[str] | None, typer.Argument(metavar="[ID…]", autocompletion=complete_ids, help="Only these records.")
    ] = None,
    since: Annotated[str | None, typer.Option(metavar="REV", help="Only what landed after REV.")] = None,
    trust_root: Annotated[
        str | None, typer.Option(metavar="DIGEST", help="The rules with which the register must have begun.")
    ] = None,
    checkpoint: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Go on from what FILE says was proven, and keep there what is proven now."),
    ] = None,
    rewritten: Rewritten = None,
    full: Annotated[bool, typer.Option("--full", help="Judge every commit anew, whatever was judged before.")] = False,
    format_: Annotated[str, typer.Option("--format", metavar="WORD", help="text, json or markdown.")] = "text",
    json: Json = False,
) -> None:
    """Prove from the repository alone that every record got where it is by the rules in force that day.

    Every commit of the main line is judged by the rules that stood before it; verdicts are kept in git's own folder, so
    that the next audit costs what is new. It changes no record and no history, and never uses the network.

    Exit 0 where all was by the rules, 1 where something was not, 3 where it cannot be said (history cut off or gone).
    """
    del json
    from partnerkit.jobs.audit import Asked
    from partnerkit.jobs.audit import audit as job
    from partnerkit.reports import audit as report

    if format_ not in FORMATS:
        raise WrongCallError(f"there is no format {format_!r}", f"one of {', '.join(FORMATS)}")
    OPTIONS.json = OPTIONS.json or format_ == "json"
    found = job(desk(bare=True), Asked(ids or [], since, trust_root, checkpoint, full=full, rewritten=rewritten or []))
    if format_ == "markdown" and not OPTIONS.json:
        from partnerkit.reports.audit_sent import as_markdown

        say(as_markdown(found))
    else:
        emit_either(lambda: report.as_page(found), lambda: report.as_json(found))
    if not found.proven:
        raise typer.Exit(1)
