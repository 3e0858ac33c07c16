"""`partnerkit doctor`."""

from __future__ import annotations

from partnerkit.cli.arguments import Json
from partnerkit.cli.declared import Commands
from partnerkit.cli.options import desk, emit
from partnerkit.reports import mends
from partnerkit.reports.page import WELL, Page, Span

app = Commands()


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
        mark = Span("✓ ", WELL) if point.well else Span("! ", "yellow") if point.warns else Span("✗ ", "red")
        page.add(mark, point.what)
        if point.mend:
            mends.tell(page, point.mend, "  ")
    emit(
        page,
        {
            "schema": "partnerkit.doctor/1",
            "points": [{"well": p.well, "warns": p.warns, "what": p.what, "mend": p.mend} for p in points],
        },
    )
    if not all(point.well or point.warns for point in points):
        raise SystemExit(3)
