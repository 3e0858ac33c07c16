"""`partnerkit approve`."""

from __future__ import annotations

from typing import Annotated

from partnerkit.cli.arguments import (
    Advance,
    DryRun,
    For,
    From,
    Json,
    NoVerify,
    On,
    Reason,
    Seen,
    Where,
    last_word,
    voice,
)
from partnerkit.cli.completion import complete_decisions
from partnerkit.cli.declared import Argument, Commands, Option
from partnerkit.cli.options import desk, emit_landed

app = Commands()


@app.command(epilog="Example: partnerkit approve acme core-team-review --for p-jonas --seen minutes/2026-03-19.md")
def approve(
    words: Annotated[
        list[str],
        Argument(metavar="ID… REQUIREMENT", autocompletion=complete_decisions, help="Records, and a decision."),
    ],
    where: Where = None,
    from_: From = None,
    decision: Annotated[str, Option(metavar="WORD", help="approve, request-changes, reject or withdraw.")] = "approve",
    speaker: For = None,
    seen: Seen = None,
    on: On = None,
    reason: Reason = None,
    sign: Annotated[bool, Option("--sign", help="Sign it with the SSH key with which git signs for you.")] = False,
    advance: Advance = False,
    dry_run: DryRun = False,
    no_verify: NoVerify = False,
    json: Json = False,
) -> None:
    """Record a decision, your own or that of somebody who never runs this command.

    It binds what stands there now: when the fields or the evidence change before the gate is passed, it is void.
    A signature outlives whatever becomes of the commit; only whoever decides can make it.
    A sheet may have the columns decision, reason, for, seen and on.
    """
    del json
    from partnerkit.jobs.approve import Decision
    from partnerkit.jobs.approve import approve as job
    from partnerkit.jobs.chosen import chosen
    from partnerkit.rules.commands import line

    ids, requirement = last_word(words, bool(where or from_))
    wanted = Decision(requirement, decision, reason, sign)
    work = desk(dry_run=dry_run, verify=not no_verify)
    landed = job(work, chosen(ids, where, from_), wanted, voice(speaker, seen, on), go_on=advance)
    records = list({record.id: record for record, _said in landed.result}.values())
    emit_landed("approve", landed, records, line("gates", records[0].id), work)
