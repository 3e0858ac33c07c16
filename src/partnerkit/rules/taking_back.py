"""Rules for entries that take another back: an undo what counted, a void what never should have."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from partnerkit.dataclass import replace
from partnerkit.findings import Finding
from partnerkit.kinds.entries import TOMBSTONE_STAGE
from partnerkit.kinds.history import leads_back, taken_back_next
from partnerkit.policies.policy import Policy
from partnerkit.register import PolicyFile, RecordFile
from partnerkit.rules.at_gate import refusal, situation
from partnerkit.rules.case import Case
from partnerkit.rules.commands import WHY, line, log_of, migrating
from partnerkit.rules.fallen import decisions_fallen, evidence_fallen, signatures_fallen, withdrawn_between
from partnerkit.rules.gate import Asked, answer, applies, ask
from partnerkit.rules.offering import relying, void_of
from partnerkit.rules.over import begun_of_what_was_over
from partnerkit.rules.places import at
from partnerkit.steps import history_digest, passed_gates

#: How each says what it does.
_DOING = {"undo": ("undoes", "undoing", "an undo"), "void": ("voids", "voiding", "a void")}


def undone(case: Case) -> list[Finding]:
    """Only the latest entry that still counts is undone, and the record returns to where that one left."""
    target = _target(case)
    return _misplaced(case, target) if target is None else _misplaced(case, target) or _restored(case, target)


def voided(case: Case) -> list[Finding]:
    """What never should have counted is taken back as by an undo, by somebody else, while nothing relies on it."""
    target = _target(case)
    wrong = _misplaced(case, target)
    if wrong or target is None:
        return wrong
    found = [*_separate(case, target), *_relied_on(case, target), *_restored(case, target)]
    if case.entry.seal.gate != history_digest(case.earlier):
        message = "it does not vouch for the entries before it as they stand"
        found.append(case.finding("chain-broken", message))
    return found


def _target(case: Case) -> dict[str, Any] | None:
    """The entry that is taken back, where it is one of the latest that count."""
    every = taken_back_next(case.earlier)
    return next((entry for entry in every if entry.get("id") == case.entry.undoes), None)


def back_to(policy: Policy, kind: str, entry: dict[str, Any]) -> str:
    """The stage to which taking back an entry leads, as the policy calls it now."""
    stage = leads_back(entry)
    return stage if stage == TOMBSTONE_STAGE else policy.named_now(kind, stage)


def stage_gone(record: RecordFile, source: PolicyFile, stage: str) -> Iterator[Finding]:
    """A stage to which taking back an entry leads, and of which the policy no longer says where its records stand."""
    lifecycle, policy = source.policy.lifecycles.get(record.kind), source.policy
    if stage == TOMBSTONE_STAGE or (lifecycle is not None and stage in lifecycle.stages):
        return
    message = f"taking that back leads {record.id} to {stage}, which {policy.policy} has no more"
    mend = migrating(policy, "--stage", f"{record.kind}.{stage}=<stage>", file=source.path)
    yield at(record, ("stage",), "stage-gone", message, mend=f"{mend} says where such records stand now")


def _misplaced(case: Case, target: dict[str, Any] | None) -> list[Finding]:
    does, doing, what = _DOING[case.entry.type]
    if target is None:
        message = f"it {does} {case.entry.undoes}, which is not the latest entry that counts"
        return [case.finding("undoes-another", message)]
    stage = back_to(case.source.policy, case.record.kind, target)
    if case.entry.to != stage:
        message = f"{doing} {case.entry.undoes} leads back to {stage}, not to {case.entry.to}"
        return [case.finding("undone-elsewhere", message)]
    if not case.entry.reason:
        return [case.finding("undone-without-reason", f"{what} says why")]
    return []


def _separate(case: Case, target: dict[str, Any]) -> Iterator[Finding]:
    """Whoever made an entry does not void it, where the register separates duties."""
    separation = case.rules.separation(case.source.policy.policy)
    if case.entry.by != target.get("by") or separation == "off":
        return
    message = f"{case.entry.by} made entry {target.get('id')}, and whoever made an entry does not void it"
    mend = f"somebody else voids it: {line('undo', str(target.get('id')), '--void', '--reason', '<reason>')}"
    found = case.finding("not-separate", message, mend=mend)
    yield found if separation == "require" else replace(found, severity="warning")


def _relied_on(case: Case, target: dict[str, Any]) -> Iterator[Finding]:
    """No entry that counts relies on what is voided, or on what came after it: it would rest on nothing."""
    start = next(place for place, entry in enumerate(case.earlier) if entry is target)
    for other, entry in relying(case.after, case.record, case.earlier[start:]):
        message = f"entry {entry.get('seq')} of {other.id} ({entry.get('to')}) relies on it, and still counts"
        mend = line("undo", str(entry.get("id")), *WHY) + ", then void it"
        yield case.finding("relied-on", message, mend=mend)
    for other, over in begun_of_what_was_over(case.after, case.record):
        first = other.model.history[0].id
        message = f"{over.in_words} if that never counted, and the {other.kind} {other.id} was begun of it since"
        mend = void_of(case.after, other, first) or line("log", other.id)
        yield case.finding("relied-on", message, clause=over.clause, mend=f"{mend} first")
    for source in case.after.policies.values():
        if case.record.id in source.policy.amendments:
            message = f"{source.policy.policy} was amended as {case.record.id} decided, and that landed"
            yield case.finding("relied-on", message, mend=f"{log_of(source.path)} shows what it changed")


def _restored(case: Case, target: dict[str, Any]) -> list[Finding]:
    """What an entry taken back restores is there, and rests on what it rested on."""
    return [*_still_stands(case), *_still_rests(case, datetime.fromisoformat(str(target["at"])))]


def _still_rests(case: Case, returned: datetime) -> Iterator[Finding]:
    """A gate that an undo restores rests on what it rested on: decisions that stand, and evidence that stayed."""
    policy, kind, moment = case.source.policy, case.record.kind, case.entry.at
    open_ = {one.index for one in passed_gates(case.earlier, policy, kind)}
    for passed in passed_gates([*case.earlier, case.raw], policy, kind):
        if passed.index in open_:
            continue
        entry = case.record.model.history[passed.index]
        for one in (
            *decisions_fallen(case.record, case.source, case.rules, passed, moment),
            *evidence_fallen(case.record, case.source, passed, moment, returned),
            *signatures_fallen(case.record, case.source, passed, moment),
            *withdrawn_between(case.record, passed, returned, moment),
        ):
            message = (
                f"{one.why}: the gate to {entry.to} (entry {entry.seq}) rested on it, and no undo brings it back; "
                "the way on is through the gate"
            )
            requirement = policy.requirements.get(one.found.said.requirement)
            clause = ", ".join(policy.full(clause) for clause in requirement.clauses) if requirement else None
            yield case.finding(one.code, message, clause=clause, mend=line("gates", case.record.id))


def _still_stands(case: Case) -> list[Finding]:
    """A stage to which an undo leads back still has what it must have for as long as it lasts."""
    found: list[Finding] = []
    policy = case.source.policy
    needed = {name for way in (case.lifecycle.transitions if case.lifecycle else []) for name in way.needs}
    for name, requirement in policy.requirements.items():
        if case.entry.to not in requirement.standing or name not in needed:
            continue
        question = ask(situation(case), case.entry.to, name)
        if applies(question) and not (given := answer(question)).met:
            found.append(refusal(case, Asked(question, given)))
    return found
