"""`partnerkit show`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from partnerkit.cli.arguments import AsOf, Json, RecordId
from partnerkit.cli.declared import Commands
from partnerkit.cli.options import desk, emit_either

if TYPE_CHECKING:
    from partnerkit.jobs.shown import Shown

app = Commands()


@app.command(epilog="Example: partnerkit show acme --as-of 2026-03-31")
def show(
    record_id: RecordId,
    as_of: AsOf = None,
    json: Json = False,
) -> None:
    """Show a record: fields, statements, what belongs to it."""
    del json
    from partnerkit.reports import records as report

    found = _shown(record_id, as_of)
    oid = found.commit.oid if found.commit else None
    then = report.as_it_was(found.commit, as_of, found.known_until, found.register, found.expunged_since)
    emit_either(
        lambda: report.record_page(found, then),
        lambda: report.record_json(found.record, found.linked, oid, found.known_until, found.owed, found.day),
    )


def _shown(record_id: str, as_of: str | None) -> Shown:
    if as_of is None:
        from partnerkit.jobs.shown import show

        return show(desk(), record_id)
    from partnerkit.jobs.as_of import show_as_of

    return show_as_of(desk(), record_id, as_of)
