"""Source: roles that are needed and that nobody holds."""

from __future__ import annotations

from collections.abc import Iterator

from partnerkit.obligations.obligation import Obligation
from partnerkit.obligations.outlook import Outlook, cited
from partnerkit.obligations.owed import owing
from partnerkit.policies.policy import Policy
from partnerkit.policies.shapes import has_field
from partnerkit.register import RecordFile
from partnerkit.rules.commands import line
from partnerkit.steps import value_at


def vacancies(outlook: Outlook) -> Iterator[Obligation]:
    """Roles that something needs: on the roster once for the policy, in a record where each has its own holder.

    A record needs the roles that are held for one record in every stage in which something is owed of it.
    """
    needed: dict[str, set[str]] = {}
    running: dict[str, dict[str, RecordFile]] = {}
    for owed in owing(outlook):
        if owed.record is not None:
            running.setdefault(owed.policy.policy, {})[owed.record.id] = owed.record
        if owed.every is not None or owed.once:
            role = owed.policy.value(owed.cadence.role)
            needed.setdefault(owed.policy.policy, set()).update([role] if role else [])
    for policy in outlook.policies:
        yield from _of_policy(outlook, policy, needed.get(policy.policy, set()), running.get(policy.policy, {}))


def _of_policy(
    outlook: Outlook, policy: Policy, needed: set[str], running: dict[str, RecordFile]
) -> Iterator[Obligation]:
    for role, spec in policy.roles.items():
        records = [one for one in running.values() if spec.in_record and _takes(policy, one, role)]
        if not outlook.register.roster.holders(role, outlook.day):
            if records or role in needed:
                yield _vacant(outlook, policy, None, role, line("person", "role", "<person>", role))
            continue
        for record in records:
            named = value_at(record.data, f"roles.{role}")
            if not isinstance(named, str) or not outlook.register.roster.holds(named, role, outlook.day):
                gone = f"{named} does not hold it any more" if isinstance(named, str) else None
                yield _vacant(outlook, policy, record, role, line("set", record.id, f"roles.{role}=<person>"), gone)


def _takes(policy: Policy, record: RecordFile, role: str) -> bool:
    """Whether a record of the kind names a holder of the role, and no standing demand asks for it already."""
    path = f"roles.{role}"
    asked = any(record.stage in one.standing and path in (one.filled or []) for one in policy.requirements.values())
    return not asked and has_field(policy, record.kind, path)


def _vacant(
    outlook: Outlook, policy: Policy, record: RecordFile | None, role: str, command: str, note: str | None = None
) -> Obligation:
    spec = policy.roles[role]
    return outlook.owed(
        policy,
        record,
        "vacancy",
        role,
        f"Nobody is {spec.title}",
        clause=cited(policy, spec.clause),
        role=role,
        people=tuple(outlook.register.roster.holders(role, outlook.day)),
        command=command,
        note=note,
        sweep=("set", f"roles.{role}=<person>") if record is not None else (),
    )
