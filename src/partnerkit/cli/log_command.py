"""`partnerkit log`."""

from __future__ import annotations

import typer

from partnerkit.cli.arguments import Json, RecordId
from partnerkit.cli.options import desk, emit

app = typer.Typer(rich_markup_mode=None, add_completion=False)


@app.command(epilog="Example: partnerkit log acme")
def log(record_id: RecordId, json: Json = False) -> None:
    """How a record got where it is: entries and statements in the order of time."""
    del json
    from partnerkit.jobs import look
    from partnerkit.reports import records as report

    found = look.log(desk(), record_id)
    emit(
        report.log_page(found.record, found.register, found.said),
        report.log_json(found.record, found.said),
    )
