"""`partnerkit advance`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Any

from partnerkit.cli.arguments import DryRun, From, Json, NoVerify, Reason, Where
from partnerkit.cli.completion import complete_ids, complete_stages, ids_known
from partnerkit.cli.declared import Argument, Commands, Line, Option
from partnerkit.cli.options import OPTIONS, desk, emit_landed, emit_made, landed_data
from partnerkit.errors import PartnerkitError, WrongCallError
from partnerkit.reports.page import Page

if TYPE_CHECKING:
    from partnerkit.jobs.desk import Desk
    from partnerkit.jobs.landing import Landed

app = Commands()


def _complete(ctx: Line, incomplete: str) -> list[str]:
    return [*complete_ids(incomplete), *complete_stages(ctx, incomplete)]


@app.command(
    epilog="Example: partnerkit advance acme; partnerkit advance acme declined --reason 'no capacity this year'"
)
def advance(
    words: Annotated[
        list[str] | None,
        Argument(
            metavar="ID… [STAGE]", autocompletion=_complete, help="Records, and a stage where it is not the next."
        ),
    ] = None,
    where: Where = None,
    from_: From = None,
    reason: Reason = None,
    each: Annotated[bool, Option("--each", help="One commit for each record.")] = False,
    through: Annotated[
        bool,
        Option(
            "--through", help="On through the main stages, each record until something is missing (or to the STAGE)."
        ),
    ] = False,
    dry_run: DryRun = False,
    no_verify: NoVerify = False,
    json: Json = False,
) -> None:
    """Move records to their next stage (or the stage named), only when everything that the policy demands is there.

    All of them or none, in one commit; with --each one after the other, as far as that goes. Decline, withdraw,
    suspend, resume and end are stages too. A sheet may have the columns stage and reason.

    With --through each goes on as far as it can, and it is said where it stays and what is missing there: refused where
    none can go on. Every change of stage is an entry of its own all the same.
    """
    del json
    from partnerkit.jobs.advance import advance as job
    from partnerkit.jobs.advance import advance_each
    from partnerkit.jobs.chosen import chosen

    ids, stage = _split(words or [], bool(where or from_))
    records = chosen(ids, where, from_)
    work = desk(dry_run=dry_run, verify=not no_verify)
    if each and through:
        raise WrongCallError("--each and --through are two ways of advancing many: say one of them")
    if through:
        from partnerkit.jobs.through import advance_through

        _emit(advance_through(work, records, stage, reason), work)
    elif each:
        _emit_each(advance_each(work, records, stage, reason), work)
    else:
        _emit(job(work, records, stage, reason), work)


def _emit(landed: Landed, work: Desk) -> None:
    from partnerkit.rules.commands import line

    records = _records(landed)
    emit_landed("advance", landed, records, line("gates", records[0].id) if len(records) == 1 else None, work)


def _emit_each(landings: Iterator[Landed], work: Desk) -> None:
    """Print each as it lands; for other programs all of them in one document, with what ended it."""
    if not OPTIONS.json:
        for landed in landings:
            _emit(landed, work)
        return
    from partnerkit.reports import failures
    from partnerkit.reports import landed as report

    done: list[dict[str, Any]] = []
    stopped: PartnerkitError | None = None
    try:
        done += (landed_data("advance", landed, _records(landed), work) for landed in landings)
    except PartnerkitError as error:
        if not done:
            raise
        stopped = error
    data = report.each_json("advance", done, failures.of(stopped) if stopped else None)
    emit_made(done[-1]["commit"] if done else None, Page(), data)
    if stopped:
        raise SystemExit(stopped.exit_code)


def _records(landed: Landed) -> list[Any]:
    return list({moved.record.id: moved.record for moved in landed.result or []}.values())


def _split(words: list[str], elsewhere: bool) -> tuple[list[str], str | None]:
    """Ids, then at most one stage: the last word that is no id."""
    if elsewhere:
        return words[:-1], words[-1] if words else None
    if len(words) > 1 and not ids_known()(words[-1]):
        return words[:-1], words[-1]
    return words, None
