"""What rests on trust rather than on the rules: what an auditor should look at by eye."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Generic, TypeVar

from partnerkit.dataclass import dataclass, field
from partnerkit.kinds.entries import Entry
from partnerkit.kinds.expunging import Expunging
from partnerkit.kinds.settings import Trust
from partnerkit.kinds.statements import Approval, Evidence, Statement, Waiver
from partnerkit.register import RecordFile, Register
from partnerkit.rules.fitting import fits
from partnerkit.steps import statements

SaidT = TypeVar("SaidT", bound=Statement)


@dataclass(frozen=True, slots=True)
class Stated(Generic[SaidT]):
    """A statement, and the record it stands in."""

    record: str
    said: SaidT


@dataclass
class Facts:
    """What stands in the records that were looked at, and what an auditor should look at by eye.

    Attributes:
        records: how many there are.
        waivers: requirements that were waived.
        on_behalf: decisions that somebody else recorded than who took them.
        adopted: records that came in as they stood, without being judged.
        clock_set: entries and statements whose day was set by hand.
        hooks_skipped: entries made while the hooks were skipped.
        verified: evidence in the register whose bytes are those that were recorded.
        not_opened: evidence kept elsewhere, of which only the digest stands here.
        without_hash: evidence of which only the place stands here.
        in_words: evidence that is an account in words and points nowhere.
        expunged: text that was taken out for good, with the record in which it stood.
        trust: what register.yaml demands of people: who may expunge, and who may adopt until when.
    """

    records: int = 0
    waivers: list[Stated[Waiver]] = field(default_factory=list)
    on_behalf: list[Stated[Approval]] = field(default_factory=list)
    adopted: list[RecordFile] = field(default_factory=list)
    clock_set: int = 0
    hooks_skipped: int = 0
    verified: int = 0
    not_opened: int = 0
    without_hash: int = 0
    in_words: int = 0
    expunged: list[tuple[str, Expunging]] = field(default_factory=list)
    trust: Trust = field(default_factory=Trust)


def facts(register: Register, only: Collection[str] | None) -> Facts:
    """Count what stands in a register, or in the records named."""
    found = Facts(trust=register.settings.trust)
    for record in _records(register, only):
        found.records += 1
        if record.model.history[0].type == "adopt":
            found.adopted.append(record)
        found.expunged += [(record.id, one) for one in record.model.expunged]
        made: list[Entry | Expunging] = [*record.model.history, *record.model.expunged]
        found.clock_set += sum(one.clock is not None for one in made)
        found.hooks_skipped += sum(one.hooks is not None for one in made)
        for one in statements(record):
            _count(found, register, record, one.said)
    return found


#: What is only counted, and not named.
COUNTED = ("clock_set", "hooks_skipped", "verified", "not_opened", "without_hash", "in_words")


def counted(found: Facts) -> list[int] | None:
    """What was counted in a record, as `COUNTED` names it; None where something of it has to be named."""
    if found.waivers or found.on_behalf or found.adopted or found.expunged:
        return None
    return [getattr(found, name) for name in COUNTED]


def summed(found: Facts, others: int, counts: Sequence[int]) -> Facts:
    """What stands in some records, with what was counted in so many others, as `COUNTED` names it."""
    found.records += others
    for name, more in zip(COUNTED, counts, strict=True):
        setattr(found, name, getattr(found, name) + more)
    return found


def _records(register: Register, only: Collection[str] | None) -> Iterable[RecordFile]:
    if only is None:
        return register.of_kind(None)
    return _named(register, only)


def _named(register: Register, only: Collection[str]) -> Iterator[RecordFile]:
    for one in sorted(only):
        record = register.records.get(one)
        if record is not None:
            yield record


def _count(found: Facts, register: Register, record: RecordFile, said: Statement) -> None:
    found.clock_set += said.clock is not None
    if isinstance(said, Waiver):
        found.waivers.append(Stated(record.id, said))
    if isinstance(said, Approval) and said.recorded_by is not None and said.recorded_by != said.by:
        found.on_behalf.append(Stated(record.id, said))
    if isinstance(said, Evidence):
        _count_evidence(found, register, record, said)


def _count_evidence(found: Facts, register: Register, record: RecordFile, said: Evidence) -> None:
    if said.ref is None and said.digest is None:
        found.in_words += 1
    elif said.digest is None:
        found.without_hash += 1
    elif said.claimed or said.ref is None:
        found.not_opened += 1
    elif (now := register.digests(said.ref)) is not None and fits(record, said.digest, now, None):
        found.verified += 1
