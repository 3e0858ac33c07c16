"""Files of evidence that somebody changed past the rules: as they landed, from the history of git."""

from __future__ import annotations

from collections.abc import Iterator

from partnerkit.dataclass import dataclass
from partnerkit.kinds.canonical import file_digest
from partnerkit.kinds.expunging import listed, restated
from partnerkit.kinds.statements import Evidence
from partnerkit.register import RecordFile, Register
from partnerkit.steps import statements
from partnerkit.store.git.history import LandedCommit, log
from partnerkit.store.git.repository import Git
from partnerkit.store.git.trees import CommitTree


@dataclass(frozen=True, slots=True)
class Kept:
    """A file that evidence of a record names, and its digests: as it was shown, and without what was expunged since."""

    path: str
    digests: tuple[str, ...]


def kept(record: RecordFile) -> list[Kept]:
    """The files of evidence that a record names by their digest."""
    said = (found.said for found in statements(record))
    every = [one for one in said if isinstance(one, Evidence) and not one.claimed]
    known = listed(record.data)
    found = (Kept(one.ref, tuple(restated(known, one.digest))) for one in every if one.ref and one.digest)
    return list(dict.fromkeys(found))


def altered(git: Git, record: RecordFile, since: str | None, rev: str) -> LandedCommit | None:
    """The first commit up to one that left a file of a record other than it says, after another; None: none did."""
    order = [one.oid for one in log(git, rev=rev)]
    end = order.index(since) if since in order else len(order)
    found = [
        commit
        for one in kept(record)
        for commit in _since(git, one, order, end)
        if _digest(git, commit, one.path) not in one.digests
    ]
    return max(found, key=lambda commit: order.index(commit.oid), default=None)


def _since(git: Git, one: Kept, order: list[str], end: int) -> Iterator[LandedCommit]:
    """The commits that changed a file after it first was as it should be."""
    changed = [commit for commit in log(git, one.path, rev=order[0]) if order.index(commit.oid) < end] if order else []
    right = [place for place, commit in enumerate(changed) if _digest(git, commit, one.path) in one.digests]
    yield from changed[: right[-1]] if right else changed


def as_landed(git: Git, register: Register, record: RecordFile) -> Iterator[tuple[str, bytes]]:
    """The files that are not what they should be, as they landed; none with text that was expunged since."""
    for one in kept(record):
        if register.digests(one.path) in one.digests:
            continue
        raws = (CommitTree(git, commit.oid).read(one.path) for commit in log(git, one.path))
        raw = next((raw for raw in raws if raw is not None and file_digest(raw) == one.digests[-1]), None)
        if raw is not None:
            yield one.path, raw


def _digest(git: Git, commit: LandedCommit, path: str) -> str | None:
    raw = CommitTree(git, commit.oid).read(path)
    return file_digest(raw) if raw is not None else None
