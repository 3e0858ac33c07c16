"""`partnerkit doctor`."""

from __future__ import annotations

import typer

from partnerkit.cli.arguments import Json
from partnerkit.cli.options import desk, emit
from partnerkit.reports.page import Page, Span

app = typer.Typer(rich_markup_mode=None, add_completion=False)


@app.command(epilog="Example: partnerkit doctor")
def doctor(json: Json = False) -> None:
    """Look after the surroundings, and put in order what an interrupted command left.

    Exit 3 where something is wrong.
    """
    del json
    from partnerkit.jobs.doctor import doctor as job

    points = job(desk())
    page = Page()
    for point in points:
        page.add(Span("✓ " if point.well else "✗ ", "green" if point.well else "red"), point.what)
        if point.mend:
            page.add("    → ", Span(point.mend, "green"))
    emit(
        page,
        {"schema": "partnerkit.doctor/1", "points": [{"well": p.well, "what": p.what, "mend": p.mend} for p in points]},
    )
    if not all(point.well for point in points):
        raise typer.Exit(3)
