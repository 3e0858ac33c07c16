"""Waive a requirement, where the policy lets somebody do so, with a reason and an end."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from partnerkit.errors import WrongCallError
from partnerkit.findings import Finding
from partnerkit.jobs.chosen import Chosen, One, all_or_none, shortened
from partnerkit.jobs.desk import Desk
from partnerkit.jobs.finding_records import record, source
from partnerkit.jobs.landing import Landed, Outcome, Planned, land
from partnerkit.jobs.statements import SPOKEN, Voice, statement, trailers, with_statement
from partnerkit.jobs.values import typed_day
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


@dataclass(frozen=True, slots=True)
class Waived:
    """What is waived, why, and the last day on which that may be relied on."""

    requirement: str
    reason: str | None
    until: date | None


def waive(desk: Desk, records: Chosen, waived: Waived, voice: Callable[[str], Voice]) -> Landed:
    """Record a waiver for one or many records and land it as one commit.

    Args:
        desk: where and when.
        records: which records; a row of a sheet may say its own reason and end, and who said it where and when.
        waived: what is waived.
        voice: whose word it is.

    Raises:
        WrongCallError: no such requirement, or no reason or end.
        Refused: the policy lets nobody waive it, not this person, or not for so long.
    """

    def plan(draft: Draft) -> Planned:
        general = voice(desk.actor(draft.base))

        def made(one: One) -> tuple[RecordFile, str, str]:
            one.demand_columns(("reason", "until", *SPOKEN))
            until = typed_day(one.cells["until"]) if "until" in one.cells else waived.until
            mine = Waived(waived.requirement, one.cells.get("reason") or waived.reason, until)
            return _made(desk, draft, one.id, mine, general.of_row(one.cells, draft.base))

        each = records.each(draft.after)
        done = all_or_none(desk, each, made)
        outcomes = [Outcome(new.id, does, one.place) for one, (new, does, _why) in zip(each, done, strict=True)]
        first, does, why = done[0]
        subject = f"{first.kind}/{shortened([one.id for one, _does, _why in done])}: {does}"
        body = [why] if len(done) == 1 else [f"{new.id}: {does}; {why}" for new, does, why in done]
        after = [new for new, _does, _why in done]
        return Planned(subject, after, body, trailers("waive", [(new, None) for new in after]), outcomes=outcomes)

    return land(desk, plan)


def _made(desk: Desk, draft: Draft, record_id: str, waived: Waived, spoken: Voice) -> tuple[RecordFile, str, str]:
    """The record with the waiver, what was done in words, and why."""
    name, reason, until = waived.requirement, waived.reason, waived.until
    found = record(draft.after, record_id)
    policy = source(draft.base, found).policy
    requirement = policy.requirements.get(name)
    if requirement is None:
        near = did_you_mean(name, policy.requirements)
        raise WrongCallError(f"{policy.policy} has no requirement {name!r}{near}", line("gates", record_id))
    if not reason or until is None:
        again = _again(record_id, waived, spoken, until)
        raise WrongCallError(f"a waiver of {name} says why, and until when", again)
    role = _role(draft, found, policy, name, requirement, spoken.by, desk)
    _demand_separate(desk, draft, found, name, spoken.by)
    _demand_term(desk, draft, found, policy, requirement, waived, until, spoken)
    fields = {"role": role, "reason": reason, "until": until.isoformat()}
    said = statement(desk, "waivers", name, spoken, fields)
    new = draft.put(with_statement(found.data, "waivers", said), found.path)
    return new, f"{spoken.by} waives {name} until {until}", reason


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


def _again(record_id: str, waived: Waived, spoken: Voice, until: date | None) -> str:
    """The line as it was typed, until that day."""
    said = ("--reason", waived.reason or "<reason>", "--until", str(until or "<day>"))
    return line("waive", record_id, waived.requirement, *said, *spoken.words)


def _demand_term(
    desk: Desk,
    draft: Draft,
    found: RecordFile,
    policy: Policy,
    requirement: Requirement,
    waived: Waived,
    until: date,
    spoken: Voice,
) -> None:
    today = desk.today(draft.base)
    longest = policy.value(requirement.waivable.for_at_most) if requirement.waivable else None
    if until < today:
        raise WrongCallError(f"--until {until} has passed", _again(found.id, waived, spoken, None))
    if longest is not None and until > longest.after(today):
        message = f"{waived.requirement} may be waived for {longest} at most, until {longest.after(today)}"
        mend = _again(found.id, waived, spoken, longest.after(today))
        raise _refuse(found, policy, requirement, "waived-too-long", message, mend)
