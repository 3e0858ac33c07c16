"""What a record's stage rests on: each gate that it passed, what met each demand, and what of that rests on trust."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from partnerkit.conditions import holds
from partnerkit.dataclass import dataclass
from partnerkit.kinds.catalogue import KINDS
from partnerkit.kinds.entries import Entry
from partnerkit.kinds.history import followed
from partnerkit.kinds.statements import Approval, Evidence, Waiver
from partnerkit.policies.lifecycle import Transition
from partnerkit.policies.policy import Policy
from partnerkit.policies.requirement import Requirement
from partnerkit.register import PolicyFile, RecordFile, Register
from partnerkit.rules.case import gate_of
from partnerkit.steps import Live, statements

#: Demands that the fields of a record meet, or its history.
_BY_ITSELF = frozenset(
    {"filled", "empty", "unmentioned", "matches", "compare", "dwell", "notice", "reason", "each", "listed", "apart"}
)


@dataclass(frozen=True, slots=True)
class Met:
    """One demand of a gate with what met it; by the record itself where neither is named.

    Attributes:
        name: the requirement.
        requirement: what it demands.
        said: the statements.
        records: the other records.
    """

    name: str
    requirement: Requirement
    said: list[Live]
    records: list[RecordFile]


@dataclass(frozen=True, slots=True)
class Passed:
    """One entry of a record's history.

    Attributes:
        entry: the entry.
        voided_by: the id of the entry that voided it, or None.
        met: the demands of its gate that were met, in the order of the policy.
        rewritten: whether the policy has other demands at this gate now.
    """

    entry: Entry
    voided_by: str | None
    met: list[Met]
    rewritten: bool = False


@dataclass(frozen=True, slots=True)
class Trust:
    """Something that nobody can prove from the register: it is so because somebody says so.

    Attributes:
        what: why it is trusted and not proven.
        of: what it is: statements, entries or records, each in a few words.
    """

    what: str
    of: list[str]


@dataclass(frozen=True, slots=True)
class Grounds:
    """What a record's stage rests on.

    Attributes:
        passed: its entries, first to last.
        trust: what of it rests on trust.
    """

    passed: list[Passed]
    trust: list[Trust]


def grounds(found: RecordFile, register: Register) -> Grounds:
    """What a record's stage rests on, as the record itself tells."""
    passed = list(_passed(found, register))
    return Grounds(passed, _trust(passed))


def _passed(found: RecordFile, register: Register) -> Iterator[Passed]:
    policy = register.policies[found.model.policy]
    gone = followed(found.data["history"]).voided
    by_id = {one.said.id: one for one in statements(found)}
    lifecycle = policy.policy.lifecycles.get(found.kind)
    for index, entry in enumerate(found.model.history):
        voided_by = str(gone[index]["id"]) if index in gone else None
        moved = entry.type == "move" and entry.from_ is not None and voided_by is None
        transition = lifecycle.find(entry.from_, entry.to) if lifecycle and moved and entry.from_ else None
        others = [register.records[one] for one in sorted(entry.relies_on) if one in register.records]
        used = [by_id[use] for use in entry.uses if use in by_id]
        met = list(_met(found, policy.policy, transition, used, others)) if transition else []
        yield Passed(entry, voided_by, met, moved and _rewritten(policy, entry, transition))


def _rewritten(policy: PolicyFile, entry: Entry, transition: Transition | None) -> bool:
    return entry.seal.gate != gate_of(policy, entry.from_, entry.to, transition)


def _met(
    found: RecordFile, policy: Policy, transition: Transition, used: list[Live], others: list[RecordFile]
) -> Iterator[Met]:
    """What met each demand; nothing is said of one of which the record no longer tells whether it was asked."""
    for name in transition.needs:
        requirement = policy.requirements[name]
        ways = [requirement, *(policy.requirements[other] for other in requirement.any_of or [])]
        names = {name, *(requirement.any_of or [])}
        said = [one for one in used if one.said.requirement in names]
        kinds = _kinds_asked(found, ways)
        records = [one for one in others if one.kind in kinds]
        by_itself = any(way.type in _BY_ITSELF for way in ways) and _asked_of(found, requirement)
        if said or records or by_itself:
            yield Met(name, requirement, said, records)


