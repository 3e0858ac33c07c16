"""Assurance: how surely the person whom an entry or a statement names was the one who made it.

A name in a file is a claim. It is worth more where the commit that brought it was made by that person's address, more
where it is signed by their key, and most where the statement itself is: that alone survives squashing and rebasing.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Literal

from partnerkit.dataclass import dataclass
from partnerkit.kinds.statements import Approval
from partnerkit.register import RecordFile, Register
from partnerkit.steps import Live, statements

Level = Literal["on-behalf", "claimed", "author", "signed-commit", "signed-statement"]

#: From the weakest to the strongest, each with what it means.
LEVELS: dict[Level, str] = {
    "on-behalf": "recorded by somebody else, who says where it was seen",
    "claimed": "named in the record alone",
    "author": "the address of the commit's author is theirs",
    "signed-commit": "the commit is signed with their key",
    "signed-statement": "the statement itself is signed with their key",
}


def at_least(level: Level, wanted: Level) -> bool:
    """Whether a level is another one or stronger."""
    order = list(LEVELS)
    return order.index(level) >= order.index(wanted)


#: What the signature of a commit is worth.
Sealed = Literal["of-somebody", "of-nobody", "not-ssh", "wrong", "unverified"]

#: In words, from the most to the least.
SEALS: dict[Sealed, str] = {
    "of-somebody": "by a person on the roster of that moment",
    "of-nobody": "with a key that stood at nobody, or at two people",
    "not-ssh": "not with SSH, so not verified",
    "unverified": "not verified here",
    "wrong": "wrong",
}

#: How long after the moment that it names something may land and still have been witnessed by its landing.
WITNESSED = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Witness:
    """What a commit itself shows of who made it and when.

    Attributes:
        author: the person whose address its author has; None where the roster knows nobody, or it is a merge.
        signer: the person with whose key it is signed; None where it is not, or nobody knows the key.
        at: when it landed.
    """

    author: str | None
    signer: str | None
    at: datetime

    def level(self, by: str, recorded_by: str | None = None) -> Level:
        """How surely somebody made what the commit brought."""
        if recorded_by is not None and recorded_by != by:
            return "on-behalf"
        if self.signer == by:
            return "signed-commit"
        return "author" if self.author == by else "claimed"

    def saw(self, at: datetime) -> bool:
        """Whether the moment that something names is about that at which it landed."""
        return self.at - at <= WITNESSED


def said_in(old: RecordFile | None, new: RecordFile) -> Iterator[Live]:
    """The statements that a step adds to a record."""
    known = {found.said.id for found in statements(old)} if old is not None else set()
    return (found for found in statements(new) if found.said.id not in known)


def is_signed(found: Live, rules: Register) -> bool:
    """Whether a statement is signed with a key of whoever makes it, by a roster."""
    if not isinstance(found.said, Approval) or found.said.signature is None:
        return False
    key = rules.signed(found.raw).key
    return key is not None and rules.roster.signer(key) == found.said.by


def level_of(found: Live, witness: Witness, rules: Register) -> Level:
    """How surely somebody made a statement that a commit brought, by the roster that stood before it."""
    if is_signed(found, rules):
        return "signed-statement"
    return witness.level(found.said.by, found.said.recorded_by)
