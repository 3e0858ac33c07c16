"""What a commit that landed shows of who made it: its author's address, and the key with which it is signed."""

from __future__ import annotations

from partnerkit.dataclass import dataclass, field
from partnerkit.findings import Finding
from partnerkit.register import Register
from partnerkit.rules.assurance import Sealed, Witness
from partnerkit.rules.signed import NEEDED
from partnerkit.steps import Commit
from partnerkit.store.signatures import of_commit


@dataclass(frozen=True, slots=True)
class Seal:
    """What the signature of a commit is worth, by whom it is, and what is wrong with it."""

    worth: Sealed | None = None
    signer: str | None = None
    findings: list[Finding] = field(default_factory=list)


def sealed(commit: Commit, rules: Register) -> Seal:
    """Look at the signature of a commit; whose the key is says the roster that stood before it."""
    if commit.signature is None:
        return Seal()
    signed = of_commit(commit)
    if signed is None:
        return Seal("not-ssh")
    if signed.key is not None:
        signer = rules.roster.signer(signed.key)
        return Seal("of-somebody" if signer else "of-nobody", signer)
    if signed.unable is not None:
        message = f"the commit is signed, and its signature cannot be verified here: {signed.unable}"
        return Seal("unverified", findings=[Finding("signature-unverified", message, mend=NEEDED)])
    message = f"the signature of the commit is wrong: {signed.wrong}"
    return Seal(
        "wrong",
        findings=[Finding("signature-bad", message, mend="git commit --amend --no-edit --gpg-sign signs it anew")],
    )


def witnessed_by(commit: Commit, rules: Register, seal: Seal) -> Witness:
    """What a commit shows of who made it, through the roster that stood before it."""
    known = rules.roster.people_of(commit.author)
    shared = rules.roster.is_shared(commit.author)
    merge = len(commit.parents) > 1
    author = known[0] if len(known) == 1 and not shared and not merge else None
    return Witness(author, seal.signer, commit.at)
