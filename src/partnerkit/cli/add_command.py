"""`partnerkit add`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

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
    split_ids,
    voice,
)
from partnerkit.cli.completion import complete_ids_and_requirements, ids_known
from partnerkit.cli.declared import Argument, Commands, Option
from partnerkit.cli.options import OPTIONS, desk, emit_landed
from partnerkit.errors import WrongCallError
from partnerkit.reports.page import say

if TYPE_CHECKING:
    from collections.abc import Callable

    from partnerkit.jobs.adding import Added
    from partnerkit.jobs.chosen import Chosen
    from partnerkit.jobs.desk import Desk
    from partnerkit.jobs.statements import Voice

app = Commands()


@app.command(epilog="Example: partnerkit add acme due-diligence report.pdf outcome=pass")
def add(
    words: Annotated[
        list[str] | None,
        Argument(
            metavar="[ID… WHAT [FILE|LINK] [key=value…]]",
            autocompletion=complete_ids_and_requirements,
            help="Records, a requirement or log, what it is.",
        ),
    ] = None,
    where: Where = None,
    from_: From = None,
    copy: Annotated[
        bool, Option("--copy", help="Keep the file itself in the register's history, not only its digest.")
    ] = False,
    form: Annotated[bool, Option("--form", help="Print the empty form of a scorecard.")] = False,
    speaker: For = None,
    seen: Seen = None,
    on: On = None,
    reason: Reason = None,
    advance: Advance = False,
    dry_run: DryRun = False,
    no_verify: NoVerify = False,
    json: Json = False,
) -> None:
    """Add what a requirement asks for, or a line of a log; the policy knows which sort it is.

    Evidence takes a file (its digest is recorded; --copy keeps it too), a link, or summary=…, and outcome=… where one
    is asked for. A period is opened with kind=opened and closed with kind=closed summary=…. A scorecard takes a
    filled form. A signature or acknowledgement takes party=…. withdraw=STATEMENT --reason … withdraws one.
    Logs (activities, communications, benefits, …) take their keys. `export sheet WHAT` writes the sheet for --from.

    With --from alone it reads a sheet of all that gates ask for, as `export sheet --next` writes it.
    """
    del json
    from partnerkit.jobs.add import add as job
    from partnerkit.jobs.chosen import chosen
    from partnerkit.rules.commands import line

    if from_ and not words:
        if form or reason:
            raise WrongCallError("a sheet of what gates ask for takes no --form and no --reason", "leave it out")
        work = desk(dry_run=dry_run, verify=not no_verify)
        _fill(work, chosen([], where, from_, whole=True), voice(speaker, seen, on), copy=copy, go_on=advance)
        return
    ids, rest = _ids(words or [], bool(where or from_))
    if not rest:
        raise WrongCallError("say what to add", line("gates", ids[0] if ids else "<id>"))
    if form:
        _form(ids, rest[0])
        return
    work = desk(dry_run=dry_run, verify=not no_verify)
    added = _added(rest, copy=copy, reason=reason)
    landed = job(work, chosen(ids, where, from_, whole=True), added, voice(speaker, seen, on), go_on=advance)
    records = list({record.id: record for record, _what, _result in landed.result or []}.values())
    emit_landed("add", landed, records, line("gates", records[0].id) if records else None, work)


def _fill(work: Desk, records: Chosen, who: Callable[[str], Voice], *, copy: bool, go_on: bool) -> None:
    """Everything that a sheet says of what gates ask for."""
    from partnerkit.jobs.filling_in import fill_in

    landed = fill_in(work, records, who, copy=copy, go_on=go_on)
    emit_landed("add", landed, landed.result or [], None, work)


def _ids(words: list[str], elsewhere: bool) -> tuple[list[str], list[str]]:
    """Ids come first, unless records are named otherwise."""
    return ([], words) if elsewhere else split_ids(words, ids_known())


def _added(rest: list[str], *, copy: bool, reason: str | None) -> Added:
    from partnerkit.jobs.adding import Added
    from partnerkit.jobs.values import is_pair, pairs

    what, *more = rest
    thing = more[0] if more and not is_pair(more[0]) else None
    return Added(what, thing, pairs(more[1:] if thing else more), copy, reason)


def _form(ids: list[str], name: str) -> None:
    from partnerkit.jobs.logged import log
    from partnerkit.jobs.named_record import source
    from partnerkit.jobs.scorecard import scorecard_of, scores_form
    from partnerkit.reports import policies as report
    from partnerkit.reports.encode import as_json

    found = log(desk(), ids[0])
    policy = source(found.register, found.record).policy
    if OPTIONS.json:
        say(as_json(report.form_json(policy, name, scorecard_of(policy, name))) + "\n")
    else:
        say(scores_form(policy, name))
