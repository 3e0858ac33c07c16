"""`partnerkit export site`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from partnerkit.cli.arguments import AsOf, Json, Level
from partnerkit.cli.declared import Option
from partnerkit.cli.options import desk, emit

EXAMPLE = "Example: partnerkit export site --as-of 2026-07-07 --out board/"


def site(
    out: Annotated[Path, Option(metavar="DIR", help="A folder of its own; built again, only what changed is written.")],
    as_of: AsOf = None,
    classification: Level = None,
    json: Json = False,
) -> None:
    """The register as a site for those who open no terminal: pages that need no server, no script and no network.

    It shows what has landed, audited, and nothing that is classified above the level; people by their ids, or by name
    where they agreed to that.
    """
    del json
    from partnerkit.jobs import site as jobs
    from partnerkit.jobs.seeing import level_of
    from partnerkit.jobs.site_before import pages_before
    from partnerkit.jobs.site_place import demand_place
    from partnerkit.jobs.site_writing import write
    from partnerkit.reports.site import told
    from partnerkit.reports.site.pages import Pages

    work = desk(bare=True)
    level = level_of(classification)
    demand_place(work, out)
    found = jobs.site(work, jobs.Asked(as_of, level))
    with pages_before(work, level) as before:
        built = write(out, Pages(found, before, work.leave))
        before.only(one.id for one in found.records)
    emit(told.as_page(found, built), told.as_json(found, built))
