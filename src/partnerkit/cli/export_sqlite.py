"""`partnerkit export sqlite`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from partnerkit.cli.arguments import AsOf, Json, Level
from partnerkit.cli.declared import Option
from partnerkit.cli.options import desk, emit

EXAMPLE = "Example: partnerkit export sqlite --out register.db"


def sqlite(
    out: Annotated[Path, Option(metavar="FILE", help="Where to write it, such as register.db.")],
    as_of: AsOf = None,
    classification: Level = None,
    json: Json = False,
) -> None:
    """All of it as a SQLite database that Datasette opens: records, fields, statements, entries, obligations, findings.

    The table `about` says what each table and column is.
    """
    del json
    from partnerkit.jobs.database import export
    from partnerkit.jobs.seeing import level_of
    from partnerkit.reports import database as report

    level = level_of(classification)
    found = export(desk(), out, level, as_of)
    said = (found.rows, found.day, str(out), level, found.unseen)
    emit(report.as_page(*said), report.as_json(*said))
