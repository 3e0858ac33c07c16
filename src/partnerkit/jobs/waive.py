"""Waive a requirement, where the policy lets somebody do so, with a reason and an end."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from partnerkit.errors import WrongCallError
from partnerkit.findings import Finding
from partnerkit.jobs.desk import Desk
from partnerkit.jobs.finding_records import record, source
from partnerkit.jobs.landing import Landed, Planned, land
from partnerkit.jobs.statements import Voice, statement, trailers, with_statement
from partnerkit.kinds.problems import did_you_mean
from partnerkit.policies.policy import Policy
from partnerkit.policies.requirement import Requirement
from partnerkit.register import RecordFile
from partnerkit.rules.commands import line
from partnerkit.rules.gate import ask
from partnerkit.rules.look import Look, situation_of
from partnerkit.rules.question import scope_asked
from partnerkit.rules.refused import Refused
from partnerkit.store.draft import Draft


def waive(desk: Desk, record_id: str, name: str, reason: str, until: date, voice: Callable[[str], Voice]) -> Landed:
    """Record a waiver and land it.

    Raises:
        WrongCallError: no such requirement.
        Refused: the policy lets nobody waive it, not this person, or not for so long.
    """

    def plan(draft: Draft) -> Planned:
        spoken = voice(desk.actor(draft.base))
        spoken.check(draft.base.roster)
        found = record(draft.base, record_id)
        policy = source(draft.base, found).policy
        requirement = policy.requirements.get(name)
        if requirement is None:
            near = did_you_mean(name, policy.requirements)
            raise WrongCallError(f"{policy.policy} has no requirement {name!r}{near}", line("gates", record_id))
        role = _role(draft, found, policy, name, requirement, spoken.by, desk)
        _demand_separate(desk, draft, found, name, spoken.by)
        _demand_term(desk, draft, found, policy, name, requirement, until)
        fields = {"role": role, "reason": reason, "until": until.isoformat()}
        said = statement(desk, "waivers", name, spoken, fields)
        new = draft.put(with_statement(found.data, "waivers", said), found.path)
        subject = f"{found.kind}/{found.id}: {spoken.by} waives {name} until {until}"
        return Planned(subject, (new, said), [reason], trailers("waive", [(new, None)]))

    return land(desk, plan)


def _refuse(found: RecordFile, policy: Policy, requirement: Requirement, code: str, message: str, mend: str) -> Refused:
    clause = ", ".join(policy.full(clause) for clause in requirement.clauses)
    finding = Finding(code, message, file=found.path, line=1, record=found.id, clause=clause, mend=mend)
    return Refused("nothing changed", [finding])


def _role(
    draft: Draft, found: RecordFile, policy: Policy, name: str, requirement: Requirement, person: str, desk: Desk
) -> str:
    if requirement.waivable is None:
        message = f"{policy.policy} lets nobody waive {name}"
        raise _refuse(found, policy, requirement, "not-waivable", message, line("gates", found.id))
    role = policy.value(requirement.waivable.by)
    today = desk.today(draft.base)
    scope = scope_asked(found.data, requirement.waivable.scope)
    holders = draft.base.roster.holders(role, today, scope) if role else []
    if role is None or person not in holders:
        who = ", ".join(holders) or "nobody"
        message = f"{person} may not waive {name}: that takes the role {role or 'that nobody has set'} (held by {who})"
        who_may = ("--for", holders[0] if holders else "<person>", "--seen", "<seen>")
        mend = line("waive", found.id, name, "--reason", "<reason>", "--until", "<day>", *who_may)
        raise _refuse(found, policy, requirement, "role-not-held", message, mend)
    return str(role)


def _demand_separate(desk: Desk, draft: Draft, found: RecordFile, name: str, person: str) -> None:
    """Where duties are separate, whoever proposed it or has an interest in it waives nothing of it."""
    origin = source(draft.base, found)
    look = Look(found, draft.base, origin, desk.now, desk.now)
    question = ask(situation_of(look), found.stage, name)
    if question.separation == "require" and person in question.excluded:
        message = f"{person} is the proposer of {found.id} or a party to it, and may not waive {name}"
        mend = line(
            "waive", found.id, name, "--reason", "<reason>", "--until", "<day>", "--for", "<person>", "--seen", "<seen>"
        )
        raise _refuse(found, origin.policy, question.requirement, "not-separate", message, mend)


def _demand_term(
    desk: Desk, draft: Draft, found: RecordFile, policy: Policy, name: str, requirement: Requirement, until: date
) -> None:
    today = desk.today(draft.base)
    longest = policy.value(requirement.waivable.for_at_most) if requirement.waivable else None
    if until < today:
        raise WrongCallError(f"--until {until} has passed")
    if longest is not None and until > longest.after(today):
        message = f"{name} may be waived for {longest} at most, until {longest.after(today)}"
        mend = line("waive", found.id, name, "--reason", "<reason>", "--until", str(longest.after(today)))
        raise _refuse(found, policy, requirement, "waived-too-long", message, mend)
