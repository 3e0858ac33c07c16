"""`partnerkit export`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from partnerkit.cli import export_calendar, export_dossier, export_site, export_sqlite
from partnerkit.cli.arguments import Rewritten, Where, names_in
from partnerkit.cli.completion import complete_kinds, complete_people, every_requirement
from partnerkit.cli.declared import Argument, Commands, Option
from partnerkit.cli.giving import Out, demand_out, give
from partnerkit.cli.options import desk
from partnerkit.errors import WrongCallError
from partnerkit.reports.encode import as_json
from partnerkit.reports.page import Page, Span, show

app = Commands(
    help="What a register says as files: for people, for other programs, for spreadsheets.",
    epilog="Example: partnerkit export csv partnership --out partners.csv",
)

app.command("site", epilog=export_site.EXAMPLE)(export_site.site)
app.command("calendar", epilog=export_calendar.EXAMPLE)(export_calendar.calendar)
app.command("sqlite", epilog=export_sqlite.EXAMPLE)(export_sqlite.sqlite)


@app.command("csv", epilog="Example: partnerkit export csv partnership --columns id,name,stage,ends --out partners.csv")
def csv_(
    kind: Annotated[str, Argument(metavar="KIND", autocompletion=complete_kinds, help="Which records.")],
    where: Where = None,
    columns: Annotated[str | None, Option(metavar="A,B,…", help="These fields instead of all.")] = None,
    out: Out = None,
) -> None:
    """A table that spreadsheets open. Cells that they would run as formulas are disarmed."""
    from partnerkit.jobs import exporting
    from partnerkit.jobs.values import kind_of

    names = names_in("--columns", columns) or None
    work = desk()
    text = exporting.table(work, kind_of(kind), where or [], names)
    give(work, text, out, _rows(text.count(chr(10)) - 1))


@app.command("json", epilog="Example: partnerkit export json --where stage=active --out active.json")
def json_(
    kind: Annotated[
        str | None, Argument(metavar="[KIND]", autocompletion=complete_kinds, help="Only this kind.")
    ] = None,
    where: Where = None,
    out: Out = None,
) -> None:
    """Every record as one JSON document, its data as written."""
    from partnerkit.jobs import exporting
    from partnerkit.jobs.values import kind_of

    work = desk()
    found = exporting.records(work, kind_of(kind) if kind else None, where or [])
    give(work, as_json(exporting.as_data(found)) + "\n", out, f"{len(found)} records")


@app.command(epilog="Example: partnerkit export ndjson partnership | jq -r .name")
def ndjson(
    kind: Annotated[
        str | None, Argument(metavar="[KIND]", autocompletion=complete_kinds, help="Only this kind.")
    ] = None,
    where: Where = None,
    out: Out = None,
) -> None:
    """One JSON object a line, a record each."""
    from partnerkit.jobs import exporting
    from partnerkit.jobs.values import kind_of

    work = desk()
    found = exporting.records(work, kind_of(kind) if kind else None, where or [])
    give(work, exporting.as_lines(found), out, f"{len(found)} records")


@app.command(epilog="Example: partnerkit export audit --year 2026 --out audit-2026.html")
def audit(
    year: Annotated[
        int | None, Option(metavar="YEAR", help="Only what landed in that year, where the register is.")
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
    demand_out(work, out)
    found = job(work, Asked(year=year, rewritten=rewritten or []))
    give(work, as_html(found), out, "the audit")
    if not found.proven:
        raise SystemExit(1)


@app.command(epilog="Example: partnerkit export person p-0007 --out ../p-0007.md")
def person(
    who: Annotated[str, Argument(metavar="PERSON", autocompletion=complete_people, help="Their opaque id.")],
    out: Annotated[Path, Option(metavar="FILE", help="A file outside the register: .md, or .json.")],
) -> None:
    """Everything that is held about somebody, for whoever asks what is held about them; names are in it.

    Records that name them, with file, field and value, all of those about them; the roster; evidence; the private
    place; and what git's history holds. It says what nobody here can look into.
    """
    from partnerkit.jobs import about_person as jobs
    from partnerkit.jobs.outgoing import write
    from partnerkit.reports import about_person as report

    forms = {".json": report.as_json, ".md": report.as_markdown}
    form = forms.get(out.suffix)
    if form is None:
        raise WrongCallError(f"{out} names no format", f"--out with a file that ends in {' or '.join(forms)}")
    work = desk()
    jobs.demand_outside(work, out)
    demand_out(work, out)
    found = jobs.about(work, who)
    write(work, form(found).encode(), out, private=True)
    show(report.as_page(found, str(out)))


app.command(epilog="Example: partnerkit export dossier acme --as-of 2026-12-31 --out acme.html")(export_dossier.dossier)


@app.command(epilog="Example: partnerkit export sheet check-ins --month 2026-11 --out november.csv")
def sheet(
    what: Annotated[
        str | None,
        Argument(metavar="[WHAT]", autocompletion=every_requirement, help="A requirement or log, as `add` names it."),
    ] = None,
    next_: Annotated[
        bool, Option("--next", help="Everything that the next gate of each record still asks for.")
    ] = False,
    through: Annotated[
        bool, Option("--through", help="The same of all gates of their main way, not of the next alone.")
    ] = False,
    where: Where = None,
    period: Annotated[
        str | None,
        Option("--month", "--period", metavar="PERIOD", help="What a log is asked about: 2026-11, 2026-Q4, 2026."),
    ] = None,
    out: Out = None,
) -> None:
    """A sheet to be filled in, a row for each record that the requirement or log waits for.

    `add WHAT --from FILE` reads it back: all rows that were filled, as one commit. Columns in brackets are for people.

    With --next (or --through) instead of WHAT there is a column for everything that gates still ask for and that can be
    filled in: evidence, scores, fields, lists, the word of each party; `add --from FILE` reads that. Decisions are not
    in it: whoever takes them approves.
    """
    if (what is None) != (next_ or through):
        raise WrongCallError("say what the sheet is for", "a requirement or log; or --next, for all that gates ask for")
    if what is None and period is not None:
        raise WrongCallError("what gates ask for is about no period", "leave the period out")
    if what is None:
        _all_asked(where or [], out, through=through)
    else:
        _one_asked(what, where or [], period, out)


def _one_asked(what: str, where: list[str], period: str | None, out: Path | None) -> None:
    """A sheet for one requirement or log."""
    from partnerkit.jobs.blank_sheet import blank
    from partnerkit.jobs.periods import period as spoken
    from partnerkit.rules.commands import line

    work = desk()
    demand_out(work, out)
    found = blank(work, what, where, spoken(period) if period else None)
    _keep(found.text, out, [what, *_where(where), *(["--period", period] if period else [])])
    give(work, found.text, out, _rows(found.count))
    notes = found.notes if found.count else [*found.notes, f"no record waits for {what}: the sheet has no rows"]
    _noted(notes, line("add", what, "--from", str(out), "--dry-run") if out is not None and found.count else None)


def _all_asked(where: list[str], out: Path | None, *, through: bool) -> None:
    """A sheet for everything that gates ask for."""
    from partnerkit.jobs.gate_sheet import gate_sheet
    from partnerkit.rules.commands import line

    work = desk()
    demand_out(work, out)
    found = gate_sheet(work, where, through=through)
    if found.count:
        _keep(found.text, out, ["--through" if through else "--next", *_where(where)])
        give(work, found.text, out, _rows(found.count))
    notes = found.notes if found.count else [*found.notes, "nothing is missing that a sheet could say: none is written"]
    _noted(notes, line("add", "--from", str(out), "--dry-run") if out is not None and found.count else None)


def _rows(count: int) -> str:
    return f"{count} row{'' if count == 1 else 's'}"


def _where(where: list[str]) -> list[str]:
    """Conditions as they are typed."""
    return [word for one in where for word in ("--where", one)]


def _keep(text: str, out: Path | None, words: list[str]) -> None:
    """Refuse to write over a sheet that somebody has filled in."""
    from partnerkit.jobs.sheet_kept import demand_unfilled

    if out is not None:
        demand_unfilled(out, text, ["export", "sheet", *words])


def _noted(notes: list[str], next_: str | None) -> None:
    """What a person should know of a sheet, on stderr: on stdout is the sheet itself."""
    import sys

    page = Page()
    for note in notes:
        page.add(Span("  ! ", "yellow"), note)
    if next_ is not None:
        page.add(Span("Next: ", "bold"), Span(next_, "green"))
    show(page, sys.stderr)
