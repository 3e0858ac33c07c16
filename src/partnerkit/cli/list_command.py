"""`partnerkit list`."""

from __future__ import annotations

from typing import Annotated

import typer

from partnerkit.cli.arguments import Json, Where
from partnerkit.cli.completion import complete_kinds
from partnerkit.cli.options import desk, emit

app = typer.Typer(rich_markup_mode=None, add_completion=False)


@app.command(
    "list", epilog="Example: partnerkit list partnership --where stage=active --sort since --columns id,since,name"
)
def list_(
    kind: Annotated[
        str | None, typer.Argument(metavar="[KIND]", autocompletion=complete_kinds, help="Only this kind.")
    ] = None,
    where: Where = None,
    by: Annotated[str | None, typer.Option(metavar="FIELD", help="As a board, such as --by stage.")] = None,
    sort: Annotated[str | None, typer.Option(metavar="FIELD", help="In the order of this field.")] = None,
    columns: Annotated[str | None, typer.Option(metavar="A,B,…", help="These fields.")] = None,
    json: Json = False,
) -> None:
    """List records."""
    del json
    from partnerkit.jobs import look
    from partnerkit.jobs.values import kind_of
    from partnerkit.reports import records as report

    names = [name.strip() for name in columns.split(",")] if columns else None
    wanted = kind_of(kind) if kind else None
    found = look.list_records(desk(), wanted, where or [], by=by, sort=sort, columns=names)
    page = report.table_page(found.columns, found.rows, found.board, found.register)
    emit(page, report.table_json(found.columns, found.rows))
