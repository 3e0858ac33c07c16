"""How surely somebody decided, where a policy asks for it: what can be told before anything has landed.

A signature under the decision can be verified wherever it stands. Whose commit brought it can only be said of what has
landed: `audit` does, and `check` of a range of commits.
"""

from __future__ import annotations

from partnerkit.kinds.statements import Statement
from partnerkit.policies.demands import ApprovalDemand
from partnerkit.policies.policy import Policy
from partnerkit.rules.assurance import LEVELS, is_signed
from partnerkit.rules.commands import line
from partnerkit.rules.fitting import signature_expunged
from partnerkit.rules.question import Question
from partnerkit.steps import Live


def too_weak(question: Question, demand: ApprovalDemand, found: Live) -> str | None:
    """Why a decision is not as sure as the policy asks, or None where it is, or nobody can say so yet."""
    said = found.said
    if demand.assurance is None or is_signed(found, question.rules) or signature_expunged(question.record, found.raw):
        return None
    if demand.assurance != "signed-statement":
        behalf = said.recorded_by is not None and said.recorded_by != said.by
        return f"{said.recorded_by} recorded it for {said.by}, who decides in person" if behalf else None
    unable = question.rules.signed(found.raw).unable if "signature" in found.raw else None
    if unable is not None:
        return f"the signature of {said.by} cannot be verified here: {unable}"
    return f"the approval of {said.by} ({said.id}) is not signed with a key of theirs"


def unsure(demand: ApprovalDemand, by: str, actor: str, *, sign: bool) -> str | None:
    """Why a decision that is about to be recorded would not be as sure as the policy asks, or None."""
    if demand.assurance is None or (by == actor and (sign or demand.assurance != "signed-statement")):
        return None
    return f"it counts only as {demand.assurance}: {LEVELS[demand.assurance]}"


def in_person(question: Question, demand: ApprovalDemand) -> str:
    """The line by which whoever decides does so themselves."""
    return _themselves(question.record.id, question.name, demand)


def decided_anew(policy: Policy, record_id: str, said: Statement) -> str:
    """The line that records a decision again, in the words that the policy asks for."""
    requirement = policy.requirements.get(said.requirement)
    demand = requirement.approval if requirement is not None else None
    if demand is not None and demand.assurance is not None:
        return _themselves(record_id, said.requirement, demand)
    return line("approve", record_id, said.requirement, "--for", said.by, "--seen", "<seen>")


def _themselves(record_id: str, requirement: str, demand: ApprovalDemand) -> str:
    sign = ["--sign"] if demand.assurance == "signed-statement" else []
    return line("approve", record_id, requirement, *sign)
