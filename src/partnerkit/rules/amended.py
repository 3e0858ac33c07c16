"""Rules for a policy that says what must be decided before it changes: only to what a case of it holds."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime

from partnerkit.dataclass import dataclass
from partnerkit.findings import Finding
from partnerkit.policies.amending import CASE, DIGEST, decided_by, deciding
from partnerkit.policies.lifecycle import AmendedBy
from partnerkit.policies.policy import Policy
from partnerkit.policies.values import clause_list
from partnerkit.register import PolicyFile, RecordFile, Register
from partnerkit.rules.commands import as_committed, line, log_of
from partnerkit.rules.fallen import decisions_fallen
from partnerkit.rules.keeping import holders_of
from partnerkit.rules.proposing import anew, is_amendment
from partnerkit.rules.proven import vouched
from partnerkit.steps import Passed, Step, passed_gates

#: Whatever was taken back before a step counts no more in it, on whichever day.
_EVER = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Lacks:
    """Why a policy may not change so: the reason, and the line that leads on."""

    why: str
    mend: str


def changed_as_decided(step: Step, only: set[str] | None) -> Iterator[Finding]:
    """A policy that names what must be decided first changes only to what such a case held before the step."""
    del only
    if step.before is None:
        return
    for old, new in policies_changed(step.before, step.after):
        lacks = _lacks(step.before, step.after, old, new)
        if lacks is not None:
            yield refused(old, lacks, new)


def decided(before: Register, after: Register) -> list[str]:
    """The policies that changed as a case had decided, each with the case, in words."""
    return [
        f"{old.policy.policy} as {new.policy.amendments[-1]} decided"
        for old, new in policies_changed(before, after)
        if new is not None and old.policy.amended_by is not None and _lacks(before, after, old, new) is None
    ]


def policies_changed(before: Register, after: Register) -> Iterator[tuple[PolicyFile, PolicyFile | None]]:
    """The policies of which the file says something else, before and after; None where it is gone."""
    if before.policies is after.policies and before.rules is after.rules:
        return
    for name, old in sorted(before.policies.items()):
        new = after.policies.get(name)
        if new is None or before.rules.get(old.path) != after.rules.get(new.path):
            yield old, new


def refused(old: PolicyFile, lacks: Lacks, new: PolicyFile | None = None) -> Finding:
    """That the file of a policy may not change so, with the clause that says who decides it."""
    word = old.policy.amended_by
    clause = ", ".join(old.policy.full(one) for one in clause_list(word.clause)) if word else None
    place = new or old
    key = ("amended-by",) if place.policy.amended_by else ("amendments",) if place.policy.amendments else ()
    line_, column = place.place(key) if key else (1, 1)
    return Finding("amended-undecided", lacks.why, "error", old.path, line_, column, clause=clause, mend=lacks.mend)


def opening(policy: Policy) -> str:
    """The line that opens a case in which a change of the policy can be decided."""
    word = policy.amended_by
    return line(
        "new", CASE, "<title>", f"of={policy.policy}", f"type={word.case if word else '<case.type>'}", "opened=<day>"
    )


def who_amends(policy: Policy) -> str:
    """What must be decided before a policy changes, and in which roles, in words."""
    word = policy.amended_by
    if word is None:
        return "nothing need be decided first"
    ways = dict.fromkeys(" and ".join(dict.fromkeys(_roles(policy, names))) for names in decided_by(policy))
    return f"a case of type {word.case} in {' or '.join(word.in_)}, decided by {' or by '.join(ways)}"


def _roles(policy: Policy, names: list[str]) -> list[str]:
    """The roles that some approvals ask for."""
    approvals = [policy.requirements[name].approval for name in names]
    return [str(policy.value(one.role) or one.role) for one in approvals if one is not None]


def deciders(register: Register, policy: Policy, day: date) -> str:
    """Who holds the roles that decide."""
    roles = _roles(policy, deciding(policy))
    return ", ".join(holders_of(register, roles, day)) or "nobody yet"


def _lacks(before: Register, after: Register, old: PolicyFile, new: PolicyFile | None) -> Lacks | None:
    word, name = old.policy.amended_by, old.policy.policy
    if word is None:
        if new is None or new.policy.amendments == old.policy.amendments:
            return None
        why = f"the `amendments` of {name} list the cases that amended it: nobody adds or takes out one"
        return Lacks(why, f"{log_of(old.path)} shows what it was")
    if new is None:
        why = (
            f"{name} is gone, and it changes only as {who_amends(old.policy)}: first a case takes amended-by out of it"
        )
        return Lacks(why, opening(old.policy))
    earlier, now = old.policy.amendments, new.policy.amendments
    if now[-1:] and now[-1] in earlier:
        return Lacks(f"the case {now[-1]} amended {name} before, and decides one change only", opening(old.policy))
    if now[:-1] != earlier or not now:
        listed = ", ".join(earlier) or "none"
        why = (
            f"{name} changes only by {who_amends(old.policy)}, and `amendments` then lists that case last: "
            f"so far {listed}, here {', '.join(now) or 'none'}"
        )
        case = before.records.get(now[-1]) if now else None
        if case is not None and _stands(case, word):
            since = "; another was amended in between, so what was decided is the change of an earlier file"
            return Lacks(why + since, anew(old.policy, case))
        return Lacks(why, opening(old.policy))
    return _undecided(before, after, old, word, now[-1], after.rules.get(new.path))


def _stands(case: RecordFile | None, word: AmendedBy) -> bool:
    return case is not None and case.stage in word.in_


def _undecided(
    before: Register, after: Register, old: PolicyFile, word: AmendedBy, case_id: str, digest: str | None
) -> Lacks | None:
    """Why a case, as it stood before, does not decide that the file becomes this; None where it does."""
    case = before.records.get(case_id)
    if case is None or not is_amendment(old.policy, case):
        there = "there is no such case" if case is None else "that is no such case"
        landed = f"{there} before this step: it lands first, alone" if case_id in after.records else there
        return Lacks(f"{case_id} is to decide it, and {landed}; {who_amends(old.policy)} does", opening(old.policy))
    return standing(before, old, word, case, digest, _stands(after.records.get(case_id), word))


def standing(
    before: Register, old: PolicyFile, word: AmendedBy, case: RecordFile, digest: str | None, later: bool = False
) -> Lacks | None:
    """Why a case, as it stands, does not decide that the file becomes what has this digest; None where it does.

    Args:
        before: the register in which it stands.
        old: the policy.
        word: what the policy asks for.
        case: the case.
        digest: of the new file.
        later: whether it stands there after the step that is judged.
    """
    if case.stage not in word.in_:
        why = f"{case.id} stands in {case.stage}, and what it changes is decided in {' or '.join(word.in_)}"
        together = "; it comes there in this very step, and what decides a change lands before it, alone"
        return Lacks(why + (together if later else ""), line("gates", case.id))
    if any(entry.type == "adopt" for entry in case.model.history):
        return Lacks(f"{case.id} was taken in as it stood, so nobody decided it here", opening(old.policy))
    gates = [
        gate
        for gate in passed_gates(case.data["history"], old.policy, CASE)
        if set(deciding(old.policy)) & set(gate.needs)
    ]
    if case.model.history[-1].to != case.stage:
        why = f"{case.id} says that it stands in {case.stage}, and its history leads to {case.model.history[-1].to}"
        return Lacks(why, line("check", case.id))
    if not gates:
        return Lacks(f"{case.id} stands in {case.stage} past no gate at which somebody decides", line("log", case.id))
    undecided = _undone(before, old, case, gates)
    if undecided is not None:
        return Lacks(undecided, line("gates", case.id))
    held = case.data.get(DIGEST)
    if held != digest:
        landing = line("policy", "amend", case.id)
        mend = f"{as_committed(old.path)} takes an edit back that has not landed; then {landing}"
        return Lacks(f"{case.id} decided that it becomes {held}, and this is {digest}", mend)
    return None


def _undone(before: Register, old: PolicyFile, case: RecordFile, gates: list[Passed]) -> str | None:
    """Why what was decided at the gates of a case counts no more, or never did; None where it does."""
    fallen = next((one for gate in gates for one in decisions_fallen(case, old, before, gate, _EVER)), None)
    if fallen is not None:
        return f"{fallen.why}, so {case.id} is decided no more"
    undecided = next((one for gate in gates if (one := _not_decided_at(before, old, case, gate)) is not None), None)
    if undecided is not None:
        return undecided
    altered = next((one.differs for one in vouched(case, old, before, gates, _EVER) if one.differs is not None), None)
    return f"{altered} of {case.id} was altered after the gate at which it was decided" if altered else None


def _not_decided_at(before: Register, old: PolicyFile, case: RecordFile, gate: Passed) -> str | None:
    """What of a gate that a case has passed was not decided as the policy asks for now, of the case as it is now.

    That the gate was passed proves nothing: by other rules, by hand, or before what it decides on was exchanged.
    """
    from partnerkit.rules.gate import Situation, applies, ask, judged  # noqa: PLC0415 - only where a policy was amended

    entry = case.model.history[gate.index]
    situation = Situation(
        record=case,
        named_before=case,
        rules=before,
        links=before,
        source=old,
        moment=entry.at,
        since=case.model.history[gate.index - 1].at,
        reason=entry.reason,
        relied=entry.relies_on,
        earlier=case.data["history"][: gate.index],
    )
    for name in deciding(old.policy):
        question = ask(situation, gate.to, name)
        if name not in gate.needs or not applies(question):
            continue
        given = judged(question)
        if not given.met:
            return f"{case.id} came to {gate.to} without {name}. {given.missing}"
        if not set(given.uses) <= set(entry.uses):
            return f"{case.id} came to {gate.to} without resting on what decides {name}"
    return None
