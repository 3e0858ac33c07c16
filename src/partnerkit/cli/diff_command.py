"""`partnerkit diff`."""

from __future__ import annotations

from typing import Annotated

import typer

from partnerkit.cli.arguments import Json
from partnerkit.cli.options import OPTIONS, desk, emit_either
from partnerkit.errors import WrongCallError
from partnerkit.reports.page import say

app = typer.Typer(rich_markup_mode=None, add_completion=False)

FORMATS = ("text", "markdown", "json")


@app.command(epilog="Example: partnerkit diff; partnerkit diff main HEAD --format markdown")
def diff(
    base: Annotated[
        str | None, typer.Argument(metavar="[BASE]", help="What it is to be merged into; else the default branch.")
    ] = None,
    head: Annotated[
        str | None, typer.Argument(metavar="[HEAD]", help="Where the change leads; else the working tree.")
    ] = None,
    format_: Annotated[str, typer.Option("--format", metavar="WORD", help="text, markdown or json.")] = "text",
    json: Json = False,
) -> None:
    """What a change means, for whoever reviews it: stages, evidence, decisions, rules, and what to look at by eye.

    The change is looked at from where it left BASE, and judged by the rules of that commit, as check --base does.

    Exit 0 whatever is found (check judges), 3 where nobody can say what changed. Never writes.
    """
    del json
    if format_ not in FORMATS:
        raise WrongCallError(f"there is no format {format_!r}", f"one of {', '.join(FORMATS)}")
    if OPTIONS.json and format_ == "markdown":
        raise WrongCallError("--json and --format markdown ask for two things", "give one of them")
    OPTIONS.json = OPTIONS.json or format_ == "json"
    from partnerkit.jobs.diff import diff as job

    found = job(desk(bare=head is not None), base, head)
    if format_ == "markdown":
        from partnerkit.reports.diff_markdown import as_markdown

        say(as_markdown(found))
        return
    from partnerkit.reports import diff_json, diff_text

    emit_either(lambda: diff_text.as_page(found), lambda: diff_json.as_json(found))
