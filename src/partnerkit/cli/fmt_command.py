"""`partnerkit fmt`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from partnerkit.cli.arguments import Json
from partnerkit.cli.declared import Argument, Commands, Option
from partnerkit.cli.options import desk, emit
from partnerkit.reports.encode import terminal
from partnerkit.reports.page import say

app = Commands()


@app.command(epilog="Example: partnerkit fmt; partnerkit fmt --check")
def fmt(
    paths: Annotated[list[str] | None, Argument(metavar="[PATH…]", help="Only these files.")] = None,
    check: Annotated[bool, Option("--check", help="Only say which files need it; exit 1 where one does.")] = False,
    textconv: Annotated[
        Path | None,
        Option(metavar="FILE", help="Print FILE as lines for git diff instead (partnerkit setup git)."),
    ] = None,
    json: Json = False,
) -> None:
    """Tidy record files in the working tree: layout only, never meaning; comments stay. Commits nothing."""
    del json
    if textconv is not None:
        from partnerkit.jobs.flattening import flattened

        say(terminal(flattened(textconv)))
        return
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
        raise SystemExit(1)
