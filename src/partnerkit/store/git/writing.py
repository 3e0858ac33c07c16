"""The right to write to a repository, while a process holds it."""

from __future__ import annotations

from pathlib import Path

from partnerkit.dataclass import dataclass
from partnerkit.store.disk.lock import Lock
from partnerkit.store.git.configured import Identity


@dataclass(frozen=True, slots=True)
class Writing:
    """The right to write, held.

    Attributes:
        identity: who acts.
        branch: the branch that commits go to.
        lock: what keeps other writers out.
        recovered: what was done about an earlier command that was interrupted; None when nothing was.
        signs: whether commits are to be signed.
        hooks: where hooks lie; None where some are configured without files.
    """

    identity: Identity
    branch: str
    lock: Lock
    recovered: str | None = None
    signs: bool = False
    hooks: Path | None = None
