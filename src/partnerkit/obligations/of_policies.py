"""Sources: what the policies themselves ask of the organisation: to be reviewed, and decided where they are open."""

from __future__ import annotations

from collections.abc import Iterator

from partnerkit.obligations.obligation import Obligation
from partnerkit.obligations.outlook import Outlook, cited
from partnerkit.policies.lifecycle import AmendedBy
from partnerkit.policies.policy import Policy
from partnerkit.policies.values import Variable
from partnerkit.rules.commands import line, reaffirming


def amendments(outlook: Outlook) -> Iterator[Obligation]:
    """Changes of a policy that are decided and have not landed."""
    for policy in outlook.policies:
        if policy.amended_by is not None:
            yield from _amendments(outlook, policy, policy.amended_by)


def _amendments(outlook: Outlook, policy: Policy, word: AmendedBy) -> Iterator[Obligation]:
    from partnerkit.policies.amending import CASE  # noqa: PLC0415 - few policies say who decides on them
    from partnerkit.rules.proposing import anew, is_amendment, overtaken_by  # noqa: PLC0415 - as above

    for case in outlook.records(policy, CASE):
        if is_amendment(policy, case) and case.id not in policy.amendments and case.stage in word.in_:
            since = overtaken_by(outlook.register, policy, case)
            lost = f"cannot change as it was decided: {', '.join(since)} amended it since, so it is decided anew"
            yield outlook.owed(
                policy,
                case,
                "amendment",
                "amended-by",
                f"{policy.policy} {lost if since else 'is to change: it is decided, and has not landed'}",
                since=outlook.register.since(case),
                clause=cited(policy, word.clause),
                command=anew(policy, case) if since else line("policy", "amend", case.id),
            )


def reviews(outlook: Outlook) -> Iterator[Obligation]:
    """Policies whose own review is due."""
    for policy in outlook.owners:
        due = policy.review_due
        if due is not None and outlook.sees(due):
            role = policy.owner or policy.approved_by
            yield outlook.owed(
                policy,
                None,
                "policy-review",
                "review",
                "Review of the policy itself",
                suffix=(due,),
                due=due,
                role=role,
                people=_holders(outlook, role),
                command=reaffirming(policy),
            )


def gaps(outlook: Outlook) -> Iterator[Obligation]:
    """Rhythms that nobody has decided, so that nothing falls due by them: one line for each policy."""
    for policy in outlook.owners:
        names = _undecided(policy)
        if names:
            role = policy.owner or policy.approved_by
            many = f"{len(names)} rhythms are" if len(names) > 1 else "A rhythm is"
            yield outlook.owed(
                policy,
                None,
                "gap",
                "rhythms",
                f"{many} undecided, and nothing falls due until somebody decides: {', '.join(names)}",
                waiting=True,
                role=role,
                people=_holders(outlook, role),
                command=line("policy", "gaps", policy.policy),
            )


def _undecided(policy: Policy) -> list[str]:
    """The variables that say how often, or who sees to it, and are not set."""
    given = [value for one in policy.cadences.values() for value in (one.every, one.role)]
    found = [one.name for one in given if isinstance(one, Variable) and policy.unset(one) is not None]
    return list(dict.fromkeys(found))


def _holders(outlook: Outlook, role: str | None) -> tuple[str, ...]:
    return tuple(outlook.register.roster.holders(role, outlook.day)) if role else ()
