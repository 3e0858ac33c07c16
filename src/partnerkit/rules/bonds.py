"""What of a record carries the digest of something else in it, and what that something is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from partnerkit.dataclass import dataclass
from partnerkit.kinds.canonical import digest
from partnerkit.kinds.entries import Entry
from partnerkit.kinds.expunging import listed, restated
from partnerkit.kinds.statements import STATEMENT_LISTS, Approval, statement_digest
from partnerkit.policies.definition import definition_digest
from partnerkit.rules.case import covered_paths
from partnerkit.rules.fitting import signature_expunged
from partnerkit.rules.look import Look
from partnerkit.rules.proven import paths_sealed
from partnerkit.steps import content_digest, entry_digest, history_digest, uses_digest

Data = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Bond:
    """A digest that a record carries of something in it.

    Attributes:
        sealed: the digest as it was sealed.
        of: makes it anew of a version of the record; None where it lacks that, or nobody can say.
    """

    sealed: str
    of: Callable[[Data], str | None]

    def holds(self, data: Data) -> bool:
        """Whether it is the digest of what stands in a version of the record."""
        return self.of(data) in restated(listed(data), self.sealed)


def bonds(look: Look) -> Iterator[Bond]:
    """Every digest that a record carries of something in it: chains, fields, statements, what approvals bind.

    A signature that is genuine, or was until text was expunged from it, counts as one of what it is under.
    """
    for index, entry in enumerate(look.record.model.history):
        if index:
            yield Bond(entry.seal.previous, partial(_entry, index=index - 1))
        if entry.type == "void":
            yield Bond(entry.seal.gate, partial(_history, index=index))
        yield _covers(look, entry)
        yield Bond(entry.seal.statements, partial(_used, uses=entry.uses))
    for index, one in enumerate(look.record.model.expunged[1:]):
        yield Bond(one.previous, partial(_expunging, index=index))
    for index, said in enumerate(look.record.model.approvals):
        raw = look.record.data["approvals"][index]
        yield from _bound(look, said)
        if "signature" in raw and (look.register.signed(raw).key is not None or signature_expunged(look.record, raw)):
            yield Bond(statement_digest(raw), partial(_said, statement_id=said.id))


def _bound(look: Look, said: Approval) -> Iterator[Bond]:
    requirement = look.policy.requirements.get(said.requirement)
    if requirement is not None and said.binds.definition == definition_digest(look.source.data, said.requirement):
        yield Bond(said.binds.content, partial(content_digest, paths=requirement.covers))
    for one, sealed in said.binds.evidence.items():
        yield Bond(sealed, partial(_said, statement_id=one))


def _covers(look: Look, entry: Entry) -> Bond:
    """The fields that an entry vouches for: by the policy as it is, or as it was when the entry was sealed."""
    lifecycle = look.policy.lifecycles.get(look.record.kind)
    transition = lifecycle.find(entry.from_, entry.to) if lifecycle and entry.from_ else None
    today = covered_paths(look.source, transition)
    paths = paths_sealed(look.record, look.source, look.register, entry, today)
    return Bond(entry.seal.covers, partial(content_digest, paths=paths)) if paths is not None else _unknown(entry)


def _unknown(entry: Entry) -> Bond:
    return Bond(entry.seal.covers, lambda _data: None)


def _entry(data: Data, *, index: int) -> str | None:
    return entry_digest(data["history"][index]) if index < len(data["history"]) else None


def _history(data: Data, *, index: int) -> str | None:
    return history_digest(data["history"][:index]) if index <= len(data["history"]) else None


def _expunging(data: Data, *, index: int) -> str | None:
    known = listed(data)
    return digest(known[index]) if index < len(known) else None


def _used(data: Data, *, uses: list[str]) -> str | None:
    found = _statements(data)
    return uses_digest([found[use] for use in uses]) if all(use in found for use in uses) else None


def _said(data: Data, *, statement_id: str) -> str | None:
    found = _statements(data).get(statement_id)
    return statement_digest(found) if found is not None else None


def _statements(data: Data) -> dict[str, Data]:
    return {said["id"]: said for group in STATEMENT_LISTS for said in data.get(group) or []}


def restatements(look: Look, after: Data) -> dict[str, str]:
    """The digests in a record that still held and hold no more when text is taken out: as they were, as they are.

    Args:
        look: the record as it is, with everything by which its gates were judged.
        after: the record with markers instead of the text.
    """
    before = look.record.data
    pairs = ((one.of(before), one.of(after)) for one in bonds(look) if one.holds(before))
    return {was: now for was, now in pairs if was is not None and now is not None and was != now}
