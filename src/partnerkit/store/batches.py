"""Commits read from git some at a time: few where each of them changes many files, so that little is held."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from partnerkit.store.git.entries import READABLE
from partnerkit.store.git.repository import Git
from partnerkit.store.git.walk import Walked, walk
from partnerkit.store.layout import is_rule
from partnerkit.store.record_paths import RECORDS, folder_kind

#: How many commits are read at a time at most, and how many before it is known how many files they change.
_AT_ONCE, _AT_FIRST = 1_000, 250

#: How many files they change at most, where it is not one alone that changes more.
_FILES_AT_ONCE = 1_000


def in_batches(git: Git, oids: Sequence[str]) -> Iterator[list[Walked]]:
    """Commits with what each changed in the records folder, some at a time.

    Raises:
        CannotWorkError: git lacks one of their objects.
    """
    batch, files = list[Walked](), 0
    for one in _walked(git, oids):
        if batch and (len(batch) == _AT_ONCE or files + len(one.changes) > _FILES_AT_ONCE):
            yield batch
            batch, files = [], 0
        batch.append(one)
        files += len(one.changes)
    if batch:
        yield batch


def _walked(git: Git, oids: Sequence[str]) -> Iterator[Walked]:
    """Commits with what each changed: as many are asked for at a time as may change so many files, as the last did."""
    done, several = 0, _AT_FIRST
    while done < len(oids):
        walked = list(walk(git, oids[done : done + several], RECORDS))
        done += len(walked)
        files = sum(len(one.changes) for one in walked)
        several = max(1, min(_AT_ONCE, _FILES_AT_ONCE * len(walked) // max(files, 1)))
        yield from walked


def wanted(batch: Iterable[Walked]) -> set[str]:
    """The blobs of records that a batch of commits brings."""
    return {
        one.oid
        for walked in batch
        for one in walked.changes
        if one.oid is not None and one.mode in READABLE and folder_kind(one.path) and not is_rule(one.path)
    }
