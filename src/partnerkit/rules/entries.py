"""Rules for one entry: the judge's unit."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from partnerkit.findings import Finding
from partnerkit.kinds.entries import TOMBSTONE_STAGE, Entry
from partnerkit.policies.definition import gate_covers, gate_digest
from partnerkit.policies.lifecycle import Lifecycle, Transition
from partnerkit.register import PolicyFile, RecordFile, Register
from partnerkit.rules.commands import line
from partnerkit.rules.gate import Asked, Situation, gate
from partnerkit.rules.places import at
from partnerkit.steps import IDENTITY, content_digest, entry_digest, live, uses_digest

#: How far a clock may run ahead before a moment counts as still to come.
SKEW = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Case:
    """One entry and everything it is judged by."""

    entry: Entry
    raw: dict[str, Any]
    index: int
    record: RecordFile
    earlier: list[dict[str, Any]]
    before: Register | None
    after: Register
    source: PolicyFile
    landed_at: datetime | None

    @property
    def rules(self) -> Register:
        """The register whose rules judge."""
        return self.before or self.after

    @property
    def lifecycle(self) -> Lifecycle | None:
        """The lifecycle of the record's kind under its policy."""
        return self.source.policy.lifecycles.get(self.record.kind)

    @property
    def transition(self) -> Transition | None:
        """The transition that a move makes, where the policy has it."""
        if self.lifecycle is None or self.entry.from_ is None:
            return None
        return self.lifecycle.find(self.entry.from_, self.entry.to)

    def finding(
        self, code: str, message: str, *, clause: str | None = None, mend: str | None = None
    ) -> Finding:
        """A finding at the entry; unless a mend is known, the ways that are open instead."""
        ways = f"take the entry out; {line('gates', self.record.id)} shows the ways on"
        return at(self.record, ("history", self.index), code, message, clause=clause, mend=mend or ways)


def judge(case: Case) -> list[Finding]:
    """Everything in which the entry breaks the rules; nothing when it is legal.

    This is the one judge: `advance` refuses by it before writing, `check` and `audit` report by it afterwards.
    """
    return [finding for rule in ENTRY_RULES for finding in rule(case)]


def in_its_place(case: Case) -> list[Finding]:
    """The entry continues the list: number, stage left, time, and the digest of the entry before."""
    found: list[Finding] = []
    previous = case.earlier[-1] if case.earlier else None
    if case.entry.seq != len(case.earlier) + 1:
        found.append(
            case.finding(
                "entry-out-of-order", f"entry {case.entry.seq} stands where {len(case.earlier) + 1} belongs"
            )
        )
    if any(entry.get("id") == case.entry.id for entry in case.earlier):
        found.append(case.finding("entry-repeated", f"the entry id {case.entry.id} is used twice"))
    if case.entry.seal.previous != entry_digest(previous):
        message = f"entry {case.entry.seq} does not follow the entry before it: that one was changed after it was sealed"
        found.append(case.finding("chain-broken", message, mend=_restore(case)))
    left = previous.get("to") if previous else None
    if case.entry.from_ != left:
        found.append(
            case.finding(
                "entry-from-elsewhere", f"it leaves {case.entry.from_}, but the record stood in {left}"
            )
        )
    if previous and str(case.raw["at"]) < str(previous.get("at", "")):
        found.append(
            case.finding(
                "entry-backdated", f"it is dated {case.raw['at']}, before the entry that precedes it"
            )
        )
    if case.landed_at and case.entry.clock is None and case.entry.at > case.landed_at + SKEW:
        found.append(case.finding("entry-in-future", f"it is dated {case.raw['at']}, after it landed"))
    return found


def _restore(case: Case) -> str:
    return f"git checkout HEAD -- {case.record.path}"


def by_somebody_who_may(case: Case) -> list[Finding]:
    """The person is on the roster that day, and holds the role that the transition asks for."""
    day = case.rules.day(case.entry.at)
    if not case.rules.roster.roles_of(case.entry.by, day):
        message = f"{case.entry.by} held no role on {day}: only people of the roster change a stage"
        return [case.finding("actor-unknown", message, mend=line("person", "role", case.entry.by, "<role>"))]
    role = case.source.policy.value(case.transition.by) if case.transition and case.transition.by else None
    if role and not case.rules.roster.holds(case.entry.by, role, day):
        holders = ", ".join(case.rules.roster.holders(role, day)) or "nobody"
        message = f"{case.entry.by} does not hold the role {role}, which this change needs (it is held by {holders})"
        return [case.finding("actor-lacks-role", message)]
    return []


