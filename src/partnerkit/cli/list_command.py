"""`partnerkit list`."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated, Any

from partnerkit.cli.again import Again
from partnerkit.cli.arguments import Json, Where, names_in
from partnerkit.cli.completing_fields import complete_by, complete_columns, complete_sort
from partnerkit.cli.completion import complete_kinds
from partnerkit.cli.declared import Argument, Commands, Option
from partnerkit.cli.options import desk, emit_either, emitted

if TYPE_CHECKING:
    from partnerkit.reports.page import Page

app = Commands()


@app.command(
    "list",
    epilog="Example: partnerkit list partnership --where stage=active,suspended --sort ends --columns id,ends,name; "
    "partnerkit list --search 'cloud \"annual review\" -draft'; partnerkit list partnership --by stage",
)
def list_(
    kind: Annotated[
        str | None, Argument(metavar="[KIND]", autocompletion=complete_kinds, help="Only this kind.")
    ] = None,
    where: Where = None,
    search: Annotated[
        list[str] | None,
        Option(metavar="WORDS", help='That say all of it: words, "phrases", -words they must not say.'),
    ] = None,
    by: Annotated[
        str | None, Option(metavar="FIELD", autocompletion=complete_by, help="As a board, such as --by stage.")
    ] = None,
    sort: Annotated[
        str | None,
        Option(metavar="A,-B,…", autocompletion=complete_sort, help="In the order of these; - turns it round."),
    ] = None,
    columns: Annotated[
        str | None, Option(metavar="A,B,…", autocompletion=complete_columns, help="These fields.")
    ] = None,
    json: Json = False,
) -> None:
    """List records: those that fit conditions and say what is looked for, as a table or a board.

    Conditions, what is searched, and what can be asked for beside the fields of a record (days, next, due, late,
    belongs-to): docs/finding.md.
    """
    del json
    again = Again("list", kind, where, search, by, sort, columns)
    if again.told():
        return
    from partnerkit.jobs.listing import list_records
    from partnerkit.jobs.values import kind_of
    from partnerkit.reports import board, listing
    from partnerkit.reports.page import room

    wanted = kind_of(kind) if kind else None
    order, shown = names_in("--sort", sort), names_in("--columns", columns) or None
    names_in("--by", by)
    at = desk()
    found = list_records(at, wanted, where or [], words=search, by=by, sort=order, columns=shown)

    def page() -> Page:
        if by and found.boards:
            return board.as_page(found.boards, by, room())
        return listing.as_page(found.columns, found.rows, found.sought, room())

    def data() -> dict[str, Any]:
        boards = board.as_json(found.boards) if found.boards is not None else None
        return {**listing.as_json(found.columns, found.rows, found.sought), "boards": boards}

    if sys.stdout.isatty():
        emit_either(page, data)
    else:
        again.tell(at, lambda: emitted(page, data))
