"""Rules for statements that are signed: the signature is one of what they say, by a key of whoever says it.

Whether the bytes were signed never ages, so it is asked of every statement that stands. Whose the key is says the
roster before the step that brings the signature: a key that is lost later takes nothing back that landed before.
"""

from __future__ import annotations

from collections.abc import Iterator

from partnerkit.findings import Finding
from partnerkit.kinds.ssh import fingerprint
from partnerkit.kinds.statements import Approval
from partnerkit.register import RecordFile
from partnerkit.rules.commands import line
from partnerkit.rules.fitting import signature_expunged
from partnerkit.rules.look import Look, clause_of
from partnerkit.rules.places import at
from partnerkit.steps import Live, Step, statements

#: What has to be there to verify signatures, for whoever lacks it.
NEEDED = "install OpenSSH 8.2 or newer and see that PATH finds ssh-keygen"


def signatures_are_genuine(look: Look) -> Iterator[Finding]:
    """A signature is one of what stands there."""
    for found in _signed(look.record):
        said, signed = found.said, look.register.signed(found.raw)
        if signed.key is not None or signature_expunged(look.record, found.raw):
            continue
        code, why = "signature-bad", f"is wrong: {signed.wrong}"
        mend = line("add", look.record.id, said.requirement, f"withdraw={said.id}", "--reason", "<reason>")
        if signed.unable is not None:
            code, why = "signature-unverified", f"cannot be verified here: {signed.unable}"
            mend = NEEDED
        message = f"the signature of {said.by} under {said.id} for {said.requirement} {why}"
        keys, clause = (found.group, found.index, "signature"), clause_of(look, said.requirement)
        yield at(look.record, keys, code, message, clause=clause, mend=mend)


def signed_by_who_says_so(step: Step, old: RecordFile | None, new: RecordFile) -> Iterator[Finding]:
    """A signature that the step brings is by a key that stood at whoever makes the statement before the step."""
    before = {found.said.id: found.raw.get("signature") for found in statements(old)} if old else {}
    for found in _signed(new):
        key = step.after.signed(found.raw).key
        if key is None or before.get(found.said.id) == found.raw["signature"]:
            continue
        said, roster = found.said, step.rules.roster
        if roster.signer(key) != said.by:
            others = " and ".join(roster.signers(key)) or "nobody on the roster"
            message = (
                f"{said.id} for {said.requirement} names {said.by}, and is signed with a key ({fingerprint(key)}) "
                f"that stood at {others} before this step"
            )
            if step.after.roster.signer(key) == said.by:
                message += f"; it stands at {said.by} only from this very step on, and the roster lands first"
            mend = line("person", "set", said.by, "--key", "<key-file>")
            yield at(new, (found.group, found.index, "signature"), "signature-bad", message, mend=mend)


def _signed(record: RecordFile) -> Iterator[Live]:
    for found in statements(record):
        said = found.said
        if isinstance(said, Approval) and said.signature is not None and said.withdrawn is None:
            yield found
