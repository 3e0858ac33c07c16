"""`partnerkit import`."""

from __future__ import annotations

from typing import Annotated

from partnerkit.cli import feedback_import
from partnerkit.cli.arguments import DryRun, Json, NoVerify
from partnerkit.cli.completion import complete_ids, complete_policies, complete_sheets
from partnerkit.cli.declared import Argument, Commands, Option
from partnerkit.cli.options import OPTIONS, desk, emit_made
from partnerkit.errors import WrongCallError
from partnerkit.reports.page import Page, Span, say, show

app = Commands()


@app.command(
    "import",
    epilog="Example: partnerkit import partners.csv; partnerkit import partners.csv --map map.yaml --dry-run",
)
def import_(
    file: Annotated[str, Argument(metavar="FILE.csv", help="The sheet, saved as CSV.")],
    kind: Annotated[
        str,
        Option(metavar="KIND", autocompletion=complete_sheets, help="What the rows are, for a first map; or feedback."),
    ] = "partnership",
    policy: Annotated[
        str | None,
        Option(metavar="POLICY", autocompletion=complete_policies, help="Under which policy, for a first map."),
    ] = None,
    map_: Annotated[
        str | None, Option("--map", metavar="FILE", help="How columns become fields; without it one is guessed.")
    ] = None,
    encoding: Annotated[
        str | None,
        Option(metavar="NAME", help="How the letters are stored, for a first map, such as cp1252; absent: UTF-8."),
    ] = None,
    leave_out: Annotated[bool, Option("--leave-out", help="Leave out rows that raise a question.")] = False,
    to: Annotated[
        str | None,
        Option("--to", metavar="ID", autocompletion=complete_ids, help="feedback: the review it goes into."),
    ] = None,
    method: Annotated[str | None, Option(metavar="METHOD", help="feedback: how people were asked.")] = None,
    period: Annotated[
        str | None, Option(metavar="PERIOD", help="feedback: when, such as 2026-06; else the month that it is.")
    ] = None,
    by: Annotated[str | None, Option(metavar="GROUPS", help="feedback: groups by role or by programme.")] = None,
    dry_run: DryRun = False,
    no_verify: NoVerify = False,
    json: Json = False,
) -> None:
    """Take records in from a spreadsheet, as one commit.

    Without --map, a first map is printed: save it, edit it, then look at what each row becomes with --dry-run.
    Rows that cannot be are told, each with its column and reason: all is refused, or with --leave-out they stay out.
    Records taken in as they stand are marked as adopted for ever. `undo` takes everything back.

    With --kind feedback, the answers of a survey are added up in a review (--to): over enough people, or not at all.
    """
    del json
    if kind == feedback_import.KIND:
        if policy is not None:
            raise WrongCallError("feedback stands under the policy of its review", "leave --policy out")
        given = (to, method, period, by or "role", map_)
        feedback_import.take_in(file, *given, leave_out=leave_out, dry_run=dry_run, verify=not no_verify)
        return
    if to or method or period or by:
        raise WrongCallError("--to, --method, --period and --by go with --kind feedback")
    from partnerkit.jobs import importing, sheet_map
    from partnerkit.reports import imports
    from partnerkit.reports import landed as report
    from partnerkit.rules.commands import line

    if map_ is None and OPTIONS.json:
        raise WrongCallError("the map that is guessed is YAML, to be edited", "leave --json out, or give --map <file>")
    work = desk(dry_run=dry_run, verify=not no_verify)
    if map_ is None:
        say(importing.guessed(work, file, kind, policy, encoding))
        _hint(file)
        return
    mapped = sheet_map.from_file(map_)
    found = importing.take_in(work, file, mapped, leave_out=leave_out)
    done: importing.Imported = found.result
    page = imports.as_page(done.rows, done.people, every=dry_run)
    again = line("import", file, "--map", map_, *(["--leave-out"] if leave_out else []))
    open_ = dry_run and done.count("question") and not leave_out
    next_ = f"{again} --dry-run" if open_ else again if dry_run else line("list", mapped.kind, "--by", "stage")
    if open_:
        page.add(Span("! ", "yellow"), f"answer the questions in {map_} or in {file}; --leave-out takes in the others")
    page.extend(report.as_page(found.subject, found.commit, found.paths[:0], found.notes, dry_run=dry_run, next_=next_))
    summary = [{"id": one.id, "kind": one.kind, "stage": one.stage, "file": one.path} for one in done.records]
    data = report.as_json("import", found.commit, found.subject, found.paths, found.notes, summary, dry_run=dry_run)
    emit_made(found.commit, page, {**data, "rows": imports.as_data(done.rows)})
    if open_:
        raise SystemExit(1)


def _hint(file: str) -> None:
    """On the screen beside the map, never in it."""
    import sys

    page = Page().add(Span("! ", "yellow"), "this is a guess: save it as map.yaml, edit it, and look at what it does")
    show(
        page.add(Span("Next: ", "bold"), Span(f"partnerkit import {file} --map map.yaml --dry-run", "green")),
        sys.stderr,
    )