def of_its_type(case: Case) -> list[Finding]:
    """Each type of entry keeps its own rules."""
    return _TYPES[case.entry.type](case)


def _create(case: Case) -> list[Finding]:
    if case.lifecycle is None:
        return [
            case.finding(
                "no-lifecycle", f"{case.source.policy.policy} has no lifecycle for a {case.record.kind}"
            )
        ]
    found: list[Finding] = []
    if case.earlier:
        found.append(case.finding("created-twice", "only the first entry creates a record"))
    if case.entry.to != case.lifecycle.starts:
        message = f"a {case.record.kind} starts in {case.lifecycle.starts}, not in {case.entry.to}"
        found.append(case.finding("wrong-start", message))
    return found


def _adopt(case: Case) -> list[Finding]:
    found: list[Finding] = []
    if case.earlier:
        found.append(case.finding("adopted-late", "only the first entry adopts a record"))
    if case.lifecycle is None or case.entry.to not in case.lifecycle.stages:
        found.append(
            case.finding(
                "unknown-stage",
                f"{case.source.policy.policy} has no stage {case.entry.to} for a {case.record.kind}",
            )
        )
    if not case.entry.reason or case.entry.since is None:
        found.append(
            case.finding(
                "adopted-without-reason",
                "an adopted record says since when it stands there, and why it was not judged",
            )
        )
    elif case.entry.since > case.rules.day(case.entry.at):
        found.append(
            case.finding(
                "adopted-in-future",
                f"it is adopted as standing there since {case.entry.since}, which is still to come",
            )
        )
    return found


def _move(case: Case) -> list[Finding]:
    """The policy has the transition, and everything that its gate demands is there."""
    if case.transition is None:
        return [case.finding("no-such-transition", *_no_transition(case))]
    asked = gate(situation(case), case.transition)
    found = [refusal(case, one) for one in asked if not one.answer.met]
    return found or _seals(case, case.transition, asked)


def _no_transition(case: Case) -> tuple[str]:
    leaving = case.lifecycle.leaving(case.entry.from_ or "") if case.lifecycle else []
    possible = ", ".join(transition.to for transition in leaving) or "none: it is an end"
    policy = case.source.policy.policy
    return (f"{policy} has no way from {case.entry.from_} to {case.entry.to} (possible: {possible})",)


def situation(case: Case) -> Situation:
    """The record at the entry, for the gate."""
    since = case.earlier[-1] if case.earlier else case.raw
    before = (
        case.before.records.get(case.record.id)
        if case.before and case.record.id in case.before.records
        else None
    )
    return Situation(
        record=case.record,
        named_before=before,
        rules=case.rules,
        links=case.after,
        source=case.source,
        moment=case.entry.at,
        since=datetime.fromisoformat(str(since["at"])),
        reason=case.entry.reason,
        relied=case.entry.relies_on,
    )


def refusal(case: Case, asked: Asked) -> Finding:
    """A requirement of the gate that is not met, as a finding."""
    question, answer = asked.question, asked.answer
    policy = question.policy
    who = (
        f" From: {' or '.join(answer.roles)} ({', '.join(answer.people) or 'nobody holds it'})."
        if answer.roles
        else ""
    )
    return at(
        case.record,
        ("history", case.index),
        "requirement-unmet",
        f"{case.entry.from_} → {case.entry.to} needs {question.name}. {answer.missing}.{who}",
        clause=", ".join(policy.full(clause) for clause in question.requirement.clauses),
        mend=answer.command,
    )


