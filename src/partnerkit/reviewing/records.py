"""What a change means for one record: its moves and what opened their gates, what else was said, what is missing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from partnerkit.dataclass import dataclass, replace
from partnerkit.kinds.entries import Entry
from partnerkit.kinds.statements import Approval
from partnerkit.policies.policy import Policy
from partnerkit.policies.requirement import Requirement
from partnerkit.policies.things import shown
from partnerkit.register import RecordFile, Register
from partnerkit.reviewing.fields import fields_changed, lines_added
from partnerkit.reviewing.told import Ahead, Met, Move, Need, OfRecord, Said, Void
from partnerkit.reviewing.wording import entry_in_words, notes_of, said_in_words, withdrawn_in_words
from partnerkit.rules.at_gate import situation
from partnerkit.rules.case import Case
from partnerkit.rules.compared import new_entries
from partnerkit.rules.conditions import open_to
from partnerkit.rules.demands.assured import decided_anew
from partnerkit.rules.demands.decided import tally, void
from partnerkit.rules.gate import Asked, ask, gate
from partnerkit.rules.look import Look, situation_of
from partnerkit.steps import Live, statements, value_at


@dataclass(frozen=True, slots=True)
class Pair:
    """A record before and after a change, with the registers in which it stands; one of the two is there.

    Attributes:
        old: the record before.
        new: the record after.
        before: the register before; that after, where there was none.
        after: the register after.
        now: the moment at which it is looked at.
        wrong: the statements of which an error was found, by id.
    """

    old: RecordFile | None
    new: RecordFile | None
    before: Register
    after: Register
    now: datetime
    wrong: frozenset[str] = frozenset()

    @property
    def known(self) -> set[str]:
        """The ids of the statements that were there before."""
        return {one.said.id for one in statements(self.old)} if self.old is not None else set()


def of_record(pair: Pair) -> OfRecord:
    """What the change means for a record: all but what falls due, and what belongs to it."""
    old, new = pair.old, pair.new
    shown = new or old
    assert shown is not None  # noqa: S101 - a pair has one of the two
    how = "new" if old is None else "gone" if new is None else "changed"
    facts = (shown.id, shown.kind, shown.name, shown.model.policy, shown.path, how)
    if new is None:
        return OfRecord(*facts, old.stage if old is not None else None, None)
    moves = tuple(_moves(pair, new))
    voids = tuple(_void(pair))
    told = {said.id for move in moves for met in move.met for said in met.said} | {one.id for one in voids}
    policy = pair.after.policy_of(new)
    return OfRecord(
        *facts,
        old.stage if old is not None else None,
        new.stage,
        moves,
        tuple(one for one in _brought(pair, new) if one.id not in told),
        tuple(_withdrawn(pair, new)),
        voids,
        ahead(pair.after, new, pair.now),
        lines=tuple(lines_added(old, new)),
        fields=tuple(fields_changed(old, new, policy)),
    )


def _moves(pair: Pair, new: RecordFile) -> Iterator[Move]:
    entries = new.model.history
    start = new_entries(pair.old)
    for index, entry in enumerate(entries[start:], start):
        day = pair.after.day(entry.at)
        undone = next((one for one in entries if one.id == entry.undoes), None)
        yield Move(
            entry.type,
            entry.from_,
            entry.to,
            day,
            entry.by,
            entry_in_words(entry, day),
            notes_of(entry, undone, pair.after),
            tuple(_met(pair, new, entry, index)),
        )


def _met(pair: Pair, new: RecordFile, entry: Entry, index: int) -> Iterator[Met]:
    """The requirements of the gate that an entry passed, answered as the judge does: by the rules before the change."""
    source = pair.before.policies.get(new.model.policy)
    if source is None or entry.type != "move":
        return
    raw = new.data["history"]
    case = Case(entry, raw[index], index, new, raw[:index], pair.before, pair.after, source, None)
    for asked in gate(situation(case), case.transition) if case.transition is not None else ():
        requirement, answer = asked.question.requirement, asked.answer
        names = {asked.question.name, *(requirement.any_of or ())}
        named = {one.said.id for one in statements(new) if one.said.id in entry.uses and one.said.requirement in names}
        rested = set(answer.uses) if answer.met else named
        said = tuple(_said(pair, one) for one in statements(new) if one.said.id in rested)
        words = "" if said and answer.met else _otherwise(asked, entry)
        yield Met(asked.question.name, _clauses(source.policy, requirement), answer.met, said, words)


#: Demands that the record itself meets, or its history.
_BY_ITSELF = frozenset({"empty", "unmentioned", "matches", "compare", "dwell", "notice", "each", "listed", "apart"})


def _otherwise(asked: Asked, entry: Entry) -> str:
    """What met a requirement to which no statement speaks, as far as the entry says; or what is missing."""
    requirement, answer = asked.question.requirement, asked.answer
    if not answer.met:
        return _short(requirement, answer.missing or "it is missing")
    if answer.missing is not None:
        return f"only advice, and not followed: {_short(requirement, answer.missing)}"
    if requirement.filled is not None:
        return f"filled in: {', '.join(requirement.filled)}"
    if requirement.type == "reason":
        return "its reason is given"
    if requirement.type in _BY_ITSELF:
        return "by the record itself"
    others = sorted(set(answer.relies_on) & entry.relies_on.keys())
    return f"rests on {', '.join(others)}" if others else "nothing speaks against it"


def _clauses(policy: Policy, requirement: Requirement) -> str:
    return ", ".join(policy.full(one) for one in requirement.clauses)


def _said(pair: Pair, one: Live) -> Said:
    said = one.said
    words, wrong = said_in_words(one, pair.after), said.id in pair.wrong
    against = isinstance(said, Approval) and said.decision != "approve"
    return Said(said.id, one.group, said.requirement, words, said.id not in pair.known, wrong, against)


def _brought(pair: Pair, new: RecordFile) -> Iterator[Said]:
    """The statements that the change brings."""
    known, anew = pair.known, _decided_since(new)
    for one in statements(new):
        if one.said.id not in known:
            said = _said(pair, one)
            yield replace(said, words=f"{said.words}; decided anew since") if said.id in anew else said


def _decided_since(record: RecordFile) -> set[str]:
    """The decisions after which the same person decided the same anew."""
    standing = sorted((one for one in record.model.approvals if one.withdrawn is None), key=lambda one: one.at)
    latest = {(one.by, one.requirement): one.id for one in standing}
    return {one.id for one in standing} - set(latest.values())


def _withdrawn(pair: Pair, new: RecordFile) -> Iterator[str]:
    """The statements that the change withdraws."""
    stood = {one.said.id for one in statements(pair.old) if one.said.withdrawn is None} if pair.old else set()
    for one in statements(new):
        if one.said.withdrawn is not None and (one.said.id in stood or one.said.id not in pair.known):
            yield withdrawn_in_words(one, pair.after)
    known = {one.id for one in pair.old.model.expunged} if pair.old is not None else set()
    yield from (
        f"text was taken out for good by {one.by} ({one.id}): {shown(one.reason)}"
        for one in new.model.expunged
        if one.id not in known
    )


def _void(pair: Pair) -> Iterator[Void]:
    """The approvals for the gates ahead that do not bind what stands there now, though they bound or came with it."""
    old, new = pair.old, pair.new
    policy = pair.after.policy_of(new) if new is not None else None
    if new is None or policy is None or (old is not None and pair.before.policy_of(old) is None):
        return
    lifecycle = policy.lifecycles.get(new.kind)
    ahead_ = {name for way in (lifecycle.leaving(new.stage) if lifecycle else ()) for name in way.needs}
    settled = {use for entry in new.model.history for use in entry.uses} | (_decided_since(new) - pair.known)
    for said in new.model.approvals:
        if said.requirement not in ahead_ or said.id in settled or said.withdrawn is not None:
            continue
        why = _why_void(pair.after, new, said, pair.now)
        stood = old if said.id in pair.known else None
        if why is None or (stood is not None and _why_void(pair.before, stood, said, pair.now) is not None):
            continue
        covers = policy.requirements[said.requirement].covers
        paths = tuple(one for one in covers if stood and value_at(stood.data, one) != value_at(new.data, one))
        because = f"{', '.join(paths)} changed, which it covers" if paths else why
        words = f"the approval {said.id} of {said.by} for {said.requirement} is void: {because}"
        yield Void(said.id, said.requirement, said.by, paths, words, decided_anew(policy, new.id, said))


def _why_void(register: Register, record: RecordFile, said: Approval, now: datetime) -> str | None:
    source = register.policies[record.model.policy]
    if said.requirement not in source.policy.requirements:
        return f"{source.policy.policy} no longer asks for it"
    look = Look(record, register, source, now, now)
    return void(ask(situation_of(look), record.stage, said.requirement), said)


def ahead(register: Register, record: RecordFile, now: datetime) -> Ahead | None:
    """The gate of the usual way on, asked; None where none leads on."""
    source = register.policies.get(record.model.policy)
    lifecycle = source.policy.lifecycles.get(record.kind) if source is not None else None
    if source is None or lifecycle is None:
        return None
    ways = [one for one in lifecycle.leaving(record.stage) if one.main and open_to(one, record.data)]
    if not ways:
        return None
    asked = gate(situation_of(Look(record, register, source, now, now)), ways[0])
    return Ahead(ways[0].to, tuple(_need(source.policy, one) for one in asked))


def _need(policy: Policy, asked: Asked) -> Need:
    question, answer = asked.question, asked.answer
    counted, wanted = tally(question) or (None, None)
    demand = question.requirement.approval
    return Need(
        question.name,
        _clauses(policy, question.requirement),
        answer.met,
        "" if answer.met else _short(question.requirement, answer.missing or "it is missing"),
        counted,
        wanted,
        tuple(answer.roles),
        tuple(answer.people),
        None if answer.met else answer.command,
        by_word=demand is not None and demand.assurance is None and bool(answer.people),
    )


def _short(requirement: Requirement, missing: str) -> str:
    """What is missing, without the sentence by which the policy asks for it, and without lines to paste."""
    if requirement.any_of is not None:
        return f"one of {', '.join(requirement.any_of)}"
    return missing.removeprefix(f"{requirement.ask} ").removeprefix("Missing: ")
