"""Rules for statements that are signed: the signature is one of what they say, by a key of whoever says it.

Whether the bytes were signed never ages, so it is asked of every statement that stands. Whose the key is says the
roster before the step that brings the signature: a key that is lost later takes nothing back that landed before.
"""

from __future__ import annotations

from collections.abc import Iterator

from partnerkit.dataclass import replace
from partnerkit.findings import Finding
from partnerkit.kinds.expunging import explained, listed, marked, masked
from partnerkit.kinds.ssh import Signed, fingerprint
from partnerkit.kinds.statements import Approval, core
from partnerkit.register import RecordFile
from partnerkit.rules.commands import line, withdrawing
from partnerkit.rules.fitting import signature_expunged
from partnerkit.rules.look import Look, clause_of
from partnerkit.rules.places import at
from partnerkit.steps import Live, Step, statements

#: Where no commit holds what was signed.
_NOBODY_CAN_SAY = Signed(unable="no commit holds what was signed")

#: What has to be there to verify signatures, for whoever lacks it.
NEEDED = "install OpenSSH 8.2 or newer and see that PATH finds ssh-keygen"


def signatures_are_genuine(look: Look) -> Iterator[Finding]:
    """A signature is one of what stands there."""
    for found in _signed(look.record):
        said, signed = found.said, look.register.signed(found.raw)
        if signed.key is None and signature_expunged(look.record, found.raw):
            signed = _signed_before(look, found) or _NOBODY_CAN_SAY
        if signed.key is not None or signed is _NOBODY_CAN_SAY:
            continue
        code, why = "signature-bad", f"is wrong: {signed.wrong}"
        mend = withdrawing(look.record.id, said)
        if signed.unable is not None:
            code, why = "signature-unverified", f"cannot be verified here: {signed.unable}"
            mend = NEEDED
        message = f"the signature of {said.by} under {said.id} for {said.requirement} {why}"
        keys, clause = (found.group, found.index, "signature"), clause_of(look, said.requirement)
        yield at(look.record, keys, code, message, clause=clause, mend=mend)


def lost_signatures_are_told(look: Look) -> Iterator[Finding]:
    """Where history was rewritten nobody can verify any more what was signed; silence would be taken for a yes."""
    for found in _signed(look.record):
        lost = look.register.signed(found.raw).key is None and signature_expunged(look.record, found.raw)
        if lost and _signed_before(look, found) is None:
            said, ids = found.said, sorted(marked(found.raw))
            message = (
                f"the signature of {said.by} under {said.id} for {said.requirement} can be verified no more: it is "
                f"over the whole text, of which {', '.join(ids)} took a part out, and no commit holds that any more"
            )
            mend = line("audit", look.record.id, *(word for one in ids for word in ("--rewritten", one)))
            keys = (found.group, found.index, "signature")
            yield at(look.record, keys, "signature-expunged", message, mend=mend, severity="warning")


def _signed_before(look: Look, found: Live) -> Signed | None:
    """What came of the signature before text was expunged from its statement; None where no commit holds that."""
    ids = explained(listed(look.record.data)) | explained(look.record.later)
    for data in look.register.earlier(look.record.path):
        said = data.get(found.group)
        for then in said if isinstance(said, list) else []:
            if not isinstance(then, dict) or then.get("id") != found.said.id or marked(then) & ids:
                continue
            if core(masked(then, found.raw, ids)) != core(found.raw):
                return Signed(wrong="more was changed than that text was taken out")
            signed = look.register.signed(then)
            wrong = f"{signed.wrong}, before text was taken out of it too" if signed.wrong is not None else None
            return replace(signed, wrong=wrong)
    return None


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
