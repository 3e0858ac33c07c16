"""`partnerkit add`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from partnerkit.cli.arguments import DryRun, For, Json, NoVerify, On, Reason, Seen, Where, rows_of, split_ids, voice
from partnerkit.cli.completion import complete_ids, complete_requirements
from partnerkit.cli.options import OPTIONS, desk, emit_landed
from partnerkit.errors import WrongCallError
from partnerkit.reports.page import say

if TYPE_CHECKING:
    from partnerkit.jobs.adding import Added

app = typer.Typer(rich_markup_mode=None, add_completion=False)


def _complete(ctx: typer.Context, incomplete: str) -> list[str]:
    return [*complete_ids(incomplete), *complete_requirements(ctx, incomplete)]


@app.command(epilog="Example: partnerkit add acme due-diligence report.pdf outcome=pass")
def add(
    words: Annotated[
        list[str],
        typer.Argument(
            metavar="ID… WHAT [FILE|LINK] [key=value…]",
            autocompletion=_complete,
            help="Records, a requirement or log, what it is.",
        ),
    ],
    where: Where = None,
    from_: Annotated[
        str | None, typer.Option("--from", metavar="CSV", help="One line for each row: id, and columns for the keys.")
    ] = None,
    copy: Annotated[
        bool, typer.Option("--copy", help="Keep the file itself in the register's history, not only its digest.")
    ] = False,
    form: Annotated[bool, typer.Option("--form", help="Print the empty form of a scorecard.")] = False,
    speaker: For = None,
    seen: Seen = None,
    on: On = None,
    reason: Reason = None,
    dry_run: DryRun = False,
    no_verify: NoVerify = False,
    json: Json = False,
) -> None:
    """Add what a requirement asks for, or a line of a log; the policy knows which sort it is.

    Evidence takes a file (its digest is recorded; --copy keeps it too), a link, or summary=…, and outcome=… where one
    is asked for. A period is opened with kind=opened and closed with kind=closed summary=…. A scorecard takes a
    filled form. A signature or acknowledgement takes party=…. withdraw=STATEMENT --reason … withdraws one.
    Logs (activities, communications, benefits, …) take their keys.
    """
    del json
    from partnerkit.jobs import add as jobs  # noqa: PLC0415
    from partnerkit.rules.commands import line  # noqa: PLC0415

    ids, rest = _ids(words, bool(where or from_))
    if not rest:
        raise WrongCallError("say what to add", line("gates", ids[0] if ids else "<id>"))
    if form:
        _form(ids, rest[0])
        return
    work = desk(dry_run=dry_run, verify=not no_verify)
    spoken = voice(speaker, seen, on)
    added = _added(rest, copy=copy, reason=reason)
    if from_:
        rows = [_of_row(added, place, row) for place, row in rows_of(from_)]
        landed = jobs.add_rows(work, lambda _draft: rows, spoken)
    else:
        landed = jobs.add(work, ids, where or [], added, spoken)
    records = [record for record, _what, _result in landed.result or []]
    emit_landed("add", landed, records, line("gates", records[0].id) if records else None, work)


def _ids(words: list[str], elsewhere: bool) -> tuple[list[str], list[str]]:
    """Ids come first; the first word always is one unless records are named otherwise."""
    if elsewhere:
        return [], words
    known = set(complete_ids(""))
    ids, rest = split_ids(words, known.__contains__)
    return (ids, rest) if ids else (words[:1], words[1:])


def _added(rest: list[str], *, copy: bool, reason: str | None) -> Added:
    from partnerkit.jobs.adding import Added  # noqa: PLC0415
    from partnerkit.jobs.values import is_pair, pairs  # noqa: PLC0415

    what, *more = rest
    thing = more[0] if more and not is_pair(more[0]) else None
    return Added(what, thing, pairs(more[1:] if thing else more), copy, reason)


def _of_row(added: Added, place: str, row: dict[str, str]) -> tuple[str, Added]:
    from dataclasses import replace  # noqa: PLC0415

    if "id" not in row:
        raise WrongCallError(f"{place}: the row names no record", "give the sheet a column id")
    record_id, thing = row.pop("id"), row.pop("file", None) or added.thing
    return record_id, replace(added, thing=thing, values={**added.values, **row}, row=place)


def _form(ids: list[str], name: str) -> None:
    from partnerkit.jobs import look  # noqa: PLC0415
    from partnerkit.jobs.scorecard import scorecard_of, scores_form  # noqa: PLC0415
    from partnerkit.reports import policies as report  # noqa: PLC0415
    from partnerkit.reports.encode import as_json  # noqa: PLC0415

    policy = look.show(desk(), ids[0]).policy
    if OPTIONS.json:
        say(as_json(report.form_json(policy, name, scorecard_of(policy, name))) + "\n")
    else:
        say(scores_form(policy, name))
