"""`partnerkit approve`."""

from __future__ import annotations

from typing import Annotated

import typer

from partnerkit.cli.arguments import DryRun, For, Json, NoVerify, On, Reason, RecordId, Seen, voice
from partnerkit.cli.completion import complete_decisions
from partnerkit.cli.options import desk, emit_landed

app = typer.Typer(rich_markup_mode=None, add_completion=False)


@app.command(epilog="Example: partnerkit approve acme core-team-review --for p-jonas --seen minutes/2026-03-19.md")
def approve(
    record_id: RecordId,
    requirement: Annotated[
        str, typer.Argument(metavar="REQUIREMENT", autocompletion=complete_decisions, help="What is decided on.")
    ],
    decision: Annotated[
        str, typer.Option(metavar="WORD", help="approve, request-changes, reject or withdraw.")
    ] = "approve",
    speaker: For = None,
    seen: Seen = None,
    on: On = None,
    reason: Reason = None,
    dry_run: DryRun = False,
    no_verify: NoVerify = False,
    json: Json = False,
) -> None:
    """Record a decision, your own or that of somebody who never runs this command.

    It binds what stands there now: when the fields or the evidence change before the gate is passed, it is void.
    """
    del json
    from partnerkit.jobs.approve import Decision  # noqa: PLC0415
    from partnerkit.jobs.approve import approve as job  # noqa: PLC0415
    from partnerkit.rules.commands import line  # noqa: PLC0415

    work = desk(dry_run=dry_run, verify=not no_verify)
    landed = job(work, Decision(record_id, requirement, decision, reason), voice(speaker, seen, on))
    emit_landed("approve", landed, [landed.result[0]] if landed.result else [], line("gates", record_id), work)
