"""`partnerkit import --kind feedback`."""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

from partnerkit.cli.options import desk, emit_made, landed_data, landed_page
from partnerkit.errors import WrongCallError

if TYPE_CHECKING:
    from partnerkit.jobs.feedback import Taken

KIND = "feedback"


def take_in(
    file: str,
    review: str | None,
    method: str | None,
    period: str | None,
    by: str,
    map_: str | None,
    *,
    leave_out: bool,
    dry_run: bool,
    verify: bool,
) -> None:
    """Add the answers of a survey up in a review, and say what is told and what is not."""
    from partnerkit.jobs.answers import By
    from partnerkit.jobs.feedback import Asked
    from partnerkit.jobs.feedback import take_in as job
    from partnerkit.reports import feedback as report
    from partnerkit.rules.commands import line

    if review is None:
        raise WrongCallError(
            "say into which review the feedback goes", line("import", file, "--kind", KIND, "--to", "<id>")
        )
    if by not in get_args(By):
        raise WrongCallError(f"answers are put into groups by {' or '.join(get_args(By))}, not by {by!r}", "--by role")
    work = desk(dry_run=dry_run, verify=verify)
    landed = job(work, file, Asked(review, method, period, "role" if by == "role" else "programme", map_, leave_out))
    taken: Taken = landed.result
    changed = [taken.record] if landed.paths else []
    page = report.as_page(taken.entries).extend(landed_page(landed, line("gates", review), work))
    data = landed_data("import", landed, changed, work)
    emit_made(landed.commit, page, {**data, **report.as_data(taken.entries, taken.withheld, taken.unread)})
