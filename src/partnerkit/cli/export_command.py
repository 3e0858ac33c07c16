"""`partnerkit export`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from partnerkit.cli.arguments import Where
from partnerkit.cli.completion import complete_kinds
from partnerkit.cli.options import desk
from partnerkit.reports.encode import as_json
from partnerkit.reports.page import Page, say, show

app = typer.Typer(
    rich_markup_mode=None,
    add_completion=False,
    help="Records as files for other programs and for spreadsheets.",
    epilog="Example: partnerkit export csv partnership --out partners.csv",
)

Out = Annotated[Path | None, typer.Option(metavar="FILE", help="Write there instead of to the screen.")]


def _give(text: str, out: Path | None, what: str) -> None:
    """Print the text, or write it to a file and say so."""
    if out is None:
        say(text)
        return
    from partnerkit.store.disk.files import write_atomic  # noqa: PLC0415

    write_atomic(out, text.encode())
    show(Page().add(f"✓ {what} → {out}"))


@app.command("csv", epilog="Example: partnerkit export csv partnership --columns id,name,stage,ends --out partners.csv")
def csv_(
    kind: Annotated[str, typer.Argument(metavar="KIND", autocompletion=complete_kinds, help="Which records.")],
    where: Where = None,
    columns: Annotated[str | None, typer.Option(metavar="A,B,…", help="These fields instead of all.")] = None,
    out: Out = None,
) -> None:
    """A table that spreadsheets open. Cells that they would run as formulas are disarmed."""
    from partnerkit.jobs import exporting  # noqa: PLC0415
    from partnerkit.jobs.values import kind_of  # noqa: PLC0415

    names = [name.strip() for name in columns.split(",")] if columns else None
    text = exporting.table(desk(), kind_of(kind), where or [], names)
    _give(text, out, f"{text.count(chr(10)) - 1} rows")


@app.command("json", epilog="Example: partnerkit export json --where stage=active --out active.json")
def json_(
    kind: Annotated[
        str | None, typer.Argument(metavar="[KIND]", autocompletion=complete_kinds, help="Only this kind.")
    ] = None,
    where: Where = None,
    out: Out = None,
) -> None:
    """Every record as one JSON document, its data as written."""
    from partnerkit.jobs import exporting  # noqa: PLC0415
    from partnerkit.jobs.values import kind_of  # noqa: PLC0415

    found = exporting.records(desk(), kind_of(kind) if kind else None, where or [])
    _give(as_json(exporting.as_data(found)) + "\n", out, f"{len(found)} records")


@app.command(epilog="Example: partnerkit export ndjson partnership | jq -r .name")
def ndjson(
    kind: Annotated[
        str | None, typer.Argument(metavar="[KIND]", autocompletion=complete_kinds, help="Only this kind.")
    ] = None,
    where: Where = None,
    out: Out = None,
) -> None:
    """One JSON object a line, a record each."""
    from partnerkit.jobs import exporting  # noqa: PLC0415
    from partnerkit.jobs.values import kind_of  # noqa: PLC0415

    found = exporting.records(desk(), kind_of(kind) if kind else None, where or [])
    _give(exporting.as_lines(found), out, f"{len(found)} records")