def _kinds_asked(found: RecordFile, ways: list[Requirement]) -> set[str]:
    kinds = {demand.kind for way in ways if (demand := way.linked or way.named) is not None}
    kinds |= {way.each.of for way in ways if way.each is not None}
    return kinds | {kind for way in ways if way.subject_meets for kind in KINDS[found.kind].subjects}


def _asked_of(found: RecordFile, requirement: Requirement) -> bool:
    return requirement.when is None or holds(requirement.when, found.data)


def _trust(passed: list[Passed]) -> list[Trust]:
    """What nobody can prove from the register, of what the entries that count rest on."""
    counting = [one for one in passed if one.voided_by is None]
    met = [one for each in counting for one in each.met]
    used = list({one.said.id: one for each in met for one in each.said}.values())
    entries = [one.entry for one in counting]
    found = [
        Trust("taken in as it stood, never judged", [_adopted(one) for one in entries if one.type == "adopt"]),
        Trust("moved because its policy changed, never judged", _numbered(entries, "migrate")),
        Trust("stands on records that were never judged", _never_judged(met)),
        Trust("waived", [_waived(one.said) for one in used if isinstance(one.said, Waiver)]),
        Trust("said by one and recorded by another", [_for_another(one) for one in used if _typed_by_another(one)]),
        Trust("evidence in words, or only linked: what it said then cannot be proven", list(_unproven(used))),
        Trust("digest as somebody gave it, of what is kept elsewhere", list(_elsewhere(used))),
        Trust("withdrawn since", [_named(one) for one in used if one.said.withdrawn]),
        Trust("dated by hand: when it was truly made, the commit says", _dated_by_hand(entries, used)),
        Trust("commit hooks were skipped", [f"entry {one.seq}" for one in entries if one.hooks]),
    ]
    return [one for one in found if one.of]


def _numbered(entries: Iterable[Entry], type_: str) -> list[str]:
    return [f"entry {one.seq}" for one in entries if one.type == type_]


def _adopted(entry: Entry) -> str:
    seen = f", seen in {entry.seen}" if entry.seen else ""
    return f"entry {entry.seq}, in {entry.to} since {entry.since}{seen}, by {entry.by}"


def _never_judged(met: list[Met]) -> list[str]:
    return sorted({one.id for each in met for one in each.records if one.model.history[0].type == "adopt"})


def _named(one: Live) -> str:
    return f"{one.said.id} for {one.said.requirement}"


def _waived(said: Waiver) -> str:
    return f"{said.id} for {said.requirement} by {said.by}, until {said.until}: {said.reason}"


def _typed_by_another(one: Live) -> bool:
    return one.said.recorded_by not in {None, one.said.by} and not (
        isinstance(one.said, Approval) and one.said.signature
    )


def _for_another(one: Live) -> str:
    seen = f", seen in {one.said.seen}" if one.said.seen else ""
    return f"{_named(one)}: {one.said.by}, recorded by {one.said.recorded_by}{seen}"


def _unproven(used: list[Live]) -> Iterator[str]:
    for one in used:
        if isinstance(one.said, Evidence) and one.said.digest is None:
            yield f"{_named(one)}{f': {one.said.ref}' if one.said.ref else ''}"


def _elsewhere(used: list[Live]) -> Iterator[str]:
    for one in used:
        if isinstance(one.said, Evidence) and one.said.digest is not None and one.said.claimed:
            yield f"{_named(one)}: {one.said.ref}"


def _dated_by_hand(entries: list[Entry], used: list[Live]) -> list[str]:
    numbers = [str(one.seq) for one in entries if one.clock]
    found = [f"entr{'y' if len(numbers) == 1 else 'ies'} {', '.join(numbers)}"] if numbers else []
    said = [one.said.id for one in used if one.said.clock]
    return [*found, *([", ".join(said)] if said else [])]
