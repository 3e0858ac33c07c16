"""Sign what somebody decides, with a key that stands at them on the roster."""

from __future__ import annotations

from typing import Any

from partnerkit.errors import CannotWorkError, WrongCallError
from partnerkit.jobs.desk import Desk
from partnerkit.jobs.statements import Voice
from partnerkit.kinds.ssh import fingerprint
from partnerkit.register import Register
from partnerkit.rules.commands import line
from partnerkit.store.openssh import sign
from partnerkit.store.signatures import of_statement, what_is_said


def demand_own(decision: str, voice: Voice) -> None:
    """Whether a decision can be signed by whoever types.

    Raises:
        WrongCallError: it is somebody else's word, or takes an older one back.
    """
    if voice.by != voice.actor:
        message = f"{voice.actor} cannot sign for {voice.by}: a signature is the decider's own"
        raise WrongCallError(message, f"without --sign it is recorded for them; {voice.by} signs on their own machine")
    if decision == "withdraw":
        raise WrongCallError("a decision is signed when it is taken: taking one back is not", "go without --sign")


def signature(desk: Desk, rules: Register, said: dict[str, Any], voice: Voice) -> str:
    """The signature of a statement by whoever acts, with the key with which git signs for them.

    Raises:
        CannotWorkError: nothing can be signed here, or the key does not stand at them on the roster.
    """
    made = sign(desk.git, what_is_said(said))
    signed = of_statement({**said, "signature": made})
    if signed.key is None:
        why = signed.wrong or signed.unable
        message = f"the decision was signed, and the signature does not hold: {why}; nothing changed"
        raise CannotWorkError(message, "see how git signs: git config --get-regexp '^(gpg|user)[.]'")
    owners = rules.roster.signers(signed.key)
    if owners != [voice.by]:
        whose = f"stands at {' and '.join(owners)}" if owners else "stands at nobody on the roster"
        message = f"git signs with the key {fingerprint(signed.key)}, which {whose}, and you are {voice.by}"
        mend = line("person", "set", voice.by, "--key", signed.key)
        raise CannotWorkError(f"{message}; nothing changed", mend if not owners else "git config user.signingKey")
    return made
