"""`partnerkit export calendar`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

from partnerkit.cli.arguments import Json, Level, Me, OfPerson, OfRole
from partnerkit.cli.declared import Option
from partnerkit.cli.giving import demand_out
from partnerkit.cli.options import OPTIONS, desk, emit
from partnerkit.errors import WrongCallError
from partnerkit.reports.page import say, show

EXAMPLE = "Example: partnerkit export calendar --role core-team --alarm P7D --out core-team.ics"

TITLES = ("ids", "names")


def calendar(
    out: Annotated[Path, Option(metavar="FILE", help="Where to write it, such as due.ics; - is the screen.")],
    me: Me = False,
    role: OfRole = None,
    person: OfPerson = None,
    within: Annotated[str, Option(metavar="DURATION", help="How far ahead to look.")] = "P1Y",
    back: Annotated[str, Option(metavar="DURATION", help="How far back what was missed is told one by one.")] = "P1Y",
    settled: Annotated[
        str, Option(metavar="DURATION", help="How far back and ahead what was settled is cancelled; P0D: not.")
    ] = "P1M",
    titles: Annotated[
        str, Option(metavar="WORD", help="ids: the record's id and what is due; names: its name in words.")
    ] = "ids",
    alarm: Annotated[
        list[str] | None, Option(metavar="DURATION", help="Remind so long before; may be repeated.")
    ] = None,
    classification: Level = None,
    json: Json = False,
) -> None:
    """What is late, due, coming and waiting as iCalendar: all-day events for any calendar program.

    Import the file again whenever it was written anew: what moved moves, nothing is there twice.

    Exit 1 where a record cannot be read, so that what it owes is not known; it is written without that.
    """
    del json
    screen = out == Path("-")
    if screen and OPTIONS.json:
        raise WrongCallError("--out - and --json would both be printed", "--out <file>, or leave --json out")
    if titles not in TITLES:
        raise WrongCallError(f"--titles {titles!r}: there is no such way to call records", f"{' or '.join(TITLES)}")
    from partnerkit.jobs.calendar import Asked
    from partnerkit.jobs.calendar import calendar as job
    from partnerkit.jobs.outgoing import write
    from partnerkit.jobs.seeing import level_of
    from partnerkit.reports import calendar as report

    work = desk()
    demand_out(work, None if screen else out)
    asked = Asked(
        within, back, settled, level_of(classification), titles == "names", tuple(alarm or ()), me, person, role
    )
    found = job(work, asked)
    name = f"{found.name} · {found.whose}" if found.whose else found.name
    text = report.as_text(found.events, name, found.stamp)
    rest = (found.until, found.dayless, found.broken)
    if screen:
        say(text)
        show(report.as_page(found.events, str(out), *rest), sys.stderr)
    else:
        write(work, text.encode(), out)
        emit(
            report.as_page(found.events, str(out), *rest),
            report.as_json(found.events, str(out), name, found.day, *rest),
        )
    if found.broken:
        raise SystemExit(1)
