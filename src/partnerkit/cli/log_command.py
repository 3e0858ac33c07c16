"""`partnerkit log`."""

from __future__ import annotations

from typing import Annotated

from partnerkit.cli.arguments import Json, RecordId
from partnerkit.cli.completion import complete_fields
from partnerkit.cli.declared import Argument, Commands
from partnerkit.cli.options import desk, emit_either

app = Commands()


@app.command(epilog="Example: partnerkit log acme; partnerkit log acme objectives.o1.text")
def log(
    record_id: RecordId,
    field: Annotated[
        str | None,
        Argument(
            metavar="[FIELD]",
            autocompletion=complete_fields,
            help="How this field came to be: name, or objectives.o1.text.",
        ),
    ] = None,
    json: Json = False,
) -> None:
    """How a record got where it is: entries and statements in the order of time.

    With a field: who changed it, when, from what to what, and in which commit.
    """
    del json
    if field is not None:
        _of_field(record_id, field)
        return
    from partnerkit.jobs.logged import log as job
    from partnerkit.reports import logged as report

    found = job(desk(), record_id)
    emit_either(
        lambda: report.log_page(found.record, found.register, found.said),
        lambda: report.log_json(found.record, found.said),
    )


def _of_field(record_id: str, field: str) -> None:
    from partnerkit.jobs.field_log import field_log
    from partnerkit.reports import field_log as report

    found = field_log(desk(), record_id, field)
    rows = [(one.commit, one.by, one.entries, one.places) for one in found.changes]
    emit_either(
        lambda: report.as_page(found.record, found.register, field, rows, found.unreadable),
        lambda: report.as_json(found.record, field, found.value, rows, found.unreadable),
    )
