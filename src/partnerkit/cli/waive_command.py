"""`partnerkit waive`."""

from __future__ import annotations

from typing import Annotated

import typer

from partnerkit.cli.arguments import DryRun, For, Json, NoVerify, On, RecordId, Seen, voice
from partnerkit.cli.completion import complete_waivable
from partnerkit.cli.options import day, desk, emit_landed
from partnerkit.errors import WrongCallError

app = typer.Typer(rich_markup_mode=None, add_completion=False)


@app.command(epilog="Example: partnerkit waive acme reference-checks --reason 'known for years' --until 2026-12-31")
def waive(
    record_id: RecordId,
    requirement: Annotated[
        str, typer.Argument(metavar="REQUIREMENT", autocompletion=complete_waivable, help="What is waived.")
    ],
    reason: Annotated[str, typer.Option(metavar="TEXT", help="Why.")],
    until: Annotated[str, typer.Option(metavar="DATE", help="The last day on which it may be relied on.")],
    speaker: For = None,
    seen: Seen = None,
    on: On = None,
    dry_run: DryRun = False,
    no_verify: NoVerify = False,
    json: Json = False,
) -> None:
    """Waive a requirement, where the policy says that somebody may. Waivers stay visible for ever."""
    del json
    from partnerkit.jobs.waive import waive as job  # noqa: PLC0415
    from partnerkit.rules.commands import line  # noqa: PLC0415

    last = day(until)
    if last is None:
        raise WrongCallError("say until when")
    work = desk(dry_run=dry_run, verify=not no_verify)
    landed = job(work, record_id, requirement, reason, last, voice(speaker, seen, on))
    emit_landed("waive", landed, [landed.result[0]] if landed.result else [], line("gates", record_id), work)