def _seals(case: Case, transition: Transition, asked: list[Asked]) -> list[Finding]:
    """What the entry says it rests on is what it rests on."""
    found: list[Finding] = []
    wanted = gate_digest(case.source.data, case.entry.from_, case.entry.to, transition.needs)
    if case.entry.seal.gate != wanted:
        message = f"the gate it was sealed with is not that of {case.source.policy.policy} as it stood"
        found.append(
            case.finding("gate-differs", message, mend="make the move again with partnerkit advance")
        )
    uses = sorted({use for one in asked for use in one.answer.uses})
    if sorted(case.entry.uses) != uses:
        found.append(
            case.finding(
                "uses-differ", f"it says that it rests on {sorted(case.entry.uses)}, but it rests on {uses}"
            )
        )
    relies = {other for one in asked for other in one.answer.relies_on}
    if set(case.entry.relies_on) != relies:
        found.append(
            case.finding(
                "relies-differ",
                f"it says that it relies on {sorted(case.entry.relies_on)}, but it relies on {sorted(relies)}",
            )
        )
    for other, entry_id in case.entry.relies_on.items():
        record = case.after.records.get(other)
        if record is None or all(entry.id != entry_id for entry in record.model.history):
            found.append(
                case.finding(
                    "relies-on-nothing", f"it relies on entry {entry_id} of {other}, which is not there"
                )
            )
    return found


def _undo(case: Case) -> list[Finding]:
    """Only the latest entry that still counts is undone, and the record returns to where that one left."""
    undone = {entry.get("undoes") for entry in case.earlier}
    standing = [
        e for e in case.earlier if e.get("id") not in undone and e.get("type") not in {"undo", "void"}
    ]
    if not standing or standing[-1].get("id") != case.entry.undoes:
        return [
            case.finding(
                "undoes-another", f"it undoes {case.entry.undoes}, which is not the latest entry that counts"
            )
        ]
    target = standing[-1]
    back_to = target.get("from") or TOMBSTONE_STAGE
    if case.entry.to != back_to:
        return [
            case.finding(
                "undone-elsewhere",
                f"undoing {case.entry.undoes} leads back to {back_to}, not to {case.entry.to}",
            )
        ]
    if not case.entry.reason:
        return [case.finding("undone-without-reason", "an undo says why")]
    return []


def _tombstone(case: Case) -> list[Finding]:
    if case.entry.to != TOMBSTONE_STAGE or not case.entry.reason:
        return [case.finding("tombstone-incomplete", f"a tombstone leads to {TOMBSTONE_STAGE} and says why")]
    return []


def _unknown(case: Case) -> list[Finding]:
    return [
        case.finding(
            "entry-not-judged",
            f"entries of the type {case.entry.type} are not made by this version: nothing can vouch for it",
        )
    ]


_TYPES: dict[str, Callable[[Case], list[Finding]]] = {
    "create": _create,
    "adopt": _adopt,
    "move": _move,
    "undo": _undo,
    "tombstone": _tombstone,
    "void": _unknown,
    "correct": _unknown,
    "migrate": _unknown,
}


#: The types of entries that this version makes and judges.
JUDGED = frozenset(name for name, rule in _TYPES.items() if rule is not _unknown)


def sealed(case: Case) -> list[Finding]:
    """The digests of the covered fields and of the statements used are those of the record."""
    found: list[Finding] = []
    by_id = {one.said.id: one.raw for one in live(case.record, case.entry.at)}
    absent = [use for use in case.entry.uses if use not in by_id]
    if absent:
        found.append(
            case.finding(
                "uses-nothing", f"it rests on {', '.join(absent)}, which did not count at that moment"
            )
        )
    elif case.entry.seal.statements != uses_digest([by_id[use] for use in case.entry.uses]):
        found.append(
            case.finding(
                "statement-edited",
                "a statement that it rests on was changed after it was sealed",
                mend=_restore(case),
            )
        )
    if case.entry.seal.covers != content_digest(
        case.record.data, covered_paths(case.source, case.transition)
    ):
        found.append(
            case.finding(
                "content-differs",
                "the fields that it vouches for are not those it was sealed with",
                mend=_restore(case),
            )
        )
    return found


def covered_paths(source: PolicyFile, transition: Transition | None) -> list[str]:
    """The fields that an entry vouches for: what the record is, and what its gate covers."""
    return [*IDENTITY, *(gate_covers(source.policy, transition) if transition else [])]


ENTRY_RULES: tuple[Callable[[Case], list[Finding]], ...] = (
    in_its_place,
    by_somebody_who_may,
    of_its_type,
    sealed,
)
