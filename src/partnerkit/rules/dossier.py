"""A dossier: what an auditor takes home of one record, as values; and what of its statements still stands as it was."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime

from partnerkit.dataclass import dataclass
from partnerkit.kinds.canonical import digest
from partnerkit.kinds.statements import Approval, Evidence, statement_digest
from partnerkit.policies.definition import definition_digest
from partnerkit.register import PolicyFile, RecordFile, Register
from partnerkit.rules.assurance import is_signed
from partnerkit.rules.audited import Audited
from partnerkit.rules.fitting import fits, signature_expunged
from partnerkit.rules.grounds import Grounds
from partnerkit.rules.sight import Seen, Sight
from partnerkit.rules.withholding import Withholding
from partnerkit.steps import Live, content, statements


@dataclass(frozen=True, slots=True)
class Held:
    """A file as a commit holds it.

    Attributes:
        path: the file.
        commit: the commit.
        at: when that landed.
        digest: `sha256:` of its bytes; None where it is not there.
    """

    path: str
    commit: str
    at: datetime
    digest: str | None


@dataclass(frozen=True, slots=True)
class Section:
    """One record of a dossier.

    Attributes:
        record: the record, for what is compared and never shown.
        seen: the record as readers may see it.
        source: the policy that governs it.
        grounds: what its stage rests on.
        held: its file as the dossier's commit holds it.
        canonical: the digest of what that file says, whatever its layout.
        versions: its file as each commit left it that brought an entry of its history.
    """

    record: RecordFile
    seen: Seen
    source: PolicyFile
    grounds: Grounds
    held: Held
    canonical: str
    versions: list[Held]


@dataclass(frozen=True, slots=True)
class Dossier:
    """What an auditor takes home of one record.

    Attributes:
        register: the register as it stood.
        sight: what readers may see.
        withholding: what sentences may not say to them.
        commit: up to which commit it goes.
        landed: when that landed.
        asked: the day or revision that was asked for; None for the latest.
        sections: the record itself, then what belongs to it.
        listed: what belongs to these in turn.
        partial: whether something belongs to it of which they may not know.
        rules: the files of the rules in force.
        audited: the verdict on all of these.
    """

    register: Register
    sight: Sight
    withholding: Withholding
    commit: str
    landed: datetime
    asked: str | None
    sections: list[Section]
    listed: list[Seen]
    partial: bool
    rules: list[Held]
    audited: Audited


def parted(section: Section, said: Approval) -> list[str]:
    """From what of that to which it was bound an approval has parted, in words; from nothing where all is the same."""
    return list(_parted(section.record, section.source, said))


def _parted(record: RecordFile, source: PolicyFile, said: Approval) -> Iterator[str]:
    requirement = source.policy.requirements.get(said.requirement)
    if requirement is None:
        yield "the policy has this requirement no more"
    elif said.binds.definition != definition_digest(source.data, said.requirement):
        yield "the policy demands otherwise here now"
    else:
        now = content(record.data, requirement.covers)
        if not fits(record, said.binds.content, digest(now), now):
            yield "the fields that it covers were changed since"
    raw = {one.said.id: one.raw for one in statements(record)}
    for bound, was in said.binds.evidence.items():
        if bound not in raw:
            yield f"{bound}, on which it rests, is not there"
        elif not fits(record, was, statement_digest(raw[bound]), raw[bound]):
            yield f"{bound}, on which it rests, was changed since"


def shown(register: Register, record: RecordFile, said: Evidence) -> tuple[str, bool | None]:
    """How evidence stands, in words, and whether its bytes are those that were recorded; None where nobody can say."""
    if said.ref is None and said.digest is None:
        return "an account in words: it points nowhere", None
    if said.digest is None:
        return "only the place stands here, and no digest", None
    if said.claimed or said.ref is None:
        return "kept elsewhere: the digest is as somebody gave it", None
    now = register.digests(said.ref)
    if now is None:
        return "its bytes are not in this register any more", False
    if fits(record, said.digest, now, None):
        return "its bytes are in this register and are those that were recorded", True
    return "its bytes are in this register and are not those that were recorded", False


def signature(register: Register, section: Section, found: Live) -> str | None:
    """What the signature of a statement is worth, by the roster of that commit; None where it has none."""
    if "signature" not in found.raw:
        return None
    if signature_expunged(section.record, found.raw):
        return "it held until text was expunged from the statement"
    if is_signed(found, register):
        return "verified: with a key that stands at them on the roster"
    signed = register.signed(found.raw)
    why = signed.wrong or signed.unable or "the key stands at nobody, or at somebody else, on the roster"
    return f"not verified: {why}"


def attached(dossier: Dossier) -> Mapping[str, str]:
    """The files of evidence whose bytes are in the register and match, each with its digest as the file has it."""
    found: dict[str, str] = {}
    for section in dossier.sections:
        known = {one["id"]: one for one in section.seen.data.get("evidence") or []}
        for one in section.record.model.evidence:
            ref = known.get(one.id, {}).get("ref")
            now = dossier.register.digests(ref) if ref is not None and ref == one.ref else None
            if now is not None and shown(dossier.register, section.record, one)[1]:
                found[ref] = now
    return found
