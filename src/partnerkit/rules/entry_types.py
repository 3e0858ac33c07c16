"""Rules for an entry of each type: create, move, tombstone; the others have files of their own."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from partnerkit.findings import Finding
from partnerkit.kinds.entries import TOMBSTONE_STAGE
from partnerkit.kinds.history import followed, taken_back_next
from partnerkit.kinds.problems import an
from partnerkit.policies.lifecycle import Transition
from partnerkit.policies.policy import Policy
from partnerkit.register import RecordFile
from partnerkit.rules.adopting import adopted
from partnerkit.rules.at_gate import refusal, situation
from partnerkit.rules.case import Case, gate_of
from partnerkit.rules.commands import line
from partnerkit.rules.conditions import in_short, open_to
from partnerkit.rules.correcting import corrected
from partnerkit.rules.gate import Asked, gate
from partnerkit.rules.migrating import migrated
from partnerkit.rules.taking_back import undone
from partnerkit.rules.taking_back import voided as voids


def of_its_type(case: Case) -> list[Finding]:
    """Each type of entry keeps its own rules."""
    return _TYPES[case.entry.type](case)


def _create(case: Case) -> list[Finding]:
    if case.lifecycle is None:
        return [
            case.finding("no-lifecycle", f"{case.source.policy.policy} has no lifecycle for {an(case.record.kind)}")
        ]
    found: list[Finding] = []
    if case.earlier:
        found.append(case.finding("created-twice", "only the first entry creates a record"))
    if case.entry.to != case.lifecycle.starts:
        message = f"{an(case.record.kind)} starts in {case.lifecycle.starts}, not in {case.entry.to}"
        found.append(case.finding("wrong-start", message))
    return found


def _move(case: Case) -> list[Finding]:
    """The policy has the transition, and everything that its gate demands is there."""
    if case.transition is None:
        return [case.finding("no-such-transition", *_no_transition(case))]
    if not open_to(case.transition, case.record.data):
        return [case.finding("no-such-transition", closed(case.source.policy, case.record, case.transition))]
    asked = gate(situation(case), case.transition)
    found = [refusal(case, one) for one in asked if not one.answer.met]
    return found or _seals(case, case.transition, asked)


def _no_transition(case: Case) -> tuple[str]:
    every = case.lifecycle.leaving(case.entry.from_ or "") if case.lifecycle else []
    leaving = [way for way in every if open_to(way, case.record.data)]
    possible = ", ".join(transition.to for transition in leaving) or "none: it is an end"
    policy = case.source.policy.policy
    return (f"{policy} has no way from {case.entry.from_} to {case.entry.to} (possible: {possible})",)


def closed(policy: Policy, record: RecordFile, way: Transition) -> str:
    """Why a way is none for a record."""
    ways = f"{policy.policy} has no way from {' or '.join(way.from_)} to {way.to}"
    return f"{ways} for {record.id}: only where {in_short(way.when or {})}"


def _seals(case: Case, transition: Transition, asked: list[Asked]) -> list[Finding]:
    """What the entry says it rests on is what it rests on."""
    found: list[Finding] = []
    wanted = gate_of(case.source, case.entry.from_, case.entry.to, transition)
    if case.entry.seal.gate != wanted:
        message = f"the gate it was sealed with is not that of {case.source.policy.policy} as it stood"
        found.append(case.finding("gate-differs", message, mend="make the move again with partnerkit advance"))
    uses = sorted({use for one in asked for use in one.answer.uses})
    if sorted(case.entry.uses) != uses:
        found.append(
            case.finding(
                "uses-differ",
                f"entry {case.index + 1} says that it rests on {sorted(case.entry.uses)}, but it rests on {uses}",
            )
        )
    relies = {other for one in asked for other in one.answer.relies_on}
    if set(case.entry.relies_on) != relies:
        found.append(
            case.finding(
                "relies-differ",
                f"entry {case.index + 1} says that it relies on {sorted(case.entry.relies_on)}, "
                f"but it relies on {sorted(relies)}",
            )
        )
    for other, entry_id in case.entry.relies_on.items():
        record = case.after.records.get(other)
        stood = case.before.records.get(other) if case.before else None
        if stood is not None and _overtaken(stood, case.entry.at, entry_id):
            message = (
                f"entry {case.index + 1} is dated before the latest entry of {other}, on which it relies and which "
                "stood before it"
            )
            found.append(case.finding("entry-backdated", message))
        known = [entry.id for entry in record.model.history] if record is not None else []
        if record is None or entry_id not in known:
            message = f"it relies on entry {entry_id} of {other}, which is not there"
            found.append(case.finding("relies-on-nothing", message))
        elif case.counts and any(known[place] == entry_id for place in followed(record.data["history"]).voided):
            message = f"it relies on entry {entry_id} of {other}, which was voided: it never counted"
            found.append(case.finding("relies-on-nothing", message, mend=line("gates", case.record.id)))
    return found


def _overtaken(stood: RecordFile, moment: datetime, relied: str) -> bool:
    """Whether a record, as it stood before a step, had gone on by a moment from the entry on which somebody relies.

    At one moment its order says so: of two entries of one moment only those that land together could be either first.
    """
    every = stood.model.history
    place = next((place for place, entry in enumerate(every) if entry.id == relied), len(every))
    later = (entry for entry in every[place + 1 :] if entry.type not in {"correct", "migrate"})
    return every[-1].at > moment or any(entry.at == moment for entry in later)


def _tombstone(case: Case) -> list[Finding]:
    if case.entry.to != TOMBSTONE_STAGE or not case.entry.reason:
        return [case.finding("tombstone-incomplete", f"a tombstone leads to {TOMBSTONE_STAGE} and says why")]
    if case.earlier and all(entry is not case.earlier[0] for entry in taken_back_next(case.earlier)):
        message = f"{case.record.id} has left where it began: what came since is taken back first, entry by entry"
        return [case.finding("no-such-transition", message)]
    return []


_TYPES: dict[str, Callable[[Case], list[Finding]]] = {
    "create": _create,
    "adopt": adopted,
    "move": _move,
    "undo": undone,
    "tombstone": _tombstone,
    "void": voids,
    "correct": corrected,
    "migrate": migrated,
}
