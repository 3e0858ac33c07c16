"""`partnerkit fmt`."""

from __future__ import annotations

from typing import Annotated

import typer

from partnerkit.cli.arguments import Json
from partnerkit.cli.options import desk, emit

app = typer.Typer(rich_markup_mode=None, add_completion=False)


@app.command(epilog="Example: partnerkit fmt; partnerkit fmt --check")
def fmt(
    paths: Annotated[list[str] | None, typer.Argument(metavar="[PATH…]", help="Only these files.")] = None,
    check: Annotated[
        bool, typer.Option("--check", help="Only say which files need it; exit 1 where one does.")
    ] = False,
    json: Json = False,
) -> None:
    """Tidy record files in the working tree: layout only, never meaning; comments stay. Commits nothing."""
    del json
    from partnerkit.findings import has_errors
    from partnerkit.jobs.setup import fmt as job
    from partnerkit.reports import findings as report

    done = job(desk(), paths or [], check=check)
    page = report.as_page(done.findings)
    for path in [] if check else done.changed:
        page.add(f"tidied {path}")
    page.add(f"{len(done.changed)} file{'' if len(done.changed) == 1 else 's'} {'to tidy' if check else 'tidied'}")
    emit(
        page,
        {
            "schema": "partnerkit.fmt/1",
            "changed": done.changed,
            "findings": [report.as_data(one) for one in done.findings],
        },
    )
    if has_errors(done.findings):
        raise typer.Exit(1)
