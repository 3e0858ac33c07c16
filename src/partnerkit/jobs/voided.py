"""Approvals that are void where a sync has brought things together, and were not before."""

from __future__ import annotations

from partnerkit.errors import CannotWorkError
from partnerkit.findings import Finding
from partnerkit.jobs.desk import Desk
from partnerkit.register import Register
from partnerkit.rules.look import Look
from partnerkit.rules.said import approvals_still_bind
from partnerkit.rules.verdict import key_of
from partnerkit.store.commit.moving import between
from partnerkit.store.git.trees import CommitTree
from partnerkit.store.record_paths import record_id


def voided(desk: Desk, before: str, after: str) -> list[Finding]:
    """What is found of approvals for a gate ahead that are void in one commit and were not in another.

    Args:
        desk: where and when.
        before: the commit before.
        after: the commit now; only records are looked at whose files differ, or whose policies do.
    """
    changed = {each.path for each in between(desk.git, before, after)}
    registers = [_register(desk, one) for one in (before, after)] if changed else []
    if not registers or registers[-1] is None:
        return []
    records = _touched(registers[-1], changed)
    was, now = (_void(desk, one, records) for one in registers)
    known = {key_of(one) for one in was}
    return [one for one in now if key_of(one) not in known]


def _register(desk: Desk, commit: str) -> Register | None:
    try:
        return desk.read(CommitTree(desk.git, commit)).demand()
    except CannotWorkError:  # no register yet, or none that can be read: what sync did is done, and says so itself
        return None


def _touched(register: Register, changed: set[str]) -> set[str]:
    """The records whose files changed, and those of the policies that did."""
    policies = {name for name, one in register.policies.items() if one.path in changed}
    mine = {one for path in changed if (one := record_id(path)) is not None}
    return mine | {one.id for one in (register.of_kind(None) if policies else ()) if one.model.policy in policies}


def _void(desk: Desk, register: Register | None, records: set[str]) -> list[Finding]:
    if register is None:
        return []
    every = [register.records[one] for one in sorted(records) if one in register.records]
    looks = (
        Look(one, register, register.policies[one.model.policy], desk.latest, desk.latest)
        for one in every
        if one.model.policy in register.policies
    )
    return [found for look in looks for found in approvals_still_bind(look)]
