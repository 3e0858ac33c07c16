"""`partnerkit advance`."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from partnerkit.cli.arguments import DryRun, Json, NoVerify, Reason, Where, complete_ids, complete_stages
from partnerkit.cli.options import desk, emit_landed

app = typer.Typer(rich_markup_mode=None, add_completion=False)


def _complete(incomplete: str) -> list[str]:
    return [*complete_ids(incomplete), *complete_stages(incomplete)]


@app.command(
    epilog="Example: partnerkit advance acme; partnerkit advance acme declined --reason 'no capacity this year'"
)
def advance(
    words: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="ID… [STAGE]", autocompletion=_complete, help="Records, and a stage where it is not the next."
        ),
    ] = None,
    where: Where = None,
    reason: Reason = None,
    each: Annotated[bool, typer.Option("--each", help="One commit for each record.")] = False,
    dry_run: DryRun = False,
    no_verify: NoVerify = False,
    json: Json = False,
) -> None:
    """Move records to their next stage (or the stage named), only when everything that the policy demands is there.

    All of them or none; one commit. Decline, withdraw, suspend, resume and end are stages too.
    """
    del json
    from partnerkit.jobs.advance import advance as job  # noqa: PLC0415
    from partnerkit.jobs.advance import advance_each  # noqa: PLC0415
    from partnerkit.rules.commands import line  # noqa: PLC0415

    ids, stage = _split(words or [], bool(where))
    work = desk(dry_run=dry_run, verify=not no_verify)
    landings = (
        advance_each(work, ids, where or [], stage, reason) if each else [job(work, ids, where or [], stage, reason)]
    )
    for landed in landings:
        records: list[Any] = [moved.record for moved in landed.result or []]
        next_ = line("gates", records[0].id) if len(records) == 1 else None
        emit_landed("advance", landed, records, next_, work)


def _split(words: list[str], elsewhere: bool) -> tuple[list[str], str | None]:
    """Ids, then at most one stage: the last word that is no id."""
    if elsewhere:
        return words[:-1], words[-1] if words else None
    known = set(complete_ids(""))
    if len(words) > 1 and words[-1] not in known:
        return words[:-1], words[-1]
    return words, None
