"""Blobs: the bytes of files as git has them, by their ids."""

from __future__ import annotations

from collections.abc import Iterable

from partnerkit.errors import CannotWorkError
from partnerkit.store.git.repository import Git

#: The largest file that is looked into for what somebody typed.
LARGEST = 4 * 1024 * 1024


def read_blobs(git: Git, oids: Iterable[str]) -> dict[str, bytes]:
    """Return the bytes of blobs, in the order in which they are named.

    Raises:
        CannotWorkError: git does not have one of them.
    """
    wanted = list(dict.fromkeys(oids))
    if not wanted:
        return {}
    blobs: dict[str, bytes] = {}
    for oid, found in zip(wanted, git.objects.read(wanted), strict=True):
        if found is None or found.kind != "blob":
            raise incomplete(oid)
        blobs[oid] = found.data
    return blobs


def small_blobs(git: Git, blobs: set[str]) -> list[str]:
    """Those of some blobs that are not too large to hold text that somebody typed."""
    return [one.oid for one in git.objects.about(sorted(blobs)) if one is not None and one.size <= LARGEST]


def demand_blobs(git: Git, oids: Iterable[str]) -> None:
    """See to it that git has blobs which are not read.

    Raises:
        CannotWorkError: it lacks one of them.
    """
    wanted = list(dict.fromkeys(oids))
    for oid, found in zip(wanted, git.objects.about(wanted), strict=True):
        if found is None or found.kind != "blob":
            raise incomplete(oid)


def incomplete(oid: str) -> CannotWorkError:
    """What is said where git lacks what an id names."""
    message = f"git has no bytes for {oid}: this clone is incomplete"
    return CannotWorkError(message, "git fetch --refetch, or clone it again; git fsck says whether it is damaged")
