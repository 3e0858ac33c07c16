"""Source: roles that are needed and that nobody holds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from partnerkit.obligations.obligation import Obligation
from partnerkit.obligations.outlook import Outlook, cited
from partnerkit.obligations.owed import Owed, owing
from partnerkit.policies.policy import Policy
from partnerkit.policies.shapes import has_field
from partnerkit.register import RecordFile
from partnerkit.rules.commands import line
from partnerkit.steps import value_at


def vacancies(outlook: Outlook) -> Iterator[Obligation]:
    """Roles that something needs: on the roster once for the policy, in a record where each has its own holder."""
    every = list(owing(outlook))
    wanted = outlook.wanted | needed(every)
    for policy in outlook.owners:
        for role in policy.roles:
            if (policy.policy, role) in wanted and not _holders(outlook, role):
                yield _vacant(outlook, policy, None, role, line("person", "role", "<person>", role))
    for policy, record, role in _taken(every):
        if _holders(outlook, role):
            named = value_at(record.data, f"roles.{role}")
            if not isinstance(named, str) or not outlook.register.roster.holds(named, role, outlook.day):
                gone = f"{named} does not hold it any more" if isinstance(named, str) else None
                yield _vacant(outlook, policy, record, role, line("set", record.id, f"roles.{role}=<person>"), gone)


def needed(every: Iterable[Owed]) -> set[tuple[str, str]]:
    """The policies and roles of which something needs a holder, of all that is owed again and again."""
    asked = list(every)
    found = {(policy.policy, role) for policy, _record, role in _taken(asked)}
    for owed in asked:
        role = owed.policy.value(owed.cadence.role) if owed.every is not None or owed.once else None
        found |= {(owed.policy.policy, role)} if role else set()
    return found


def _taken(every: Iterable[Owed]) -> Iterator[tuple[Policy, RecordFile, str]]:
    """The roles that records need: those held for one record, in every stage in which something is owed of it."""
    records = ((owed.policy, owed.record) for owed in every if owed.record is not None)
    running = {(policy.policy, record.id): (policy, record) for policy, record in records}
    for policy, record in running.values():
        for role, spec in policy.roles.items():
            if spec.in_record and _takes(policy, record, role):
                yield policy, record, role


def _holders(outlook: Outlook, role: str) -> list[str]:
    return outlook.register.roster.holders(role, outlook.day)


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
        people=tuple(_holders(outlook, role)),
        command=command,
        note=note,
        sweep=("set", f"roles.{role}=<person>") if record is not None else (),
    )
