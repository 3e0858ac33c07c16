"""`partnerkit waive`."""

from __future__ import annotations

from typing import Annotated

from partnerkit.cli.arguments import DryRun, For, From, Json, NoVerify, On, Reason, Seen, Where, last_word, voice
from partnerkit.cli.completion import complete_waivable
from partnerkit.cli.declared import Argument, Commands, Option
from partnerkit.cli.options import day, desk, emit_landed

app = Commands()


@app.command(epilog="Example: partnerkit waive acme reference-checks --reason 'known for years' --until 2026-12-31")
def waive(
    words: Annotated[
        list[str],
        Argument(metavar="ID… REQUIREMENT", autocompletion=complete_waivable, help="Records, what is waived."),
    ],
    where: Where = None,
    from_: From = None,
    reason: Reason = None,
    until: Annotated[str | None, Option(metavar="DATE", help="The last day on which it may be relied on.")] = None,
    speaker: For = None,
    seen: Seen = None,
    on: On = None,
    dry_run: DryRun = False,
    no_verify: NoVerify = False,
    json: Json = False,
) -> None:
    """Waive a requirement, where the policy says that somebody may. Waivers stay visible for ever.

    It takes --reason and --until, or a sheet with the columns reason and until (and for, seen, on).
    """
    del json
    from partnerkit.jobs.chosen import chosen
    from partnerkit.jobs.waive import Waived
    from partnerkit.jobs.waive import waive as job
    from partnerkit.rules.commands import line

    ids, requirement = last_word(words, bool(where or from_))
    waived = Waived(requirement, reason, day(until))
    work = desk(dry_run=dry_run, verify=not no_verify)
    landed = job(work, chosen(ids, where, from_), waived, voice(speaker, seen, on))
    records = list({record.id: record for record in landed.result}.values())
    emit_landed("waive", landed, records, line("gates", records[0].id), work)
