"""Record a decision on a requirement, of one record or of many, bound to what stands there now."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from partnerkit.dataclass import dataclass, replace
from partnerkit.errors import WrongCallError
from partnerkit.findings import Finding
from partnerkit.jobs.chosen import Chosen, One, all_or_none
from partnerkit.jobs.desk import Desk
from partnerkit.jobs.landing import Landed, Outcome, Planned, land
from partnerkit.jobs.named_record import record, source
from partnerkit.jobs.proposed import amends
from partnerkit.jobs.signing import demand_own, signature
from partnerkit.jobs.statements import SPOKEN, Voice, statement, trailers, with_statement, withdrawn
from partnerkit.jobs.through import going_on
from partnerkit.kinds.problems import did_you_mean
from partnerkit.policies.definition import definition_digest
from partnerkit.policies.demands import ApprovalDemand
from partnerkit.register import RecordFile, Register
from partnerkit.rules.commands import line, setting
from partnerkit.rules.conditions import open_to
from partnerkit.rules.demands.assured import in_person, unsure
from partnerkit.rules.demands.decided import approval_command, eligible_people, for_what, rested_on, scope_of
from partnerkit.rules.gate import ask
from partnerkit.rules.look import Look, situation_of
from partnerkit.rules.places import at
from partnerkit.rules.question import Question
from partnerkit.rules.refused import Refused
from partnerkit.steps import content_digest, people_at
from partnerkit.store.draft import Draft

DECISIONS = ("approve", "request-changes", "reject", "withdraw")


@dataclass(frozen=True, slots=True)
class Decision:
    """What was decided on which requirement, and whether whoever decides signs it."""

    requirement: str
    decision: str = "approve"
    reason: str | None = None
    sign: bool = False


def approve(
    desk: Desk, records: Chosen, decision: Decision, voice: Callable[[str], Voice], *, go_on: bool = False
) -> Landed:
    """Record a decision on one or many records and land it as one commit.

    Args:
        desk: where and when.
        records: which records; a row of a sheet may say its own decision and reason, and who said it where and when.
        decision: what was decided.
        voice: whose word it is.
        go_on: whether the records then go on through their main stages, as far as everything is there.

    Raises:
        WrongCallError: the requirement is none that is approved, or somebody's word is recorded without saying where
            it can be seen; or somebody's word is to be signed by another.
        CannotWorkError: it is to be signed, and cannot be with a key of theirs.
        Refused: the person may not decide on it.
    """

    def plan(draft: Draft) -> Planned:
        general = voice(desk.actor(draft.base))

        def decided(one: One) -> Made:
            one.demand_columns(("decision", "reason", *SPOKEN))
            mine = replace(
                decision,
                decision=one.cells.get("decision", decision.decision),
                reason=one.cells.get("reason", decision.reason),
            )
            return decide(desk, draft, one.id, mine, general.of_row(one.cells, draft.base))

        each = records.each(desk, draft.after)
        made = all_or_none(desk, each, decided)
        notes = [note for one in made for note in amends(draft.base, draft.tree, one.record)]
        return _planned(each, made, notes)

    return land(desk, going_on(desk, plan, lambda made: [found for found, _said in made], go=go_on))


@dataclass(frozen=True, slots=True)
class Made:
    """A decision as it was recorded: in which record, the statement, what was done in words, and what it rests on."""

    record: RecordFile
    said: dict[str, Any]
    does: str
    body: str


def _planned(each: list[One], made: list[Made], notes: list[str]) -> Planned:
    first = made[0]
    many = f"{first.record.kind}: {len(made)} decisions, first of {first.record.id}"
    subject = f"{first.record.kind}/{first.record.id}: {first.does}" if len(made) == 1 else many
    body = [one.body if len(made) == 1 else f"{one.record.id}: {one.does}; {one.body}" for one in made]
    outcomes = [Outcome(done.record.id, done.does, one.place) for one, done in zip(each, made, strict=True)]
    entries = trailers("approve", [(one.record, None) for one in made])
    return Planned(subject, [(one.record, one.said) for one in made], body, entries, notes, outcomes)


def decide(desk: Desk, draft: Draft, record_id: str, decision: Decision, spoken: Voice) -> Made:
    """A decision on one record in a draft.

    Raises:
        WrongCallError: the requirement is none that is approved.
        Refused: the person may not decide on it.
    """
    if decision.decision not in DECISIONS:
        near = did_you_mean(decision.decision, DECISIONS)
        raise WrongCallError(f"there is no decision {decision.decision!r}{near}", f"one of {', '.join(DECISIONS)}")
    if decision.sign:
        demand_own(decision.decision, spoken)
    found = record(draft.after, record_id)
    question, demand = _question(desk, draft.base, found, decision)
    if decision.decision == "withdraw":
        data, said = _withdraw(desk, question, spoken, decision)
    else:
        said = _said(desk, question, demand, spoken, decision)
        if decision.sign:
            said |= {"signature": signature(desk, draft.base, said, spoken)}
        data = with_statement(found.data, "approvals", said)
    new = draft.put(data, found.path)
    behalf = f" (recorded by {spoken.actor}, seen {spoken.seen})" if spoken.by != spoken.actor else ""
    does = f"{spoken.by} {_verb(decision.decision)} {decision.requirement}"
    clauses = ", ".join(question.policy.full(clause) for clause in question.requirement.clauses)
    return Made(new, said, does, f"{clauses}{behalf}")


def _verb(decision: str) -> str:
    return {"approve": "approves", "reject": "rejects", "withdraw": "withdraws"}.get(decision, "requests changes to")


def _question(desk: Desk, register: Register, found: RecordFile, decision: Decision) -> tuple[Question, ApprovalDemand]:
    origin = source(register, found)
    known = {name: r for name, r in origin.policy.requirements.items() if r.approval is not None}
    if decision.requirement not in known:
        others = origin.policy.requirements.get(decision.requirement)
        if others is not None:
            message = f"{decision.requirement} is not met by approval ({others.type})"
            raise WrongCallError(message, line("gates", found.id))
        near = did_you_mean(decision.requirement, known)
        message = f"{origin.policy.policy} has no approval {decision.requirement!r}{near}"
        raise WrongCallError(message, f"it has {', '.join(known)}")
    situation = situation_of(Look(found, register, origin, desk.now, desk.latest))
    requirement = known[decision.requirement]
    if requirement.approval is None:
        raise WrongCallError(f"{decision.requirement} is not met by approval", line("gates", found.id))
    return ask(situation, found.stage, decision.requirement), requirement.approval


def _said(desk: Desk, question: Question, demand: ApprovalDemand, voice: Voice, decision: Decision) -> dict[str, Any]:
    role = question.value(demand.role)
    if role is None:
        name = str(demand.role)[1:]
        command = setting(question.policy, name, "<role>")
        message = f"{question.policy.policy} does not say who decides {question.name}, and nobody has set it"
        raise Refused("nothing changed", [_finding(question, "role-unset", message, command)])
    _demand_eligible(question, demand, role, voice)
    _demand_ahead(question)
    weak = unsure(demand, voice.by, voice.actor, sign=decision.sign) if decision.decision == "approve" else None
    if weak is not None:
        message = f"the approval of {question.name} by {voice.by} would count for nothing: {weak}"
        raise Refused(
            "nothing changed", [_finding(question, "assurance-too-low", message, in_person(question, demand))]
        )
    fields = {
        "record": question.record.id,
        "role": role,
        "decision": decision.decision,
        "reason": decision.reason,
        "binds": {
            "definition": definition_digest(question.source.data, question.name),
            "content": content_digest(question.record.data, question.requirement.covers),
            **({"evidence": rested} if (rested := rested_on(question)) else {}),
        },
    }
    return statement(desk, "approvals", question.name, voice, fields)


def _demand_ahead(question: Question) -> None:
    """The requirement belongs to a gate that the record can reach from where it stands."""
    lifecycle = question.policy.lifecycles[question.record.kind]
    ways = [way for way in lifecycle.leaving(question.record.stage) if open_to(way, question.record.data)]
    names = {name for way in ways for name in way.needs}
    names |= {other for name in names for other in (question.policy.requirements[name].any_of or [])}
    if question.name not in names:
        message = f"no way on from {question.record.stage} asks for {question.name}"
        mend = line("gates", question.record.id)
        raise Refused("nothing changed", [_finding(question, "requirement-not-ahead", message, mend)])


def _demand_eligible(question: Question, demand: ApprovalDemand, role: str, voice: Voice) -> None:
    eligible = eligible_people(question, demand, role)
    day = voice.on or question.day
    scope = scope_of(question, demand)
    if voice.by in eligible and question.roster.holds(voice.by, role, day, scope):
        return
    if voice.by in question.excluded and question.separation == "require":
        message = f"{question.barred(voice.by)}, and may not decide on {question.name}"
        code = "not-separate"
    else:
        code = "role-not-held"
        message = (
            f"{voice.by} does not hold the role {role}{for_what(question.roster, voice.by, role, day, scope)} on {day}"
            if voice.by not in eligible
            else (f"{voice.by} did not hold the role {role} on {day}")
        )
        if demand.in_record:
            message += f", or {question.record.id} does not name them as its {role}"
    who = f"{role} ({', '.join(eligible) or 'nobody yet'})"
    mend = approval_command(question, role, scope, eligible)
    named = (key for key in ("proposer", "interested") if voice.by in people_at(question.record.data, key))
    reason = f"{message}; who may: {who}"
    raise Refused("nothing changed", [_finding(question, code, reason, mend, next(named, "stage"))])


def _finding(question: Question, code: str, message: str, mend: str, key: str = "stage") -> Finding:
    clause = ", ".join(question.policy.full(clause) for clause in question.requirement.clauses)
    return at(question.record, (key,), code, message, clause=clause, mend=mend)


def _withdraw(
    desk: Desk, question: Question, voice: Voice, decision: Decision
) -> tuple[dict[str, Any], dict[str, Any]]:
    own = [found for found in question.mine("approvals") if found.said.by == voice.by]
    if not own:
        message = f"{voice.by} has no approval of {question.name} to withdraw"
        raise WrongCallError(message, line("show", question.record.id))
    if not decision.reason:
        raise WrongCallError("an approval is withdrawn with its reason", "--reason '<reason>'")
    target = own[-1].said.id
    return withdrawn(desk, question.record.data, target, voice.actor, decision.reason), {"id": target}
