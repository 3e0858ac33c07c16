"""`partnerkit list`."""

from __future__ import annotations

from typing import Annotated

import typer

from partnerkit.cli.arguments import Json, Where, names_in
from partnerkit.cli.completing_fields import complete_by, complete_columns, complete_sort
from partnerkit.cli.completion import complete_kinds
from partnerkit.cli.options import desk, emit

app = typer.Typer(rich_markup_mode=None, add_completion=False)


@app.command(
    "list",
    epilog="Example: partnerkit list partnership --where stage=active,suspended --sort ends --columns id,ends,name; "
    "partnerkit list --search 'cloud \"annual review\" -draft'; partnerkit list partnership --by stage",
)
def list_(
    kind: Annotated[
        str | None, typer.Argument(metavar="[KIND]", autocompletion=complete_kinds, help="Only this kind.")
    ] = None,
    where: Where = None,
    search: Annotated[
        list[str] | None,
        typer.Option(metavar="WORDS", help='That say all of it: words, "phrases", -words they must not say.'),
    ] = None,
    by: Annotated[
        str | None, typer.Option(metavar="FIELD", autocompletion=complete_by, help="As a board, such as --by stage.")
    ] = None,
    sort: Annotated[
        str | None,
        typer.Option(metavar="A,-B,…", autocompletion=complete_sort, help="In the order of these; - turns it round."),
    ] = None,
    columns: Annotated[
        str | None, typer.Option(metavar="A,B,…", autocompletion=complete_columns, help="These fields.")
    ] = None,
    json: Json = False,
) -> None:
    """List records: those that fit conditions and say what is looked for, as a table or a board.

    Conditions, what is searched, and what can be asked for beside the fields of a record (days, next, due, late,
    belongs-to): docs/finding.md.
    """
    del json
    from partnerkit.jobs.listing import list_records
    from partnerkit.jobs.values import kind_of
    from partnerkit.reports import board, listing
    from partnerkit.reports.page import room

    wanted = kind_of(kind) if kind else None
    order, shown = names_in("--sort", sort), names_in("--columns", columns) or None
    names_in("--by", by)
    found = list_records(desk(), wanted, where or [], words=search, by=by, sort=order, columns=shown)
    data = listing.as_json(found.columns, found.rows, found.sought)
    data["boards"] = board.as_json(found.boards) if found.boards is not None else None
    if by and found.boards:
        emit(board.as_page(found.boards, by, room()), data)
    else:
        emit(listing.as_page(found.columns, found.rows, found.sought, room()), data)
