"""`partnerkit export`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from partnerkit.cli.arguments import Rewritten, Where
from partnerkit.cli.completion import complete_kinds, complete_people, every_requirement
from partnerkit.cli.options import desk
from partnerkit.reports.encode import as_json
from partnerkit.reports.page import Page, Span, say, show

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
    from partnerkit.store.disk.files import write_atomic

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
    from partnerkit.jobs import exporting
    from partnerkit.jobs.values import kind_of

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
    from partnerkit.jobs import exporting
    from partnerkit.jobs.values import kind_of

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
    from partnerkit.jobs import exporting
    from partnerkit.jobs.values import kind_of

    found = exporting.records(desk(), kind_of(kind) if kind else None, where or [])
    _give(exporting.as_lines(found), out, f"{len(found)} records")


@app.command(epilog="Example: partnerkit export audit --year 2026 --out audit-2026.html")
def audit(
    year: Annotated[
        int | None, typer.Option(metavar="YEAR", help="Only what landed in that year, where the register is.")
    ] = None,
    rewritten: Rewritten = None,
    out: Out = None,
) -> None:
    """The audit as one HTML file that needs nothing else: to be mailed, printed and kept.

    Exit 0 where all was by the rules, 1 where something was not; the file is written either way.
    """
    from partnerkit.jobs.audit import Asked
    from partnerkit.jobs.audit import audit as job
    from partnerkit.jobs.landed_years import demand_year
    from partnerkit.reports.audit_sent import as_html

    work = desk()
    if year is not None:
        demand_year(work, year)
    found = job(work, Asked(year=year, rewritten=rewritten or []))
    _give(as_html(found), out, "the audit")
    if not found.proven:
        raise typer.Exit(1)


@app.command(epilog="Example: partnerkit export person p-0007 --out ../p-0007.md")
def person(
    who: Annotated[str, typer.Argument(metavar="PERSON", autocompletion=complete_people, help="Their opaque id.")],
    out: Annotated[Path, typer.Option(metavar="FILE", help="A file outside the register: .md, or .json.")],
) -> None:
    """Everything that is held about somebody, for whoever asks what is held about them; names are in it.

    Records that name them, with file, field and value, all of those about them; the roster; evidence; the private
    place; and what git's history holds. It says what nobody here can look into.
    """
    from partnerkit.errors import WrongCallError
    from partnerkit.jobs import about_person as jobs
    from partnerkit.reports import about_person as report

    forms = {".json": report.as_json, ".md": report.as_markdown}
    form = forms.get(out.suffix)
    if form is None:
        raise WrongCallError(f"{out} names no format", f"--out with a file that ends in {' or '.join(forms)}")
    work = desk()
    jobs.demand_outside(work, out)
    found = jobs.about(work, who)
    jobs.write(form(found), out)
    show(report.as_page(found, str(out)))


@app.command(epilog="Example: partnerkit export sheet check-ins --month 2026-11 --out november.csv")
def sheet(
    what: Annotated[
        str,
        typer.Argument(
            metavar="WHAT", autocompletion=every_requirement, help="A requirement or log, as `add` names it."
        ),
    ],
    where: Where = None,
    period: Annotated[
        str | None,
        typer.Option(
            "--month", "--period", metavar="PERIOD", help="What a log is asked about: 2026-11, 2026-Q4, 2026."
        ),
    ] = None,
    out: Out = None,
) -> None:
    """A sheet to be filled in, a row for each record that the requirement or log waits for.

    `add WHAT --from FILE` reads it back: all rows that were filled, as one commit. Columns in brackets are for people.
    """
    import sys

    from partnerkit.jobs.blank_sheet import blank
    from partnerkit.jobs.periods import period as spoken
    from partnerkit.rules.commands import line

    found = blank(desk(), what, where or [], spoken(period) if period else None)
    _give(found.text, out, f"{found.count} rows")
    page = Page()
    for note in found.notes if found.count else [*found.notes, f"no record waits for {what}: the sheet has no rows"]:
        page.add(Span("  ! ", "yellow"), note)
    if out is not None and found.count:
        page.add(Span("Next: ", "bold"), Span(line("add", what, "--from", str(out), "--dry-run"), "green"))
    show(page, sys.stderr)
