"""What a passed gate rests on and what has become of it: decisions taken back or turned round, evidence exchanged."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from partnerkit.dataclass import dataclass
from partnerkit.findings import Finding
from partnerkit.kinds.statements import Approval, Evidence, Signature, Statement
from partnerkit.policies.definition import definition_digest
from partnerkit.policies.policy import Policy
from partnerkit.register import PolicyFile, RecordFile, Register
from partnerkit.rules.commands import WHY, line
from partnerkit.rules.conditions import open_to
from partnerkit.rules.fitting import bound_otherwise
from partnerkit.rules.look import Look, clause_of
from partnerkit.rules.places import at
from partnerkit.steps import Live, Passed, binding_gates, live, of_sort, passed_gates, statements


@dataclass(frozen=True, slots=True)
class Fallen:
    """A statement on which a passed gate rests, and why the gate can no longer rest on it.

    Attributes:
        found: the statement.
        code: of the finding.
        why: the reason, in words.
    """

    found: Live
    code: str
    why: str


def decisions_fallen(
    record: RecordFile, source: PolicyFile, rules: Register, gate: Passed, moment: datetime
) -> Iterator[Fallen]:
    """The decisions that opened a gate and had been taken back by a moment, where too few others are left."""
    used = [found for found, _said in _approvals_used(record, gate)]
    if not used:
        return
    from partnerkit.rules.demands.decided import votes  # noqa: PLC0415 - only where anybody decided
    from partnerkit.rules.gate import Situation, ask  # noqa: PLC0415 - likewise

    passed = record.model.history[gate.index].at
    for name in dict.fromkeys(found.said.requirement for found in used):
        requirement = source.policy.requirements.get(name)
        if requirement is None or requirement.approval is None:
            continue
        mine = [found for found in used if found.said.requirement == name]
        gone = [(found, why) for found in mine if (why := _taken_back(record, found, moment)) is not None]
        question = ask(Situation(record, record, rules, rules, source, passed, passed), gate.to, name)
        if len(mine) - len(gone) < votes(question, requirement.approval):
            for found, why in gone:
                yield Fallen(found, "decision-withdrawn", why)


def _approvals_used(record: RecordFile, gate: Passed) -> list[tuple[Live, Approval]]:
    uses = record.model.history[gate.index].uses
    return [(one, said) for one, said in of_sort(statements(record), Approval) if said.id in uses]


def _taken_back(record: RecordFile, found: Live, moment: datetime) -> str | None:
    """How whoever approved has taken it back by a moment; None where their word stands."""
    said = found.said
    what = f"the approval {said.id} of {said.requirement}"
    if said.withdrawn is not None and said.withdrawn.at <= moment:
        return f"{said.by} withdrew {what}"
    for other in record.model.approvals:
        mine = (other.by, other.requirement) == (said.by, said.requirement)
        if mine and other.decision != "approve" and said.at <= other.at <= moment:
            return f"{said.by} decided otherwise ({other.decision.replace('-', ' ')}) after {what}"
    return None


def evidence_fallen(
    record: RecordFile, source: PolicyFile, gate: Passed, moment: datetime, returned: datetime | None = None
) -> Iterator[Fallen]:
    """The approvals that opened a gate and, at a moment, no longer rest on the evidence on which they were given.

    Args:
        record: the record.
        source: its policy.
        gate: the gate.
        moment: the moment.
        returned: when the record went back behind the gate, where it did: what came from then on counts in any case.
    """
    passed = record.model.history[gate.index].at
    for found, said in _approvals_used(record, gate):
        names = rests_on(record, source, said)
        now = [
            one
            for one in live(record, moment)
            if one.group in {"evidence", "scores"}
            and one.said.requirement in names
            and not (renewed(source, one.said, passed) and (returned is None or one.said.at < returned))
        ]
        changed = bound_otherwise(record, said, now)
        if changed:
            spoke = {one.said.requirement for one in statements(record) if one.said.id in changed}
            why = f"the evidence for {', '.join(sorted(spoke))} changed since {said.by} approved {said.requirement}"
            yield Fallen(found, "rested-on-changed", why)


def signatures_fallen(record: RecordFile, source: PolicyFile, gate: Passed, moment: datetime) -> Iterator[Fallen]:
    """The signatures that opened a gate and, at a moment, are withdrawn or of another document than stands there."""
    uses = record.model.history[gate.index].uses
    for found, said in of_sort(statements(record), Signature):
        requirement = source.policy.requirements.get(said.requirement)
        if said.id not in uses:
            continue
        if said.withdrawn is not None and said.withdrawn.at <= moment:
            yield Fallen(found, "rested-on-changed", f"the signature {said.id} of {said.party} was withdrawn")
        elif requirement is not None and requirement.signed is not None:
            name = requirement.signed.document
            there = [one.said for one in live(record, moment) if one.said.requirement == name]
            documents = [one for one in there if isinstance(one, Evidence)]
            if not documents or documents[-1].digest != said.document:
                why = f"what stands as {name} is not what {said.party} signed ({said.id})"
                yield Fallen(found, "rested-on-changed", why)


def renewed(source: PolicyFile, said: Statement, passed: datetime) -> bool:
    """Whether a piece shows anew what ages, since a gate was passed: that takes nothing from what the gate rests on."""
    requirement = source.policy.requirements.get(said.requirement)
    demand = requirement.evidence if requirement else None
    return demand is not None and demand.fresh_for is not None and said.at > passed


def rests_on(record: RecordFile, source: PolicyFile, said: Approval) -> list[str]:
    """The requirements whose evidence an approval was bound to, whatever the policy would bind it to today."""
    requirement = source.policy.requirements.get(said.requirement)
    if requirement is not None and said.binds.definition == definition_digest(source.data, said.requirement):
        return requirement.rests_on
    return sorted({one.said.requirement for one in statements(record) if one.said.id in said.binds.evidence})


def withdrawn_between(record: RecordFile, gate: Passed, first: datetime, last: datetime) -> Iterator[Fallen]:
    """What opened a gate, decisions aside, and was withdrawn from one moment to another."""
    uses = record.model.history[gate.index].uses
    for found in statements(record):
        said = found.said
        if said.id not in uses or isinstance(said, Approval) or said.withdrawn is None:
            continue
        if first <= said.withdrawn.at <= last:
            yield Fallen(found, "rested-on-changed", f"{said.id} for {said.requirement} was withdrawn since")


def gates_still_rest(look: Look) -> Iterator[Finding]:
    """What passed gates rest on still stands: evidence stays, and a decision that was taken back is told."""
    latest = max(look.latest, look.record.model.history[-1].at)  # whatever day is asked about: it may not change at all
    for gate in binding_gates(look.record, look.policy):
        entry = look.record.model.history[gate.index]
        passed = f"{look.record.id} passed the gate to {entry.to} (entry {entry.seq}) on it"
        for one in (
            *evidence_fallen(look.record, look.source, gate, latest),
            *signatures_fallen(look.record, look.source, gate, latest),
        ):
            keys, clause = (one.found.group, one.found.index), clause_of(look, one.found.said.requirement)
            message = f"{one.why}, and {passed}: what it rests on stays until the record goes back behind that gate"
            yield at(look.record, keys, one.code, message, clause=clause, mend=way_back(look.record, look.policy, gate))
    yield from decisions_taken_back(look)


def decisions_taken_back(look: Look) -> Iterator[Finding]:
    """Decisions on which passed gates rest, taken back since. No past move becomes illegal: it is a warning."""
    told: set[str] = set()
    for gate in binding_gates(look.record, look.policy):
        entry = look.record.model.history[gate.index]
        for one in decisions_fallen(look.record, look.source, look.register, gate, look.now):
            if one.found.said.id in told:
                continue
            told.add(one.found.said.id)
            message = (
                f"{one.why}, and {look.record.id} passed the gate to {entry.to} (entry {entry.seq}) on it: "
                "that stands until the record goes back behind that gate, where it is decided anew"
            )
            keys, clause = (one.found.group, one.found.index), clause_of(look, one.found.said.requirement)
            mend = way_back(look.record, look.policy, gate)
            yield at(look.record, keys, one.code, message, clause=clause, mend=mend, severity="warning")


def way_back(record: RecordFile, policy: Policy, gate: Passed) -> str:
    """The line that takes a record back behind a gate, no further than it must."""
    lifecycle = policy.lifecycles.get(record.kind)
    left: dict[str, int] = {}
    for way in lifecycle.leaving(record.stage) if lifecycle else []:
        entry = {"id": "", "type": "move", "from": record.stage, "to": way.to}
        stack = passed_gates([*record.data["history"], entry], policy, record.kind)
        if open_to(way, record.data) and all(one.index != gate.index for one in stack):
            left[way.to] = len(stack)
    if not left:
        return line("gates", record.id)
    return line("advance", record.id, max(left, key=lambda to: left[to]), *WHY)
