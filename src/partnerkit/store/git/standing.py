"""Where a text still stands in everything that git keeps: versions of files, and messages of commits."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from partnerkit.rules.forgotten import Standing
from partnerkit.store.git.repository import Git
from partnerkit.store.git.trees import READABLE, read_blobs
from partnerkit.store.git.walk import walk

#: Commits gone through at a time, and the largest file that is looked into.
_AT_ONCE = 250
_LARGEST = 4 * 1024 * 1024


def standing(git: Git, holds: Callable[[str], bool]) -> Standing:
    """Look through every commit of every branch and tag for a text.

    Args:
        git: the repository.
        holds: whether a text is one that holds it.
    """
    found = Standing()
    oids = git.run("rev-list", "--all", "--reverse", "HEAD").text.split()
    known: dict[str, bool] = {}
    for start in range(0, len(oids), _AT_ONCE):
        brought = list(_brought(git, oids[start : start + _AT_ONCE]))
        new = _small(git, {blob for _commit, _path, blob in brought} - known.keys())
        known |= dict.fromkeys((blob for _commit, _path, blob in brought if blob not in known), False)
        known |= {blob: _text(raw, holds) for blob, raw in read_blobs(git, new).items()}
        for commit, path, blob in brought:
            if known[blob]:
                found.versions.setdefault(path, set()).add(blob)
                found.commits.add(commit)
    log = git.run(
        "log", "--all", "HEAD", "-z", "--no-show-signature", "--encoding=UTF-8", "--format=tformat:%H%n%B"
    ).fields
    found.messages = {one.partition("\n")[0] for one in log if holds(one.partition("\n")[2])}
    return found


def _brought(git: Git, oids: Sequence[str]) -> Iterator[tuple[str, str, str]]:
    for walked in walk(git, oids, "."):
        for one in [*walked.changes, *(each for others in walked.others.values() for each in others)]:
            if one.oid is not None and one.mode in READABLE:
                yield walked.commit.oid, one.path, one.oid


def _small(git: Git, blobs: set[str]) -> list[str]:
    """Those of some blobs that are not too large to hold text that somebody typed."""
    if not blobs:
        return []
    asked = "\n".join([*sorted(blobs), ""]).encode()
    rows = git.run("cat-file", "--batch-check=%(objectname) %(objectsize)", "--buffer", stdin=asked).text.split("\n")
    return [oid for oid, _, size in (row.partition(" ") for row in rows) if size.isdecimal() and int(size) <= _LARGEST]


def _text(raw: bytes, holds: Callable[[str], bool]) -> bool:
    return holds(raw.decode("utf-8", "replace"))
