"""What the seals of passed gates prove: that fields and statements are what they were when each was passed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from partnerkit.dataclass import dataclass
from partnerkit.kinds.canonical import digest
from partnerkit.kinds.entries import Entry
from partnerkit.policies.shapes import has_field
from partnerkit.register import PolicyFile, RecordFile, Register
from partnerkit.rules.case import covered_paths, gate_of
from partnerkit.rules.fallen import evidence_fallen, signatures_fallen
from partnerkit.rules.fitting import fits
from partnerkit.steps import IDENTITY, Passed, content, statements, uses_digest

#: What proves the stage of a record: its history itself.
STAGE = "stage"


def proof(entry_id: str, path: str) -> str:
    """What proves a field to be as it was: the seal of an entry, where that is over the field."""
    return f"{entry_id}/{path}"


@dataclass(frozen=True, slots=True)
class Vouched:
    """What the seal of a passed gate says of a record as it is.

    Attributes:
        entry: the entry that passed it.
        paths: the fields for which it vouches; None where nobody can say.
        content: whether they are as they were.
        said: whether the statements on which it rests are there, as they were.
        rests: whether what these rest on is there too.
    """

    entry: Entry
    paths: list[str] | None
    content: bool
    said: bool
    rests: bool

    @property
    def differs(self) -> str | None:
        """What is not as it was, in words; None where nothing is known to differ."""
        if self.paths is not None and not self.content:
            return f"one of {', '.join(self.paths)}"
        if not self.said:
            return f"one of the statements {', '.join(self.entry.uses)}"
        return None if self.rests else "the evidence on which its decisions and signatures rest"

    @property
    def proofs(self) -> frozenset[str]:
        """What it proves to be as it was, all of it or nothing: by the entry, and by each field that it sealed."""
        if self.paths is None or self.differs is not None:
            return frozenset()
        return frozenset({self.entry.id, *(proof(self.entry.id, path) for path in self.paths)})


def vouched(
    record: RecordFile, source: PolicyFile, register: Register, gates: list[Passed], moment: datetime
) -> Iterator[Vouched]:
    """What the seals of gates say of a record; an adopted record passed none.

    Args:
        record: the record as it is.
        source: its policy.
        register: where it stands, which knows what the policy said before.
        gates: the gates.
        moment: the moment at which what they rest on is looked at.
    """
    for gate in gates:
        entry = record.model.history[gate.index]
        if entry.type not in {"create", "move"}:
            continue
        paths = paths_sealed(record, source, register, entry, [*IDENTITY, *gate.covers])
        fallen = [*evidence_fallen(record, source, gate, moment), *signatures_fallen(record, source, gate, moment)]
        content = paths is not None and as_sealed(record, entry, paths)
        yield Vouched(entry, paths, content, said_as_sealed(record, entry), not fallen)


def said_as_sealed(record: RecordFile, entry: Entry) -> bool:
    """Whether the statements on which an entry rests are there, as they were."""
    by_id = {found.said.id: found.raw for found in statements(record)}
    if any(use not in by_id for use in entry.uses):
        return False
    used = [by_id[use] for use in entry.uses]
    return fits(record, entry.seal.statements, uses_digest(used), used)


def as_sealed(record: RecordFile, entry: Entry, paths: list[str]) -> bool:
    """Whether fields are what they were when an entry was sealed, if it was sealed over them."""
    known: dict[tuple[str, ...], bool] = record.found.setdefault("sealed", {})
    key = (entry.seal.covers, *paths)
    if key not in known:
        held = content(record.data, paths)
        known[key] = fits(record, entry.seal.covers, digest(held), held)
    return known[key]


def paths_sealed(
    record: RecordFile, source: PolicyFile, register: Register, entry: Entry, today: list[str]
) -> list[str] | None:
    """The fields that the gate of an entry vouched for when it was passed, by the policy that it was sealed with.

    None where nobody can say: that policy never landed here, or records can no longer hold what it spoke of.

    Args:
        record: the record.
        source: its policy.
        register: knows what the policy said before.
        entry: the entry.
        today: those for which the policy would have it vouch today: if the seal holds over them, they are the ones.
    """
    if as_sealed(record, entry, today):
        return today
    for one in (source, *register.former(source.path)):
        lifecycle = one.policy.lifecycles.get(record.kind)
        transition = lifecycle.find(entry.from_, entry.to) if lifecycle and entry.from_ else None
        if entry.seal.gate == gate_of(one, entry.from_, entry.to, transition):
            paths = covered_paths(one, transition)
            held = all(path in IDENTITY or has_field(source.policy, record.kind, path) for path in paths)
            return paths if held else None
    return None
