"""`partnerkit gates`."""

from __future__ import annotations

from typing import Annotated

from partnerkit.cli.arguments import Json, RecordId
from partnerkit.cli.completion import complete_stages
from partnerkit.cli.declared import Argument, Commands
from partnerkit.cli.options import desk, emit_either

app = Commands()


@app.command(epilog="Example: partnerkit gates acme; partnerkit gates acme declined")
def gates(
    record_id: RecordId,
    stage: Annotated[
        str | None,
        Argument(metavar="[STAGE]", autocompletion=complete_stages, help="Another stage than the next."),
    ] = None,
    json: Json = False,
) -> None:
    """What the next stage needs: what is met, what is missing, who can supply it, and the command that does."""
    del json
    from partnerkit.jobs import look
    from partnerkit.reports import gates as report

    found = look.gates(desk(), record_id, stage)
    emit_either(
        lambda: report.as_page(found.record, found.to, found.asked, found.alternatives, found.notes),
        lambda: report.as_json(found.record, found.policy, found.to, found.asked, found.alternatives, found.notes),
    )
