"""Approvals that are void where a sync has brought things together, and were not before."""

from __future__ import annotations

from partnerkit.errors import CannotWorkError
from partnerkit.findings import Finding
from partnerkit.jobs.desk import Desk
from partnerkit.rules.standing import judge_register
from partnerkit.rules.verdict import key_of
from partnerkit.store.commit.moving import between
from partnerkit.store.git.trees import CommitTree
from partnerkit.store.layout import record_id

_VOID = "approval-void"


def voided(desk: Desk, before: str, after: str) -> list[Finding]:
    """What is found of approvals for a gate ahead that are void in one commit and were not in another.

    Args:
        desk: where and when.
        before: the commit before.
        after: the commit now; only records whose files differ are looked at.
    """
    changed = {one for each in between(desk.git, before, after) if (one := record_id(each.path)) is not None}
    if not changed:
        return []
    known = {key_of(one) for one in _void(desk, before, changed)}
    return [one for one in _void(desk, after, changed) if key_of(one) not in known]


def _void(desk: Desk, commit: str, records: set[str]) -> list[Finding]:
    try:
        register = desk.read(CommitTree(desk.git, commit)).demand()
    except CannotWorkError:  # no register yet, or none that can be read: what sync did is done, and says so itself
        return []
    found = judge_register(register, desk.latest, records, desk.latest)
    return [one for one in found if one.code == _VOID]
