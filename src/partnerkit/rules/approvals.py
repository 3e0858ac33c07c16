"""Rules for decisions that a step adds: whoever decides could do so before the step, by the rules of that moment."""

from __future__ import annotations

from collections.abc import Iterator

from partnerkit.dataclass import replace
from partnerkit.findings import Finding
from partnerkit.kinds.statements import Waiver
from partnerkit.policies.demands import ApprovalDemand
from partnerkit.register import RecordFile
from partnerkit.rules.commands import line
from partnerkit.rules.demands.decided import approval_command, eligible_people, for_what, scope_of
from partnerkit.rules.demands.waived import waiver_against
from partnerkit.rules.gate import Situation, ask
from partnerkit.rules.places import at
from partnerkit.rules.question import Question
from partnerkit.steps import Live, Step, statements


def decisions_by_those_who_may(step: Step, old: RecordFile | None, new: RecordFile) -> Iterator[Finding]:
    """Every decision that the step adds to a record, held against roster, record and separation before the step."""
    for question, found in _added(step, old, new, "approvals"):
        demand = question.requirement.approval
        wrong = _wrong(step, question, demand, found) if demand is not None else None
        if demand is not None and wrong is not None:
            yield _finding(question, demand, found, *wrong)


def _added(step: Step, old: RecordFile | None, new: RecordFile, group: str) -> Iterator[tuple[Question, Live]]:
    """What the step adds to a list of statements, each with what it speaks to, asked by the rules before the step."""
    source = step.rules.policies.get(new.model.policy)
    if source is None or step.before is None:
        return
    known = {found.said.id for found in statements(old) if found.group == group} if old else set()
    for found in statements(new):
        said = found.said
        if found.group == group and said.id not in known and said.requirement in source.policy.requirements:
            situation = Situation(new, old, step.rules, step.after, source, said.at, said.at)
            yield ask(situation, new.stage, said.requirement), found


def _wrong(step: Step, question: Question, demand: ApprovalDemand, found: Live) -> tuple[str, str] | None:
    """The code and the reason why the decision was not this person's, or None."""
    said = found.said
    if question.separation == "require" and said.by in question.excluded:
        return "not-separate", f"{question.barred(said.by)}, and may not decide on {question.name}"
    role = question.value(demand.role)
    if role is None:
        return None
    if demand.in_record and question.named(role) != said.by:
        message = f"{said.by} decided on {question.name} as {role}, and was not named so before this very step"
        return "role-not-named-before", message
    day, scope = question.day_of(found), scope_of(question, demand)
    held = question.roster.holds(said.by, role, day, scope)
    if not held and step.after.roster.holds(said.by, role, day, scope):
        message = f"{said.by} has the role {role} only from this very step on, and decided on {question.name} in it"
        return "role-not-held", message
    elsewhere = for_what(question.roster, said.by, role, day, scope) if not held else ""
    if elsewhere:
        return "role-not-held", f"{said.by} does not hold the role {role}{elsewhere} on {day}"
    return None


def waivers_by_those_who_may(step: Step, old: RecordFile | None, new: RecordFile) -> Iterator[Finding]:
    """Every waiver that the step adds is of what can be waived, by somebody who may, for no longer than it may be."""
    for question, found in _added(step, old, new, "waivers"):
        wrong = waiver_against(question, found.said, found) if isinstance(found.said, Waiver) else None
        if wrong is not None:
            clause = ", ".join(question.policy.full(one) for one in question.requirement.clauses)
            mend = f"take the waiver out; {line('gates', new.id)} shows what the next stage needs"
            told = at(new, (found.group, found.index), *wrong, clause=clause, mend=mend)
            yield replace(told, statement=found.said.id)


def _finding(question: Question, demand: ApprovalDemand, found: Live, code: str, message: str) -> Finding:
    role = str(question.value(demand.role))
    others = [person for person in eligible_people(question, demand, role) if person != found.said.by]
    told = at(
        question.record,
        (found.group, found.index),
        code,
        message,
        clause=", ".join(question.policy.full(clause) for clause in question.requirement.clauses),
        mend=approval_command(question, role, scope_of(question, demand), others),
    )
    return replace(told, statement=found.said.id)
