"""Mends of files of evidence that are not what was shown: by git where that has not landed, else by a correction."""

from __future__ import annotations

from partnerkit.dataclass import replace
from partnerkit.findings import Finding
from partnerkit.jobs.compared import Compared, files_differing
from partnerkit.jobs.desk import Desk
from partnerkit.rules.commands import as_committed, correcting, log_of
from partnerkit.store.git.trees import CommitTree

_EVIDENCE = "evidence/"


def shown_again(desk: Desk, seen: Compared, found: list[Finding]) -> list[Finding]:
    """Findings of files of evidence, each with the line that brings back what was shown; on a branch either may do."""
    mine = {one: ref for one in found if (ref := _file(one)) is not None}
    if not mine or seen.ranged or seen.base is None:
        return found
    differ, before = {*files_differing(seen)}, CommitTree(desk.git, seen.base)
    edited = {ref for ref in mine.values() if ref in differ and before.digest(ref) is not None}
    return [replace(one, mend=_mend(one, mine[one], edited)) if one in mine else one for one in found]


def _file(found: Finding) -> str | None:
    """The file of evidence that a finding is about, where its mend is git's."""
    ref = (found.was or "").removeprefix(_EVIDENCE)
    return ref if ref != found.was and as_committed(ref) in (found.mend or "") else None


def _mend(found: Finding, ref: str, edited: set[str]) -> str:
    if ref in edited:
        return f"{as_committed(ref)} takes back what has not landed"
    return f"{correcting(str(found.record))}; {log_of(ref)} shows what it was"
