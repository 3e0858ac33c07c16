"""`partnerkit show`."""

from __future__ import annotations

from typing import Annotated

import typer

from partnerkit.cli.arguments import Json, RecordId
from partnerkit.cli.completion import complete_moments
from partnerkit.cli.options import desk, emit

app = typer.Typer(rich_markup_mode=None, add_completion=False)


@app.command(epilog="Example: partnerkit show acme --as-of 2026-03-31")
def show(
    record_id: RecordId,
    as_of: Annotated[
        str | None,
        typer.Option(
            metavar="DATE|REV",
            autocompletion=complete_moments,
            help="As it was at the end of that day (YYYY-MM-DD), or in that commit.",
        ),
    ] = None,
    json: Json = False,
) -> None:
    """Show a record: fields, statements, what belongs to it."""
    del json
    from partnerkit.jobs.as_of import show as shown
    from partnerkit.reports import records as report

    found = shown(desk(), record_id, as_of)
    oid = found.commit.oid if found.commit else None
    then = report.as_it_was(found.commit, as_of, found.known_until, found.register, found.expunged_since)
    emit(
        report.record_page(found, then),
        report.record_json(found.record, found.linked, oid, found.known_until, found.owed, found.day),
    )
