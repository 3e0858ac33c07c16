"""`partnerkit today`."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated, Any

from partnerkit.cli.again import Again
from partnerkit.cli.arguments import Json, Me, OfPerson, OfRole
from partnerkit.cli.declared import Commands, Option
from partnerkit.cli.formats import demand_one
from partnerkit.cli.options import desk, emit_either, emitted

if TYPE_CHECKING:
    from partnerkit.reports.page import Page

app = Commands()

FORMATS = ("text", "markdown", "html", "json")


@app.command(epilog="Example: partnerkit today; partnerkit today --me --within P90D; partnerkit today --format html")
def today(
    me: Me = False,
    role: OfRole = None,
    person: OfPerson = None,
    within: Annotated[str, Option(metavar="DURATION", help="How far ahead to look.")] = "P30D",
    everything: Annotated[bool, Option("--all", help="One by one, where many of a sort stand on one line.")] = False,
    format_: Annotated[str, Option("--format", metavar="WORD", help="text, markdown, html or json.")] = "text",
    json: Json = False,
) -> None:
    """What is late, due, coming up, or waiting for whom; each with its clause, its people and the line to paste."""
    del json
    demand_one(format_, FORMATS)
    again = Again("today", me, role, person, within, everything, format_)
    if again.told():
        return
    from partnerkit.jobs.today import today as job
    from partnerkit.obligations.folding import folded, single
    from partnerkit.reports import today as report
    from partnerkit.reports import today_sent as sent
    from partnerkit.rules.commands import line

    at = desk()
    found = job(at, within, me=me, person=person, role=role, kept=True)
    groups = single(found.obligations) if everything else folded(found.outlook, found.obligations)
    name, whose = found.outlook.register.settings.name, found.person or found.role
    asked = ["--me"] if me else ["--role", role] if role else ["--person", person] if person else []
    days = (found.day, found.outlook.until)

    def page() -> Page:
        return report.as_page(groups, *days, name, whose, found.broken, line("today", *asked, "--all"))

    def data() -> dict[str, Any]:
        return report.as_json(found.obligations, *days, found.person, found.role, found.broken)

    if format_ not in {"text", "json"}:
        write = sent.as_markdown if format_ == "markdown" else sent.as_html
        again.tell(at, lambda: write(groups, *days, name, whose, found.broken))
    elif sys.stdout.isatty():
        emit_either(page, data)
    else:
        again.tell(at, lambda: emitted(page, data))
