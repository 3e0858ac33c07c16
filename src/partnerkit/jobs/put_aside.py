"""Mends that bring a file back from an earlier commit, where it holds edits that are not committed: these are kept."""

from __future__ import annotations

from collections.abc import Iterable

from partnerkit.dataclass import replace
from partnerkit.findings import Finding
from partnerkit.jobs.compared import edited_here
from partnerkit.jobs.desk import Desk
from partnerkit.rules.commands import FROM_BEFORE, put_aside


def edits_kept(desk: Desk, found: Iterable[Finding]) -> list[Finding]:
    """Findings with mends that first put aside what was edited in a file and is not committed."""
    every = list(found)
    if desk.git.head() is None or desk.git.is_bare() or not any(FROM_BEFORE in (one.mend or "") for one in every):
        return every
    dirty = edited_here(desk)
    return [replace(one, mend=put_aside(one.mend, dirty)) if one.mend else one for one in every]
