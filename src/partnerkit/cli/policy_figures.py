"""`partnerkit policy figures`."""

from __future__ import annotations

from typing import Annotated

from partnerkit.cli.arguments import Json
from partnerkit.cli.completion import complete_figures, complete_policies
from partnerkit.cli.declared import Argument, Option
from partnerkit.cli.options import desk, emit

Name = Annotated[str | None, Argument(metavar="[POLICY]", autocompletion=complete_policies, help="A policy's id.")]


def figures(
    name: Name = None,
    period: Annotated[
        str | None, Option(metavar="PERIOD", help="2026, 2026-Q2 or 2026-03; else the year that it is.")
    ] = None,
    figure: Annotated[
        list[str] | None,
        Option(metavar="NAME", autocompletion=complete_figures, help="Only this one; may be repeated."),
    ] = None,
    explain: Annotated[
        bool, Option("--explain", help="With every record that counts, and those left out with why.")
    ] = False,
    json: Json = False,
) -> None:
    """The figures that a policy wants over a period, counted from the records, each with its definition."""
    del json
    from partnerkit.jobs.figures import counted
    from partnerkit.reports import figures as report

    found = counted(desk(), name, period, figure or [])
    emit(report.as_page(found, explain=explain), report.as_data(found, explain=explain))
